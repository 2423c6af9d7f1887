#include "services/fx/providers.h"

#include <algorithm>
#include <array>

#include "services/common/time/frankfurt_time.h"

namespace outlay::fx {

std::span<const ProviderRules> KnownProviders() {
  static const std::array<ProviderRules, 2> providers = {
      ProviderRules{.slug = "ecb",
                    .name = "European Central Bank, euro foreign exchange reference rates",
                    .base_currency = "EUR",
                    .trusted = true,
                    .publication = Publication::kFrankfurtAfternoon},
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
