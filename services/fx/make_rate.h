// From what a client sends to a rate that can be recorded.
#ifndef OUTLAY_SERVICES_FX_MAKE_RATE_H_
#define OUTLAY_SERVICES_FX_MAKE_RATE_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "services/common/time/instant.h"
#include "services/fx/rate.h"

namespace outlay::fx {

inline constexpr int kMaxUnit = 1'000'000;
inline constexpr size_t kProviderBytesMax = 64;
inline constexpr size_t kSourceIdBytesMax = 200;
inline constexpr int kImpliedValueScale = 18;  // places of an implied rate's shown quotient

// As sent: texts, of which empty ones were not given.
struct AmountPairInput {
  std::string base_amount;
  std::string base_written_unit;
  std::string quote_amount;
  std::string quote_written_unit;
};

struct RateInput {
  std::string provider;
  std::string base_currency;
  std::string quote_currency;
  std::string fixing_date;
  RateKind kind = RateKind::kReference;
  std::string value;
  int32_t unit = 0;  // 0: 1
  std::optional<AmountPairInput> implied_by;
  std::string published_at;
};

// Checks all fields and fills in what follows: the unit, the time of publication (the provider's
// hour, see providers.h), an implied rate's value. A derived time of publication may still be to
// come on the fixing date itself: then the rate is read from that time on.
//
// INVALID_ARGUMENT with every wrong field, relative to the rate; the reason is the first one's:
// MISSING_FIELD, UNEXPECTED_FIELD, MALFORMED_PROVIDER, UNKNOWN_CURRENCY, MALFORMED_CURRENCY,
// SAME_CURRENCY, MALFORMED_DATE, IMPOSSIBLE_DATE, MALFORMED_INSTANT, FUTURE_DATE,
// PUBLISHED_BEFORE_FIXING, MALFORMED_DECIMAL, DECIMAL_OUT_OF_RANGE, NOT_POSITIVE, INVALID_UNIT,
// INVALID_WRITTEN_UNIT, FIGURE_OUT_OF_RANGE.
absl::StatusOr<Rate> MakeRate(const RateInput& input, time::Instant now);

// A provider's slug: lower-case letters, digits and single hyphens. MALFORMED_PROVIDER.
absl::Status CheckProviderSlug(std::string_view field, std::string_view slug);

// value ÷ unit: what one unit of the base is worth. `unit` is a power of ten. AMOUNT_OVERFLOW.
absl::StatusOr<money::Decimal> ValuePerUnit(const money::Decimal& value, int unit);

}  // namespace outlay::fx

#endif  // OUTLAY_SERVICES_FX_MAKE_RATE_H_
