#include "services/ingest/disclosure_book.h"

#include <algorithm>
#include <queue>
#include <utility>

#include "absl/container/flat_hash_set.h"

namespace outlay::ingest {
namespace {

bool IsPublished(const Revision& revision, const AsOf& as_of) {
  return !as_of.published || revision.published_at <= *as_of.published;
}

template <typename Values, typename Value>
bool IsIn(const Values& values, const Value& value) {
  return values.empty() || values.contains(value);
}

std::vector<uint32_t>& ListOf(std::vector<std::vector<uint32_t>>& lists, uint32_t number) {
  if (number >= lists.size()) lists.resize(number + 1);
  return lists[number];
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

// A filter in the table's own numbers.
class DisclosureBook::Selection {
 public:
  Selection(const DisclosureBook& book, const DisclosureFilter& filter)
      : book_(book),
        filter_(filter),
        organizations_(NumbersOf(filter.organization_ids, book.revisions_.organizations())),
        measures_(NumbersOf(filter.measures, book.revisions_.measures())) {
    if (!filter.source_id.empty()) {
      source_id_ = book.revisions_.source_ids().Find(filter.source_id);
    }
  }

  bool Takes(const Revision& revision) const {
    return (filter_.include_voided || !revision.voided) &&
           (filter_.organization_ids.empty() || organizations_.contains(revision.organization)) &&
           (filter_.measures.empty() || measures_.contains(revision.measure)) &&
           IsIn(filter_.bases, static_cast<Basis>(revision.basis)) &&
           (filter_.source_classes.empty() ||
            filter_.source_classes.contains(book_.revisions_.SourceClassOf(revision))) &&
           (filter_.source_id.empty() || source_id_ == book_.revisions_.SourceIdOf(revision)) &&
           OverlapsRange(revision);
  }

  // The lists that hold every record that the filter can take; nullopt: all records.
  std::optional<std::vector<const Positions*>> Candidates() const {
    std::vector<const Positions*> lists;
    if (!filter_.organization_ids.empty()) {
      for (const uint32_t number : organizations_) {
        if (number < book_.by_organization_.size()) {
          lists.push_back(&book_.by_organization_[number]);
        }
      }
    } else if (!filter_.source_id.empty()) {
      if (source_id_) lists.push_back(&book_.by_source_id_[*source_id_]);
    } else {
      return std::nullopt;
    }
    return lists;
  }

 private:
  static absl::flat_hash_set<uint32_t> NumbersOf(const std::set<std::string, std::less<>>& texts,
                                                 const TextTable& table) {
    absl::flat_hash_set<uint32_t> numbers;
    for (const std::string& text : texts) {
      if (const std::optional<uint32_t> number = table.Find(text)) numbers.insert(*number);
    }
    return numbers;
  }

  bool OverlapsRange(const Revision& revision) const {
    if (!filter_.period_start && !filter_.period_end) return true;
    if (!revision.period_dated) return false;
    const auto day = [](time::Date date) { return date.time_since_epoch().count(); };
    return (!filter_.period_start || revision.period_end_day > day(*filter_.period_start)) &&
           (!filter_.period_end || revision.period_start_day < day(*filter_.period_end));
  }

  const DisclosureBook& book_;
  const DisclosureFilter& filter_;
  const absl::flat_hash_set<uint32_t> organizations_;
  const absl::flat_hash_set<uint32_t> measures_;
  std::optional<uint32_t> source_id_;
};

size_t DisclosureBook::FirstAfter(uint64_t id) const {
  size_t low = 0;
  size_t high = revisions_.size();
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    (IdAt(middle) <= id ? low : high) = IdAt(middle) <= id ? middle + 1 : middle;
  }
  return low;
}

std::optional<size_t> DisclosureBook::PositionOf(uint64_t id) const {
  const size_t after = FirstAfter(id);
  if (after == 0 || IdAt(after - 1) != id) return std::nullopt;
  return after - 1;
}

DisclosureBook::Visibility DisclosureBook::See(uint64_t id, const AsOf& as_of) const {
  const std::optional<size_t> position = PositionOf(id);
  if (!position) return Visibility::kUnknown;
  const Revision& first = revisions_.First(*position);
  if (first.sequence > as_of.sequence) return Visibility::kRecordedLater;
  return IsPublished(first, as_of) ? Visibility::kVisible : Visibility::kPublishedLater;
}

std::optional<Disclosure> DisclosureBook::Find(uint64_t id, const AsOf& as_of) const {
  const std::optional<size_t> position = PositionOf(id);
  if (!position || !IsPublished(revisions_.First(*position), as_of)) return std::nullopt;
  const uint32_t number = revisions_.NumberAsOf(*position, as_of.sequence);
  if (number == 0) return std::nullopt;
  return revisions_.Read(*position, number);
}

std::vector<Disclosure> DisclosureBook::History(uint64_t id) const {
  std::vector<Disclosure> history;
  const std::optional<size_t> position = PositionOf(id);
  if (!position) return history;
  for (uint32_t number = 1; number <= revisions_.Count(*position); ++number) {
    history.push_back(revisions_.Read(*position, number));
  }
  return history;
}

std::optional<DisclosureBook::Standing> DisclosureBook::StandingOf(uint64_t id) const {
  const std::optional<size_t> position = PositionOf(id);
  if (!position) return std::nullopt;
  return Standing{revisions_.Count(*position), revisions_.Last(*position).voided};
}

DisclosureScan DisclosureBook::Scan(const DisclosureFilter& filter, const AsOf& as_of,
                                    uint64_t after_id, const ScanBounds& bounds) const {
  const Selection selection(*this, filter);
  const size_t first = FirstAfter(after_id);
  const std::optional<std::vector<const Positions*>> lists = selection.Candidates();
  Cursor cursor = lists ? Cursor(first, *lists) : Cursor(first, revisions_.size());
  DisclosureScan scan{.last_id = after_id};
  for (size_t looked_at = 0; looked_at < bounds.looked_at_max; ++looked_at) {
    const std::optional<size_t> position = cursor.Next();
    if (!position || IdAt(*position) > as_of.sequence) {
      scan.complete = true;
      return scan;
    }
    if (scan.found.size() == bounds.found_max) return scan;
    scan.last_id = IdAt(*position);
    const uint32_t number = revisions_.NumberAsOf(*position, as_of.sequence);
    if (number == 0) continue;
    const Revision& revision = revisions_.At(*position, number);
    if (IsPublished(revision, as_of) && selection.Takes(revision)) {
      scan.found.push_back(revisions_.Read(*position, number));
    }
  }
  return scan;
}

std::vector<Disclosure> DisclosureBook::ClaimsOf(std::string_view source_id,
                                                 const AsOf& as_of) const {
  std::vector<Disclosure> claims;
  const std::optional<uint32_t> source = revisions_.source_ids().Find(source_id);
  if (!source) return claims;
  const auto positions = claims_by_source_id_.find(*source);
  if (positions == claims_by_source_id_.end()) return claims;
  for (const uint32_t position : positions->second) {
    const uint32_t number = revisions_.NumberAsOf(position, as_of.sequence);
    if (number == 0) continue;
    const Revision& revision = revisions_.At(position, number);
    if (IsPublished(revision, as_of) && !revision.voided &&
        static_cast<ClaimKind>(revision.claim_kind) != ClaimKind::kNone) {
      claims.push_back(revisions_.Read(position, number));
    }
  }
  return claims;
}

bool DisclosureBook::KnowsSource(std::string_view source_id) const {
  return revisions_.source_ids().Find(source_id).has_value();
}

std::vector<QuotedRecord> DisclosureBook::QuotedOf(std::string_view source_id, size_t limit) const {
  std::vector<QuotedRecord> quoted;
  const std::optional<uint32_t> source = revisions_.source_ids().Find(source_id);
  if (!source) return quoted;
  for (const uint32_t position : by_source_id_[*source]) {
    if (quoted.size() == limit) break;
    QuotedRecord found{.id = IdAt(position), .revision = revisions_.Count(position)};
    for (uint32_t number = 1; number <= found.revision; ++number) {
      const Revision& revision = revisions_.At(position, number);
      if (revision.quote_size > 0) found.sequences.push_back(revision.sequence);
    }
    if (!found.sequences.empty()) quoted.push_back(std::move(found));
  }
  return quoted;
}

void DisclosureBook::IndexClaim(const Revision& revision, size_t position) {
  if (static_cast<ClaimKind>(revision.claim_kind) == ClaimKind::kNone) return;
  Positions& positions = claims_by_source_id_[revisions_.SourceIdOf(revision)];
  const auto number = static_cast<uint32_t>(position);
  const auto place = std::lower_bound(positions.begin(), positions.end(), number);
  if (place == positions.end() || *place != number) positions.insert(place, number);
}

void DisclosureBook::Add(const RevisionStamp& stamp, std::string_view idempotency_key,
                         const DisclosureContent& content, bool quote_redacted) {
  const size_t position = revisions_.size();
  revisions_.AddRecord(stamp, idempotency_key, content, quote_redacted);
  const Revision& revision = revisions_.First(position);
  const auto number = static_cast<uint32_t>(position);
  if (!content.organization_id.empty()) {
    ListOf(by_organization_, revision.organization).push_back(number);
  }
  ListOf(by_source_id_, revisions_.SourceIdOf(revision)).push_back(number);
  IndexClaim(revision, position);
}

void DisclosureBook::Correct(uint64_t id, const RevisionStamp& stamp,
                             const DisclosureContent& content, bool quote_redacted) {
  const size_t position = FirstAfter(id) - 1;
  revisions_.AddContent(position, stamp, content, quote_redacted);
  IndexClaim(revisions_.Last(position), position);
}

void DisclosureBook::Void(uint64_t id, const RevisionStamp& stamp) {
  revisions_.AddVoid(FirstAfter(id) - 1, stamp);
}

void DisclosureBook::Redact(uint64_t id, const RevisionStamp& stamp) {
  revisions_.AddRedaction(FirstAfter(id) - 1, stamp);
}

}  // namespace outlay::ingest
