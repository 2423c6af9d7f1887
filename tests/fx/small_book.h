// A book of a few rates, as a test writes them down.
#ifndef OUTLAY_TESTS_FX_SMALL_BOOK_H_
#define OUTLAY_TESTS_FX_SMALL_BOOK_H_

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "services/common/money/currency.h"
#include "services/common/money/decimal.h"
#include "services/common/status/error.h"
#include "services/common/time/instant.h"
#include "services/fx/change_codec.h"
#include "services/fx/make_rate.h"
#include "services/fx/rate_book.h"
#include "services/fx/rate_query.h"
#include "services/fx/resolve_rate.h"

namespace outlay::fx {

inline time::Date D(std::string_view text) { return time::ParseDate(text).value(); }
inline time::Instant I(std::string_view text) { return time::ParseInstant(text).value(); }
inline money::Decimal Dec(std::string_view text) { return money::Decimal::Parse(text).value(); }
inline const money::Currency* C(std::string_view code) { return money::FindCurrency(code); }

inline std::string ReasonOf(const absl::Status& status) { return GetErrorDetail(status).reason; }
inline std::string MetadataOf(const absl::Status& status, const std::string& key) {
  const ErrorDetail detail = GetErrorDetail(status);
  const auto found = detail.metadata.find(key);
  return found == detail.metadata.end() ? "" : found->second;
}

// "1668500/1153"
inline std::string Text(const Fraction& fraction) {
  return fraction.numerator.ToString() + "/" + fraction.denominator.ToString();
}

class SmallBook {
 public:
  static constexpr std::string_view kNow = "2026-06-01T12:00:00Z";

  // Recorded under the next sequence.
  SmallBook& Add(const RateInput& input) {
    entries_.emplace_back(MakeRate(input, I(kNow)).value());
    return *this;
  }
  SmallBook& Release(uint64_t rate_sequence) {
    entries_.emplace_back(RateRelease{rate_sequence});
    return *this;
  }
  SmallBook& Ecb(std::string_view quote, std::string_view date, std::string_view value) {
    return Add({.provider = "ecb",
                .base_currency = "EUR",
                .quote_currency = std::string(quote),
                .fixing_date = std::string(date),
                .value = std::string(value)});
  }
  SmallBook& Pair(std::string_view provider, std::string_view base, std::string_view quote,
                  std::string_view date, std::string_view value) {
    return Add({.provider = std::string(provider),
                .base_currency = std::string(base),
                .quote_currency = std::string(quote),
                .fixing_date = std::string(date),
                .value = std::string(value)});
  }

  // Flags rates that move by more than so many percent.
  SmallBook& Flag(int percent) {
    suspicious_move_percent_ = percent;
    return *this;
  }

  std::shared_ptr<const RateBook> Build() const {
    const RateBook empty(suspicious_move_percent_);
    RateBookBuilder builder(empty);
    uint64_t sequence = 0;
    for (const RateChange& entry : entries_) {
      ++sequence;
      if (const auto* const release = std::get_if<RateRelease>(&entry)) {
        builder.Release(release->rate_sequence, sequence);
      } else {
        builder.Add({.rate = std::get<Rate>(entry), .sequence = sequence, .recorded_at = I(kNow)});
      }
    }
    return builder.Build();
  }

  // As of `published`, or now.
  absl::StatusOr<RateAnswer> Get(std::string_view from, std::string_view to, RateSpec spec,
                                 std::string_view published = kNow) const {
    const std::shared_ptr<const RateBook> book = Build();
    const Reading reading{book->sequence(), I(published)};
    return ResolveRate(*book, reading, {C(from), C(to), std::move(spec)});
  }
  absl::StatusOr<RateAnswer> On(std::string_view from, std::string_view to, std::string_view date,
                                std::string_view published = kNow) const {
    return Get(from, to, {"ecb", DateRate{.date = D(date)}}, published);
  }

 private:
  std::vector<RateChange> entries_;
  int suspicious_move_percent_ = 0;
};

inline std::string Value(const RateAnswer& answer, int digits = 12) {
  return ToSignificant(answer.rate, digits, money::Rounding::kHalfEven).value().ToString();
}

}  // namespace outlay::fx

#endif  // OUTLAY_TESTS_FX_SMALL_BOOK_H_
