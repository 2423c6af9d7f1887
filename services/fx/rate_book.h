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
#include <unordered_map>
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

// A held fixing that an operator has released.
struct Release {
  uint64_t rate_sequence = 0;
  uint64_t sequence = 0;  // the release's own
};

// The fixings of one pair by one provider, by date and sequence. The one that holds on a day is the
// last recorded of those that the reading sees and that are not held. Lookups are O(log fixings),
// and linear in what the reading does not see, or is held, between the answer and the date asked for.
class Series {
 public:
  const std::string& base_currency() const { return base_currency_; }
  const std::string& quote_currency() const { return quote_currency_; }
  uint64_t first_sequence() const { return first_sequence_; }  // the least of its entries
  std::span<const Fixing> entries() const { return entries_; }
  bool trusted() const { return trusted_; }  // its flagged fixings are used
  int suspicious_move_percent() const { return suspicious_move_percent_; }

  // Whether an entry is flagged as suspicious at the reading (see suspicion.h), and whether it is
  // not used therefore. Not stored but found anew: both are right for any reading.
  bool IsFlagged(const Fixing& entry, const Reading& reading) const;
  bool IsHeld(const Fixing& entry, const Reading& reading) const;

  // Null where there is none. They stay valid as long as the book.
  const Fixing* On(time::Date date, const Reading& reading) const;
  const Fixing* LatestUntil(time::Date date, const Reading& reading) const;   // date included
  const Fixing* EarliestFrom(time::Date date, const Reading& reading) const;  // date included

  // Whether it is held or not.
  const Fixing* LastRecordedOn(time::Date date, const Reading& reading) const;
  // The last recorded one of the latest date from `first` to `last`, both included, where it is held.
  const Fixing* LatestHeld(time::Date first, time::Date last, const Reading& reading) const;
  // On how many dates from `start` until before `end` the last recorded one is held.
  int CountHeld(time::Date start, time::Date end, const Reading& reading) const;

 private:
  friend class RateBookBuilder;

  bool IsReleased(const Fixing& entry, const Reading& reading) const;

  std::string base_currency_;
  std::string quote_currency_;
  uint64_t first_sequence_ = 0;
  bool trusted_ = false;
  int suspicious_move_percent_ = 0;
  std::vector<Fixing> entries_;
  std::vector<Release> releases_;  // by rate_sequence
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

  // For each day from `start` until before `end` whether the reading sees a fixing of any series,
  // held ones too: the provider did fix on that day.
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

// Where an entry is in a book; valid as long as that.
struct RatePlace {
  const ProviderBook* provider = nullptr;
  const Series* series = nullptr;
  const Fixing* fixing = nullptr;
};

StoredRate ToStored(std::string_view provider, const Series& series, const Fixing& fixing);

class RateBook {
 public:
  // Flags no rate.
  RateBook() = default;
  // Flags a reference rate that moves by more than so many percent against its neighbours, 0: none.
  explicit RateBook(int suspicious_move_percent)
      : suspicious_move_percent_(suspicious_move_percent) {}

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

  // The reference rate that the entry recorded; absent where it recorded none. O(rates).
  std::optional<RatePlace> FindEntry(uint64_t sequence) const;

 private:
  friend class RateBookBuilder;

  int suspicious_move_percent_ = 0;
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
  // An entry that releases a rate that was added before, here or to an earlier book.
  void Release(uint64_t rate_sequence, uint64_t sequence);
  // An entry that is not a rate.
  void Skip(uint64_t sequence) { book_.sequence_ = sequence; }

  // O(touched series), each sorted where its entries did not come by date; with releases O(rates of
  // the providers that are not trusted). Ends the builder.
  std::shared_ptr<const RateBook> Build();

 private:
  struct OpenProvider;

  OpenProvider& Open(const Rate& rate, uint64_t sequence);
  Series& OpenSeries(OpenProvider& provider, const Rate& rate, uint64_t sequence);
  void ApplyReleases();
  // Null where the series has none of the released rates.
  std::shared_ptr<const Series> WithReleases(const Series& series) const;

  RateBook book_;
  std::map<std::string, std::unique_ptr<OpenProvider>, std::less<>> providers_;
  std::map<std::string, std::shared_ptr<ImpliedRates>, std::less<>> implied_;
  std::unordered_map<uint64_t, uint64_t> releases_;  // by the rate's sequence
};

}  // namespace outlay::fx

#endif  // OUTLAY_SERVICES_FX_RATE_BOOK_H_
