#include "services/fx/resolve_rate.h"

#include <set>
#include <string>
#include <utility>

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

AnswerLeg LegOf(const Lookup& lookup, const PathFactor& factor, const Fixing& fixing) {
  return {.stored = {.rate = {.provider = lookup.provider,
                              .base_currency = factor.series->base_currency(),
                              .quote_currency = factor.series->quote_currency(),
                              .fixing_date = fixing.date,
                              .value = fixing.value,
                              .unit = fixing.unit,
                              .published = fixing.published},
                     .sequence = fixing.sequence,
                     .recorded_at = fixing.recorded_at},
          .inverted = factor.inverted};
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
                                          const std::vector<const Fixing*>& fixings) {
  RateAnswer answer{.from_currency = lookup.from_currency,
                    .to_currency = lookup.to_currency,
                    .derivation = path.derivation()};
  ASSIGN_OR_RETURN(const Fraction rate, path.Multiply(fixings));
  answer.rate = InLowestTerms(rate);
  auto fixing = fixings.begin();
  for (const PathFactor& factor : path.factors) {
    answer.legs.push_back(factor.series == nullptr ? LegOf(factor)
                                                   : LegOf(lookup, factor, **fixing++));
  }
  if (!fixings.empty()) {
    answer.provider = lookup.provider;
    answer.used_date = fixings.front()->date;
    answer.fixing_count = 1;
  }
  return answer;
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
