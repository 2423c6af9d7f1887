#include "services/common/config/settings.h"

#include "gtest/gtest.h"
#include "services/common/config/server_settings.h"
#include "services/common/status/error.h"

namespace outlay::config {
namespace {

TEST(Settings, DefaultsOfTheServerTableAreValid) {
  const auto settings = Settings::Make(ServerSettings(7401), {});
  ASSERT_TRUE(settings.ok()) << settings.status();
  EXPECT_EQ(settings->String("listen-address"), "127.0.0.1:7401");
  EXPECT_EQ(settings->Integer("max-concurrent-calls"), 1024);
  EXPECT_EQ(settings->DurationMs("drain-timeout-ms"), 20'000);
  EXPECT_EQ(settings->String("log-level"), "info");
}

TEST(Settings, ValuesReplaceDefaults) {
  const auto settings = Settings::Make(ServerSettings(7401), {{"drain-ms", "0"}});
  ASSERT_TRUE(settings.ok()) << settings.status();
  EXPECT_EQ(settings->DurationMs("drain-ms"), 0);
}

TEST(Settings, UnknownNameIsRefused) {
  const auto settings = Settings::Make(ServerSettings(7401), {{"drain", "0"}});
  EXPECT_EQ(GetErrorDetail(settings.status()).reason, "UNKNOWN_SETTING");
  EXPECT_EQ(settings.status().message(), "drain: there is no such setting");
}

TEST(Settings, BadValueIsRefused) {
  const auto settings = Settings::Make(ServerSettings(7401), {{"log-level", "loud"}});
  EXPECT_EQ(settings.status().message(),
            "log-level: \"loud\" is not debug, info, warning, error or off");
}

TEST(Settings, TheAddressToListenOnIsHostAndPort) {
  const auto make = [](const std::string& address) {
    return Settings::Make(ServerSettings(7401), {{"listen-address", address}}).status();
  };
  for (const char* const good : {"127.0.0.1:0", "0.0.0.0:65535", "[::]:7401", "[::1]:7401",
                                 "localhost:7401", "ingest.example.org:7401"}) {
    EXPECT_TRUE(make(good).ok()) << good;
  }
  for (const char* const bad :
       {"", "foo", ":7401", "127.0.0.1", "127.0.0.1:", "127.0.0.1:99999", "127.0.0.1:65536",
        "127.0.0.1:-1", "127.0.0.1:+1", "127.0.0.1: 1", "127.0.0.1:1x", "127.0.0.1:123456789012",
        "::1:7401", "[::1]", "[]:7401", "a b:7401", "http://localhost:7401", "127.0.0.1:1:2"}) {
    EXPECT_EQ(GetErrorDetail(make(bad)).reason, "BAD_SETTING_VALUE") << bad;
  }
  EXPECT_EQ(make("127.0.0.1:99999").message(),
            "listen-address: \"127.0.0.1:99999\" is not host:port with a port from 0 to 65535, "
            "such as 127.0.0.1:7401 or [::1]:7401");
}

TEST(Settings, BadDefaultIsRefused) {
  const auto settings = Settings::Make({IntegerSetting("threads", 0, 1, 4, "threads")}, {});
  EXPECT_EQ(settings.status().message(), "threads: \"0\" is not a whole number from 1 to 4");
}

TEST(SettingsDeathTest, AskingForWhatIsNotInTheTableAborts) {
  const auto settings = Settings::Make(ServerSettings(7401), {});
  EXPECT_DEATH(settings->String("listen-adress"),
               "\"listen-adress\": is not in the program's table");
  EXPECT_DEATH(settings->Bool("drain-ms"), "\"drain-ms\": is not of the type bool");
}

TEST(SettingsDeathTest, NameTwiceInATableAborts) {
  const Table table = {BoolSetting("x", false, "x"), BoolSetting("x", true, "x")};
  EXPECT_DEATH((void)Settings::Make(table, {}), "\"x\": is twice in the program's table");
}

TEST(EnvironmentName, IsTheNameInUpperCaseBehindThePrefix) {
  EXPECT_EQ(EnvironmentName("listen-address"), "OUTLAY_LISTEN_ADDRESS");
}

}  // namespace
}  // namespace outlay::config
