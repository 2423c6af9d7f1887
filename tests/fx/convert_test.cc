#include "services/fx/convert.h"

#include <gtest/gtest.h>

#include "tests/fx/small_book.h"

namespace outlay::fx {
namespace {

using money::Rounding;
using money::UnitsNanos;

RateAnswer At(std::string_view numerator, std::string_view denominator) {
  return {.from_currency = "USD", .to_currency = "KRW", .rate = {Dec(numerator), Dec(denominator)}};
}

TEST(ConvertAmount, MultipliesFirstDividesOnceRoundsOnce) {
  // 320 billion dollars at the ECB's cross of 2025-02-07; rounding the cross to two places first
  // would be 1.45 billion won off.
  EXPECT_EQ(ConvertAmount(Dec("320e9"), At("1668500", "1153"), *C("KRW"), {}).value(),
            (UnitsNanos{463'070'251'517'780, 0}));
}

TEST(ConvertAmount, RoundsToTheTargetsMinorUnits) {
  const RateAnswer eighth = At("1", "8");
  EXPECT_EQ(ConvertAmount(Dec("1"), eighth, *C("KRW"), {}).value(), (UnitsNanos{0, 0}));
  EXPECT_EQ(ConvertAmount(Dec("1"), eighth, *C("USD"), {}).value(), (UnitsNanos{0, 120'000'000}));
  EXPECT_EQ(ConvertAmount(Dec("1"), eighth, *C("KWD"), {}).value(), (UnitsNanos{0, 125'000'000}));
}

TEST(ConvertAmount, RoundsToNinePlacesWhereThereAreNoMinorUnits) {
  EXPECT_EQ(ConvertAmount(Dec("1"), At("1", "3"), *C("XAU"), {}).value(),
            (UnitsNanos{0, 333'333'333}));
}

TEST(ConvertAmount, TakesTheAskedModeAndScale) {
  const RateAnswer eighth = At("1", "8");
  const auto convert = [&](Rounding mode, int scale) {
    return ConvertAmount(Dec("-1"), eighth, *C("USD"), {mode, scale}).value();
  };
  EXPECT_EQ(convert(Rounding::kHalfEven, 2), (UnitsNanos{0, -120'000'000}));
  EXPECT_EQ(convert(Rounding::kHalfUp, 2), (UnitsNanos{0, -130'000'000}));
  EXPECT_EQ(convert(Rounding::kDown, 1), (UnitsNanos{0, -100'000'000}));
  EXPECT_EQ(convert(Rounding::kUp, 0), (UnitsNanos{-1, 0}));
  EXPECT_EQ(convert(Rounding::kFloor, 2), (UnitsNanos{0, -130'000'000}));
  EXPECT_EQ(convert(Rounding::kCeiling, 2), (UnitsNanos{0, -120'000'000}));
  EXPECT_EQ(convert(Rounding::kHalfEven, 9), (UnitsNanos{0, -125'000'000}));
}

TEST(ConvertAmount, SaysWhenTheResultIsBeyondAnAmount) {
  const absl::Status status =
      ConvertAmount(Dec("9e18"), At("1668500", "1153"), *C("KRW"), {}).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kOutOfRange);
  EXPECT_EQ(ReasonOf(status), "AMOUNT_OVERFLOW");
}

}  // namespace
}  // namespace outlay::fx
