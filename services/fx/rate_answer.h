// A rate and where it comes from.
#ifndef OUTLAY_SERVICES_FX_RATE_ANSWER_H_
#define OUTLAY_SERVICES_FX_RATE_ANSWER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/common/money/decimal.h"
#include "services/common/time/date.h"
#include "services/fx/fraction.h"
#include "services/fx/rate.h"

namespace outlay::fx {

// How an answer follows from what was published.
enum class Derivation : uint8_t {
  kIdentity,  // both currencies are the same
  kDirect,    // as published
  kInverse,   // the reciprocal of what was published
  kCross,     // several legs: two fixings of one date, or a fixing and a ratio
  kJoined,    // irrevocable ratios alone
  kAverage,
  kFixed,    // the caller's own
  kImplied,  // the quotient of two stated amounts
};

// One published figure that an answer rests on. An irrevocable ratio is shown as a rate without
// provider, sequence and time of recording: its base is the successor, its date the joining day.
struct AnswerLeg {
  StoredRate stored;
  bool inverted = false;
  bool irrevocable = false;
  bool flagged = false;  // as suspicious; a held one is no leg
};

struct RateWarning {
  std::string code;
  std::string message;
};

struct RateAnswer {
  std::string from_currency;
  std::string to_currency;
  std::optional<time::Date> requested_date;
  std::optional<time::Date> used_date;  // of an average: its last fixing
  int age_days = 0;
  std::string provider;  // empty where no provider's rate went in
  Derivation derivation = Derivation::kIdentity;
  std::vector<AnswerLeg> legs;
  Fraction rate;  // one unit of `from` in `to`
  int fixing_count = 0;
  std::optional<money::Decimal> rounding_bound;
  std::optional<Fraction> low;
  std::optional<Fraction> high;
  std::vector<RateWarning> warnings;
};

// A fraction to `digits` significant digits. AMOUNT_OVERFLOW.
absl::StatusOr<money::Decimal> ToSignificant(const Fraction& fraction, int digits,
                                             money::Rounding rounding);

}  // namespace outlay::fx

#endif  // OUTLAY_SERVICES_FX_RATE_ANSWER_H_
