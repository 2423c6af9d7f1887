// The rates in memory: an immutable snapshot that readers take once and keep as long as they like.
//
// A book holds every entry of the journal up to its sequence, so that both as-of axes can be read
// from it. A new book shares with the one before whatever did not change: a batch copies the
// series it touches, no other.
#ifndef OUTLAY_SERVICES_FX_RATE_BOOK_H_
#define OUTLAY_SERVICES_FX_RATE_BOOK_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "services/common/money/decimal.h"
#include "services/common/time/date.h"
#include "services/common/time/instant.h"
#include "services/common/time/moment.h"
#include "services/fx/rate.h"

namespace outlay::fx {

// One entry of a series: what was recorded for a day. A day has one for each figure recorded.
struct Fixing {
  time::Date date;
  uint64_t sequence = 0;
  time::Instant recorded_at;
  time::Moment published;
  money::Decimal value;
  int unit = 1;
};

// Where a reader stands on the two axes of time.
struct Reading {
  uint64_t sequence = 0;    // entries up to and including this one
  time::Instant published;  // published by then; not later than now

  bool Sees(const Fixing& fixing) const {
    return fixing.sequence <= sequence && fixing.published.instant <= published;
  }
  bool Sees(const StoredRate& stored) const {
    return stored.sequence <= sequence && stored.rate.published.instant <= published;
  }
  // The last day that can be asked for.
  time::Date LastDay() const { return time::DateOf(published); }
};

// The fixings of one pair by one provider, by date and sequence. The one that holds on a day is the
// last recorded of those that the reading sees. Lookups are O(log fixings), and linear in what the
// reading does not see between the answer and the date asked for.
class Series {
 public:
  const std::string& base_currency() const { return base_currency_; }
  const std::string& quote_currency() const { return quote_currency_; }
  uint64_t first_sequence() const { return first_sequence_; }  // the least of its entries
  std::span<const Fixing> entries() const { return entries_; }

  // Null where there is none. They stay valid as long as the book.
  const Fixing* On(time::Date date, const Reading& reading) const;
  const Fixing* LatestUntil(time::Date date, const Reading& reading) const;   // date included
  const Fixing* EarliestFrom(time::Date date, const Reading& reading) const;  // date included

 private:
  friend class RateBookBuilder;

  std::string base_currency_;
  std::string quote_currency_;
  uint64_t first_sequence_ = 0;
  std::vector<Fixing> entries_;
};

// The reference rates of one provider.
class ProviderBook {
 public:
  using SeriesMap = std::map<uint64_t, std::shared_ptr<const Series>>;

  const std::string& slug() const { return slug_; }
  // The currency through which its rates cross: by the provider's rules, else the base of the first
  // rate recorded; empty for a known provider that publishes pairs.
  const std::string& pivot_currency() const { return pivot_currency_; }
  uint64_t first_sequence() const { return first_sequence_; }
  size_t rate_count() const { return rate_count_; }
  const SeriesMap& series() const { return series_; }  // by base and quote

  // Null where there is none.
  const Series* Find(std::string_view base, std::string_view quote) const;

  // For each day from `start` until before `end` whether the reading sees a fixing of any series.
  // O(fixings of the provider in that time).
  std::vector<bool> FixingDays(time::Date start, time::Date end, const Reading& reading) const;

 private:
  friend class RateBookBuilder;

  // The two codes of three letters in one number, in alphabetic order.
  static uint64_t PairKey(std::string_view base, std::string_view quote);

  std::string slug_;
  std::string pivot_currency_;
  uint64_t first_sequence_ = 0;
  size_t rate_count_ = 0;
  SeriesMap series_;
};

// The rates implied by one source, by sequence.
using ImpliedRates = std::vector<StoredRate>;

// What the book has under a rate's key: provider, base, quote, fixing date, kind.
struct KeyHistory {
  std::vector<Rate> figures;  // in the order of their recording
};

class RateBook {
 public:
  template <typename Value>
  using ByName = std::map<std::string, std::shared_ptr<const Value>, std::less<>>;

  // The last entry of the journal in it.
  uint64_t sequence() const { return sequence_; }

  const ByName<ProviderBook>& providers() const { return providers_; }
  const ByName<ImpliedRates>& implied() const { return implied_; }

  // Null where there is none.
  const ProviderBook* FindProvider(std::string_view slug) const;
  const ImpliedRates* FindImplied(std::string_view source_id) const;

  KeyHistory FindKey(const Rate& rate) const;

 private:
  friend class RateBookBuilder;

  uint64_t sequence_ = 0;
  ByName<ProviderBook> providers_;
  ByName<ImpliedRates> implied_;
};

// Makes the next book. Entries come in the order of their sequences.
class RateBookBuilder {
 public:
  explicit RateBookBuilder(const RateBook& from);
  ~RateBookBuilder();

  void Add(StoredRate stored);
  // An entry that is not a rate.
  void Skip(uint64_t sequence) { book_.sequence_ = sequence; }

  // O(touched series), each sorted where its entries did not come by date. Ends the builder.
  std::shared_ptr<const RateBook> Build();

 private:
  struct OpenProvider;

  OpenProvider& Open(const Rate& rate, uint64_t sequence);
  Series& OpenSeries(OpenProvider& provider, const Rate& rate, uint64_t sequence);

  RateBook book_;
  std::map<std::string, std::unique_ptr<OpenProvider>, std::less<>> providers_;
  std::map<std::string, std::shared_ptr<ImpliedRates>, std::less<>> implied_;
};

}  // namespace outlay::fx

#endif  // OUTLAY_SERVICES_FX_RATE_BOOK_H_
