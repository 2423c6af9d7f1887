#include "services/common/money/amount.h"

#include <functional>

#include "tests/common/money/money_testing.h"

namespace outlay::money {
namespace {

constexpr bool kNonNegative = true;
constexpr bool kSigned = false;

AmountInput Dollars(Bound bound) { return {.currency_code = "USD", .bound = bound}; }

AmountInput PointInput(std::string_view stated) {
  AmountInput input = Dollars(Bound::kPoint);
  input.stated = D(stated);
  return input;
}

AmountInput LowerInput(Bound bound, std::string_view low) {
  AmountInput input = Dollars(bound);
  input.low = D(low);
  return input;
}

AmountInput UpperInput(Bound bound, std::string_view high) {
  AmountInput input = Dollars(bound);
  input.high = D(high);
  return input;
}

AmountInput RangeInput(std::string_view low, std::string_view high) {
  AmountInput input = Dollars(Bound::kRange);
  input.low = D(low);
  input.high = D(high);
  return input;
}

Amount Make(const AmountInput& input, bool non_negative = kNonNegative) {
  const absl::StatusOr<Amount> amount = MakeAmount(input, non_negative);
  EXPECT_TRUE(amount.ok()) << amount.status().ToString();
  return amount.ok() ? *amount : Amount{.stated = Decimal()};
}

// "field REASON" of the refusal.
std::string Refusal(const AmountInput& input, bool non_negative = kNonNegative) {
  const absl::StatusOr<Amount> amount = MakeAmount(input, non_negative);
  if (amount.ok()) return "accepted";
  EXPECT_EQ(amount.status().code(), absl::StatusCode::kInvalidArgument);
  return Field(amount.status()) + " " + Reason(amount.status());
}

TEST(BoundTest, EveryNameReadsBack) {
  for (const char* name : {"POINT", "AT_LEAST", "MORE_THAN", "UP_TO", "LESS_THAN", "RANGE"}) {
    const absl::StatusOr<Bound> bound = ParseBound(name);
    ASSERT_TRUE(bound.ok()) << name;
    EXPECT_EQ(BoundName(*bound), name);
  }
  EXPECT_EQ(Reason(ParseBound("AT_MOST")), "UNKNOWN_BOUND");
}

TEST(MakeAmountTest, APointFillsBothEnds) {
  const Amount amount = Make(PointInput("83e9"));
  EXPECT_EQ(amount.currency_code, "USD");
  EXPECT_EQ(amount.low, D("83e9"));
  EXPECT_EQ(amount.high, D("83e9"));
  EXPECT_EQ(amount.stated, D("83e9"));
  EXPECT_FALSE(amount.low_implied);
}

TEST(MakeAmountTest, APointMayRepeatItsValueAndNoOther) {
  AmountInput input = PointInput("83");
  input.low = input.high = D("83.00");
  EXPECT_EQ(Make(input), Make(PointInput("83")));
  input.low = D("82");
  EXPECT_EQ(Refusal(input), "low INCONSISTENT_AMOUNT");
  input.low.reset();
  input.high = D("84");
  EXPECT_EQ(Refusal(input), "high INCONSISTENT_AMOUNT");
  input.stated.reset();
  EXPECT_EQ(Refusal(input), "stated MISSING_AMOUNT");
}

TEST(MakeAmountTest, ALowerBoundIsOpenAbove) {
  for (const Bound bound : {Bound::kAtLeast, Bound::kMoreThan}) {
    const Amount amount = Make(LowerInput(bound, "100"));
    EXPECT_EQ(amount.low, D("100"));
    EXPECT_EQ(amount.high, std::nullopt);
    EXPECT_EQ(amount.stated, std::nullopt);
    EXPECT_FALSE(amount.low_implied);
    EXPECT_EQ(Refusal(Dollars(bound)), "low MISSING_AMOUNT");
    AmountInput both = LowerInput(bound, "100");
    both.high = D("120");
    EXPECT_EQ(Refusal(both), "high UNEXPECTED_AMOUNT");
  }
}

TEST(MakeAmountTest, AnUpperBoundImpliesZeroWhereTheMeasureCannotBeNegative) {
  for (const Bound bound : {Bound::kUpTo, Bound::kLessThan}) {
    const Amount implied = Make(UpperInput(bound, "65"), kNonNegative);
    EXPECT_EQ(implied.low, D("0"));
    EXPECT_TRUE(implied.low_implied);
    EXPECT_EQ(implied.high, D("65"));
    const Amount open = Make(UpperInput(bound, "65"), kSigned);
    EXPECT_EQ(open.low, std::nullopt);
    EXPECT_FALSE(open.low_implied);
    EXPECT_EQ(Refusal(Dollars(bound)), "high MISSING_AMOUNT");
    AmountInput both = UpperInput(bound, "65");
    both.low = D("0");
    EXPECT_EQ(Refusal(both), "low UNEXPECTED_AMOUNT");
  }
}

TEST(MakeAmountTest, UpToZeroIsZeroAndLessThanZeroIsNothing) {
  EXPECT_EQ(Make(UpperInput(Bound::kUpTo, "0")).high, D("0"));
  EXPECT_EQ(Refusal(UpperInput(Bound::kLessThan, "0")), "high INCONSISTENT_AMOUNT");
  EXPECT_EQ(Make(UpperInput(Bound::kLessThan, "0"), kSigned).high, D("0"));
}

TEST(MakeAmountTest, ARangeNeedsTwoDifferentEndsInOrder) {
  const Amount amount = Make(RangeInput("60", "65"));
  EXPECT_EQ(amount.low, D("60"));
  EXPECT_EQ(amount.high, D("65"));
  EXPECT_EQ(amount.stated, std::nullopt);
  EXPECT_EQ(Refusal(RangeInput("65", "60")), "low INCONSISTENT_AMOUNT");
  EXPECT_EQ(Refusal(RangeInput("65", "65")), "low INCONSISTENT_AMOUNT");
  EXPECT_EQ(Refusal(LowerInput(Bound::kRange, "60")), "high MISSING_AMOUNT");
  EXPECT_EQ(Refusal(UpperInput(Bound::kRange, "65")), "low MISSING_AMOUNT");
}

TEST(MakeAmountTest, AStatedFigureLiesWithinTheBound) {
  AmountInput range = RangeInput("60", "65");
  range.stated = D("62");
  EXPECT_EQ(Make(range).stated, D("62"));
  range.stated = D("59");
  EXPECT_EQ(Refusal(range), "stated INCONSISTENT_AMOUNT");
  range.stated = D("66");
  EXPECT_EQ(Refusal(range), "stated INCONSISTENT_AMOUNT");
  AmountInput more = LowerInput(Bound::kMoreThan, "100");
  more.stated = D("100");
  EXPECT_EQ(Make(more).stated, D("100"));
}

TEST(MakeAmountTest, NegativeAmountsDependOnTheMeasure) {
  EXPECT_EQ(Refusal(PointInput("-1")), "stated NEGATIVE_AMOUNT");
  EXPECT_EQ(Refusal(LowerInput(Bound::kAtLeast, "-1")), "low NEGATIVE_AMOUNT");
  EXPECT_EQ(Refusal(UpperInput(Bound::kUpTo, "-1")), "high NEGATIVE_AMOUNT");
  EXPECT_EQ(Refusal(RangeInput("-1", "1")), "low NEGATIVE_AMOUNT");
  EXPECT_EQ(Make(PointInput("-1"), kSigned).low, D("-1"));
  EXPECT_EQ(Make(RangeInput("-1", "1"), kSigned).low, D("-1"));
}

TEST(MakeAmountTest, TheRangeOfNumbersIsBounded) {
  EXPECT_EQ(Make(PointInput("1e24")).stated, D("1e24"));
  EXPECT_EQ(Refusal(PointInput("1000000000000000000000000.000000001")),
            "stated AMOUNT_OUT_OF_RANGE");
  EXPECT_EQ(Refusal(PointInput("-1000000000000000000000001"), kSigned),
            "stated AMOUNT_OUT_OF_RANGE");
  EXPECT_EQ(Make(PointInput("0.000000001")).stated, D("1e-9"));
  EXPECT_EQ(Refusal(PointInput("0.0000000001")), "stated AMOUNT_OUT_OF_RANGE");
  EXPECT_EQ(Refusal(RangeInput("1", "1e25")), "high AMOUNT_OUT_OF_RANGE");
}

TEST(MakeAmountTest, TheWrittenUnitIsAPowerOfTen) {
  for (const char* unit : {"1", "1e8", "1000000000", "0.01", "1e-9", "1e24"}) {
    AmountInput input = PointInput("83e9");
    input.written_unit = D(unit);
    EXPECT_EQ(Make(input).written_unit, D(unit));
  }
  for (const char* unit : {"0", "-10", "2", "500000000", "1e-10", "1e25"}) {
    AmountInput input = PointInput("83e9");
    input.written_unit = D(unit);
    EXPECT_EQ(Refusal(input), "written_unit INVALID_WRITTEN_UNIT") << unit;
  }
}

TEST(MakeAmountTest, TheCurrencyIsChecked) {
  AmountInput input = PointInput("1");
  input.currency_code = "usd";
  EXPECT_EQ(Refusal(input), "currency_code MALFORMED_CURRENCY");
  input.currency_code = "ABC";
  EXPECT_EQ(Refusal(input), "currency_code UNKNOWN_CURRENCY");
  input.currency_code = "";
  EXPECT_EQ(Refusal(input), "currency_code MALFORMED_CURRENCY");
}

TEST(MakeAmountTest, ABoundThatDoesNotExistIsRefused) {
  AmountInput input = PointInput("1");
  input.bound = static_cast<Bound>(17);
  EXPECT_EQ(Refusal(input), "bound UNKNOWN_BOUND");
}

TEST(MakeAmountTest, ARefusalSaysWhatWouldBeRight) {
  EXPECT_EQ(Message(MakeAmount(RangeInput("65", "60"), kNonNegative).status()),
            "low: 65 is not below high, 60; a RANGE of one value is a POINT");
  const absl::Status nested =
      Under("disclosures[0].amount", MakeAmount(PointInput("-1"), kNonNegative).status());
  EXPECT_EQ(Field(nested), "disclosures[0].amount.stated");
  EXPECT_EQ(Message(nested),
            "disclosures[0].amount.stated: -1 is negative, and this measure cannot be below zero");
}

TEST(MakeAmountTest, AnAmountReadsBackFromItsInput) {
  AmountInput about = RangeInput("60", "65");
  about.approximate = true;
  about.written_unit = D("1");
  for (const AmountInput& input :
       {PointInput("83"), LowerInput(Bound::kAtLeast, "100"), LowerInput(Bound::kMoreThan, "100"),
        UpperInput(Bound::kUpTo, "65"), UpperInput(Bound::kLessThan, "65"), about}) {
    const Amount amount = Make(input);
    EXPECT_EQ(Make(ToInput(amount)), amount);
  }
}

TEST(AmountIntervalTest, FollowsTheBound) {
  EXPECT_EQ(ToString(ToInterval(Make(PointInput("83")))), "[83, 83]");
  EXPECT_EQ(ToString(ToInterval(Make(LowerInput(Bound::kAtLeast, "100")))), "[100, ∞)");
  EXPECT_EQ(ToString(ToInterval(Make(LowerInput(Bound::kMoreThan, "100")))), "(100, ∞)");
  EXPECT_EQ(ToString(ToInterval(Make(UpperInput(Bound::kUpTo, "65")))), "[0 implied, 65]");
  EXPECT_EQ(ToString(ToInterval(Make(UpperInput(Bound::kLessThan, "65"), kSigned))), "(-∞, 65)");
  EXPECT_EQ(ToString(ToInterval(Make(RangeInput("60", "65")))), "[60, 65]");
}

Amount Written(AmountInput input, std::string_view unit) {
  input.written_unit = D(unit);
  return Make(input);
}

TEST(AmountCorroboratesTest, WithinHalfAWrittenUnit) {
  EXPECT_EQ(HalfUnit(Written(PointInput("83e9"), "1e9")), D("500000000"));
  EXPECT_EQ(HalfUnit(Written(PointInput("1"), "1e-9")), D("0.0000000005"));
  EXPECT_EQ(HalfUnit(Make(PointInput("83e9"))), D("0"));
  const Amount press = Written(PointInput("83e9"), "1e9");
  EXPECT_TRUE(Corroborates(press, Written(PointInput("82.999e9"), "1e6")));
  EXPECT_TRUE(Corroborates(Written(PointInput("82.999e9"), "1e6"), press));
  EXPECT_FALSE(Corroborates(press, Written(PointInput("82.4e9"), "1e6")));
}

TEST(AmountCorroboratesTest, IntervalsThatMeet) {
  EXPECT_TRUE(Corroborates(Make(UpperInput(Bound::kUpTo, "65")), Make(RangeInput("60", "65"))));
  EXPECT_TRUE(Corroborates(Make(PointInput("100")), Make(LowerInput(Bound::kAtLeast, "100"))));
  EXPECT_FALSE(Corroborates(Make(PointInput("100")), Make(LowerInput(Bound::kMoreThan, "100"))));
  EXPECT_FALSE(Corroborates(Make(UpperInput(Bound::kUpTo, "59")), Make(RangeInput("60", "65"))));
}

TEST(AmountCorroboratesTest, NeverAcrossCurrencies) {
  AmountInput won = PointInput("100");
  won.currency_code = "KRW";
  EXPECT_FALSE(Corroborates(Make(PointInput("100")), Make(won)));
}

TEST(AmountPointTest, TheDefaultChoiceFollowsTheBound) {
  EXPECT_EQ(Point(Make(PointInput("80"))), (PointValue{D("80"), PointSource::kStated}));
  EXPECT_EQ(Point(Make(LowerInput(Bound::kAtLeast, "100"))),
            (PointValue{D("100"), PointSource::kFloor}));
  EXPECT_EQ(Point(Make(LowerInput(Bound::kMoreThan, "100"))),
            (PointValue{D("100"), PointSource::kFloor}));
  EXPECT_EQ(Point(Make(UpperInput(Bound::kUpTo, "65"))),
            (PointValue{D("65"), PointSource::kCeiling}));
  EXPECT_EQ(Point(Make(UpperInput(Bound::kLessThan, "65"))),
            (PointValue{D("65"), PointSource::kCeiling}));
  EXPECT_EQ(PointSourceName(PointSource::kMidpoint), "MIDPOINT");
}

TEST(AmountPointTest, ARangeGivesItsExactMidpointWhateverItStates) {
  AmountInput range = RangeInput("60", "65");
  range.stated = D("64");
  EXPECT_EQ(Point(Make(range)), (PointValue{D("62.5"), PointSource::kMidpoint}));
  EXPECT_EQ(Point(Make(RangeInput("-1e24", "999999999999999999999999.999999999"), kSigned)).value,
            D("-0.0000000005"));
}

}  // namespace
}  // namespace outlay::money
