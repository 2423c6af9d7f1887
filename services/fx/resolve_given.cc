// Rates that no provider publishes: the caller's own, and those that a source implies.
#include <optional>
#include <set>
#include <string>

#include "fmt/format.h"
#include "services/common/status/error.h"
#include "services/fx/resolve_rate.h"

namespace outlay::fx {
namespace {

using money::Decimal;

bool Links(const Rate& rate, const Lookup& lookup) {
  return (rate.base_currency == lookup.from_currency &&
          rate.quote_currency == lookup.to_currency) ||
         (rate.base_currency == lookup.to_currency && rate.quote_currency == lookup.from_currency);
}

// The latest published, of several published at one time the last recorded.
const StoredRate* LatestImplied(const ImpliedRates& rates, const Resolution& at) {
  const StoredRate* latest = nullptr;
  for (const StoredRate& stored : rates) {
    if (!at.reading.Sees(stored) || !Links(stored.rate, at.lookup)) continue;
    if (latest == nullptr || stored.rate.published.instant >= latest->rate.published.instant) {
      latest = &stored;
    }
  }
  return latest;
}

std::vector<std::string> PairsOf(const ImpliedRates& rates, const Reading& reading) {
  std::set<std::string> pairs;
  for (const StoredRate& stored : rates) {
    if (!reading.Sees(stored)) continue;
    pairs.insert(fmt::format("{} per {}", stored.rate.quote_currency, stored.rate.base_currency));
  }
  return {pairs.begin(), pairs.end()};
}

std::vector<std::string> SourcesOf(const RateBook& book, const Reading& reading) {
  std::vector<std::string> sources;
  for (const auto& [source, rates] : book.implied()) {
    if (!PairsOf(*rates, reading).empty()) sources.push_back(source);
  }
  return sources;
}

struct Ends {
  Decimal low;
  Decimal high;
};

// The amount less and plus half the unit it is written in.
absl::StatusOr<Ends> EndsOf(const Decimal& amount, const std::optional<Decimal>& written_unit) {
  if (!written_unit) return Ends{amount, amount};
  ASSIGN_OR_RETURN(const Decimal half, money::Multiply(*written_unit, *Decimal::FromParts(5, 1)));
  ASSIGN_OR_RETURN(const Decimal low, money::Subtract(amount, half));
  ASSIGN_OR_RETURN(const Decimal high, money::Add(amount, half));
  return Ends{low, high};
}

absl::Status SetImplied(const AmountPair& pair, bool inverted, RateAnswer& answer) {
  ASSIGN_OR_RETURN(const Ends base, EndsOf(pair.base_amount, pair.base_written_unit));
  ASSIGN_OR_RETURN(const Ends quote, EndsOf(pair.quote_amount, pair.quote_written_unit));
  const Fraction rate{pair.quote_amount, pair.base_amount};
  const Fraction low{quote.low, base.high};
  const Fraction high{quote.high, base.low};
  answer.rate = InLowestTerms(inverted ? Reciprocal(rate) : rate);
  answer.low = inverted ? Reciprocal(high) : low;
  answer.high = inverted ? Reciprocal(low) : high;
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<RateAnswer> ResolveFixed(const Resolution& at, const FixedRate& method) {
  const Lookup& lookup = at.lookup;
  const std::string& base =
      method.base_currency.empty() ? lookup.from_currency : method.base_currency;
  const std::string& quote =
      method.quote_currency.empty() ? lookup.to_currency : method.quote_currency;
  const bool straight = base == lookup.from_currency && quote == lookup.to_currency;
  const bool inverted = base == lookup.to_currency && quote == lookup.from_currency;
  if (!straight && !inverted) return FixedRatePair(lookup, base, quote);
  const Fraction rate{method.value, Decimal::FromInt(1)};
  return RateAnswer{.from_currency = lookup.from_currency,
                    .to_currency = lookup.to_currency,
                    .derivation = Derivation::kFixed,
                    .rate = InLowestTerms(inverted ? Reciprocal(rate) : rate)};
}

absl::StatusOr<RateAnswer> ResolveImplied(const Resolution& at, const ImpliedRate& method) {
  Lookup lookup = at.lookup;
  lookup.provider = method.source_id;
  const ImpliedRates* const rates = at.book.FindImplied(method.source_id);
  const StoredRate* const latest = rates == nullptr ? nullptr : LatestImplied(*rates, at);
  if (latest == nullptr) {
    return UnknownImpliedRate(
        lookup, SourcesOf(at.book, at.reading),
        rates == nullptr ? std::vector<std::string>{} : PairsOf(*rates, at.reading));
  }
  const bool inverted = latest->rate.base_currency != lookup.from_currency;
  RateAnswer answer{.from_currency = lookup.from_currency,
                    .to_currency = lookup.to_currency,
                    .used_date = latest->rate.fixing_date,
                    .provider = method.source_id,
                    .derivation = Derivation::kImplied,
                    .legs = {{.stored = *latest, .inverted = inverted}}};
  RETURN_IF_ERROR(SetImplied(*latest->rate.implied_by, inverted, answer));
  return answer;
}

}  // namespace outlay::fx
