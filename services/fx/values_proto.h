// The values that fx's requests share, from and to the wire: what services/common/wire leaves to
// each service.
#ifndef OUTLAY_SERVICES_FX_VALUES_PROTO_H_
#define OUTLAY_SERVICES_FX_VALUES_PROTO_H_

#include <cstdint>
#include <string_view>

#include "absl/status/statusor.h"
#include "outlay/fx/v1/fx_service.pb.h"
#include "outlay/journal/v1/journal.pb.h"
#include "outlay/money/v1/money.pb.h"
#include "services/common/money/currency.h"
#include "services/common/money/decimal.h"
#include "services/fx/convert.h"
#include "services/fx/rate_reader.h"

namespace outlay::fx {

// An amount of one currency.
struct CurrencyAmount {
  const money::Currency* currency = nullptr;
  money::Decimal value;
};

// Errors are INVALID_ARGUMENT with fields relative to the message, and `field` that of the code.
absl::StatusOr<CurrencyAmount> ParseMoney(const money::v1::Money& message);
absl::StatusOr<const money::Currency*> ParseCurrency(std::string_view field, std::string_view code);
absl::StatusOr<RoundingChoice> ParseRounding(const v1::Rounding& message);
absl::StatusOr<AsOf> ParseAsOf(const journal::v1::AsOf& message);

void FillMoney(std::string_view currency_code, const money::UnitsNanos& amount,
               money::v1::Money& message);

// What an answer that reflects fx's journal up to that sequence carries.
void FillStamp(uint64_t fx_sequence, journal::v1::Stamp& message);
// The same, with the now that the answer depends on.
void FillStamp(const Snapshot& snapshot, journal::v1::Stamp& message);

}  // namespace outlay::fx

#endif  // OUTLAY_SERVICES_FX_VALUES_PROTO_H_
