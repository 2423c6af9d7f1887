#include <algorithm>
#include <optional>
#include <set>
#include <string>

#include "fmt/format.h"
#include "services/common/money/errors.h"
#include "services/common/money/rational.h"
#include "services/common/status/error.h"
#include "services/fx/providers.h"
#include "services/fx/resolve_rate.h"

namespace outlay::fx {
namespace {

using money::Decimal;
using money::Rational;
using money::Rounding;
using std::chrono::days;

// The fixings of one day that make a rate.
struct DayFixings {
  time::Date date;
  const RatePath* path = nullptr;
  std::vector<const Fixing*> fixings;
};

// Those of the preferred path on every one of the provider's fixing days that has one.
std::vector<DayFixings> CollectDays(const Resolution& at, const std::vector<RatePath>& paths,
                                    time::Date start, const std::vector<bool>& fixing_days) {
  std::vector<DayFixings> collected;
  for (size_t i = 0; i < fixing_days.size(); ++i) {
    if (!fixing_days[i]) continue;
    const time::Date date = start + days(i);
    for (const RatePath& path : paths) {
      auto fixings = path.On(date, at.reading);
      if (!fixings) continue;
      collected.push_back({date, &path, *std::move(fixings)});
      break;
    }
  }
  return collected;
}

// The rate asked for is the one between the currencies that the two are in at the period's end,
// times `from_end`: crosses are rounded in the end's units, whose figures are of a common size.
struct EndUnits {
  Fraction from_end;
  bool joined = false;  // otherwise from_end is 1
};

absl::StatusOr<EndUnits> EndUnitsOf(const Resolution& at, time::Date last_day) {
  const Equivalent from = CurrentOn(*at.query.from, last_day);
  const Equivalent to = CurrentOn(*at.query.to, last_day);
  EndUnits units;
  units.joined = !from.steps.empty() || !to.steps.empty();
  ASSIGN_OR_RETURN(units.from_end, JoinedPath(from, to).Multiply({}));
  return units;
}

// The fixings of the period that are left out because they are held.
int CountHeld(const std::vector<RatePath>& paths, time::Date start, time::Date end,
              const Reading& reading) {
  std::set<const Series*> counted;
  int count = 0;
  for (const RatePath& path : paths) {
    for (const PathFactor& factor : path.factors) {
      if (factor.series == nullptr || !counted.insert(factor.series).second) continue;
      count += factor.series->CountHeld(start, end, reading);
    }
  }
  return count;
}

int CountFlagged(const std::vector<DayFixings>& collected, const Reading& reading) {
  std::set<uint64_t> flagged;  // by sequence
  for (const DayFixings& day : collected) {
    auto fixing = day.fixings.begin();
    for (const PathFactor& factor : day.path->factors) {
      if (factor.series == nullptr) continue;
      if (factor.series->IsFlagged(**fixing, reading)) flagged.insert((*fixing)->sequence);
      ++fixing;
    }
  }
  return static_cast<int>(flagged.size());
}

void WarnOfSuspicious(int flagged, int held, RateAnswer& answer) {
  if (flagged > 0) {
    answer.warnings.push_back(
        {"SUSPICIOUS_RATE",
         fmt::format("Fixings that went in and are flagged as suspicious: {}.", flagged)});
  }
  if (held > 0) {
    answer.warnings.push_back(
        {"HELD_RATE",
         fmt::format("Fixings that are held as suspicious and were left out: {}.", held)});
  }
}

absl::Status CheckCoverage(const Resolution& at, const AverageRate& method, time::Date end,
                           const std::vector<bool>& fixing_days,
                           const std::vector<DayFixings>& collected, int held) {
  const std::string of_which =
      held == 0 ? "" : fmt::format("; held as suspicious: {} of its fixings", held);
  const Coverage coverage{
      .start = method.start,
      .end = end,
      .pair_fixings = static_cast<int>(collected.size()),
      .provider_fixings = static_cast<int>(std::ranges::count(fixing_days, true))};
  if (coverage.pair_fixings == 0) {
    return CoverageIncomplete(at.lookup, coverage, "there is nothing to average" + of_which);
  }
  if (coverage.pair_fixings * 100 < coverage.provider_fixings * kCoveragePercent) {
    return CoverageIncomplete(
        at.lookup, coverage, fmt::format("at least {} % are needed{}", kCoveragePercent, of_which));
  }
  // Days that are missing for all currencies do not show in that share.
  const days max_age(RulesOf(at.lookup.provider).max_age_days);
  if (collected.front().date - method.start > max_age ||
      end - days(1) - collected.back().date > max_age) {
    return CoverageIncomplete(
        at.lookup, coverage,
        fmt::format("they are from {} to {}, more than {} days short of the period's ends",
                    time::FormatDate(collected.front().date),
                    time::FormatDate(collected.back().date), max_age.count()));
  }
  return absl::OkStatus();
}

// Half of the last place of each rounded term, and so of their mean.
Decimal HalfPlace() { return *Decimal::FromParts(5, kCrossScale + 1); }

struct Mean {
  Fraction value;
  std::optional<Decimal> bound;  // absent: exact
};

absl::StatusOr<Decimal> SumRounded(const std::vector<DayFixings>& collected, const EndUnits& units,
                                   bool reciprocals) {
  Decimal sum;
  for (const DayFixings& day : collected) {
    ASSIGN_OR_RETURN(Fraction rate, day.path->Multiply(day.fixings));
    if (units.joined) {
      ASSIGN_OR_RETURN(rate, Times(InLowestTerms(rate), Reciprocal(units.from_end)));
    }
    if (reciprocals) rate = Reciprocal(rate);
    ASSIGN_OR_RETURN(const Decimal rounded, money::Divide(rate.numerator, rate.denominator,
                                                          kCrossScale, Rounding::kHalfEven));
    ASSIGN_OR_RETURN(sum, money::Add(sum, rounded));
  }
  return sum;
}

absl::StatusOr<Mean> InAskedUnits(const Mean& mean, const EndUnits& units) {
  if (!units.joined) return Mean{OverOneIfExact(mean.value), mean.bound};
  ASSIGN_OR_RETURN(const Fraction value, Times(OverOneIfExact(mean.value), units.from_end));
  ASSIGN_OR_RETURN(const Decimal bound,
                   money::MultiplyDivideSignificant(*mean.bound, units.from_end.numerator,
                                                    units.from_end.denominator, 2, Rounding::kUp));
  return Mean{value, bound};
}

absl::StatusOr<Mean> MeanOfCrosses(const std::vector<DayFixings>& collected,
                                   const EndUnits& units) {
  ASSIGN_OR_RETURN(const Decimal sum, SumRounded(collected, units, false));
  const Decimal count = Decimal::FromInt(static_cast<int64_t>(collected.size()));
  return InAskedUnits({{sum, count}, HalfPlace()}, units);
}

// The mean m of the reciprocals is off by at most d, half a place, and so 1/m by at most
// d ÷ (m × (m − d)).
absl::StatusOr<Mean> HarmonicMean(const std::vector<DayFixings>& collected, const EndUnits& units) {
  ASSIGN_OR_RETURN(const Decimal sum, SumRounded(collected, units, true));
  const Decimal count = Decimal::FromInt(static_cast<int64_t>(collected.size()));
  ASSIGN_OR_RETURN(const Decimal mean, money::Divide(sum, count, kCrossScale, Rounding::kFloor));
  ASSIGN_OR_RETURN(const Decimal less, money::Subtract(mean, HalfPlace()));
  if (less.Sign() <= 0) return money::AmountOverflow("harmonic mean");
  ASSIGN_OR_RETURN(
      const Decimal square,
      money::MultiplyDivideSignificant(mean, less, Decimal::FromInt(1), 17, Rounding::kFloor));
  ASSIGN_OR_RETURN(const Decimal bound,
                   money::DivideSignificant(HalfPlace(), square, 2, Rounding::kUp));
  return InAskedUnits({{count, sum}, bound}, units);
}

absl::StatusOr<Rational> ToRational(const Fraction& fraction) {
  return Rational::FromFraction(fraction.numerator, fraction.denominator);
}

// Exact: the legs of a day are the published figures, or these with a ratio.
absl::StatusOr<Mean> RatioOfMeans(const std::vector<DayFixings>& collected) {
  Rational to;
  Rational from;
  for (const DayFixings& day : collected) {
    ASSIGN_OR_RETURN(const RatePath::Legs legs, day.path->Split(day.fixings));
    ASSIGN_OR_RETURN(const Rational to_leg, ToRational(legs.to));
    ASSIGN_OR_RETURN(const Rational from_leg, ToRational(legs.from));
    to += to_leg;
    from += from_leg;
  }
  ASSIGN_OR_RETURN(const Rational ratio, money::Divide(to, from));
  absl::StatusOr<Decimal> numerator = Decimal::Parse(ratio.NumeratorString());
  absl::StatusOr<Decimal> denominator = Decimal::Parse(ratio.DenominatorString());
  if (!numerator.ok() || !denominator.ok()) return money::AmountOverflow("ratio of means");
  return Mean{{*numerator, *denominator}, std::nullopt};
}

absl::StatusOr<Mean> MeanOf(const std::vector<DayFixings>& collected, const EndUnits& units,
                            AverageMethod method) {
  switch (method) {
    case AverageMethod::kMeanOfCrosses:
      return MeanOfCrosses(collected, units);
    case AverageMethod::kRatioOfMeans:
      return RatioOfMeans(collected);
    case AverageMethod::kHarmonic:
      return HarmonicMean(collected, units);
  }
  return MeanOfCrosses(collected, units);
}

// The day after the last that is averaged.
absl::StatusOr<time::Date> EndOf(const AverageRate& method, const Reading& reading) {
  if (IsFinished(method.end, reading)) return method.end;
  if (!method.to_date) return PeriodUnfinished(method.end, reading.published, true);
  return std::min(method.end, reading.LastDay() + days(1));
}

// The ratio, where both are one currency from the first day on.
std::optional<RatePath> JoinedThroughout(const Resolution& at, time::Date start) {
  const Equivalent from = CurrentOn(*at.query.from, start);
  const Equivalent to = CurrentOn(*at.query.to, start);
  if (from.currency != to.currency) return std::nullopt;
  return JoinedPath(from, to);
}

bool AnyServes(const std::vector<RatePath>& paths, time::Date start, time::Date end) {
  return std::ranges::any_of(paths, [&](const RatePath& path) {
    return path.HasSeries() || (path.from < end && start < path.until);
  });
}

// A period that is over before the first fixing is before the coverage, not thinly covered.
absl::Status CheckStarted(const Resolution& at, const std::vector<RatePath>& paths,
                          time::Date start, time::Date end) {
  const std::optional<PathOnDate> first = EarliestFrom(paths, time::Date::min(), at.reading);
  if (!first || first->date < end) return absl::OkStatus();
  return BeforeCoverage(at.lookup, start, first->date, at.reading.published,
                        LatestHeld(paths, start, end - days(1), at.reading));
}

}  // namespace

absl::StatusOr<RateAnswer> ResolveAverage(const Resolution& at, const AverageRate& method) {
  if (method.start > at.reading.LastDay()) {
    return DateToCome("start_date", method.start, at.reading.LastDay());
  }
  ASSIGN_OR_RETURN(const time::Date end, EndOf(method, at.reading));
  if (const std::optional<RatePath> joined = JoinedThroughout(at, method.start)) {
    return AnswerFromPath(at.lookup, *joined, {}, at.reading);
  }
  ASSIGN_OR_RETURN(const ProviderBook* const provider,
                   RequireProvider(at.book, at.reading, at.lookup));
  const std::vector<RatePath> paths = FindPaths(*provider, Equivalent{.currency = at.query.from},
                                                Equivalent{.currency = at.query.to}, at.reading);
  if (!AnyServes(paths, method.start, end)) return NoPath(at.lookup);
  const std::vector<bool> fixing_days = provider->FixingDays(method.start, end, at.reading);
  const std::vector<DayFixings> collected = CollectDays(at, paths, method.start, fixing_days);
  const int held = CountHeld(paths, method.start, end, at.reading);
  RETURN_IF_ERROR(CheckStarted(at, paths, method.start, end));
  RETURN_IF_ERROR(CheckCoverage(at, method, end, fixing_days, collected, held));
  ASSIGN_OR_RETURN(const EndUnits units, EndUnitsOf(at, end - days(1)));
  ASSIGN_OR_RETURN(const Mean mean, MeanOf(collected, units, method.method));
  RateAnswer answer{.from_currency = at.lookup.from_currency,
                    .to_currency = at.lookup.to_currency,
                    .used_date = collected.back().date,
                    .provider = at.lookup.provider,
                    .derivation = Derivation::kAverage,
                    .rate = mean.value,
                    .fixing_count = static_cast<int>(collected.size()),
                    .rounding_bound = mean.bound};
  WarnOfSuspicious(CountFlagged(collected, at.reading), held, answer);
  return answer;
}

}  // namespace outlay::fx
