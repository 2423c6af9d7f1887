// The value types that fx shares with the other services, from and to the wire.
#ifndef OUTLAY_SERVICES_FX_VALUES_PROTO_H_
#define OUTLAY_SERVICES_FX_VALUES_PROTO_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/timestamp.pb.h"
#include "outlay/fx/v1/fx_service.pb.h"
#include "outlay/journal/v1/journal.pb.h"
#include "outlay/money/v1/money.pb.h"
#include "services/common/money/currency.h"
#include "services/common/money/decimal.h"
#include "services/common/time/instant.h"
#include "services/fx/convert.h"
#include "services/fx/rate_reader.h"

namespace outlay::fx {

// An amount of one currency.
struct CurrencyAmount {
  const money::Currency* currency = nullptr;
  money::Decimal value;
};

// Errors are INVALID_ARGUMENT with fields relative to the message.
absl::StatusOr<CurrencyAmount> ParseMoney(const money::v1::Money& message);
absl::StatusOr<money::Decimal> ParseDecimal(const money::v1::Decimal& message);
absl::StatusOr<const money::Currency*> ParseCurrency(std::string_view field, std::string_view code);
absl::StatusOr<RoundingChoice> ParseRounding(const v1::Rounding& message);
absl::StatusOr<AsOf> ParseAsOf(const journal::v1::AsOf& message);

void ToProto(const money::Decimal& value, money::v1::Decimal& message);
void ToProto(time::Instant instant, google::protobuf::Timestamp& message);
void ToProto(std::string_view currency_code, const money::UnitsNanos& amount,
             money::v1::Money& message);

// A refusal as a failed call would carry it, and back.
void ToProto(const absl::Status& error, journal::v1::RecordError& message);
absl::Status FromProto(const journal::v1::RecordError& message);

// What an answer that reflects fx's journal up to that sequence carries.
void FillStamp(uint64_t fx_sequence, journal::v1::Stamp& message);

}  // namespace outlay::fx

#endif  // OUTLAY_SERVICES_FX_VALUES_PROTO_H_
