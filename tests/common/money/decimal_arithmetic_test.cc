#include "services/common/money/decimal.h"
#include "tests/common/money/money_testing.h"

namespace outlay::money {
namespace {

constexpr char kLargest[] = "99999999999999999999999999999999999999";

TEST(DecimalAddTest, IsExactAcrossScales) {
  EXPECT_EQ(Text(Add(D("1.5"), D("2.25"))), "3.75");
  EXPECT_EQ(Text(Add(D("0.1"), D("0.2"))), "0.3");
  EXPECT_EQ(Text(Add(D("1.75"), D("0.25"))), "2");
  EXPECT_EQ(Text(Add(D("5"), D("-7.5"))), "-2.5");
  EXPECT_EQ(Text(Add(D("-5"), D("5"))), "0");
  EXPECT_EQ(Text(Add(D("1e18"), D("1e-18"))), "1000000000000000000.000000000000000001");
  EXPECT_EQ(Text(Subtract(D("82.999"), D("55.165"))), "27.834");
}

TEST(DecimalAddTest, TheEdgeOfTheRangeIsExact) {
  EXPECT_EQ(Text(Add(D(kLargest), D("0"))), kLargest);
  EXPECT_EQ(Text(Add(D("0"), D("1e-38"))), Text(D("1e-38")));
  EXPECT_EQ(Text(Add(D(kLargest), D("1"))), "AMOUNT_OVERFLOW");
  EXPECT_EQ(Text(Add(D(kLargest), D(kLargest))), "AMOUNT_OVERFLOW");
  EXPECT_EQ(Text(Subtract(D(kLargest), D(kLargest))), "0");
  EXPECT_EQ(Text(Add(D(kLargest), D("0.1"))), "AMOUNT_OVERFLOW");
  EXPECT_EQ(Text(Add(D("1e37"), D("1e-38"))), "AMOUNT_OVERFLOW");
  // 39 digits before the last zero goes: 0.99…9 twice with 38 places, the sum of which ends in 8.
  EXPECT_EQ(Text(Add(D("0.99999999999999999999999999999999999999"),
                     D("0.00000000000000000000000000000000000001"))),
            "1");
  EXPECT_EQ(Text(Add(D("0.99999999999999999999999999999999999995"),
                     D("0.00000000000000000000000000000000000015"))),
            "1.0000000000000000000000000000000000001");
  EXPECT_EQ(Text(Add(D("0.99999999999999999999999999999999999999"),
                     D("0.00000000000000000000000000000000000012"))),
            "AMOUNT_OVERFLOW");
  // 12 × 10^37 does not fit by itself; the other part brings it back.
  EXPECT_EQ(Text(Subtract(D("12"), D("9.0000000000000000000000000000000000001"))),
            "2.9999999999999999999999999999999999999");
  EXPECT_EQ(Text(Subtract(D("18"), D("9.0000000000000000000000000000000000001"))),
            "8.9999999999999999999999999999999999999");
}

TEST(DecimalAddTest, AnOverflowSaysSo) {
  const absl::Status status = Add(D(kLargest), D("1")).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kOutOfRange);
  EXPECT_EQ(Message(status),
            "the sum cannot be held exactly: a number has at most 38 digits and 38 decimal places");
}

TEST(DecimalMultiplyTest, IsExact) {
  EXPECT_EQ(Text(Multiply(D("1.5"), D("-2.5"))), "-3.75");
  EXPECT_EQ(Text(Multiply(D("0.5"), D("2"))), "1");
  EXPECT_EQ(Text(Multiply(D("0"), D("-2"))), "0");
  EXPECT_EQ(Text(Multiply(D("320000000000"), D("1456.3"))), "466016000000000");
  EXPECT_EQ(Text(Multiply(D("1e37"), D("1e-38"))), "0.1");
  EXPECT_EQ(Text(Multiply(D(kLargest), D("-1"))), "-99999999999999999999999999999999999999");
}

TEST(DecimalMultiplyTest, AWideProductComesBackWhenItsZerosGo) {
  // 5^30 × 2^30 with 30 and 8 decimal places: 10^30 at scale 38.
  EXPECT_EQ(Text(Multiply(D("931322574.615478515625"), D("1073741824"))), "1000000000000000000");
  EXPECT_EQ(Text(Multiply(D("0.00000000000000000000000000000000000004"),
                          D("25000000000000000000000000000000000000"))),
            "1");
}

TEST(DecimalMultiplyTest, RefusesWhatDoesNotFit) {
  EXPECT_EQ(Text(Multiply(D("1e20"), D("1e18"))), "AMOUNT_OVERFLOW");
  EXPECT_EQ(Text(Multiply(D("1e-20"), D("1e-19"))), "AMOUNT_OVERFLOW");
  EXPECT_EQ(Text(Multiply(D(kLargest), D(kLargest))), "AMOUNT_OVERFLOW");
  EXPECT_EQ(Text(Multiply(D("1.234567890123456789012"), D("1.234567890123456789012"))),
            "AMOUNT_OVERFLOW");
}

TEST(DecimalRoundTest, LeavesShorterNumbersAlone) {
  EXPECT_EQ(Text(Round(D("1.5"), 1, Rounding::kUp)), "1.5");
  EXPECT_EQ(Text(Round(D("1.5"), 38, Rounding::kUp)), "1.5");
  EXPECT_EQ(Text(Round(D("1500"), 0, Rounding::kUp)), "1500");
}

TEST(DecimalRoundTest, RoundsToPlacesAndToPowersOfTen) {
  EXPECT_EQ(Text(Round(D("71.0823"), 2, Rounding::kHalfUp)), "71.08");
  EXPECT_EQ(Text(Round(D("1.005"), 2, Rounding::kHalfEven)), "1");
  EXPECT_EQ(Text(Round(D("145630000000000"), -12, Rounding::kHalfUp)), "146000000000000");
  EXPECT_EQ(Text(Round(D("15"), -1, Rounding::kHalfEven)), "20");
  EXPECT_EQ(Text(Round(D("25"), -1, Rounding::kHalfEven)), "20");
  EXPECT_EQ(Text(Round(D("1e-38"), -38, Rounding::kDown)), "0");
  EXPECT_EQ(Text(Round(D("-1e-38"), 0, Rounding::kFloor)), "-1");
  EXPECT_EQ(Text(Round(D("1e-38"), 37, Rounding::kHalfUp)), "0");
}

TEST(DecimalRoundTest, RefusesWhatDoesNotFit) {
  EXPECT_EQ(Text(Round(D(kLargest), -1, Rounding::kHalfUp)), "AMOUNT_OVERFLOW");
  EXPECT_EQ(Text(Round(D("1e-38"), -38, Rounding::kUp)), "AMOUNT_OVERFLOW");
  EXPECT_EQ(Text(Round(D("1"), 39, Rounding::kUp)), "INVALID_SCALE");
  EXPECT_EQ(Text(Round(D("1"), -39, Rounding::kUp)), "INVALID_SCALE");
}

TEST(DecimalDivideTest, RoundsOnce) {
  EXPECT_EQ(Text(Divide(D("1"), D("3"), 5, Rounding::kHalfEven)), "0.33333");
  EXPECT_EQ(Text(Divide(D("2"), D("3"), 5, Rounding::kHalfEven)), "0.66667");
  EXPECT_EQ(Text(Divide(D("-2"), D("3"), 0, Rounding::kHalfEven)), "-1");
  EXPECT_EQ(Text(Divide(D("-2"), D("3"), 0, Rounding::kDown)), "0");
  EXPECT_EQ(Text(Divide(D("1"), D("8"), 38, Rounding::kDown)), "0.125");
  EXPECT_EQ(Text(Divide(D("1"), D("3"), 38, Rounding::kDown)),
            "0.33333333333333333333333333333333333333");
  EXPECT_EQ(Text(Divide(D("1000000"), D("7"), -3, Rounding::kHalfUp)), "143000");
  EXPECT_EQ(Text(Divide(D("1e-38"), D(kLargest), 38, Rounding::kUp)),
            "0.00000000000000000000000000000000000001");
}

TEST(DecimalDivideTest, RefusesZeroAndWhatDoesNotFit) {
  const absl::Status zero = Divide(D("1"), D("0"), 2, Rounding::kDown).status();
  EXPECT_EQ(zero.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Reason(zero), "DIVISION_BY_ZERO");
  EXPECT_EQ(Text(Divide(D("0"), D("0"), 2, Rounding::kDown)), "DIVISION_BY_ZERO");
  EXPECT_EQ(Text(Divide(D("1e37"), D("0.1"), 2, Rounding::kDown)), "AMOUNT_OVERFLOW");
  EXPECT_EQ(Text(Divide(D("10"), D("3"), 38, Rounding::kDown)), "AMOUNT_OVERFLOW");
  EXPECT_EQ(Text(Divide(D("1"), D("3"), 39, Rounding::kDown)), "INVALID_SCALE");
}

TEST(DecimalDivideTest, AnExactQuotientFitsEvenAtAScaleThatIsWiderThanADecimal) {
  EXPECT_EQ(Text(Divide(D("1e30"), D("2"), 38, Rounding::kDown)), "500000000000000000000000000000");
}

TEST(DecimalMultiplyDivideTest, ConvertsTheWorkedFigures) {
  // 320 billion dollars at the euro crosses of 2025-02-07, 1668500/1153 won per dollar.
  EXPECT_EQ(Text(MultiplyDivide(D("320e9"), D("1668500"), D("1153"), 4, Rounding::kHalfEven)),
            "463070251517779.7051");
  EXPECT_EQ(Text(MultiplyDivide(D("320e9"), D("1668.5"), D("1.153"), 0, Rounding::kHalfEven)),
            "463070251517780");
  // The rate that the article implies: 145.63 trillion won for 100 billion dollars.
  EXPECT_EQ(Text(Divide(D("145.63e12"), D("100e9"), 18, Rounding::kHalfEven)), "1456.3");
  EXPECT_EQ(Text(Divide(D("466e12"), D("320e9"), 18, Rounding::kHalfEven)), "1456.25");
  // The total in won, and its share of the budget.
  EXPECT_EQ(Text(MultiplyDivide(D("320e9"), D("145.63e12"), D("100e9"), 0, Rounding::kHalfEven)),
            "466016000000000");
  EXPECT_EQ(Text(MultiplyDivide(D("466.016e12"), D("100"), D("655.6e12"), 2, Rounding::kHalfUp)),
            "71.08");
}

TEST(DecimalMultiplyDivideTest, MultipliesBeforeItDivides) {
  EXPECT_EQ(Text(MultiplyDivide(D("1"), D("3"), D("3"), 0, Rounding::kDown)), "1");
  EXPECT_EQ(Text(MultiplyDivide(D(kLargest), D(kLargest), D(kLargest), 0, Rounding::kDown)),
            kLargest);
  EXPECT_EQ(Text(MultiplyDivide(D("1e37"), D("1e37"), D("1e37"), 38, Rounding::kDown)),
            Text(D("1e37")));
  EXPECT_EQ(Text(MultiplyDivide(D("1e-38"), D("1e-38"), D("1e-38"), 38, Rounding::kDown)),
            Text(D("1e-38")));
  EXPECT_EQ(Text(MultiplyDivide(D("1e37"), D("1e37"), D("-1e-38"), 0, Rounding::kDown)),
            "AMOUNT_OVERFLOW");
  EXPECT_EQ(Text(MultiplyDivide(D("1"), D("3"), D("0"), 0, Rounding::kDown)), "DIVISION_BY_ZERO");
}

TEST(DecimalSignificantTest, KeepsSignificantDigits) {
  EXPECT_EQ(Text(DivideSignificant(D("1668.5"), D("1.153"), 15, Rounding::kHalfEven)),
            "1447.09453599306");
  EXPECT_EQ(Text(DivideSignificant(D("1"), D("1447.0945"), 4, Rounding::kHalfUp)), "0.000691");
  EXPECT_EQ(Text(DivideSignificant(D("2"), D("3"), 3, Rounding::kHalfEven)), "0.667");
  EXPECT_EQ(Text(DivideSignificant(D("123456"), D("1"), 2, Rounding::kHalfEven)), "120000");
  EXPECT_EQ(Text(DivideSignificant(D("-123456"), D("1"), 2, Rounding::kFloor)), "-130000");
  EXPECT_EQ(Text(DivideSignificant(D("9.996"), D("1"), 3, Rounding::kHalfUp)), "10");
  EXPECT_EQ(Text(DivideSignificant(D("0"), D("3"), 3, Rounding::kUp)), "0");
  EXPECT_EQ(
      Text(MultiplyDivideSignificant(D("100"), D("1668500"), D("1153"), 6, Rounding::kHalfEven)),
      "144709");
}

TEST(DecimalSignificantTest, CountsFromTheFirstDigitAtPowersOfTen) {
  EXPECT_EQ(Text(DivideSignificant(D("1000"), D("1"), 1, Rounding::kUp)), "1000");
  EXPECT_EQ(Text(DivideSignificant(D("999"), D("1"), 1, Rounding::kDown)), "900");
  EXPECT_EQ(Text(DivideSignificant(D("0.001"), D("1"), 1, Rounding::kUp)), "0.001");
  EXPECT_EQ(Text(DivideSignificant(D("0.00101"), D("1"), 1, Rounding::kUp)), "0.002");
}

TEST(DecimalSignificantTest, RefusesWhatDoesNotFit) {
  EXPECT_EQ(Text(DivideSignificant(D("1"), D("3"), 0, Rounding::kDown)), "INVALID_DIGITS");
  EXPECT_EQ(Text(DivideSignificant(D("1"), D("3"), 39, Rounding::kDown)), "INVALID_DIGITS");
  EXPECT_EQ(Text(DivideSignificant(D("1"), D("0"), 3, Rounding::kDown)), "DIVISION_BY_ZERO");
  EXPECT_EQ(Text(DivideSignificant(D("1"), D("3e30"), 15, Rounding::kDown)), "AMOUNT_OVERFLOW");
  EXPECT_EQ(Text(DivideSignificant(D("1"), D("1e30"), 15, Rounding::kDown)), Text(D("1e-30")));
  EXPECT_EQ(Text(DivideSignificant(D("1e37"), D("1e-38"), 15, Rounding::kDown)), "AMOUNT_OVERFLOW");
  EXPECT_EQ(Text(DivideSignificant(D("1e-38"), D("1e37"), 15, Rounding::kUp)), "AMOUNT_OVERFLOW");
}

}  // namespace
}  // namespace outlay::money
