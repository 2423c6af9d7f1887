#include "services/fx/rate_book.h"

#include <algorithm>
#include <utility>

#include "services/fx/suspicion.h"

namespace outlay::fx {
namespace {

// The first entry of a later day.
std::span<const Fixing>::iterator AfterDay(std::span<const Fixing> entries, time::Date date) {
  return std::upper_bound(entries.begin(), entries.end(), date,
                          [](time::Date day, const Fixing& fixing) { return day < fixing.date; });
}

std::span<const Fixing>::iterator FromDay(std::span<const Fixing> entries, time::Date date) {
  return std::lower_bound(entries.begin(), entries.end(), date,
                          [](const Fixing& fixing, time::Date day) { return fixing.date < day; });
}

template <typename Value>
const Value* FindIn(const RateBook::ByName<Value>& map, std::string_view name) {
  const auto found = map.find(name);
  return found == map.end() ? nullptr : found->second.get();
}

bool HasKeyOf(const StoredRate& stored, const Rate& rate) {
  return stored.rate.base_currency == rate.base_currency &&
         stored.rate.quote_currency == rate.quote_currency &&
         stored.rate.fixing_date == rate.fixing_date;
}

Rate ToRate(const Rate& key, const Fixing& fixing) {
  Rate rate = key;
  rate.value = fixing.value;
  rate.unit = fixing.unit;
  rate.published = fixing.published;
  rate.implied_by.reset();
  return rate;
}

}  // namespace

const Fixing* Series::LatestUntil(time::Date date, const Reading& reading) const {
  const std::span<const Fixing> all = entries_;
  for (auto entry = AfterDay(all, date); entry != all.begin();) {
    --entry;
    if (reading.Sees(*entry) && !IsHeld(*entry, reading)) return &*entry;
  }
  return nullptr;
}

const Fixing* Series::On(time::Date date, const Reading& reading) const {
  const std::span<const Fixing> all = entries_;
  for (auto entry = AfterDay(all, date); entry != all.begin();) {
    --entry;
    if (entry->date != date) return nullptr;
    if (reading.Sees(*entry) && !IsHeld(*entry, reading)) return &*entry;
  }
  return nullptr;
}

const Fixing* Series::EarliestFrom(time::Date date, const Reading& reading) const {
  const std::span<const Fixing> all = entries_;
  for (auto entry = FromDay(all, date); entry != all.end();) {
    if (!reading.Sees(*entry)) {
      ++entry;
      continue;
    }
    if (const Fixing* const found = On(entry->date, reading)) return found;
    entry = AfterDay(all, entry->date);
  }
  return nullptr;
}

bool Series::IsFlagged(const Fixing& entry, const Reading& reading) const {
  return IsSuspicious(entries_, entry, reading, suspicious_move_percent_);
}

bool Series::IsHeld(const Fixing& entry, const Reading& reading) const {
  return !trusted_ && IsFlagged(entry, reading) && !IsReleased(entry, reading);
}

bool Series::IsReleased(const Fixing& entry, const Reading& reading) const {
  const auto found =
      std::ranges::lower_bound(releases_, entry.sequence, {}, &Release::rate_sequence);
  return found != releases_.end() && found->rate_sequence == entry.sequence &&
         found->sequence <= reading.sequence;
}

const Fixing* Series::LastRecordedOn(time::Date date, const Reading& reading) const {
  const std::span<const Fixing> all = entries_;
  for (auto entry = AfterDay(all, date); entry != all.begin();) {
    --entry;
    if (entry->date != date) return nullptr;
    if (reading.Sees(*entry)) return &*entry;
  }
  return nullptr;
}

const Fixing* Series::LatestHeld(time::Date first, time::Date last, const Reading& reading) const {
  if (trusted_) return nullptr;
  const std::span<const Fixing> all = entries_;
  const Fixing* later = nullptr;
  for (auto entry = AfterDay(all, last); entry != all.begin();) {
    --entry;
    if (entry->date < first) return nullptr;
    if (!reading.Sees(*entry)) continue;
    const bool is_last_recorded = later == nullptr || later->date != entry->date;
    if (is_last_recorded && IsHeld(*entry, reading)) return &*entry;
    later = &*entry;
  }
  return nullptr;
}

int Series::CountHeld(time::Date start, time::Date end, const Reading& reading) const {
  if (trusted_) return 0;
  const std::span<const Fixing> all = entries_;
  int count = 0;
  for (auto entry = FromDay(all, start); entry != all.end() && entry->date < end;) {
    const time::Date date = entry->date;
    const Fixing* const last = LastRecordedOn(date, reading);
    if (last != nullptr && IsHeld(*last, reading)) ++count;
    while (entry != all.end() && entry->date == date) ++entry;
  }
  return count;
}

uint64_t ProviderBook::PairKey(std::string_view base, std::string_view quote) {
  uint64_t key = 0;
  for (const char c : base) key = key << 8 | static_cast<unsigned char>(c);
  for (const char c : quote) key = key << 8 | static_cast<unsigned char>(c);
  return key;
}

const Series* ProviderBook::Find(std::string_view base, std::string_view quote) const {
  const auto found = series_.find(PairKey(base, quote));
  return found == series_.end() ? nullptr : found->second.get();
}

std::vector<bool> ProviderBook::FixingDays(time::Date start, time::Date end,
                                           const Reading& reading) const {
  std::vector<bool> days(end > start ? (end - start).count() : 0, false);
  for (const auto& [key, series] : series_) {
    const std::span<const Fixing> all = series->entries();
    for (auto entry = FromDay(all, start); entry != all.end() && entry->date < end; ++entry) {
      if (reading.Sees(*entry)) days[(entry->date - start).count()] = true;
    }
  }
  return days;
}

const ProviderBook* RateBook::FindProvider(std::string_view slug) const {
  return FindIn(providers_, slug);
}

const ImpliedRates* RateBook::FindImplied(std::string_view source_id) const {
  return FindIn(implied_, source_id);
}

StoredRate ToStored(std::string_view provider, const Series& series, const Fixing& fixing) {
  return {.rate = {.provider = std::string(provider),
                   .base_currency = series.base_currency(),
                   .quote_currency = series.quote_currency(),
                   .fixing_date = fixing.date,
                   .value = fixing.value,
                   .unit = fixing.unit,
                   .published = fixing.published},
          .sequence = fixing.sequence,
          .recorded_at = fixing.recorded_at};
}

std::optional<RatePlace> RateBook::FindEntry(uint64_t sequence) const {
  for (const auto& [slug, provider] : providers_) {
    for (const auto& [key, series] : provider->series()) {
      if (series->first_sequence() > sequence) continue;
      for (const Fixing& fixing : series->entries()) {
        if (fixing.sequence == sequence) return RatePlace{provider.get(), series.get(), &fixing};
      }
    }
  }
  return std::nullopt;
}

KeyHistory RateBook::FindKey(const Rate& rate) const {
  KeyHistory history;
  if (rate.kind == RateKind::kImplied) {
    const ImpliedRates* const rates = FindImplied(rate.provider);
    if (rates == nullptr) return history;
    for (const StoredRate& stored : *rates) {
      if (HasKeyOf(stored, rate)) history.figures.push_back(stored.rate);
    }
    return history;
  }
  const ProviderBook* const provider = FindProvider(rate.provider);
  const Series* const series =
      provider == nullptr ? nullptr : provider->Find(rate.base_currency, rate.quote_currency);
  if (series == nullptr) return history;
  const std::span<const Fixing> all = series->entries();
  for (auto entry = FromDay(all, rate.fixing_date);
       entry != all.end() && entry->date == rate.fixing_date; ++entry) {
    history.figures.push_back(ToRate(rate, *entry));
  }
  return history;
}

}  // namespace outlay::fx
