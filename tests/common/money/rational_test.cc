#include "services/common/money/rational.h"

#include <fmt/format.h>

#include <limits>
#include <sstream>
#include <utility>

#include "tests/common/money/money_testing.h"

namespace outlay::money {
namespace {

std::string PowerOfTen(int exponent) { return fmt::format("1{:0>{}}", "", exponent); }

TEST(RationalTest, StartsAtZeroAndKeepsLowestTerms) {
  EXPECT_EQ(Rational().ToString(), "0");
  EXPECT_EQ(Rational().DenominatorString(), "1");
  EXPECT_EQ(R("6", "8").ToString(), "3/4");
  EXPECT_EQ(R("6", "-8").ToString(), "-3/4");
  EXPECT_EQ(R("-6", "-8").ToString(), "3/4");
  EXPECT_EQ(R("0", "-8").ToString(), "0");
  EXPECT_EQ(R("0", "5"), Rational());
  EXPECT_EQ(Rational(D("1.25")).ToString(), "5/4");
  EXPECT_EQ(Rational(D("-1200")).ToString(), "-1200");
  EXPECT_EQ(Rational(std::numeric_limits<int64_t>::min()).ToString(), "-9223372036854775808");
}

TEST(RationalTest, AFractionOfDecimals) {
  EXPECT_EQ(Text(Rational::FromFraction(D("1668.5"), D("1.153"))), "1668500/1153");
  EXPECT_EQ(Text(Rational::FromFraction(D("1"), D("-0.5"))), "-2");
  EXPECT_EQ(Text(Rational::FromFraction(D("1"), D("0"))), "DIVISION_BY_ZERO");
}

TEST(RationalParseTest, ReadsWhatItPrints) {
  const Rational value = R("1668500", "1153");
  EXPECT_EQ(R(value.NumeratorString(), value.DenominatorString()), value);
  EXPECT_EQ(R("-0007", "0021").ToString(), "-1/3");
  const std::string digits(4096, '9');
  EXPECT_EQ(R(digits).NumeratorString(), digits);
}

TEST(RationalParseTest, NamesTheWrongPart) {
  const auto error = [](std::string_view numerator, std::string_view denominator) {
    const absl::Status status = Rational::Parse(numerator, denominator).status();
    return Field(status) + " " + Reason(status);
  };
  EXPECT_EQ(error("", "1"), "numerator MALFORMED_FRACTION");
  EXPECT_EQ(error("-", "1"), "numerator MALFORMED_FRACTION");
  EXPECT_EQ(error("1.5", "1"), "numerator MALFORMED_FRACTION");
  EXPECT_EQ(error("0x1F", "1"), "numerator MALFORMED_FRACTION");
  EXPECT_EQ(error(std::string(4097, '1'), "1"), "numerator MALFORMED_FRACTION");
  EXPECT_EQ(error("1", "+1"), "denominator MALFORMED_FRACTION");
  EXPECT_EQ(error("1", "0"), "denominator DIVISION_BY_ZERO");
}

TEST(RationalTest, ArithmeticIsExact) {
  EXPECT_EQ((R("1", "3") + R("1", "6")).ToString(), "1/2");
  EXPECT_EQ((R("1", "3") - R("1", "3")).ToString(), "0");
  EXPECT_EQ((R("1", "3") * R("3")).ToString(), "1");
  EXPECT_EQ((R("-2", "3") * R("9", "4")).ToString(), "-3/2");
  EXPECT_EQ(Text(Divide(R("1", "3"), R("-2", "3"))), "-1/2");
  EXPECT_EQ(Text(Divide(R("1", "3"), Rational())), "DIVISION_BY_ZERO");
  EXPECT_EQ((-R("1", "3")).ToString(), "-1/3");
  EXPECT_EQ(R("-1", "3").Abs().ToString(), "1/3");
  EXPECT_EQ((-Rational()).ToString(), "0");
}

TEST(RationalTest, ASumInPlaceMayBeOfItself) {
  Rational value = R("3", "4");
  value += value;
  EXPECT_EQ(value.ToString(), "3/2");
  value *= value;
  EXPECT_EQ(value.ToString(), "9/4");
  value -= value;
  EXPECT_TRUE(value.IsZero());
}

TEST(RationalTest, EveryOperationLeavesLowestTerms) {
  EXPECT_EQ((R("1", "6") + R("1", "10")).ToString(), "4/15");
  EXPECT_EQ((R("5", "12") + R("-5", "12")).ToString(), "0");
  EXPECT_EQ((R("1", "4") + R("1", "12")).ToString(), "1/3");
  EXPECT_EQ((R("-7", "30") + R("2", "45")).ToString(), "-17/90");
  EXPECT_EQ((R("4", "9") * R("-15", "8")).ToString(), "-5/6");
  EXPECT_EQ((Rational() * R("4", "9")).ToString(), "0");
  EXPECT_EQ(Text(Divide(R("-4", "9"), R("-8", "15"))), "5/6");
  EXPECT_EQ(Text(Divide(Rational(), R("-4", "9"))), "0");
}

// Short fractions against one whose parts have thousands of digits, where divisions are done in pieces.
TEST(RationalTest, ShortTermsOfALongSumCanBeTakenOutAgain) {
  const Rational term = R("-340282366920938463463374607431768211457", "36893488147419103232");
  for (const int digits : {40, 120, 500, 3'000}) {
    const Rational sum = R(std::string(digits, '7'), "1" + std::string(digits, '3'));
    EXPECT_EQ(sum + term - term, sum);
    EXPECT_EQ(*Divide(sum * term, term), sum);
    EXPECT_EQ(*Divide(sum * term, sum), term);
  }
}

TEST(RationalTest, TellsWhetherItsTextsCanBeReadBack) {
  const std::string longest(Rational::kMaxParseDigits, '9');
  EXPECT_TRUE(Rational().CanBeParsed());
  EXPECT_TRUE(R("-" + longest).CanBeParsed());
  EXPECT_TRUE(R("1", longest).CanBeParsed());
  EXPECT_FALSE((R(longest) + Rational(1)).CanBeParsed());
  EXPECT_FALSE((R("-" + longest) - Rational(1)).CanBeParsed());
  EXPECT_FALSE((R("1", longest) * R("1", "10")).CanBeParsed());
}

TEST(RationalTest, OrdersByValue) {
  EXPECT_LT(R("1", "3"), R("1", "2"));
  EXPECT_LT(R("-1", "2"), R("-1", "3"));
  EXPECT_GT(Rational(), R("-1", "1000000"));
  EXPECT_EQ(R("2", "4"), R("1", "2"));
  EXPECT_EQ(R("-5").Sign(), -1);
  EXPECT_EQ(Rational().Sign(), 0);
}

TEST(RationalTest, CopiesAreIndependentAndMovedFromIsZero) {
  Rational a = R("3", "4");
  Rational b = a;
  b += R("1", "4");
  EXPECT_EQ(a.ToString(), "3/4");
  EXPECT_EQ(b.ToString(), "1");
  Rational c = std::move(a);
  EXPECT_EQ(c.ToString(), "3/4");
  EXPECT_EQ(a.ToString(), "0");  // NOLINT: stated in the header
  a = c;
  EXPECT_EQ(a, c);
}

TEST(RationalToDecimalTest, RoundsOnce) {
  const Rational total = R("1668500", "1153") * Rational(D("320e9"));
  EXPECT_EQ(Text(total.ToDecimal(0, Rounding::kHalfEven)), "463070251517780");
  EXPECT_EQ(Text(total.ToDecimal(18, Rounding::kHalfEven)), "463070251517779.705117085862966175");
  EXPECT_EQ(Text(total.ToDecimal(-10, Rounding::kHalfUp)), "463070000000000");
  EXPECT_EQ(Text(total.ToDecimalSignificant(5, Rounding::kHalfUp)), "463070000000000");
  EXPECT_EQ(Text(R("-1", "3").ToDecimal(2, Rounding::kFloor)), "-0.34");
  EXPECT_EQ(Text(R("1", "3").ToDecimal(39, Rounding::kFloor)), "INVALID_SCALE");
  EXPECT_EQ(Text(R("1", "3").ToDecimalSignificant(0, Rounding::kFloor)), "INVALID_DIGITS");
  EXPECT_EQ(Text(Rational().ToDecimalSignificant(3, Rounding::kUp)), "0");
}

TEST(RationalToDecimalTest, RefusesWhatDoesNotFit) {
  const Rational huge = R(PowerOfTen(38));
  EXPECT_EQ(Text(huge.ToDecimal(0, Rounding::kDown)), "AMOUNT_OVERFLOW");
  EXPECT_EQ(Text(huge.ToDecimalSignificant(3, Rounding::kDown)), "AMOUNT_OVERFLOW");
  EXPECT_EQ(Text(R(std::string(4096, '9')).ToDecimal(38, Rounding::kDown)), "AMOUNT_OVERFLOW");
  EXPECT_EQ(Text(R("1", PowerOfTen(4000)).ToDecimalSignificant(3, Rounding::kUp)),
            "AMOUNT_OVERFLOW");
  EXPECT_EQ(Text(R("1", PowerOfTen(4000)).ToDecimal(2, Rounding::kUp)), "0.01");
}

TEST(RationalToDecimalTest, TheExactDecimalExistsOnlyWhereItFits) {
  EXPECT_EQ(R("5", "4").ToExactDecimal(), D("1.25"));
  EXPECT_EQ(R("-7").ToExactDecimal(), D("-7"));
  EXPECT_EQ(Rational().ToExactDecimal(), Decimal());
  EXPECT_EQ(R("1", "3").ToExactDecimal(), std::nullopt);
  EXPECT_EQ(R("1", PowerOfTen(38)).ToExactDecimal(), D("1e-38"));
  EXPECT_EQ(R("1", PowerOfTen(39)).ToExactDecimal(), std::nullopt);
  EXPECT_EQ(R(PowerOfTen(38)).ToExactDecimal(), std::nullopt);
  EXPECT_EQ(R(PowerOfTen(37)).ToExactDecimal(), D("1e37"));
}

TEST(RationalTest, PrintsToStreams) {
  std::ostringstream out;
  out << R("-3", "4");
  EXPECT_EQ(out.str(), "-3/4");
}

}  // namespace
}  // namespace outlay::money
