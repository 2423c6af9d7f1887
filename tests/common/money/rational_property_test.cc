#include "services/common/money/rational.h"
#include "tests/common/money/gmp_oracle.h"
#include "tests/common/money/money_testing.h"

namespace outlay::money {
namespace {

constexpr int kRounds = 5'000;

TEST(RationalPropertyTest, ArithmeticAndOrderAreTheOracles) {
  DecimalGenerator generator(21);
  for (int i = 0; i < kRounds; ++i) {
    const Rational a = generator.Fraction();
    const Rational b = generator.Int(0, 9) == 0 ? -a : generator.Fraction();
    ASSERT_EQ(ToGmp(a + b), ToGmp(a) + ToGmp(b)) << a << " " << b;
    ASSERT_EQ(ToGmp(a - b), ToGmp(a) - ToGmp(b)) << a << " " << b;
    ASSERT_EQ(ToGmp(a * b), ToGmp(a) * ToGmp(b)) << a << " " << b;
    ASSERT_EQ(a <=> b, cmp(ToGmp(a), ToGmp(b)) <=> 0) << a << " " << b;
    ASSERT_EQ(a == b, ToGmp(a) == ToGmp(b));
    if (b.IsZero()) continue;
    ASSERT_EQ(ToGmp(*Divide(a, b)), ToGmp(a) / ToGmp(b)) << a << " " << b;
  }
}

TEST(RationalPropertyTest, StaysInLowestTerms) {
  DecimalGenerator generator(22);
  for (int i = 0; i < kRounds; ++i) {
    const Rational value = generator.Fraction() * generator.Fraction();
    mpq_class reduced = ToGmp(value);
    reduced.canonicalize();
    ASSERT_EQ(value.NumeratorString(), reduced.get_num().get_str());
    ASSERT_EQ(value.DenominatorString(), reduced.get_den().get_str());
    ASSERT_EQ(R(value.NumeratorString(), value.DenominatorString()), value);
  }
}

TEST(RationalPropertyTest, IsRoundedOnceInEveryMode) {
  DecimalGenerator generator(23);
  for (int i = 0; i < kRounds; ++i) {
    const Rational value = generator.Fraction();
    const mpq_class exact = ToGmp(value);
    const int scale = generator.Int(-38, 38);
    const int digits = generator.Int(1, 38);
    for (const Rounding rounding : kAllRoundings) {
      ASSERT_TRUE(IsExactly(value.ToDecimal(scale, rounding), GmpRound(exact, scale, rounding)))
          << value << " " << scale << " " << RoundingName(rounding);
      ASSERT_TRUE(IsExactly(value.ToDecimalSignificant(digits, rounding),
                            GmpRoundSignificant(exact, digits, rounding)))
          << value << " " << digits << " " << RoundingName(rounding);
    }
    ASSERT_EQ(value.ToExactDecimal().has_value(), FitsDecimal(exact)) << value;
  }
}

TEST(RationalPropertyTest, ADecimalComesBackExactly) {
  DecimalGenerator generator(24);
  for (int i = 0; i < kRounds; ++i) {
    const Decimal value = generator.Any();
    ASSERT_EQ(Rational(value).ToExactDecimal(), value);
    ASSERT_EQ(ToGmp(Rational(value)), ToGmp(value));
  }
}

// A total over many currencies: the denominators multiply, the sum stays exact.
TEST(RationalPropertyTest, ALongSumIsExact) {
  DecimalGenerator generator(25);
  Rational sum;
  mpq_class expected;
  for (int i = 0; i < 100; ++i) {
    const Rational cell = *Rational::FromFraction(generator.Money(), generator.NonZero());
    sum += cell;
    expected += ToGmp(cell);
  }
  EXPECT_EQ(ToGmp(sum), expected);
}

}  // namespace
}  // namespace outlay::money
