// The values of fx: rates as they are published, recorded and read.
#ifndef OUTLAY_SERVICES_FX_RATE_H_
#define OUTLAY_SERVICES_FX_RATE_H_

#include <cstdint>
#include <optional>
#include <string>

#include "services/common/money/decimal.h"
#include "services/common/time/date.h"
#include "services/common/time/instant.h"
#include "services/common/time/moment.h"

namespace outlay::fx {

// The values are stored in keys: never renumber.
enum class RateKind : uint8_t {
  kReference = 1,  // a published reference rate for a day
  kImplied = 2,    // implied by a source that states one amount in two currencies
};

// One amount stated in two currencies. Amounts are positive; a written unit (a power of ten, the
// amount's precision) is less than twice its amount. No unit: the amount is exact.
struct AmountPair {
  money::Decimal base_amount;
  std::optional<money::Decimal> base_written_unit;
  money::Decimal quote_amount;
  std::optional<money::Decimal> quote_written_unit;

  friend bool operator==(const AmountPair&, const AmountPair&) = default;
};

// One published figure: `unit` units of the base currency are worth `value` units of the quote
// currency. Valid: made by MakeRate or read from the journal.
struct Rate {
  std::string provider;  // for an implied rate the id of its source
  std::string base_currency;
  std::string quote_currency;
  time::Date fixing_date;
  RateKind kind = RateKind::kReference;
  money::Decimal value;  // positive; of an implied rate the quotient at 18 places, half to even
  int unit = 1;          // a power of ten
  std::optional<AmountPair> implied_by;  // of an implied rate
  time::Moment published;                // when the world could know it

  friend bool operator==(const Rate&, const Rate&) = default;
};

// A rate with its place in the journal.
struct StoredRate {
  Rate rate;
  uint64_t sequence = 0;
  time::Instant recorded_at;
};

// A held rate is released.
struct RateRelease {
  uint64_t rate_sequence = 0;
};

// Who changes something, and why.
struct ChangeNote {
  std::string actor;
  std::string reason;
};

}  // namespace outlay::fx

#endif  // OUTLAY_SERVICES_FX_RATE_H_
