#include "services/fx/rate_path.h"

#include <algorithm>
#include <array>
#include <utility>

#include "services/common/status/error.h"
#include "services/fx/make_rate.h"

namespace outlay::fx {
namespace {

// The steps from a currency to the one that stands for it, then on to what stands for that.
Equivalent Chain(const Equivalent& first, Equivalent then) {
  then.steps.insert(then.steps.begin(), first.steps.begin(), first.steps.end());
  return then;
}

void AppendSteps(const std::vector<JoinStep>& steps, std::vector<PathFactor>& factors) {
  for (const JoinStep& step : steps) {
    factors.push_back({.join = step.join, .inverted = step.to_successor});
  }
}

// The same steps the other way.
void AppendReversed(const std::vector<JoinStep>& steps, std::vector<PathFactor>& factors) {
  for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
    factors.push_back({.join = step->join, .inverted = !step->to_successor});
  }
}

// A step there and back again is none.
void CancelOpposites(std::vector<PathFactor>& factors) {
  for (size_t i = 0; i + 1 < factors.size();) {
    const PathFactor& a = factors[i];
    const PathFactor& b = factors[i + 1];
    const bool opposite = a.series == nullptr && b.series == nullptr &&
                          a.join.joined == b.join.joined && a.inverted != b.inverted;
    if (!opposite) {
      ++i;
      continue;
    }
    factors.erase(factors.begin() + i, factors.begin() + i + 2);
    if (i > 0) --i;
  }
}

RatePath Assemble(const Equivalent& from, std::vector<PathFactor> middle, const Equivalent& to) {
  RatePath path{
      .factors = {}, .from = std::max(from.from, to.from), .until = std::min(from.until, to.until)};
  AppendSteps(from.steps, path.factors);
  path.factors.insert(path.factors.end(), middle.begin(), middle.end());
  AppendReversed(to.steps, path.factors);
  CancelOpposites(path.factors);
  return path;
}

// The published pair of two currencies, either way round.
class PairFinder {
 public:
  PairFinder(const ProviderBook& provider, const Reading& reading)
      : provider_(provider), reading_(reading) {}

  std::optional<PathFactor> Direct(std::string_view from, std::string_view to) const {
    return Factor(from, to, false);
  }
  std::optional<PathFactor> Inverse(std::string_view from, std::string_view to) const {
    return Factor(to, from, true);
  }
  std::optional<PathFactor> Either(std::string_view from, std::string_view to) const {
    std::optional<PathFactor> factor = Direct(from, to);
    return factor ? factor : Inverse(from, to);
  }

 private:
  std::optional<PathFactor> Factor(std::string_view base, std::string_view quote,
                                   bool inverted) const {
    const Series* const series = provider_.Find(base, quote);
    if (series == nullptr || series->first_sequence() > reading_.sequence) return std::nullopt;
    return PathFactor{.series = series, .join = {}, .inverted = inverted};
  }

  const ProviderBook& provider_;
  const Reading& reading_;
};

void AddPathsBetween(const PairFinder& finder, std::string_view pivot, const Equivalent& from,
                     const Equivalent& to, std::vector<RatePath>& paths) {
  const std::string_view a = from.currency->code;
  const std::string_view b = to.currency->code;
  if (a == b) {
    paths.push_back(Assemble(from, {}, to));
    return;
  }
  for (const std::optional<PathFactor>& factor : {finder.Direct(a, b), finder.Inverse(a, b)}) {
    if (factor) paths.push_back(Assemble(from, {*factor}, to));
  }
  if (pivot.empty() || a == pivot || b == pivot) return;
  const std::optional<PathFactor> first = finder.Either(a, pivot);
  const std::optional<PathFactor> second = finder.Either(pivot, b);
  if (first && second) paths.push_back(Assemble(from, {*first, *second}, to));
}

}  // namespace

bool RatePath::HasSeries() const {
  return std::ranges::any_of(factors, [](const PathFactor& f) { return f.series != nullptr; });
}

Derivation RatePath::derivation() const {
  if (!HasSeries()) return Derivation::kJoined;
  if (factors.size() > 1) return Derivation::kCross;
  return factors.front().inverted ? Derivation::kInverse : Derivation::kDirect;
}

std::optional<std::vector<const Fixing*>> RatePath::On(time::Date date,
                                                       const Reading& reading) const {
  if (!Covers(date)) return std::nullopt;
  std::vector<const Fixing*> fixings;
  fixings.reserve(2);
  for (const PathFactor& factor : factors) {
    if (factor.series == nullptr) continue;
    const Fixing* const fixing = factor.series->On(date, reading);
    if (fixing == nullptr) return std::nullopt;
    fixings.push_back(fixing);
  }
  return fixings;
}

std::optional<time::Date> RatePath::LatestUntil(time::Date date, const Reading& reading) const {
  if (!HasSeries() || until <= from) return std::nullopt;
  if (date >= until) date = until - std::chrono::days(1);
  // Each series in turn moves the date back until all agree on one.
  for (bool agreed = false; !agreed;) {
    agreed = true;
    for (const PathFactor& factor : factors) {
      if (factor.series == nullptr) continue;
      const Fixing* const fixing = factor.series->LatestUntil(date, reading);
      if (fixing == nullptr || fixing->date < from) return std::nullopt;
      agreed = agreed && fixing->date == date;
      date = fixing->date;
    }
  }
  return date;
}

std::optional<time::Date> RatePath::EarliestFrom(time::Date date, const Reading& reading) const {
  if (!HasSeries()) return std::nullopt;
  date = std::max(date, from);
  for (bool agreed = false; !agreed;) {
    agreed = true;
    for (const PathFactor& factor : factors) {
      if (factor.series == nullptr) continue;
      const Fixing* const fixing = factor.series->EarliestFrom(date, reading);
      if (fixing == nullptr || fixing->date >= until) return std::nullopt;
      agreed = agreed && fixing->date == date;
      date = fixing->date;
    }
  }
  return date;
}

absl::StatusOr<Fraction> RatePath::Multiply(const std::vector<const Fixing*>& fixings) const {
  Fraction product;
  auto fixing = fixings.begin();
  for (const PathFactor& factor : factors) {
    money::Decimal value = factor.join.ratio;
    if (factor.series != nullptr) {
      ASSIGN_OR_RETURN(value, ValuePerUnit((*fixing)->value, (*fixing)->unit));
      ++fixing;
    }
    ASSIGN_OR_RETURN(product, factor.inverted ? Over(product, value) : Times(product, value));
  }
  return product;
}

absl::StatusOr<RatePath::Legs> RatePath::Split(const std::vector<const Fixing*>& fixings) const {
  Legs legs;
  bool before_series = HasSeries();
  auto fixing = fixings.begin();
  for (const PathFactor& factor : factors) {
    if (factor.series != nullptr) {
      before_series = false;
      ASSIGN_OR_RETURN(const money::Decimal value, ValuePerUnit((*fixing)->value, (*fixing)->unit));
      ++fixing;
      Fraction& leg = factor.inverted ? legs.from : legs.to;
      ASSIGN_OR_RETURN(leg, Times(leg, value));
    } else if (before_series) {
      ASSIGN_OR_RETURN(legs.from, factor.inverted ? Times(legs.from, factor.join.ratio)
                                                  : Over(legs.from, factor.join.ratio));
    } else {
      ASSIGN_OR_RETURN(legs.to, factor.inverted ? Over(legs.to, factor.join.ratio)
                                                : Times(legs.to, factor.join.ratio));
    }
  }
  return legs;
}

std::optional<PathOnDate> LatestUntil(const std::vector<RatePath>& paths, time::Date date,
                                      const Reading& reading) {
  std::optional<PathOnDate> best;
  for (const RatePath& path : paths) {
    const std::optional<time::Date> found = path.LatestUntil(date, reading);
    if (found && (!best || *found > best->date)) best = PathOnDate{&path, *found};
  }
  return best;
}

std::optional<PathOnDate> EarliestFrom(const std::vector<RatePath>& paths, time::Date date,
                                       const Reading& reading) {
  std::optional<PathOnDate> best;
  for (const RatePath& path : paths) {
    const std::optional<time::Date> found = path.EarliestFrom(date, reading);
    if (found && (!best || *found < best->date)) best = PathOnDate{&path, *found};
  }
  return best;
}

std::vector<RatePath> FindPaths(const ProviderBook& provider, const Equivalent& from,
                                const Equivalent& to, const Reading& reading) {
  std::vector<RatePath> paths;
  if (provider.first_sequence() > reading.sequence) return paths;
  const PairFinder finder(provider, reading);
  for (const Equivalent& a : Equivalents(*from.currency)) {
    for (const Equivalent& b : Equivalents(*to.currency)) {
      if (std::max(a.from, b.from) >= std::min(a.until, b.until)) continue;
      AddPathsBetween(finder, provider.pivot_currency(), Chain(from, a), Chain(to, b), paths);
    }
  }
  return paths;
}

RatePath JoinedPath(const Equivalent& from, const Equivalent& to) { return Assemble(from, {}, to); }

absl::StatusOr<money::Decimal> ToSignificant(const Fraction& fraction, int digits,
                                             money::Rounding rounding) {
  return money::DivideSignificant(fraction.numerator, fraction.denominator, digits, rounding);
}

}  // namespace outlay::fx
