// The providers that the server knows beforehand, and the rules for those it does not.
#ifndef OUTLAY_SERVICES_FX_PROVIDERS_H_
#define OUTLAY_SERVICES_FX_PROVIDERS_H_

#include <span>
#include <string>
#include <string_view>

#include "services/common/time/date.h"
#include "services/common/time/moment.h"

namespace outlay::fx {

enum class Publication {
  kFrankfurtAfternoon,  // 16:00 in Frankfurt of the fixing date
  kEndOfTheFixingDate,  // the fixing date as a whole day, UTC
};

struct ProviderRules {
  std::string slug;
  std::string name;
  // The currency through which its rates cross; empty where it publishes pairs, and for providers
  // not known beforehand, which cross through the base of the first rate they recorded.
  std::string base_currency;
  bool trusted = false;
  int max_age_days = 7;  // the default
  Publication publication = Publication::kEndOfTheFixingDate;
};

// By slug.
std::span<const ProviderRules> KnownProviders();

// The provider's rules; those of an untrusted provider of pairs for a slug that is not known.
ProviderRules RulesOf(std::string_view slug);

// Whether the server knows it beforehand.
bool IsKnownProvider(std::string_view slug);

// When a fixing of that date is published, where nobody says.
time::Moment DerivedPublication(const ProviderRules& rules, time::Date fixing_date);

}  // namespace outlay::fx

#endif  // OUTLAY_SERVICES_FX_PROVIDERS_H_
