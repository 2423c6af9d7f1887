// Which rate is asked for.
#ifndef OUTLAY_SERVICES_FX_RATE_QUERY_H_
#define OUTLAY_SERVICES_FX_RATE_QUERY_H_

#include <cstdint>
#include <string>
#include <variant>

#include "services/common/money/currency.h"
#include "services/common/money/decimal.h"
#include "services/common/time/date.h"

namespace outlay::fx {

// What to do on a day without a fixing: take the latest earlier one within the maximum age, refuse,
// or take the next later one within the maximum age.
enum class DateFallback : uint8_t { kPrevious, kExact, kNext };

enum class AverageMethod : uint8_t { kMeanOfCrosses, kRatioOfMeans, kHarmonic };

inline constexpr int kMaxAgeDaysMax = 36'500;

// The fixing of a day.
struct DateRate {
  time::Date date;
  DateFallback fallback = DateFallback::kPrevious;
  int max_age_days = 0;  // 0: the provider's default

  friend bool operator==(const DateRate&, const DateRate&) = default;
};

// The average of a period, half-open and not empty.
struct AverageRate {
  time::Date start;
  time::Date end;
  AverageMethod method = AverageMethod::kMeanOfCrosses;
  bool to_date = false;  // average what there is of an unfinished period

  friend bool operator==(const AverageRate&, const AverageRate&) = default;
};

// The last fixing of a period, which ends before `end`.
struct PeriodEndRate {
  time::Date end;
  int max_age_days = 0;  // 0: the provider's default

  friend bool operator==(const PeriodEndRate&, const PeriodEndRate&) = default;
};

// A rate that the caller gives: one unit of the base is worth `value`, positive, of the quote.
struct FixedRate {
  money::Decimal value;
  std::string base_currency;   // empty: the currency converted from
  std::string quote_currency;  // empty: the currency converted to

  friend bool operator==(const FixedRate&, const FixedRate&) = default;
};

// The rate that a source implies.
struct ImpliedRate {
  std::string source_id;

  friend bool operator==(const ImpliedRate&, const ImpliedRate&) = default;
};

struct RateSpec {
  std::string provider;  // not for FixedRate and ImpliedRate
  std::variant<DateRate, AverageRate, PeriodEndRate, FixedRate, ImpliedRate> method;

  friend bool operator==(const RateSpec&, const RateSpec&) = default;
};

struct RateQuery {
  const money::Currency* from = nullptr;
  const money::Currency* to = nullptr;
  RateSpec spec;
};

}  // namespace outlay::fx

#endif  // OUTLAY_SERVICES_FX_RATE_QUERY_H_
