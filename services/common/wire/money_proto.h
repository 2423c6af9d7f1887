// outlay.money.v1 on the wire and in the domain. Used by the wire layer of every service.
//
// Errors are INVALID_ARGUMENT with field paths relative to the message given; callers put theirs on with Under().
#ifndef OUTLAY_SERVICES_COMMON_WIRE_MONEY_PROTO_H_
#define OUTLAY_SERVICES_COMMON_WIRE_MONEY_PROTO_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "outlay/money/v1/money.pb.h"
#include "services/common/money/amount.h"
#include "services/common/money/decimal.h"
#include "services/common/money/interval.h"
#include "services/common/money/rounding.h"

namespace outlay::wire {

// Errors: money::Decimal::Parse's, with the path "value".
absl::StatusOr<money::Decimal> FromProto(const money::v1::Decimal& proto);
void ToProto(const money::Decimal& value, money::v1::Decimal* proto);
money::v1::Decimal ToProto(const money::Decimal& value);

// A plain amount of one currency.
struct Money {
  std::string currency_code;
  money::Decimal value;
};

// Errors: MISSING_CURRENCY, UNKNOWN_CURRENCY, MALFORMED_CURRENCY ("currency_code"), MALFORMED_UNITS_NANOS ("nanos").
absl::StatusOr<Money> FromProto(const money::v1::Money& proto);
// OUT_OF_RANGE (AMOUNT_OVERFLOW) where the value needs more than 64 bits of units or nine places.
absl::StatusOr<money::v1::Money> ToProto(const Money& money);

// What a client gives as an amount, its numbers parsed but not yet judged: money::MakeAmount does that. UNKNOWN_BOUND ("bound") for an
// unspecified bound; malformed numbers by their field. All malformed fields are reported together.
absl::StatusOr<money::AmountInput> FromProto(const money::v1::Amount& proto);
// Nothing for an unspecified bound and for numbers that are none.
std::optional<money::Bound> BoundFromProto(money::v1::Bound bound);
money::v1::Bound ToProto(money::Bound bound);
void ToProto(const money::Amount& amount, money::v1::Amount* proto);
// The inverse of ToProto, for amounts that a service has stored and sends to another: what it says of implied ends is taken as it is.
absl::StatusOr<money::Amount> StoredAmountFromProto(const money::v1::Amount& proto);

void ToProto(const money::Interval& interval, money::v1::Interval* proto);
absl::StatusOr<money::Interval> FromProto(const money::v1::Interval& proto);

// Unspecified is `unspecified`. UNKNOWN_ROUNDING for a number that is no mode, with an empty path.
absl::StatusOr<money::Rounding> FromProto(money::v1::RoundingMode proto,
                                          money::Rounding unspecified);

}  // namespace outlay::wire

#endif  // OUTLAY_SERVICES_COMMON_WIRE_MONEY_PROTO_H_
