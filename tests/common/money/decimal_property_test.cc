#include <fmt/format.h>

#include <string>

#include "services/common/money/decimal.h"
#include "tests/common/money/gmp_oracle.h"
#include "tests/common/money/money_testing.h"

namespace outlay::money {
namespace {

constexpr int kRounds = 20'000;

TEST(DecimalPropertyTest, WhatIsPrintedIsReadBack) {
  DecimalGenerator generator(1);
  for (int i = 0; i < kRounds; ++i) {
    const Decimal value = generator.Any();
    const absl::StatusOr<Decimal> parsed = Decimal::Parse(value.ToString());
    ASSERT_TRUE(parsed.ok()) << value;
    ASSERT_EQ(*parsed, value);
    ASSERT_EQ(parsed->ToString(), value.ToString());
    ASSERT_EQ(Text(Decimal::FromParts(value.coefficient(), value.scale())), value.ToString());
  }
}

TEST(DecimalPropertyTest, FixedNotationIsTheRoundedValue) {
  DecimalGenerator generator(2);
  for (int i = 0; i < kRounds; ++i) {
    const Decimal value = generator.Any();
    const int scale = generator.Int(0, 38);
    for (const Rounding rounding : kAllRoundings) {
      const std::string text = value.ToStringFixed(scale, rounding);
      const size_t point = text.find('.');
      ASSERT_EQ(point == std::string::npos ? 0 : text.size() - point - 1,
                static_cast<size_t>(scale));
      ASSERT_TRUE(IsExactly(Decimal::Parse(text), GmpRound(ToGmp(value), scale, rounding)))
          << value << " " << scale;
    }
  }
}

TEST(DecimalPropertyTest, SumsDifferencesAndProductsAreExactOrRefused) {
  DecimalGenerator generator(3);
  int refused = 0;
  for (int i = 0; i < kRounds; ++i) {
    const Decimal a = generator.Int(0, 1) == 0 ? generator.Any() : generator.Money();
    const Decimal b = generator.Int(0, 1) == 0 ? generator.Any() : generator.Money();
    ASSERT_TRUE(IsExactly(Add(a, b), ToGmp(a) + ToGmp(b))) << a << " + " << b;
    ASSERT_TRUE(IsExactly(Subtract(a, b), ToGmp(a) - ToGmp(b))) << a << " - " << b;
    ASSERT_TRUE(IsExactly(Multiply(a, b), ToGmp(a) * ToGmp(b))) << a << " × " << b;
    if (!Multiply(a, b).ok()) ++refused;
  }
  // The generator reaches both sides of the limit.
  EXPECT_GT(refused, kRounds / 10);
  EXPECT_LT(refused, kRounds * 9 / 10);
}

TEST(DecimalPropertyTest, SumsAtTheEdgeOfTheRangeAreExactOrRefused) {
  DecimalGenerator generator(4);
  const mpq_class limit = GmpPowerOfTen(38);
  for (int i = 0; i < kRounds; ++i) {
    // Two numbers whose sum is the limit or a unit next to it, at one scale.
    const Decimal a = generator.Any();
    const int scale = a.scale();
    const mpq_class rest = limit - abs(ToGmp(a) * GmpPowerOfTen(scale)) + generator.Int(-2, 2);
    const absl::StatusOr<Decimal> b = Decimal::Parse(fmt::format("{}e-{}", rest.get_str(), scale));
    if (!b.ok()) continue;
    ASSERT_TRUE(IsExactly(Add(a.Abs(), *b), ToGmp(a.Abs()) + ToGmp(*b))) << a << " + " << *b;
    ASSERT_TRUE(IsExactly(Subtract(-a.Abs(), *b), -ToGmp(a.Abs()) - ToGmp(*b))) << a << " - " << *b;
  }
}

TEST(DecimalPropertyTest, OrderIsThatOfTheValues) {
  DecimalGenerator generator(5);
  for (int i = 0; i < kRounds; ++i) {
    const Decimal a = generator.Any();
    const Decimal b = generator.Int(0, 3) == 0 ? -a : generator.Any();
    ASSERT_EQ(a <=> b, cmp(ToGmp(a), ToGmp(b)) <=> 0) << a << " " << b;
    ASSERT_EQ(a == b, ToGmp(a) == ToGmp(b));
    if (a == b) {
      ASSERT_EQ(a.Hash(), b.Hash());
    }
  }
}

TEST(DecimalPropertyTest, RoundIsTheOraclesInEveryMode) {
  DecimalGenerator generator(6);
  for (int i = 0; i < kRounds; ++i) {
    const Decimal value = generator.Any();
    const int scale = generator.Int(-38, 38);
    for (const Rounding rounding : kAllRoundings) {
      ASSERT_TRUE(IsExactly(Round(value, scale, rounding), GmpRound(ToGmp(value), scale, rounding)))
          << value << " " << scale << " " << RoundingName(rounding);
    }
  }
}

TEST(DecimalPropertyTest, QuotientsAreRoundedOnceInEveryMode) {
  DecimalGenerator generator(7);
  int held = 0;
  for (int i = 0; i < kRounds / 2; ++i) {
    const bool wide = generator.Int(0, 1) == 0;
    const Decimal a = wide ? generator.Any() : generator.Money();
    const Decimal b = wide ? generator.Any() : generator.Money();
    const Decimal c = generator.NonZero();
    const int scale = wide ? generator.Int(-38, 38) : generator.Int(0, 18);
    if (MultiplyDivide(a, b, c, scale, Rounding::kDown).ok()) ++held;
    const mpq_class quotient = ToGmp(a) / ToGmp(c);
    const mpq_class product = ToGmp(a) * ToGmp(b) / ToGmp(c);
    for (const Rounding rounding : kAllRoundings) {
      ASSERT_TRUE(IsExactly(Divide(a, c, scale, rounding), GmpRound(quotient, scale, rounding)))
          << a << " / " << c << " " << scale << " " << RoundingName(rounding);
      ASSERT_TRUE(
          IsExactly(MultiplyDivide(a, b, c, scale, rounding), GmpRound(product, scale, rounding)))
          << a << " × " << b << " / " << c << " " << scale << " " << RoundingName(rounding);
    }
  }
  EXPECT_GT(held, kRounds / 10);
  EXPECT_LT(held, kRounds * 12 / 25);
}

TEST(DecimalPropertyTest, SignificantDigitsAreTheOraclesInEveryMode) {
  DecimalGenerator generator(8);
  for (int i = 0; i < kRounds / 10; ++i) {
    const Decimal a = generator.Any();
    const Decimal b = generator.Any();
    const Decimal c = generator.NonZero();
    const int digits = generator.Int(1, 38);
    const mpq_class quotient = ToGmp(a) / ToGmp(c);
    const mpq_class product = ToGmp(a) * ToGmp(b) / ToGmp(c);
    for (const Rounding rounding : kAllRoundings) {
      ASSERT_TRUE(IsExactly(DivideSignificant(a, c, digits, rounding),
                            GmpRoundSignificant(quotient, digits, rounding)))
          << a << " / " << c << " " << digits << " " << RoundingName(rounding);
      ASSERT_TRUE(IsExactly(MultiplyDivideSignificant(a, b, c, digits, rounding),
                            GmpRoundSignificant(product, digits, rounding)))
          << a << " × " << b << " / " << c << " " << digits << " " << RoundingName(rounding);
    }
  }
}

// (2n + 1) × d ÷ 2d lies exactly between n and n + 1, whatever d is; a step beside it does not.
TEST(DecimalPropertyTest, ExactTiesFollowTheMode) {
  DecimalGenerator generator(9);
  int wide = 0;
  for (int i = 0; i < kRounds; ++i) {
    const int64_t n = generator.Int(0, 1'000'000'000);
    const int scale = generator.Int(0, 18);
    const bool negative = generator.Int(0, 1) == 0;
    const Decimal divisor = generator.NonZero().Abs();
    const absl::StatusOr<Decimal> twice = Multiply(divisor, Decimal::FromInt(2));
    const Decimal odd =
        *Decimal::FromParts(static_cast<__int128>(negative ? -1 : 1) * (2 * n + 1), scale);
    if (!twice.ok()) continue;
    if (divisor.coefficient() > (static_cast<__int128>(1) << 100)) ++wide;
    const int64_t even = n % 2 == 0 ? n : n + 1;
    const struct {
      Rounding rounding;
      int64_t expected;
    } cases[] = {{Rounding::kHalfEven, even},
                 {Rounding::kHalfUp, n + 1},
                 {Rounding::kDown, n},
                 {Rounding::kUp, n + 1},
                 {Rounding::kFloor, negative ? n + 1 : n},
                 {Rounding::kCeiling, negative ? n : n + 1}};
    for (const auto& [rounding, expected] : cases) {
      const Decimal want = *Decimal::FromParts(negative ? -expected : expected, scale);
      ASSERT_EQ(Text(MultiplyDivide(odd, divisor, *twice, scale, rounding)), want.ToString())
          << odd << " " << divisor << " " << RoundingName(rounding);
      ASSERT_EQ(Text(Round(*Divide(odd, D("2"), scale + 1, Rounding::kDown), scale, rounding)),
                want.ToString());
    }
    const Decimal step = Decimal::PowerOfTen(-scale - 9);
    const Decimal above = *Add(odd.Abs(), step);
    const Decimal below = *Subtract(odd.Abs(), step);
    for (const Rounding rounding : {Rounding::kHalfEven, Rounding::kHalfUp}) {
      ASSERT_EQ(Text(MultiplyDivide(above, divisor, *twice, scale, rounding)),
                Text(Decimal::FromParts(n + 1, scale)));
      ASSERT_EQ(Text(MultiplyDivide(below, divisor, *twice, scale, rounding)),
                Text(Decimal::FromParts(n, scale)));
    }
  }
  EXPECT_GT(wide, kRounds / 20);
}

TEST(DecimalPropertyTest, UnitsAndNanosHoldWhatTheyCanAndNothingElse) {
  DecimalGenerator generator(10);
  const mpq_class most = GmpPowerOfTen(0) * mpq_class("9223372036854775807");
  for (int i = 0; i < kRounds; ++i) {
    const Decimal value = generator.Int(0, 1) == 0 ? generator.Any() : generator.Money();
    const absl::StatusOr<UnitsNanos> parts = value.ToUnitsNanos();
    const mpq_class whole = GmpRound(ToGmp(value), 0, Rounding::kDown);
    const bool holds = value.scale() <= 9 && whole <= most && whole >= -most - 1;
    ASSERT_EQ(parts.ok(), holds) << value;
    if (parts.ok()) {
      ASSERT_EQ(Text(Decimal::FromUnitsNanos(parts->units, parts->nanos)), value.ToString());
    }
  }
}

}  // namespace
}  // namespace outlay::money
