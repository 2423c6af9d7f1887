#include <algorithm>
#include <unordered_map>
#include <utility>

#include "services/fx/providers.h"
#include "services/fx/rate_book.h"

namespace outlay::fx {
namespace {

bool ByDateAndSequence(const Fixing& a, const Fixing& b) {
  return a.date != b.date ? a.date < b.date : a.sequence < b.sequence;
}

Fixing ToFixing(const StoredRate& stored) {
  return {.date = stored.rate.fixing_date,
          .sequence = stored.sequence,
          .recorded_at = stored.recorded_at,
          .published = stored.rate.published,
          .value = stored.rate.value,
          .unit = stored.rate.unit};
}

}  // namespace

struct RateBookBuilder::OpenProvider {
  ProviderBook book;
  std::unordered_map<uint64_t, std::shared_ptr<Series>> touched;
};

RateBookBuilder::RateBookBuilder(const RateBook& from) : book_(from) {}

RateBookBuilder::~RateBookBuilder() = default;

RateBookBuilder::OpenProvider& RateBookBuilder::Open(const Rate& rate, uint64_t sequence) {
  const auto open = providers_.find(rate.provider);
  if (open != providers_.end()) return *open->second;
  auto provider = std::make_unique<OpenProvider>();
  if (const ProviderBook* const before = book_.FindProvider(rate.provider)) {
    provider->book = *before;
  } else {
    const ProviderRules rules = RulesOf(rate.provider);
    provider->book.slug_ = rate.provider;
    provider->book.first_sequence_ = sequence;
    provider->book.pivot_currency_ =
        IsKnownProvider(rate.provider) ? rules.base_currency : rate.base_currency;
  }
  return *providers_.emplace(rate.provider, std::move(provider)).first->second;
}

Series& RateBookBuilder::OpenSeries(OpenProvider& provider, const Rate& rate, uint64_t sequence) {
  const uint64_t key = ProviderBook::PairKey(rate.base_currency, rate.quote_currency);
  std::shared_ptr<Series>& open = provider.touched[key];
  if (open != nullptr) return *open;
  const auto before = provider.book.series_.find(key);
  if (before != provider.book.series_.end()) {
    open = std::make_shared<Series>(*before->second);
  } else {
    open = std::make_shared<Series>();
    open->base_currency_ = rate.base_currency;
    open->quote_currency_ = rate.quote_currency;
    open->first_sequence_ = sequence;
    open->trusted_ = RulesOf(rate.provider).trusted;
    open->suspicious_move_percent_ = book_.suspicious_move_percent_;
  }
  return *open;
}

void RateBookBuilder::Add(StoredRate stored) {
  book_.sequence_ = stored.sequence;
  if (stored.rate.kind == RateKind::kImplied) {
    std::shared_ptr<ImpliedRates>& rates = implied_[stored.rate.provider];
    if (rates == nullptr) {
      const ImpliedRates* const before = book_.FindImplied(stored.rate.provider);
      rates = before == nullptr ? std::make_shared<ImpliedRates>()
                                : std::make_shared<ImpliedRates>(*before);
    }
    rates->push_back(std::move(stored));
    return;
  }
  OpenProvider& provider = Open(stored.rate, stored.sequence);
  OpenSeries(provider, stored.rate, stored.sequence).entries_.push_back(ToFixing(stored));
  ++provider.book.rate_count_;
}

void RateBookBuilder::Release(uint64_t rate_sequence, uint64_t sequence) {
  book_.sequence_ = sequence;
  releases_.emplace(rate_sequence, sequence);
}

std::shared_ptr<const Series> RateBookBuilder::WithReleases(const Series& series) const {
  std::shared_ptr<Series> changed;
  for (const Fixing& fixing : series.entries_) {
    const auto released = releases_.find(fixing.sequence);
    if (released == releases_.end()) continue;
    if (changed == nullptr) changed = std::make_shared<Series>(series);
    changed->releases_.push_back({.rate_sequence = fixing.sequence, .sequence = released->second});
  }
  if (changed != nullptr) {
    std::ranges::sort(changed->releases_, {}, &fx::Release::rate_sequence);
  }
  return changed;
}

void RateBookBuilder::ApplyReleases() {
  if (releases_.empty()) return;
  for (auto& [slug, provider] : book_.providers_) {
    if (RulesOf(slug).trusted) continue;
    std::shared_ptr<ProviderBook> changed;
    for (const auto& [key, series] : provider->series_) {
      std::shared_ptr<const Series> with_releases = WithReleases(*series);
      if (with_releases == nullptr) continue;
      if (changed == nullptr) changed = std::make_shared<ProviderBook>(*provider);
      changed->series_[key] = std::move(with_releases);
    }
    if (changed != nullptr) provider = std::move(changed);
  }
  releases_.clear();
}

std::shared_ptr<const RateBook> RateBookBuilder::Build() {
  for (auto& [slug, open] : providers_) {
    for (auto& [key, series] : open->touched) {
      std::vector<Fixing>& entries = series->entries_;
      if (!std::ranges::is_sorted(entries, ByDateAndSequence)) {
        std::ranges::sort(entries, ByDateAndSequence);
      }
      open->book.series_[key] = std::move(series);
    }
    book_.providers_[slug] = std::make_shared<const ProviderBook>(std::move(open->book));
  }
  ApplyReleases();
  for (auto& [source, rates] : implied_) book_.implied_[source] = std::move(rates);
  providers_.clear();
  implied_.clear();
  return std::make_shared<const RateBook>(std::move(book_));
}

}  // namespace outlay::fx
