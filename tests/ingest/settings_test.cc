#include "services/ingest/settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/common/config/known_names.h"
#include "services/common/config/settings.h"

namespace outlay::ingest {
namespace {

using ::testing::IsEmpty;

TEST(IngestSettingsTest, EveryNameIsKnownToTheOtherPrograms) {
  EXPECT_THAT(config::NamesMissingFromKnown(IngestSettings()), IsEmpty());
}

TEST(IngestSettingsTest, DefaultsAreValid) {
  const auto settings = config::Settings::Make(IngestSettings(), {});
  ASSERT_TRUE(settings.ok()) << settings.status();
  EXPECT_EQ(settings->String("listen-address"), "127.0.0.1:7401");
  EXPECT_EQ(settings->DurationMs("heartbeat-ms"), 5'000);
}

}  // namespace
}  // namespace outlay::ingest
