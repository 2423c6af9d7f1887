#include "services/common/feed/options.h"

#include <gtest/gtest.h>

#include "services/common/config/server_settings.h"

namespace outlay::feed {
namespace {

Options OptionsOf(const std::map<std::string, std::string>& values) {
  const auto settings =
      config::Settings::Make(config::Concat(config::ServerSettings(7'400), FeedSettings()), values);
  EXPECT_TRUE(settings.ok()) << settings.status();
  return OptionsFrom(*settings);
}

TEST(FeedOptions, AreThoseOfTheSettings) {
  const Options options = OptionsOf(
      {{"heartbeat-ms", "20"}, {"feed-batch-records", "3"}, {"feed-batch-bytes", "5000"}});
  EXPECT_EQ(options.heartbeat, std::chrono::milliseconds(20));
  EXPECT_EQ(options.batch_records_max, 3u);
  EXPECT_EQ(options.batch_bytes_max, 5'000u);
}

TEST(FeedOptions, ABatchStaysBelowTheLargestMessage) {
  const Options options =
      OptionsOf({{"max-message-bytes", "4194304"}, {"feed-batch-bytes", "67108864"}});
  EXPECT_EQ(options.batch_bytes_max, 3'145'728u);
}

}  // namespace
}  // namespace outlay::feed
