#include "services/fx/providers.h"

#include <algorithm>
#include <array>

#include "services/common/time/frankfurt_time.h"

namespace outlay::fx {

std::span<const ProviderRules> KnownProviders() {
  static const std::array<ProviderRules, 3> providers = {
      ProviderRules{.slug = "ecb",
                    .name = "European Central Bank, euro foreign exchange reference rates",
                    .base_currency = "EUR",
                    .trusted = true,
                    .publication = Publication::kFrankfurtAfternoon},
      // Names no source of its figures and leaves days out: not trusted. Its file of a day says no hour, so the day's end is when it can be known
      // for certain. A file prices one base; usd.json, the usual one, the dollar.
      ProviderRules{.slug = "fawazahmed0",
                    .name = "@fawazahmed0/currency-api, daily rates without a named source",
                    .base_currency = "USD"},
      // Noon buying rates in New York, which the Federal Reserve certifies for customs: trusted. They are known that day on the market, while the
      // release itself comes once a week, on Monday at 16:15 New York time. Without published_at the fixing
      // date's end holds; who must not know more than the release's readers states it (column published, or JSON lines).
      ProviderRules{.slug = "fed-h10",
                    .name = "Federal Reserve, H.10 foreign exchange rates",
                    .trusted = true},
  };
  return providers;
}

bool IsKnownProvider(std::string_view slug) {
  return std::ranges::any_of(KnownProviders(),
                             [&](const ProviderRules& rules) { return rules.slug == slug; });
}

ProviderRules RulesOf(std::string_view slug) {
  for (const ProviderRules& rules : KnownProviders()) {
    if (rules.slug == slug) return rules;
  }
  return {.slug = std::string(slug), .name = std::string(slug)};
}

time::Moment DerivedPublication(const ProviderRules& rules, time::Date fixing_date) {
  switch (rules.publication) {
    case Publication::kFrankfurtAfternoon:
      return time::Moment::At(time::FrankfurtPublication(fixing_date));
    case Publication::kEndOfTheFixingDate:
      return time::Moment::Day(fixing_date);
  }
  return time::Moment::Day(fixing_date);
}

}  // namespace outlay::fx
