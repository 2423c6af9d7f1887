#include "services/common/config/known_names.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/common/config/server_settings.h"

namespace outlay::config {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(KnownNames, HoldEverySettingOfTheServerTable) {
  EXPECT_THAT(NamesMissingFromKnown(ServerSettings(7401)), IsEmpty());
}

TEST(KnownNames, MissingNamesAreListed) {
  EXPECT_THAT(
      NamesMissingFromKnown({BoolSetting("drain-ms", false, ""), BoolSetting("moon", false, "")}),
      ElementsAre("moon"));
}

TEST(KnownNames, SettingsAndToolsVariablesAreKnown) {
  EXPECT_TRUE(IsKnownVariable("OUTLAY_LISTEN_ADDRESS", "7402"));
  EXPECT_TRUE(IsKnownVariable("OUTLAY_GATEWAY", "7402"));
  EXPECT_TRUE(IsKnownVariable("OUTLAY_SOURCE_DIR", "7402"));
  EXPECT_TRUE(IsKnownVariable("OUTLAY_BUILD_DIR", "7402"));
  EXPECT_TRUE(IsKnownVariable("OUTLAY_SHARED_DATA", "7402"));
}

TEST(KnownNames, LinksThatKubernetesInjectsAreKnown) {
  EXPECT_TRUE(IsKnownVariable("OUTLAY_FX_SERVICE_HOST", "7402"));
  EXPECT_TRUE(IsKnownVariable("OUTLAY_FX_SERVICE_PORT", "7402"));
  EXPECT_TRUE(IsKnownVariable("OUTLAY_FX_SERVICE_PORT_GRPC", "7402"));
  EXPECT_TRUE(IsKnownVariable("OUTLAY_FX_PORT", "tcp://10.0.0.7:7402"));
  EXPECT_TRUE(IsKnownVariable("OUTLAY_FX_PORT_7402_TCP", "7402"));
  EXPECT_TRUE(IsKnownVariable("OUTLAY_FX_PORT_7402_TCP_ADDR", "7402"));
  EXPECT_TRUE(IsKnownVariable("OUTLAY_FX_PORT_7402_UDP_PROTO", "7402"));
}

TEST(KnownNames, OthersAreNot) {
  EXPECT_FALSE(IsKnownVariable("OUTLAY_LISTEN_ADRESS", "7402"));
  EXPECT_FALSE(IsKnownVariable("OUTLAY_PORT", "7402"));
  EXPECT_FALSE(IsKnownVariable("OUTLAY_PORT", "tcp://10.0.0.7:7402"));
  EXPECT_FALSE(IsKnownVariable("OUTLAY_INGEST_PORT", "7401"));
  EXPECT_FALSE(IsKnownVariable("OUTLAY_LISTEN_PORT", "9999"));
  EXPECT_FALSE(IsKnownVariable("OUTLAY_FX_PORT_7402_SCTP", "7402"));
  EXPECT_FALSE(IsKnownVariable("OUTLAY_", "7402"));
}

}  // namespace
}  // namespace outlay::config
