#include "services/ingest/disclosure_book.h"

#include <algorithm>
#include <queue>
#include <utility>

#include "services/common/status/text.h"

namespace outlay::ingest {
namespace {

bool IsPublished(const Disclosure& disclosure, const AsOf& as_of) {
  return !as_of.published || disclosure.content->published_at.instant <= *as_of.published;
}

// The last revision made by the sequence; null where the first was made later.
const Disclosure* AsOfSequence(const std::vector<Disclosure>& revisions, uint64_t sequence) {
  for (auto it = revisions.rbegin(); it != revisions.rend(); ++it) {
    if (it->sequence <= sequence) return &*it;
  }
  return nullptr;
}

bool OverlapsRange(const time::Period& period, const DisclosureFilter& filter) {
  if (!filter.period_start && !filter.period_end) return true;
  if (!period.HasDates()) return false;
  return (!filter.period_start || period.end > *filter.period_start) &&
         (!filter.period_end || period.start < *filter.period_end);
}

template <typename Values, typename Value>
bool IsIn(const Values& values, const Value& value) {
  return values.empty() || values.contains(value);
}

// Positions in rising order: of all records, or of some lists merged.
class Cursor {
 public:
  using Positions = std::vector<uint32_t>;

  Cursor(size_t first, size_t size) : next_(first), size_(size) {}
  Cursor(size_t first, const std::vector<const Positions*>& lists) : merged_(true) {
    for (const Positions* const list : lists) {
      Push({std::lower_bound(list->begin(), list->end(), first), list->end()});
    }
  }

  std::optional<size_t> Next() {
    if (!merged_) return next_ < size_ ? std::optional(next_++) : std::nullopt;
    if (lists_.empty()) return std::nullopt;
    Range range = lists_.top();
    lists_.pop();
    const size_t position = *range.at++;
    Push(range);
    return position;
  }

 private:
  struct Range {
    Positions::const_iterator at;
    Positions::const_iterator end;
    friend bool operator<(const Range& a, const Range& b) { return *a.at > *b.at; }
  };

  void Push(Range range) {
    if (range.at != range.end) lists_.push(range);
  }

  bool merged_ = false;
  size_t next_ = 0;
  size_t size_ = 0;
  std::priority_queue<Range> lists_;
};

}  // namespace

bool DisclosureFilter::Takes(const Disclosure& disclosure) const {
  const DisclosureContent& content = *disclosure.content;
  return (include_voided || !disclosure.voided) &&
         IsIn(organization_ids, content.organization_id) && IsIn(measures, content.measure) &&
         IsIn(bases, content.basis) && IsIn(source_classes, content.source.source_class) &&
         (source_id.empty() || content.source.source_id == source_id) &&
         OverlapsRange(content.period, *this);
}

size_t DisclosureBook::FirstAfter(uint64_t id) const {
  const auto found =
      std::upper_bound(records_.begin(), records_.end(), id,
                       [](uint64_t wanted, const Record& r) { return wanted < r.front().id; });
  return found - records_.begin();
}

const DisclosureBook::Record* DisclosureBook::FindRecord(uint64_t id) const {
  const size_t after = FirstAfter(id);
  if (after == 0 || records_[after - 1].front().id != id) return nullptr;
  return &records_[after - 1];
}

DisclosureBook::Visibility DisclosureBook::See(uint64_t id, const AsOf& as_of) const {
  const Record* const record = FindRecord(id);
  if (record == nullptr) return Visibility::kUnknown;
  if (record->front().sequence > as_of.sequence) return Visibility::kRecordedLater;
  return IsPublished(record->front(), as_of) ? Visibility::kVisible : Visibility::kPublishedLater;
}

std::optional<Disclosure> DisclosureBook::Find(uint64_t id, const AsOf& as_of) const {
  const Record* const record = FindRecord(id);
  if (record == nullptr || !IsPublished(record->front(), as_of)) return std::nullopt;
  const Disclosure* const revision = AsOfSequence(*record, as_of.sequence);
  return revision == nullptr ? std::nullopt : std::optional(*revision);
}

const std::vector<Disclosure>* DisclosureBook::History(uint64_t id) const { return FindRecord(id); }

std::optional<std::vector<const DisclosureBook::Positions*>> DisclosureBook::Candidates(
    const DisclosureFilter& filter) const {
  std::vector<const Positions*> lists;
  const auto add = [&](const auto& index, const std::string& key) {
    const auto found = index.find(key);
    if (found != index.end()) lists.push_back(&found->second);
  };
  if (!filter.organization_ids.empty()) {
    for (const std::string& id : filter.organization_ids) add(by_organization_, id);
  } else if (!filter.source_id.empty()) {
    add(by_source_, filter.source_id);
  } else {
    return std::nullopt;
  }
  return lists;
}

DisclosureScan DisclosureBook::Scan(const DisclosureFilter& filter, const AsOf& as_of,
                                    uint64_t after_id, const ScanBounds& bounds) const {
  const size_t first = FirstAfter(after_id);
  const std::optional<std::vector<const Positions*>> lists = Candidates(filter);
  Cursor cursor = lists ? Cursor(first, *lists) : Cursor(first, records_.size());
  DisclosureScan scan{.last_id = after_id};
  for (size_t looked_at = 0; looked_at < bounds.looked_at_max; ++looked_at) {
    const std::optional<size_t> position = cursor.Next();
    if (!position || records_[*position].front().id > as_of.sequence) {
      scan.complete = true;
      return scan;
    }
    if (scan.found.size() == bounds.found_max) return scan;
    const Record& record = records_[*position];
    scan.last_id = record.front().id;
    const Disclosure* const revision = AsOfSequence(record, as_of.sequence);
    if (revision != nullptr && IsPublished(*revision, as_of) && filter.Takes(*revision)) {
      scan.found.push_back(*revision);
    }
  }
  return scan;
}

std::vector<Disclosure> DisclosureBook::ClaimsOf(std::string_view source_id,
                                                 const AsOf& as_of) const {
  std::vector<Disclosure> claims;
  const auto positions = claims_by_source_.find(ToAbsl(source_id));
  if (positions == claims_by_source_.end()) return claims;
  for (const uint32_t position : positions->second) {
    const Disclosure* const revision = AsOfSequence(records_[position], as_of.sequence);
    if (revision != nullptr && IsPublished(*revision, as_of) && !revision->voided &&
        revision->content->claim_kind != ClaimKind::kNone) {
      claims.push_back(*revision);
    }
  }
  return claims;
}

bool DisclosureBook::KnowsSource(std::string_view source_id) const {
  return by_source_.contains(ToAbsl(source_id));
}

std::vector<QuotedRecord> DisclosureBook::QuotedOf(std::string_view source_id, size_t limit) const {
  std::vector<QuotedRecord> quoted;
  const auto positions = by_source_.find(ToAbsl(source_id));
  if (positions == by_source_.end()) return quoted;
  for (const uint32_t position : positions->second) {
    if (quoted.size() == limit) break;
    const Record& record = records_[position];
    QuotedRecord found{.id = record.back().id, .revision = record.back().revision};
    for (const Disclosure& revision : record) {
      if (!revision.content->quote.empty()) found.sequences.push_back(revision.sequence);
    }
    if (!found.sequences.empty()) quoted.push_back(std::move(found));
  }
  return quoted;
}

void DisclosureBook::RemoveQuotes(uint64_t id) {
  for (Disclosure& revision : records_[FirstAfter(id) - 1]) {
    if (revision.content->quote.empty()) continue;
    DisclosureContent content = *revision.content;
    content.quote.clear();
    revision.content = std::make_shared<const DisclosureContent>(std::move(content));
    revision.quote_redacted = true;
  }
}

void DisclosureBook::IndexClaim(const Disclosure& disclosure, uint32_t position) {
  if (disclosure.content->claim_kind == ClaimKind::kNone) return;
  Positions& positions = claims_by_source_[disclosure.content->source.source_id];
  const auto place = std::lower_bound(positions.begin(), positions.end(), position);
  if (place == positions.end() || *place != position) positions.insert(place, position);
}

void DisclosureBook::Add(Disclosure first) {
  const auto position = static_cast<uint32_t>(records_.size());
  const DisclosureContent& content = *first.content;
  if (!content.organization_id.empty()) {
    by_organization_[content.organization_id].push_back(position);
  }
  by_source_[content.source.source_id].push_back(position);
  IndexClaim(first, position);
  Record& record = records_.emplace_back();
  record.reserve(1);
  record.push_back(std::move(first));
}

void DisclosureBook::AddRevision(Disclosure next) {
  const size_t position = FirstAfter(next.id) - 1;
  IndexClaim(next, static_cast<uint32_t>(position));
  records_[position].push_back(std::move(next));
}

}  // namespace outlay::ingest
