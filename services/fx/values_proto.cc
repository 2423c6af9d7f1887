#include "services/fx/values_proto.h"

#include <map>
#include <optional>
#include <utility>

#include "services/common/status/error.h"
#include "services/common/status/text.h"
#include "services/fx/errors.h"
#include "services/fx/field_errors.h"

namespace outlay::fx {
namespace {

constexpr std::string_view kRulesVersion = "1";
constexpr int kNanosPerMicrosecond = 1'000;

absl::StatusOr<money::Rounding> ParseMode(money::v1::RoundingMode mode) {
  switch (mode) {
    case money::v1::ROUNDING_MODE_UNSPECIFIED:
    case money::v1::ROUNDING_MODE_HALF_EVEN:
      return money::Rounding::kHalfEven;
    case money::v1::ROUNDING_MODE_HALF_UP:
      return money::Rounding::kHalfUp;
    case money::v1::ROUNDING_MODE_DOWN:
      return money::Rounding::kDown;
    case money::v1::ROUNDING_MODE_UP:
      return money::Rounding::kUp;
    case money::v1::ROUNDING_MODE_FLOOR:
      return money::Rounding::kFloor;
    case money::v1::ROUNDING_MODE_CEILING:
      return money::Rounding::kCeiling;
    default:
      return UnknownEnumValue("mode", mode, "HALF_EVEN, HALF_UP, DOWN, UP, FLOOR, CEILING");
  }
}

// Within the years of time::Date, so that nothing overflows.
absl::StatusOr<time::Instant> ParseTimestamp(std::string_view field,
                                             const google::protobuf::Timestamp& message) {
  using std::chrono::seconds;
  const std::chrono::sys_seconds from(std::chrono::sys_days(std::chrono::year(1900) / 1 / 1));
  const std::chrono::sys_seconds until(std::chrono::sys_days(std::chrono::year(2201) / 1 / 1));
  if (message.seconds() < from.time_since_epoch().count() ||
      message.seconds() >= until.time_since_epoch().count()) {
    return NumberOutOfRange(field, message.seconds(), from.time_since_epoch().count(),
                            until.time_since_epoch().count() - 1, "seconds");
  }
  if (message.nanos() < 0 || message.nanos() > 999'999'999) {
    return NumberOutOfRange(field, message.nanos(), 0, 999'999'999, "nanos");
  }
  return time::Instant(seconds(message.seconds()) +
                       std::chrono::microseconds(message.nanos() / kNanosPerMicrosecond));
}

}  // namespace

absl::StatusOr<CurrencyAmount> ParseMoney(const money::v1::Money& message) {
  CurrencyAmount amount;
  FieldErrors errors;
  errors.Take(ParseCurrency("currency_code", message.currency_code()), amount.currency);
  errors.Take(money::Decimal::FromUnitsNanos(message.units(), message.nanos()), amount.value);
  RETURN_IF_ERROR(errors.ToStatus());
  return amount;
}

absl::StatusOr<money::Decimal> ParseDecimal(const money::v1::Decimal& message) {
  return money::Decimal::Parse(message.value());
}

absl::StatusOr<const money::Currency*> ParseCurrency(std::string_view field,
                                                     std::string_view code) {
  absl::StatusOr<const money::Currency*> currency = money::RequireCurrency(code);
  if (!currency.ok()) return Under(field, currency.status());
  return currency;
}

absl::StatusOr<RoundingChoice> ParseRounding(const v1::Rounding& message) {
  RoundingChoice rounding;
  FieldErrors errors;
  errors.Take(ParseMode(message.mode()), rounding.mode);
  if (message.has_scale()) {
    rounding.scale = message.scale();
    if (message.scale() < 0 || message.scale() > kMaxAmountPlaces) {
      errors.Add(NumberOutOfRange("scale", message.scale(), 0, kMaxAmountPlaces, "places"));
    }
  }
  RETURN_IF_ERROR(errors.ToStatus());
  return rounding;
}

absl::StatusOr<AsOf> ParseAsOf(const journal::v1::AsOf& message) {
  AsOf as_of;
  FieldErrors errors;
  if (!message.published().empty()) {
    time::Moment published;
    if (errors.Take(Below("published", time::ParseDateOrInstant(message.published())), published)) {
      as_of.published = published;
    }
  }
  if (message.has_recorded_sequence()) as_of.recorded_sequence = message.recorded_sequence();
  if (message.has_recorded_time()) {
    time::Instant instant;
    if (errors.Take(ParseTimestamp("recorded_time", message.recorded_time()), instant)) {
      as_of.recorded_time = instant;
    }
  }
  RETURN_IF_ERROR(errors.ToStatus());
  return as_of;
}

void ToProto(const money::Decimal& value, money::v1::Decimal& message) {
  message.set_value(value.ToString());
}

void ToProto(time::Instant instant, google::protobuf::Timestamp& message) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(instant);
  message.set_seconds(seconds.time_since_epoch().count());
  message.set_nanos(static_cast<int32_t>((instant - seconds).count()) * kNanosPerMicrosecond);
}

void ToProto(std::string_view currency_code, const money::UnitsNanos& amount,
             money::v1::Money& message) {
  message.set_currency_code(std::string(currency_code));
  message.set_units(amount.units);
  message.set_nanos(amount.nanos);
}

void ToProto(const absl::Status& error, journal::v1::RecordError& message) {
  const ErrorDetail detail = GetErrorDetail(error);
  message.set_code(static_cast<int>(error.code()));
  message.set_message(std::string(FromAbsl(error.message())));
  message.set_reason(detail.reason);
  for (const FieldViolation& violation : detail.violations) {
    journal::v1::RecordFieldViolation& added = *message.add_violations();
    added.set_field(violation.field);
    added.set_description(violation.description);
  }
  for (const auto& [key, value] : detail.metadata) (*message.mutable_metadata())[key] = value;
}

absl::Status FromProto(const journal::v1::RecordError& message) {
  ErrorDetail detail{.reason = message.reason(),
                     .metadata = {message.metadata().begin(), message.metadata().end()}};
  for (const journal::v1::RecordFieldViolation& violation : message.violations()) {
    detail.violations.push_back({violation.field(), violation.description()});
  }
  return MakeError(static_cast<absl::StatusCode>(message.code()), message.message(),
                   std::move(detail));
}

void FillStamp(uint64_t fx_sequence, journal::v1::Stamp& message) {
  message.set_fx_sequence(fx_sequence);
  message.set_rules_version(std::string(kRulesVersion));
}

}  // namespace outlay::fx
