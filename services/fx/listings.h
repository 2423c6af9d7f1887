// What there is: a pair's rates by date, the days that series cover, who provides rates.
#ifndef OUTLAY_SERVICES_FX_LISTINGS_H_
#define OUTLAY_SERVICES_FX_LISTINGS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "services/common/money/currency.h"
#include "services/common/time/date.h"
#include "services/fx/providers.h"
#include "services/fx/rate_answer.h"
#include "services/fx/rate_book.h"

namespace outlay::fx {

struct PairRange {
  std::string provider;
  const money::Currency* from = nullptr;
  const money::Currency* to = nullptr;
  time::Date start;  // the first day
  time::Date end;    // the day after the last
};

struct RatePage {
  std::vector<RateAnswer> rates;   // by date
  std::optional<time::Date> next;  // where the next page starts; absent on the last
};

// At most `limit` rates of the range, one a fixing date, each derived as ResolveRate does for that
// date. UNKNOWN_PROVIDER, NO_PATH, AMOUNT_OVERFLOW. The currencies differ.
absl::StatusOr<RatePage> ListPairRates(const RateBook& book, const Reading& reading,
                                       const PairRange& range, size_t limit);

// A stretch without a fixing, between two fixings.
struct CoverageGap {
  time::Date after;
  time::Date before;

  friend bool operator==(const CoverageGap&, const CoverageGap&) = default;
};

enum class SeriesState {
  kCurrent,    // no older, next to the provider's newest fixing, than its maximum age
  kSuspended,  // stopped though both currencies are in use
  kRetired,    // one of the currencies has become another
};

struct SeriesCoverage {
  std::string provider;
  std::string base_currency;
  std::string quote_currency;
  time::Date first;
  time::Date last;
  int fixing_count = 0;
  std::vector<CoverageGap> gaps;  // longer than the provider's maximum age
  SeriesState state = SeriesState::kCurrent;
};

// The published pairs by provider, base and quote; of one provider and one currency where these are
// given. Held fixings are left out. UNKNOWN_PROVIDER. O(fixings).
absl::StatusOr<std::vector<SeriesCoverage>> ListCoverage(const RateBook& book,
                                                         const Reading& reading,
                                                         std::string_view provider,
                                                         std::string_view currency);

struct ProviderEntry {
  ProviderRules rules;  // base_currency: the one its rates cross through
  uint64_t rate_count = 0;
};

// By slug: those with rates, and those the server knows beforehand.
std::vector<ProviderEntry> ListProviders(const RateBook& book);

}  // namespace outlay::fx

#endif  // OUTLAY_SERVICES_FX_LISTINGS_H_
