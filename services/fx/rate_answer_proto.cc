#include "services/fx/rate_answer_proto.h"

#include "services/common/status/error.h"
#include "services/common/wire/money_proto.h"
#include "services/fx/errors.h"
#include "services/fx/rate_proto.h"

namespace outlay::fx {
namespace {

using money::Rounding;

v1::Derivation DerivationToProto(Derivation derivation) {
  switch (derivation) {
    case Derivation::kIdentity:
      return v1::DERIVATION_IDENTITY;
    case Derivation::kDirect:
      return v1::DERIVATION_DIRECT;
    case Derivation::kInverse:
      return v1::DERIVATION_INVERSE;
    case Derivation::kCross:
      return v1::DERIVATION_CROSS;
    case Derivation::kJoined:
      return v1::DERIVATION_JOINED;
    case Derivation::kAverage:
      return v1::DERIVATION_AVERAGE;
    case Derivation::kFixed:
      return v1::DERIVATION_FIXED;
    case Derivation::kImplied:
      return v1::DERIVATION_IMPLIED;
  }
  return v1::DERIVATION_UNSPECIFIED;
}

absl::Status RoundTo(const Fraction& fraction, int digits, Rounding rounding,
                     money::v1::Decimal& message) {
  ASSIGN_OR_RETURN(const money::Decimal value, ToSignificant(fraction, digits, rounding));
  wire::ToProto(value, &message);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<int> ParseSignificantDigits(int digits) {
  if (digits == 0) return kDefaultSignificantDigits;
  if (digits >= 1 && digits <= kMaxSignificantDigits) return digits;
  return NumberOutOfRange("significant_digits", digits, 0, kMaxSignificantDigits, "digits");
}

absl::Status ToProto(const RateAnswer& answer, int significant_digits, v1::RateAnswer& message) {
  message.set_from_currency(answer.from_currency);
  message.set_to_currency(answer.to_currency);
  if (answer.requested_date) message.set_requested_date(time::FormatDate(*answer.requested_date));
  if (answer.used_date) message.set_used_date(time::FormatDate(*answer.used_date));
  message.set_age_days(answer.age_days);
  message.set_provider(answer.provider);
  message.set_derivation(DerivationToProto(answer.derivation));
  for (const AnswerLeg& leg : answer.legs) {
    v1::RateLeg& added = *message.add_legs();
    ToProto(leg.stored, *added.mutable_rate());
    added.mutable_rate()->set_flagged(leg.flagged);
    added.set_inverted(leg.inverted);
    added.set_irrevocable(leg.irrevocable);
  }
  wire::ToProto(answer.rate.numerator, message.mutable_numerator());
  wire::ToProto(answer.rate.denominator, message.mutable_denominator());
  RETURN_IF_ERROR(
      RoundTo(answer.rate, significant_digits, Rounding::kHalfEven, *message.mutable_value()));
  message.set_fixing_count(answer.fixing_count);
  if (answer.rounding_bound)
    wire::ToProto(*answer.rounding_bound, message.mutable_rounding_bound());
  if (answer.low) {
    RETURN_IF_ERROR(
        RoundTo(*answer.low, significant_digits, Rounding::kFloor, *message.mutable_low()));
  }
  if (answer.high) {
    RETURN_IF_ERROR(
        RoundTo(*answer.high, significant_digits, Rounding::kCeiling, *message.mutable_high()));
  }
  for (const RateWarning& warning : answer.warnings) {
    v1::RateWarning& added = *message.add_warnings();
    added.set_code(warning.code);
    added.set_message(warning.message);
  }
  return absl::OkStatus();
}

}  // namespace outlay::fx
