#include "services/fx/values_proto.h"

#include <string>
#include <utility>

#include "services/common/status/error.h"
#include "services/common/wire/journal_proto.h"
#include "services/common/wire/money_proto.h"
#include "services/common/wire/time_proto.h"
#include "services/fx/errors.h"
#include "services/fx/take_into.h"

namespace outlay::fx {
namespace {

constexpr std::string_view kRulesVersion = "1";

}  // namespace

absl::StatusOr<CurrencyAmount> ParseMoney(const money::v1::Money& message) {
  ASSIGN_OR_RETURN(const wire::Money amount, wire::FromProto(message));
  return CurrencyAmount{money::FindCurrency(amount.currency_code), amount.value};
}

absl::StatusOr<const money::Currency*> ParseCurrency(std::string_view field,
                                                     std::string_view code) {
  absl::StatusOr<const money::Currency*> currency = money::RequireCurrency(code);
  if (!currency.ok()) return Under(field, currency.status());
  return currency;
}

absl::StatusOr<RoundingChoice> ParseRounding(const v1::Rounding& message) {
  RoundingChoice rounding;
  Violations errors;
  TakeInto(errors, "mode", wire::FromProto(message.mode(), money::Rounding::kHalfEven),
           rounding.mode);
  if (message.has_scale()) {
    rounding.scale = message.scale();
    if (message.scale() < 0 || message.scale() > kMaxAmountPlaces) {
      errors.Add("", NumberOutOfRange("scale", message.scale(), 0, kMaxAmountPlaces, "places"));
    }
  }
  RETURN_IF_ERROR(errors.ToStatus());
  return rounding;
}

absl::StatusOr<AsOf> ParseAsOf(const journal::v1::AsOf& message) {
  ASSIGN_OR_RETURN(wire::AsOf as_of, wire::FromProto(message));
  return AsOf{as_of.published, as_of.recorded_sequence, as_of.recorded_time, as_of.now};
}

void FillMoney(std::string_view currency_code, const money::UnitsNanos& amount,
               money::v1::Money& message) {
  message.set_currency_code(std::string(currency_code));
  message.set_units(amount.units);
  message.set_nanos(amount.nanos);
}

void FillStamp(uint64_t fx_sequence, journal::v1::Stamp& message) {
  message.set_fx_sequence(fx_sequence);
  message.set_rules_version(std::string(kRulesVersion));
}

void FillStamp(const Snapshot& snapshot, journal::v1::Stamp& message) {
  FillStamp(snapshot.reading.sequence, message);
  if (snapshot.now) wire::ToProto(*snapshot.now, message.mutable_now());
}

}  // namespace outlay::fx
