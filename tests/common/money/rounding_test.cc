#include "services/common/money/rounding.h"

#include "tests/common/money/money_testing.h"

namespace outlay::money {
namespace {

TEST(RoundingTest, EveryNameReadsBackAsItsMode) {
  for (const Rounding rounding : kAllRoundings) {
    const absl::StatusOr<Rounding> parsed = ParseRounding(RoundingName(rounding));
    ASSERT_TRUE(parsed.ok());
    EXPECT_EQ(*parsed, rounding);
  }
  EXPECT_EQ(RoundingName(Rounding::kHalfEven), "HALF_EVEN");
  EXPECT_EQ(RoundingName(Rounding::kCeiling), "CEILING");
}

TEST(RoundingTest, AnUnknownNameIsRefusedWithTheChoices) {
  const absl::Status status = ParseRounding("half_even").status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Reason(status), "UNKNOWN_ROUNDING");
  EXPECT_EQ(
      Message(status),
      "\"half_even\" is not a way to round; use HALF_EVEN, HALF_UP, DOWN, UP, FLOOR or CEILING");
}

// The six modes on the numbers where they differ.
struct Row {
  const char* value;
  const char* half_even;
  const char* half_up;
  const char* down;
  const char* up;
  const char* floor;
  const char* ceiling;
};

constexpr Row kRows[] = {
    {"2.4", "2", "2", "2", "3", "2", "3"},          {"2.5", "2", "3", "2", "3", "2", "3"},
    {"2.6", "3", "3", "2", "3", "2", "3"},          {"3.5", "4", "4", "3", "4", "3", "4"},
    {"-2.4", "-2", "-2", "-2", "-3", "-3", "-2"},   {"-2.5", "-2", "-3", "-2", "-3", "-3", "-2"},
    {"-2.6", "-3", "-3", "-2", "-3", "-3", "-2"},   {"-3.5", "-4", "-4", "-3", "-4", "-4", "-3"},
    {"0.5", "0", "1", "0", "1", "0", "1"},          {"-0.5", "0", "-1", "0", "-1", "-1", "0"},
    {"2.5000001", "3", "3", "2", "3", "2", "3"},    {"2", "2", "2", "2", "2", "2", "2"},
    {"-0.0000001", "0", "0", "0", "-1", "-1", "0"},
};

TEST(RoundingTest, EachModeDoesWhatItsNameSays) {
  for (const Row& row : kRows) {
    SCOPED_TRACE(row.value);
    EXPECT_EQ(Text(Round(D(row.value), 0, Rounding::kHalfEven)), row.half_even);
    EXPECT_EQ(Text(Round(D(row.value), 0, Rounding::kHalfUp)), row.half_up);
    EXPECT_EQ(Text(Round(D(row.value), 0, Rounding::kDown)), row.down);
    EXPECT_EQ(Text(Round(D(row.value), 0, Rounding::kUp)), row.up);
    EXPECT_EQ(Text(Round(D(row.value), 0, Rounding::kFloor)), row.floor);
    EXPECT_EQ(Text(Round(D(row.value), 0, Rounding::kCeiling)), row.ceiling);
  }
}

}  // namespace
}  // namespace outlay::money
