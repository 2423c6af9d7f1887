#include "services/fx/flagged_rates.h"

#include <algorithm>
#include <utility>

#include "fmt/format.h"
#include "services/common/status/error.h"
#include "services/fx/errors.h"

namespace outlay::fx {
namespace {

JudgedRate Judge(std::string_view provider, const Series& series, const Fixing& fixing,
                 const Reading& reading) {
  return {.stored = ToStored(provider, series, fixing),
          .flagged = series.IsFlagged(fixing, reading),
          .held = series.IsHeld(fixing, reading)};
}

// Calls `visit` with the last recorded fixing of each date.
template <typename Visit>
void ForEachDate(const Series& series, const Reading& reading, const Visit& visit) {
  const Fixing* latest = nullptr;
  for (const Fixing& fixing : series.entries()) {
    if (!reading.Sees(fixing)) continue;
    if (latest != nullptr && latest->date != fixing.date) visit(*latest);
    latest = &fixing;
  }
  if (latest != nullptr) visit(*latest);
}

bool BySequence(const JudgedRate& a, const JudgedRate& b) {
  return a.stored.sequence < b.stored.sequence;
}

}  // namespace

FlaggedPage ListFlagged(const RateBook& book, const Reading& reading, uint64_t after_sequence,
                        bool held_only, size_t limit) {
  FlaggedPage page;
  std::vector<JudgedRate>& rates = page.rates;
  for (const auto& [slug, provider] : book.providers()) {
    for (const auto& [key, series] : provider->series()) {
      ForEachDate(*series, reading, [&, &slug = slug, &series = *series](const Fixing& fixing) {
        if (fixing.sequence <= after_sequence || !series.IsFlagged(fixing, reading)) return;
        if (held_only && !series.IsHeld(fixing, reading)) return;
        rates.push_back(Judge(slug, series, fixing, reading));
      });
    }
  }
  std::ranges::sort(rates, BySequence);
  page.more = rates.size() > limit;
  if (page.more) rates.resize(limit);
  return page;
}

absl::StatusOr<JudgedRate> JudgeRate(const RateBook& book, const Reading& reading,
                                     uint64_t sequence) {
  const std::optional<RatePlace> place = book.FindEntry(sequence);
  if (!place || !reading.Sees(*place->fixing)) {
    return NotHeld(sequence, "it is no reference rate that is published by now");
  }
  return Judge(place->provider->slug(), *place->series, *place->fixing, reading);
}

absl::StatusOr<JudgedRate> RequireHeld(const RateBook& book, const Reading& reading,
                                       uint64_t sequence) {
  ASSIGN_OR_RETURN(JudgedRate rate, JudgeRate(book, reading, sequence));
  const RatePlace place = *book.FindEntry(sequence);
  const Fixing* const latest = place.series->LastRecordedOn(place.fixing->date, reading);
  if (latest->sequence != sequence) {
    return NotHeld(sequence, fmt::format("entry {} has replaced it", latest->sequence));
  }
  if (!rate.flagged) return NotHeld(sequence, "it is not flagged");
  if (place.series->trusted()) {
    return NotHeld(
        sequence, fmt::format("{} is trusted: its flagged rates are used", place.provider->slug()));
  }
  if (!rate.held) return NotHeld(sequence, "it has been released");
  return rate;
}

}  // namespace outlay::fx
