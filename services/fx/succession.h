// Currencies that became others: which one an amount is in on a day, and under which names the
// fixings of a currency were published.
#ifndef OUTLAY_SERVICES_FX_SUCCESSION_H_
#define OUTLAY_SERVICES_FX_SUCCESSION_H_

#include <optional>
#include <vector>

#include "services/common/money/currency.h"
#include "services/common/money/decimal.h"
#include "services/common/time/date.h"

namespace outlay::fx {

// From `joining_date` on, `ratio` units of `joined` are irrevocably one unit of `successor`.
struct Join {
  const money::Currency* joined = nullptr;
  const money::Currency* successor = nullptr;
  money::Decimal ratio;
  time::Date joining_date;
};

// Absent while the currency is in use, and where no ratio to a successor is known.
std::optional<Join> JoinOf(const money::Currency& currency);

// One join applied to an amount: divided by the ratio from the joined currency to its successor,
// multiplied the other way.
struct JoinStep {
  Join join;
  bool to_successor = true;
};

// A currency that another can be expressed in, by the steps from the other to it.
struct Equivalent {
  const money::Currency* currency = nullptr;
  std::vector<JoinStep> steps;
  // The fixing dates for which it may stand in, half-open.
  time::Date from;
  time::Date until;
};

// What an amount in `currency` is in on that day: the currency itself before its joining day, then
// the successor, and so on. The range of dates is left open.
Equivalent CurrentOn(const money::Currency& currency, time::Date day);

// The currencies whose fixings serve `currency`, by preference: itself until its joining day, its
// successors from then on, and, before a redenomination, the one predecessor it has (TRL for TRY).
// The euro, which has many, has none that stands for it.
std::vector<Equivalent> Equivalents(const money::Currency& currency);

}  // namespace outlay::fx

#endif  // OUTLAY_SERVICES_FX_SUCCESSION_H_
