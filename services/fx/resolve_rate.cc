#include "services/fx/resolve_rate.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "fmt/format.h"
#include "services/common/status/error.h"
#include "services/fx/make_rate.h"
#include "services/fx/providers.h"

namespace outlay::fx {
namespace {

std::vector<std::string> ProviderSlugs(const RateBook& book, const Reading& reading) {
  std::set<std::string> slugs;
  for (const ProviderRules& rules : KnownProviders()) slugs.insert(rules.slug);
  for (const auto& [slug, provider] : book.providers()) {
    if (provider->first_sequence() <= reading.sequence) slugs.insert(slug);
  }
  return {slugs.begin(), slugs.end()};
}

AnswerLeg LegOf(const Lookup& lookup, const PathFactor& factor, const Fixing& fixing,
                const Reading& reading) {
  return {.stored = ToStored(lookup.provider, *factor.series, fixing),
          .inverted = factor.inverted,
          .flagged = factor.series->IsFlagged(fixing, reading)};
}

void WarnIfFlagged(const Series& series, const AnswerLeg& leg, RateAnswer& answer) {
  if (!leg.flagged) return;
  answer.warnings.push_back(
      {"SUSPICIOUS_RATE",
       fmt::format("The {} per {} of {} moves by more than {} % against its neighbours.",
                   series.quote_currency(), series.base_currency(),
                   time::FormatDate(leg.stored.rate.fixing_date),
                   series.suspicious_move_percent())});
}

AnswerLeg LegOf(const PathFactor& factor) {
  return {.stored = {.rate = {.base_currency = std::string(factor.join.successor->code),
                              .quote_currency = std::string(factor.join.joined->code),
                              .fixing_date = factor.join.joining_date,
                              .value = factor.join.ratio,
                              .published = time::Moment::Day(factor.join.joining_date)}},
          .inverted = factor.inverted,
          .irrevocable = true};
}

RateAnswer Identity(const Lookup& lookup) {
  return {.from_currency = lookup.from_currency,
          .to_currency = lookup.to_currency,
          .derivation = Derivation::kIdentity};
}

}  // namespace

bool IsFinished(time::Date end, const Reading& reading) {
  return reading.published >= time::EndOfDay(end - std::chrono::days(1));
}

absl::StatusOr<const ProviderBook*> RequireProvider(const RateBook& book, const Reading& reading,
                                                    const Lookup& lookup) {
  const ProviderBook* const provider = book.FindProvider(lookup.provider);
  if (provider != nullptr && provider->first_sequence() <= reading.sequence) return provider;
  if (IsKnownProvider(lookup.provider)) return NoPath(lookup);
  return UnknownProvider(lookup.provider, ProviderSlugs(book, reading));
}

absl::StatusOr<RateAnswer> AnswerFromPath(const Lookup& lookup, const RatePath& path,
                                          const std::vector<const Fixing*>& fixings,
                                          const Reading& reading) {
  RateAnswer answer{.from_currency = lookup.from_currency,
                    .to_currency = lookup.to_currency,
                    .derivation = path.derivation()};
  ASSIGN_OR_RETURN(const Fraction rate, path.Multiply(fixings));
  answer.rate = InLowestTerms(rate);
  answer.legs.reserve(path.factors.size());
  auto fixing = fixings.begin();
  for (const PathFactor& factor : path.factors) {
    if (factor.series == nullptr) {
      answer.legs.push_back(LegOf(factor));
      continue;
    }
    answer.legs.push_back(LegOf(lookup, factor, **fixing++, reading));
    WarnIfFlagged(*factor.series, answer.legs.back(), answer);
  }
  if (!fixings.empty()) {
    answer.provider = lookup.provider;
    answer.used_date = fixings.front()->date;
    answer.fixing_count = 1;
  }
  return answer;
}

std::optional<HeldFixing> LatestHeld(const std::vector<RatePath>& paths, time::Date first,
                                     time::Date last, const Reading& reading) {
  std::optional<HeldFixing> latest;
  for (const RatePath& path : paths) {
    if (path.until <= path.from) continue;
    const time::Date from = std::max(first, path.from);
    const time::Date until = std::min(last, path.until - std::chrono::days(1));
    for (const PathFactor& factor : path.factors) {
      if (factor.series == nullptr) continue;
      const Fixing* const held = factor.series->LatestHeld(from, until, reading);
      if (held == nullptr || (latest && latest->date >= held->date)) continue;
      latest = HeldFixing{held->date, held->sequence};
    }
  }
  return latest;
}

absl::StatusOr<RateAnswer> ResolveRate(const RateBook& book, const Reading& reading,
                                       const RateQuery& query) {
  const Resolution at{.book = book,
                      .reading = reading,
                      .query = query,
                      .lookup = {.provider = query.spec.provider,
                                 .from_currency = std::string(query.from->code),
                                 .to_currency = std::string(query.to->code)}};
  if (query.from == query.to) return Identity(at.lookup);
  struct Visitor {
    const Resolution& at;
    absl::StatusOr<RateAnswer> operator()(const DateRate& m) const { return ResolveDate(at, m); }
    absl::StatusOr<RateAnswer> operator()(const AverageRate& m) const {
      return ResolveAverage(at, m);
    }
    absl::StatusOr<RateAnswer> operator()(const PeriodEndRate& m) const {
      return ResolvePeriodEnd(at, m);
    }
    absl::StatusOr<RateAnswer> operator()(const FixedRate& m) const { return ResolveFixed(at, m); }
    absl::StatusOr<RateAnswer> operator()(const ImpliedRate& m) const {
      return ResolveImplied(at, m);
    }
  };
  return std::visit(Visitor{at}, query.spec.method);
}

}  // namespace outlay::fx
