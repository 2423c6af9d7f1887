#include "services/fx/rate_book.h"

#include <algorithm>
#include <utility>

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
    if (reading.Sees(*entry)) return &*entry;
  }
  return nullptr;
}

const Fixing* Series::On(time::Date date, const Reading& reading) const {
  const std::span<const Fixing> all = entries_;
  for (auto entry = AfterDay(all, date); entry != all.begin();) {
    --entry;
    if (entry->date != date) return nullptr;
    if (reading.Sees(*entry)) return &*entry;
  }
  return nullptr;
}

const Fixing* Series::EarliestFrom(time::Date date, const Reading& reading) const {
  const std::span<const Fixing> all = entries_;
  for (auto entry = FromDay(all, date); entry != all.end(); ++entry) {
    if (reading.Sees(*entry)) return On(entry->date, reading);
  }
  return nullptr;
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
