#include "services/common/money/interval.h"
#include "tests/common/money/gmp_oracle.h"
#include "tests/common/money/money_testing.h"

namespace outlay::money {
namespace {

constexpr int kRounds = 10'000;

TEST(IntervalPropertyTest, ASumContainsTheSumsOfMembers) {
  DecimalGenerator generator(41);
  for (int i = 0; i < kRounds; ++i) {
    const Interval a = generator.AnyInterval();
    const Interval b = generator.AnyInterval();
    const Decimal x = generator.Member(a);
    const Decimal y = generator.Member(b);
    ASSERT_TRUE(Contains(a, x)) << ToString(a) << " " << x;
    ASSERT_TRUE(Contains(*Add(a, b), *Add(x, y))) << ToString(a) << " " << ToString(b);
    ASSERT_TRUE(Contains(*Subtract(a, b), *Subtract(x, y))) << ToString(a) << " " << ToString(b);
    ASSERT_TRUE(Contains(Negate(a), -x));
    const Decimal factor = generator.Money();
    if (const absl::StatusOr<Interval> scaled = Scale(a, factor); scaled.ok()) {
      const absl::StatusOr<Decimal> product = Multiply(x, factor);
      if (product.ok()) {
        ASSERT_TRUE(Contains(*scaled, *product)) << ToString(a) << " × " << factor;
      }
    }
  }
}

TEST(IntervalPropertyTest, ASumDoesNotDependOnTheOrderOfItsParts) {
  DecimalGenerator generator(42);
  for (int i = 0; i < kRounds; ++i) {
    const Interval a = generator.AnyInterval();
    const Interval b = generator.AnyInterval();
    const Interval c = generator.AnyInterval();
    ASSERT_EQ(*Add(a, b), *Add(b, a));
    ASSERT_EQ(*Add(*Add(a, b), c), *Add(a, *Add(b, c)));
    ASSERT_EQ(*Add(a, Interval::PointAt(Decimal())), a);
    ASSERT_EQ(Negate(Negate(a)), a);
  }
}

TEST(IntervalPropertyTest, FractionsGiveTheSameSums) {
  DecimalGenerator generator(43);
  for (int i = 0; i < kRounds; ++i) {
    const Interval a = generator.AnyInterval();
    const Interval b = generator.AnyInterval();
    ASSERT_EQ(Add(ToRational(a), ToRational(b)), ToRational(*Add(a, b)));
    ASSERT_EQ(Subtract(ToRational(a), ToRational(b)), ToRational(*Subtract(a, b)));
  }
}

TEST(IntervalPropertyTest, MeetingIsSymmetricAndFollowsFromACommonMember) {
  DecimalGenerator generator(44);
  for (int i = 0; i < kRounds; ++i) {
    const Interval a = generator.AnyInterval();
    const Interval b = generator.AnyInterval();
    const Decimal half_a = *Decimal::FromParts(5, generator.Int(0, 9));
    const Decimal half_b = *Decimal::FromParts(5, generator.Int(0, 9));
    ASSERT_EQ(Meets(a, b), Meets(b, a));
    ASSERT_EQ(MeetsWithin(a, half_a, b, half_b), MeetsWithin(b, half_b, a, half_a));
    ASSERT_EQ(Meets(a, b), MeetsWithin(a, Decimal(), b, Decimal()));
    if (Contains(b, generator.Member(a))) {
      ASSERT_TRUE(Meets(a, b));
    }
    if (Meets(a, b)) {
      ASSERT_TRUE(MeetsWithin(a, half_a, b, half_b));
    }
  }
}

TEST(IntervalPropertyTest, RatiosAndGrowthContainThoseOfMembers) {
  DecimalGenerator generator(45);
  for (int i = 0; i < kRounds; ++i) {
    const Interval current = generator.AnyInterval();
    const Interval prior = generator.AnyInterval();
    const Rational x(generator.Member(current));
    const Rational y(generator.Member(prior));
    const absl::StatusOr<RationalInterval> ratio =
        RatioInterval(ToRational(current), ToRational(prior));
    if (y.Sign() <= 0) continue;
    ASSERT_TRUE(ratio.ok()) << ToString(prior);
    ASSERT_TRUE(Contains(*ratio, *Divide(x, y))) << ToString(current) << " / " << ToString(prior);
    const RationalInterval growth = *GrowthInterval(ToRational(current), ToRational(prior));
    ASSERT_TRUE(Contains(growth, *Divide(x - y, y)));
  }
}

TEST(IntervalPropertyTest, SharesContainThoseOfMembersAndStayWithinOne) {
  DecimalGenerator generator(46);
  int checked = 0;
  for (int i = 0; i < kRounds; ++i) {
    const Interval part = generator.AnyInterval();
    const Interval others = generator.AnyInterval();
    const absl::StatusOr<RationalInterval> share =
        ShareInterval(ToRational(part), ToRational(others));
    if (!share.ok()) continue;
    const Rational x(generator.Member(part));
    const Rational total = x + Rational(generator.Member(others));
    if (total.IsZero()) continue;
    ++checked;
    ASSERT_TRUE(Contains(*share, *Divide(x, total)))
        << ToString(part) << " of " << ToString(others);
    ASSERT_GE(*share->low.value, Rational());
    ASSERT_LE(*share->high.value, Rational(1));
  }
  EXPECT_GT(checked, kRounds / 50);
}

}  // namespace
}  // namespace outlay::money
