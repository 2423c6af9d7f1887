#include "services/fx/listings.h"

#include <algorithm>
#include <map>
#include <span>
#include <utility>

#include "services/common/status/error.h"
#include "services/fx/resolve_rate.h"

namespace outlay::fx {
namespace {

using std::chrono::days;

bool HasCurrency(const Series& series, std::string_view currency) {
  return currency.empty() || series.base_currency() == currency ||
         series.quote_currency() == currency;
}

std::optional<SeriesCoverage> CoverageOf(const std::string& provider, const Series& series,
                                         const Reading& reading) {
  SeriesCoverage coverage{.provider = provider,
                          .base_currency = series.base_currency(),
                          .quote_currency = series.quote_currency()};
  const days max_age(RulesOf(provider).max_age_days);
  for (const Fixing& fixing : series.entries()) {
    if (!reading.Sees(fixing) || series.IsHeld(fixing, reading)) continue;
    if (coverage.fixing_count == 0) {
      coverage.first = fixing.date;
    } else if (fixing.date == coverage.last) {
      continue;  // another entry of the same day
    } else if (fixing.date - coverage.last > max_age) {
      coverage.gaps.push_back({.after = coverage.last, .before = fixing.date});
    }
    coverage.last = fixing.date;
    ++coverage.fixing_count;
  }
  if (coverage.fixing_count == 0) return std::nullopt;
  return coverage;
}

// The provider's last fixing day that the reading sees.
time::Date NewestFixingDay(const ProviderBook& provider, const Reading& reading) {
  time::Date newest = time::Date::min();
  for (const auto& [key, series] : provider.series()) {
    const std::span<const Fixing> all = series->entries();
    const auto last = std::find_if(all.rbegin(), all.rend(),
                                   [&](const Fixing& fixing) { return reading.Sees(fixing); });
    if (last != all.rend()) newest = std::max(newest, last->date);
  }
  return newest;
}

bool IsRetired(const std::string& code, const Reading& reading) {
  const money::Currency* const currency = money::FindCurrency(code);
  if (currency == nullptr || !currency->IsHistoric()) return false;
  const absl::StatusOr<time::Date> replaced_on = time::ParseDate(currency->replaced_on);
  return replaced_on.ok() && *replaced_on <= reading.LastDay();
}

SeriesState StateOf(const SeriesCoverage& coverage, time::Date newest, const Reading& reading) {
  if (IsRetired(coverage.base_currency, reading) || IsRetired(coverage.quote_currency, reading)) {
    return SeriesState::kRetired;
  }
  const days max_age(RulesOf(coverage.provider).max_age_days);
  return newest - coverage.last > max_age ? SeriesState::kSuspended : SeriesState::kCurrent;
}

}  // namespace

absl::StatusOr<RatePage> ListPairRates(const RateBook& book, const Reading& reading,
                                       const PairRange& range, size_t limit) {
  const Lookup lookup{.provider = range.provider,
                      .from_currency = std::string(range.from->code),
                      .to_currency = std::string(range.to->code)};
  ASSIGN_OR_RETURN(const ProviderBook* const provider, RequireProvider(book, reading, lookup));
  const std::vector<RatePath> paths = FindPaths(*provider, Equivalent{.currency = range.from},
                                                Equivalent{.currency = range.to}, reading);
  if (std::ranges::none_of(paths, [](const RatePath& path) { return path.HasSeries(); })) {
    return NoPath(lookup);
  }
  const time::Date end = std::min(range.end, reading.LastDay() + days(1));
  RatePage page;
  for (std::optional<PathOnDate> found = EarliestFrom(paths, range.start, reading);
       found && found->date < end; found = EarliestFrom(paths, found->date + days(1), reading)) {
    if (page.rates.size() == limit) {
      page.next = found->date;
      break;
    }
    ASSIGN_OR_RETURN(
        RateAnswer answer,
        AnswerFromPath(lookup, *found->path, *found->path->On(found->date, reading), reading));
    answer.requested_date = found->date;
    WarnIfHeld(paths, reading, answer);
    page.rates.push_back(std::move(answer));
  }
  return page;
}

absl::StatusOr<std::vector<SeriesCoverage>> ListCoverage(const RateBook& book,
                                                         const Reading& reading,
                                                         std::string_view provider,
                                                         std::string_view currency) {
  std::vector<SeriesCoverage> listed;
  if (!provider.empty() && !IsKnownProvider(provider)) {
    const Lookup lookup{.provider = std::string(provider)};
    RETURN_IF_ERROR(RequireProvider(book, reading, lookup).status());
  }
  for (const auto& [slug, provider_book] : book.providers()) {
    if (!provider.empty() && slug != provider) continue;
    const time::Date newest = NewestFixingDay(*provider_book, reading);
    for (const auto& [key, series] : provider_book->series()) {
      if (!HasCurrency(*series, currency)) continue;
      std::optional<SeriesCoverage> coverage = CoverageOf(slug, *series, reading);
      if (!coverage) continue;
      coverage->state = StateOf(*coverage, newest, reading);
      listed.push_back(*std::move(coverage));
    }
  }
  return listed;
}

std::vector<ProviderEntry> ListProviders(const RateBook& book) {
  std::map<std::string, ProviderEntry> entries;
  for (const ProviderRules& rules : KnownProviders()) entries[rules.slug].rules = rules;
  for (const auto& [slug, provider] : book.providers()) {
    ProviderEntry& entry = entries[slug];
    entry.rules = RulesOf(slug);
    entry.rules.base_currency = provider->pivot_currency();
    entry.rate_count = provider->rate_count();
  }
  std::vector<ProviderEntry> listed;
  listed.reserve(entries.size());
  for (auto& [slug, entry] : entries) listed.push_back(std::move(entry));
  return listed;
}

}  // namespace outlay::fx
