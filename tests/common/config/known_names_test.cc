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
  EXPECT_TRUE(IsKnownVariable("OUTLAY_LISTEN_ADDRESS"));
  EXPECT_TRUE(IsKnownVariable("OUTLAY_GATEWAY"));
  EXPECT_TRUE(IsKnownVariable("OUTLAY_SOURCE_DIR"));
  EXPECT_TRUE(IsKnownVariable("OUTLAY_BUILD_DIR"));
  EXPECT_TRUE(IsKnownVariable("OUTLAY_SHARED_DATA"));
}

TEST(KnownNames, LinksThatKubernetesInjectsAreKnown) {
  EXPECT_TRUE(IsKnownVariable("OUTLAY_FX_SERVICE_HOST"));
  EXPECT_TRUE(IsKnownVariable("OUTLAY_FX_SERVICE_PORT"));
  EXPECT_TRUE(IsKnownVariable("OUTLAY_FX_SERVICE_PORT_GRPC"));
  EXPECT_TRUE(IsKnownVariable("OUTLAY_FX_PORT"));
  EXPECT_TRUE(IsKnownVariable("OUTLAY_FX_PORT_7402_TCP"));
  EXPECT_TRUE(IsKnownVariable("OUTLAY_FX_PORT_7402_TCP_ADDR"));
  EXPECT_TRUE(IsKnownVariable("OUTLAY_FX_PORT_7402_UDP_PROTO"));
}

TEST(KnownNames, OthersAreNot) {
  EXPECT_FALSE(IsKnownVariable("OUTLAY_LISTEN_ADRESS"));
  EXPECT_FALSE(IsKnownVariable("OUTLAY_PORT"));
  EXPECT_FALSE(IsKnownVariable("OUTLAY_FX_PORT_7402_SCTP"));
  EXPECT_FALSE(IsKnownVariable("OUTLAY_"));
}

}  // namespace
}  // namespace outlay::config
