#include "services/common/wire/money_proto.h"

#include <gtest/gtest.h>

#include "services/common/status/error.h"
#include "services/common/wire/journal_proto.h"

namespace outlay::wire {
namespace {

using money::Decimal;

money::v1::Amount UpTo(const char* high) {
  money::v1::Amount proto;
  proto.set_currency_code("USD");
  proto.set_bound(money::v1::BOUND_UP_TO);
  proto.mutable_high()->set_value(high);
  proto.set_approximate(true);
  return proto;
}

TEST(AmountProto, GoesThereAndBack) {
  const money::Amount amount =
      *money::MakeAmount(*FromProto(UpTo("65000000000")), /*non_negative=*/true);
  money::v1::Amount proto;
  ToProto(amount, &proto);
  EXPECT_EQ(proto.low().value(), "0");
  EXPECT_TRUE(proto.low_implied());
  EXPECT_FALSE(proto.has_stated());
  EXPECT_EQ(*StoredAmountFromProto(proto), amount);
}

TEST(AmountProto, ReportsEveryMalformedNumberAndTheBound) {
  money::v1::Amount proto = UpTo("6 5");
  proto.set_bound(money::v1::BOUND_UNSPECIFIED);
  proto.mutable_written_unit()->set_value("x");
  const ErrorDetail detail = GetErrorDetail(FromProto(proto).status());
  std::vector<std::string> fields;
  for (const FieldViolation& violation : detail.violations) fields.push_back(violation.field);
  EXPECT_EQ(fields, (std::vector<std::string>{"bound", "high.value", "written_unit.value"}));
}

TEST(MoneyProto, ChecksCurrencyAndSigns) {
  money::v1::Money proto;
  EXPECT_EQ(GetErrorDetail(FromProto(proto).status()).reason, "MISSING_CURRENCY");
  proto.set_currency_code("usd");
  EXPECT_EQ(GetErrorDetail(FromProto(proto).status()).violations[0].field, "currency_code");
  proto.set_currency_code("USD");
  proto.set_units(1);
  proto.set_nanos(-5);
  EXPECT_EQ(GetErrorDetail(FromProto(proto).status()).reason, "MALFORMED_UNITS_NANOS");
  proto.set_nanos(50'000'000);
  EXPECT_EQ(FromProto(proto)->value.ToString(), "1.05");
  EXPECT_EQ(ToProto(*FromProto(proto))->nanos(), 50'000'000);
}

TEST(IntervalProto, KeepsOpenStrictAndImpliedEnds) {
  money::Interval interval;
  interval.low = {.value = Decimal::FromInt(0), .implied = true};
  interval.high = {.value = Decimal::FromInt(5), .strict = true};
  money::v1::Interval proto;
  ToProto(interval, &proto);
  EXPECT_EQ(*FromProto(proto), interval);
  proto.clear_high();
  proto.set_high_strict(false);
  EXPECT_TRUE(FromProto(proto)->high.IsOpen());
}

TEST(RoundingProto, KnowsTheModesAndNoOther) {
  EXPECT_EQ(*FromProto(money::v1::ROUNDING_MODE_UNSPECIFIED, money::Rounding::kDown),
            money::Rounding::kDown);
  EXPECT_EQ(*FromProto(money::v1::ROUNDING_MODE_CEILING, money::Rounding::kDown),
            money::Rounding::kCeiling);
  EXPECT_EQ(
      GetErrorDetail(
          FromProto(static_cast<money::v1::RoundingMode>(77), money::Rounding::kDown).status())
          .reason,
      "UNKNOWN_ROUNDING");
}

TEST(RecordErrorProto, GoesThereAndBack) {
  const absl::Status error = MakeError(absl::StatusCode::kAlreadyExists, "taken",
                                       {.reason = "KEY_TAKEN",
                                        .metadata = {{"sequence", "7"}},
                                        .violations = {{"key", "is taken"}}});
  journal::v1::RecordError proto;
  ToProto(error, &proto);
  EXPECT_EQ(proto.code(), 6);
  EXPECT_EQ(FromProto(proto), error);
}

TEST(AsOfProto, ReadsBothAxes) {
  journal::v1::AsOf proto;
  proto.set_published("2025-02-09");
  proto.set_recorded_sequence(12);
  const AsOf as_of = *FromProto(proto);
  EXPECT_TRUE(as_of.published->whole_day);
  EXPECT_EQ(as_of.recorded_sequence, 12u);
  proto.set_published("2025-02-30");
  EXPECT_EQ(GetErrorDetail(FromProto(proto).status()).violations[0].field, "published");
}

TEST(AsOfProto, NowStandsForItsDayWhereNothingElseIsPublished) {
  journal::v1::AsOf proto;
  EXPECT_FALSE(FromProto(proto)->PublishedByDay().has_value());
  proto.mutable_now()->set_seconds(1'739'145'600);  // 2025-02-10T00:00:00Z
  EXPECT_EQ(time::FormatMoment(*FromProto(proto)->PublishedByDay()), "2025-02-10");
  EXPECT_EQ(time::FormatInstant(*FromProto(proto)->now), "2025-02-10T00:00:00Z");
  proto.set_published("2025-02-09T12:00:00Z");
  EXPECT_EQ(time::FormatMoment(*FromProto(proto)->PublishedByDay()), "2025-02-09T12:00:00Z");
  proto.mutable_now()->set_nanos(1'000'000'000);
  EXPECT_EQ(GetErrorDetail(FromProto(proto).status()).violations[0].field, "now");
}

}  // namespace
}  // namespace outlay::wire
