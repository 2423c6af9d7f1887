#include "services/common/money/interval.h"

#include "tests/common/money/money_testing.h"

namespace outlay::money {
namespace {

Interval Between(std::string_view low, std::string_view high) { return {{D(low)}, {D(high)}}; }
Interval AtLeast(std::string_view low) { return {{D(low)}, {}}; }
Interval MoreThan(std::string_view low) { return {{D(low), true}, {}}; }
Interval UpTo(std::string_view high) { return {{D("0"), false, true}, {D(high)}}; }
Interval LessThan(std::string_view high) { return {{D("0"), false, true}, {D(high), true}}; }
Interval PointOf(std::string_view value) { return Interval::PointAt(D(value)); }
const Interval kEverything;

std::string Text(const absl::StatusOr<Interval>& result) {
  return result.ok() ? ToString(*result) : Reason(result.status());
}

// "[1/2, 3)" with fractions.
std::string Text(const absl::StatusOr<RationalInterval>& result) {
  if (!result.ok()) return Reason(result.status());
  const auto& [low, high] = *result;
  std::string text = low.IsOpen() ? "(-∞" : (low.strict ? "(" : "[") + low.value->ToString();
  text += low.implied ? " implied, " : ", ";
  text += high.IsOpen() ? "∞" : high.value->ToString();
  text += high.implied ? " implied" : "";
  return text + (high.IsOpen() || high.strict ? ")" : "]");
}

TEST(IntervalTest, PrintsItsEnds) {
  EXPECT_EQ(ToString(Between("60", "65")), "[60, 65]");
  EXPECT_EQ(ToString(MoreThan("100")), "(100, ∞)");
  EXPECT_EQ(ToString(LessThan("65")), "[0 implied, 65)");
  EXPECT_EQ(ToString(kEverything), "(-∞, ∞)");
}

TEST(IntervalAddTest, AddsTheEnds) {
  EXPECT_EQ(Text(Add(Between("60", "65"), PointOf("100"))), "[160, 165]");
  EXPECT_EQ(Text(Subtract(Between("60", "65"), Between("1", "3"))), "[57, 64]");
}

TEST(IntervalAddTest, IsOpenOnlyWhereAPartIsAndImpliedCarries) {
  // The four of February 2025: 100 + 80 + 75 stated and up to 65.
  const Interval stated = *Add(*Add(PointOf("100"), PointOf("80")), PointOf("75"));
  EXPECT_EQ(Text(Add(stated, UpTo("65"))), "[255 implied, 320]");
  const Interval at_least = *Add(*Add(AtLeast("100"), PointOf("80")), PointOf("75"));
  EXPECT_EQ(Text(Add(at_least, UpTo("65"))), "[255 implied, ∞)");
  EXPECT_EQ(Text(Add(AtLeast("1"), kEverything)), "(-∞, ∞)");
}

TEST(IntervalAddTest, StrictnessCarries) {
  EXPECT_EQ(Text(Add(MoreThan("100"), AtLeast("80"))), "(180, ∞)");
  EXPECT_EQ(Text(Add(LessThan("65"), UpTo("10"))), "[0 implied, 75)");
  EXPECT_EQ(Text(Subtract(PointOf("100"), MoreThan("80"))), "(-∞, 20)");
}

TEST(IntervalAddTest, AnOverflowIsAnError) {
  EXPECT_EQ(Text(Add(PointOf("9e37"), PointOf("9e37"))), "AMOUNT_OVERFLOW");
}

TEST(IntervalScaleTest, TimesAFactor) {
  EXPECT_EQ(Text(Scale(Between("60", "65"), D("1456.3"))), "[87378, 94659.5]");
  EXPECT_EQ(Text(Scale(MoreThan("60"), D("-2"))), "(-∞, -120)");
  EXPECT_EQ(Text(Scale(kEverything, D("0"))), "[0, 0]");
  EXPECT_EQ(Text(Scale(PointOf("1e37"), D("10"))), "AMOUNT_OVERFLOW");
  EXPECT_EQ(Text(Scale(ToRational(UpTo("65")), R("1668500", "1153"))),
            "[0 implied, 108452500/1153]");
  EXPECT_EQ(ToString(Negate(MoreThan("60"))), "(-∞, -60)");
  EXPECT_EQ(Text(Negate(ToRational(UpTo("65")))), "[-65, 0 implied]");
}

TEST(IntervalContainsTest, AStrictEndExcludesItsValue) {
  EXPECT_TRUE(Contains(Between("60", "65"), D("60")));
  EXPECT_TRUE(Contains(Between("60", "65"), D("65")));
  EXPECT_FALSE(Contains(Between("60", "65"), D("65.000000001")));
  EXPECT_FALSE(Contains(MoreThan("60"), D("60")));
  EXPECT_TRUE(Contains(MoreThan("60"), D("60.1")));
  EXPECT_FALSE(Contains(LessThan("60"), D("60")));
  EXPECT_TRUE(Contains(kEverything, D("-1e37")));
  EXPECT_TRUE(Contains(ToRational(PointOf("0.5")), R("1", "2")));
}

TEST(IntervalMeetsTest, TouchingCountsWhereBothEndsBelong) {
  EXPECT_TRUE(Meets(Between("1", "2"), Between("2", "3")));
  EXPECT_FALSE(Meets(Between("1", "2"), MoreThan("2")));
  EXPECT_FALSE(Meets(MoreThan("2"), Between("1", "2")));
  EXPECT_FALSE(Meets(Between("1", "2"), Between("2.1", "3")));
  EXPECT_TRUE(Meets(AtLeast("100"), kEverything));
  EXPECT_TRUE(Meets(UpTo("65"), Between("60", "65")));
}

TEST(IntervalMeetsTest, WidenedByHalfTheWrittenUnit) {
  // "$83 billion" in the press and 82.999 in the filing.
  EXPECT_TRUE(MeetsWithin(PointOf("83"), D("0.5"), PointOf("82.999"), D("0")));
  EXPECT_TRUE(MeetsWithin(PointOf("83"), D("0.5"), PointOf("82.5"), D("0")));
  EXPECT_FALSE(MeetsWithin(PointOf("83"), D("0.5"), PointOf("82.499"), D("0")));
  EXPECT_TRUE(MeetsWithin(PointOf("83"), D("0.5"), PointOf("82"), D("0.5")));
  EXPECT_FALSE(MeetsWithin(PointOf("83"), D("0"), PointOf("82.999"), D("0")));
}

TEST(IntervalMeetsTest, WideningCannotOverflow) {
  EXPECT_TRUE(MeetsWithin(PointOf("99999999999999999999999999999999999999"), D("1"), AtLeast("0"),
                          D("1e-38")));
  EXPECT_FALSE(MeetsWithin(PointOf("99999999999999999999999999999999999999"), D("1e-38"),
                           PointOf("0"), D("1")));
}

TEST(IntervalGrowthTest, OfPointsIsAPoint) {
  EXPECT_EQ(Text(GrowthInterval(ToRational(PointOf("100")), ToRational(PointOf("83")))),
            "[17/83, 17/83]");
}

TEST(IntervalGrowthTest, UsesTheOppositeEnds) {
  EXPECT_EQ(Text(GrowthInterval(ToRational(Between("60", "65")), ToRational(Between("37", "40")))),
            "[1/2, 28/37]");
  EXPECT_EQ(Text(GrowthInterval(ToRational(MoreThan("60")), ToRational(Between("37", "40")))),
            "(1/2, ∞)");
  EXPECT_EQ(Text(GrowthInterval(ToRational(UpTo("65")), ToRational(PointOf("40")))),
            "[-1 implied, 5/8]");
  // An upper bound a year before leaves growth open above, an at-least bounds it by -100 % only.
  EXPECT_EQ(Text(GrowthInterval(ToRational(PointOf("60")), ToRational(UpTo("40")))), "[1/2, ∞)");
  EXPECT_EQ(Text(GrowthInterval(ToRational(PointOf("60")), ToRational(AtLeast("40")))),
            "(-1, 1/2]");
}

TEST(IntervalGrowthTest, OfNegativeFiguresOrdersTheEnds) {
  EXPECT_EQ(Text(RatioInterval(ToRational(Between("-6", "-3")), ToRational(Between("1", "2")))),
            "[-6, -3/2]");
  EXPECT_EQ(Text(RatioInterval(ToRational(Between("-6", "3")), ToRational(Between("1", "2")))),
            "[-6, 3]");
  EXPECT_EQ(Text(RatioInterval(ToRational(Between("-6", "-3")), ToRational(AtLeast("1")))),
            "[-6, 0)");
}

TEST(IntervalGrowthTest, OverNothingIsNotMeaningful) {
  for (const char* prior : {"0", "-5"}) {
    const absl::Status status =
        GrowthInterval(ToRational(PointOf("1")), ToRational(PointOf(prior))).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
    EXPECT_EQ(Reason(status), "NOT_MEANINGFUL");
  }
  // A prior that may be positive is read as positive.
  EXPECT_EQ(Text(RatioInterval(ToRational(PointOf("6")), ToRational(Between("-1", "2")))),
            "[3, ∞)");
}

TEST(IntervalRatioTest, TheImpliedRateHasAnInterval) {
  // 466 trillion won, written to the trillion, for 320 billion dollars, written to the billion.
  const absl::StatusOr<RationalInterval> rate =
      RatioInterval(ToRational(Between("465.5e12", "466.5e12")), ToRational(PointOf("320e9")));
  ASSERT_TRUE(rate.ok());
  EXPECT_EQ(rate->low.value->ToDecimal(2, Rounding::kHalfUp).value(), D("1454.69"));
  EXPECT_EQ(rate->high.value->ToDecimal(2, Rounding::kHalfUp).value(), D("1457.81"));
  EXPECT_TRUE(Contains(*rate, Rational(D("1456.3"))));
}

TEST(IntervalShareTest, TakesTheOthersAtTheirOppositeEnds) {
  const RationalInterval others = ToRational(Between("20", "40"));
  EXPECT_EQ(Text(ShareInterval(ToRational(Between("60", "80")), others)), "[3/5, 4/5]");
  EXPECT_EQ(Text(ShareInterval(ToRational(UpTo("60")), others)), "[0 implied, 3/4]");
  EXPECT_EQ(Text(ShareInterval(ToRational(AtLeast("60")), others)), "[3/5, 1)");
  EXPECT_EQ(Text(ShareInterval(ToRational(PointOf("60")), ToRational(AtLeast("20")))), "(0, 3/4]");
}

TEST(IntervalShareTest, AtZeroIsNothingOrEverything) {
  EXPECT_EQ(Text(ShareInterval(ToRational(PointOf("0")), ToRational(PointOf("5")))), "[0, 0]");
  EXPECT_EQ(Text(ShareInterval(ToRational(PointOf("5")), ToRational(PointOf("0")))), "[1, 1]");
  EXPECT_EQ(Text(ShareInterval(ToRational(UpTo("5")), ToRational(PointOf("0")))), "[1 implied, 1]");
  EXPECT_EQ(Text(ShareInterval(ToRational(PointOf("0")), ToRational(UpTo("5")))), "[0, 0]");
  EXPECT_EQ(Text(ShareInterval(ToRational(PointOf("0")), ToRational(PointOf("0")))),
            "NOT_MEANINGFUL");
}

TEST(IntervalShareTest, OfFiguresThatMayBeNegativeIsNotMeaningful) {
  EXPECT_EQ(Text(ShareInterval(ToRational(Between("-1", "5")), ToRational(PointOf("5")))),
            "NOT_MEANINGFUL");
  EXPECT_EQ(Text(ShareInterval(ToRational(PointOf("5")), RationalInterval{})), "NOT_MEANINGFUL");
}

}  // namespace
}  // namespace outlay::money
