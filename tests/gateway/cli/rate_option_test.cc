#include "gateway/cli/rate_option.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/cli/errors.h"
#include "services/common/status/text.h"

namespace outlay::cli {
namespace {

using testing::HasSubstr;

std::string Error(const absl::StatusOr<RateOption>& option) {
  EXPECT_FALSE(option.ok());
  EXPECT_TRUE(IsUsage(option.status()));
  return std::string(FromAbsl(option.status().message()));
}

TEST(RateOptionTest, AReportTakesItsPeriodsFromItsFigures) {
  EXPECT_EQ(ParseReportRate("spot")->kind, RateKind::kSpot);
  EXPECT_EQ(ParseReportRate("average")->kind, RateKind::kAverage);
  EXPECT_EQ(ParseReportRate("period-end")->kind, RateKind::kPeriodEnd);
  EXPECT_EQ(ParseReportRate("as-stated=brunch-2025-02-10")->value, "brunch-2025-02-10");
  EXPECT_EQ(ParseReportRate("fixed=1456.3")->value, "1456.3");
  EXPECT_THAT(Error(ParseReportRate("average=2024")),
              HasSubstr("give spot, average, period-end, as-stated=SOURCE"));
}

TEST(RateOptionTest, AConversionNamesThePeriod) {
  EXPECT_EQ(ParseConversionRate("average=2024")->value, "2024");
  EXPECT_EQ(ParseConversionRate("period-end=2024-Q4")->value, "2024-Q4");
  EXPECT_THAT(Error(ParseConversionRate("average")), HasSubstr("average=2024"));
}

TEST(RateOptionTest, WhatIsNoRateSaysWhatWouldBeOne) {
  EXPECT_EQ(Error(ParseReportRate("sopt")),
            "--rate is \"sopt\": give spot, average, period-end, as-stated=SOURCE or fixed=1456.3");
  EXPECT_THAT(Error(ParseReportRate("as-stated=")), HasSubstr("as-stated=SOURCE"));
  EXPECT_THAT(Error(ParseReportRate("spot=")), HasSubstr("give spot"));
}

TEST(RateOptionTest, AFixedRateIsAPositiveNumber) {
  for (const char* const text : {"fixed=0", "fixed=-1", "fixed=1,456.3", "fixed=abc"}) {
    EXPECT_THAT(Error(ParseReportRate(text)), HasSubstr("a fixed rate is a positive number"))
        << text;
  }
}

TEST(RateOptionTest, DatesAreRealDays) {
  EXPECT_TRUE(CheckDateFlag("--on", "2025-02-07").ok());
  const absl::Status error = CheckDateFlag("--on", "2025-02-30");
  EXPECT_TRUE(IsUsage(error));
  EXPECT_THAT(std::string(FromAbsl(error.message())), HasSubstr("--on is \"2025-02-30\""));
}

}  // namespace
}  // namespace outlay::cli
