#include "services/ingest/reader.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <utility>

#include "fmt/format.h"
#include "services/common/journal/errors.h"
#include "services/common/status/error.h"
#include "services/common/time/moment.h"
#include "services/ingest/disclosure_id.h"
#include "services/ingest/errors.h"

namespace outlay::ingest {
namespace {

constexpr size_t kDefaultPageSize = 100;
constexpr size_t kPageBytesMax = size_t{3} << 20;
constexpr size_t kLookedAtMax = 8'192;  // records under one lock
constexpr size_t kFixedBytes = 300;     // of a record besides its texts

// About what the record takes on the wire; rather more than less.
size_t ApproximateBytes(const Disclosure& disclosure) {
  const DisclosureContent& content = *disclosure.content;
  const Source& source = content.source;
  return kFixedBytes + content.organization_id.size() + content.group_id.size() +
         content.measure.size() + content.definition.size() + content.quote.size() +
         source.source_id.size() + source.title.size() + source.publisher.size() +
         source.url.size() + disclosure.note->actor.size() + disclosure.note->reason.size();
}

// The part of a page that fits: at least one record.
size_t CountThatFits(const std::vector<Disclosure>& disclosures, size_t& bytes) {
  size_t count = 0;
  for (const Disclosure& disclosure : disclosures) {
    bytes += ApproximateBytes(disclosure);
    if (bytes > kPageBytesMax && count > 0) break;
    ++count;
  }
  return count;
}

// A page of `size` from a list that has one entry more where there is more.
template <typename Entry>
Page<Entry> CutPage(std::vector<Entry> entries, size_t size, std::string next_position) {
  if (entries.size() > size) entries.resize(size);
  return {std::move(entries), std::move(next_position)};
}

absl::StatusOr<uint64_t> RequireId(std::string_view field, std::string_view text) {
  const std::optional<uint64_t> id = ParseDisclosureId(text);
  if (!id) return MalformedDisclosureId(field, text);
  return *id;
}

}  // namespace

absl::StatusOr<uint64_t> Reader::ResolveSequence(const AsOfInput& input) const {
  const uint64_t applied = ledger_.sequence();
  if (input.recorded_sequence) {
    if (*input.recorded_sequence > applied) {
      return journal::SequenceAhead("as_of.recorded_sequence", *input.recorded_sequence, applied);
    }
    return *input.recorded_sequence;
  }
  if (!input.recorded_time) return applied;
  ASSIGN_OR_RETURN(const std::optional<uint64_t> at, journal_.SequenceAt(*input.recorded_time));
  return std::min(at.value_or(0), applied);
}

absl::StatusOr<AsOf> Reader::Resolve(const AsOfInput& input) const {
  AsOf as_of;
  if (input.published) as_of.published = input.published->instant;
  ASSIGN_OR_RETURN(as_of.sequence, ResolveSequence(input));
  return as_of;
}

absl::StatusOr<Reader::PageBounds> Reader::BoundsOf(const PageRequest& page) const {
  if (page.size < 0 || page.size > kPageSizeMax) return PageSizeOutOfRange(page.size, kPageSizeMax);
  PageBounds bounds{.size = page.size == 0 ? kDefaultPageSize : static_cast<size_t>(page.size)};
  if (!page.start) {
    ASSIGN_OR_RETURN(bounds.as_of, Resolve(page.as_of));
    return bounds;
  }
  if (page.start->sequence > ledger_.sequence()) return PageTokenInvalid("it is of another store");
  ASSIGN_OR_RETURN(bounds.as_of, Resolve({.published = page.as_of.published,
                                          .recorded_sequence = page.start->sequence}));
  ASSIGN_OR_RETURN(const std::string mark, JournalMark(page.start->sequence));
  if (!page.start->position.starts_with(mark)) return PageTokenInvalid("it is of another store");
  bounds.position = page.start->position.substr(mark.size());
  return bounds;
}

absl::StatusOr<std::string> Reader::JournalMark(uint64_t sequence) const {
  if (sequence == 0) return fmt::format("{:016x} ", 0);
  ASSIGN_OR_RETURN(const std::vector<journal::Entry> entries,
                   journal_.ReadFrom(sequence - 1, 1, 0));
  return fmt::format("{:016x} ", entries.front().checksum);
}

absl::StatusOr<std::string> Reader::PositionAfter(std::string_view last_id,
                                                  uint64_t sequence) const {
  if (last_id.empty()) return std::string();
  ASSIGN_OR_RETURN(std::string position, JournalMark(sequence));
  position += last_id;
  return position;
}

absl::Status Reader::WhyNotVisible(uint64_t id, const AsOf& as_of) const {
  switch (ledger_.See(id, as_of)) {
    case DisclosureBook::Visibility::kRecordedLater:
      return NotVisibleAsOf(
          id, fmt::format("was recorded after sequence {}, which the request reads as of",
                          as_of.sequence));
    case DisclosureBook::Visibility::kPublishedLater:
      return NotVisibleAsOf(id, fmt::format("was published after {}, which the request reads as of",
                                            time::FormatInstant(*as_of.published)));
    default:
      return DisclosureNotFound(id);
  }
}

absl::StatusOr<Stamped<Disclosure>> Reader::Get(std::string_view id, const AsOfInput& as_of) const {
  ASSIGN_OR_RETURN(const uint64_t number, RequireId("disclosure_id", id));
  ASSIGN_OR_RETURN(const AsOf at, Resolve(as_of));
  std::optional<Disclosure> found = ledger_.Find(number, at);
  if (!found) return WhyNotVisible(number, at);
  return Stamped<Disclosure>{*std::move(found), at.sequence};
}

absl::StatusOr<Stamped<DisclosureBatch>> Reader::BatchGet(const BatchQuery& query,
                                                          const AsOfInput& as_of) const {
  const std::vector<std::string>& ids = query.disclosure_ids;
  if ((ids.empty() && query.organization_ids.empty()) || ids.size() > kBatchGetMax) {
    return BatchSize("disclosure_ids", ids.size(), kBatchGetMax);
  }
  if (query.organization_ids.size() > kBatchGetMax) {
    return BatchSize("organization_ids", query.organization_ids.size(), kBatchGetMax);
  }
  ASSIGN_OR_RETURN(const AsOf at, Resolve(as_of));
  DisclosureBatch batch;
  std::map<std::string_view, const Organization*> organizations;
  const auto want = [&](std::string_view id) {
    const auto [place, inserted] = organizations.try_emplace(id, nullptr);
    if (inserted) place->second = ledger_.FindOrganization(id, at.sequence);
  };
  for (const std::string& id : query.organization_ids) want(id);
  std::set<std::string_view> sources;
  for (size_t i = 0; i < ids.size(); ++i) {
    ASSIGN_OR_RETURN(const uint64_t number,
                     RequireId(fmt::format("disclosure_ids[{}]", i), ids[i]));
    std::optional<Disclosure> found = ledger_.Find(number, at);
    if (!found) {
      batch.missing_ids.push_back(ids[i]);
      continue;
    }
    // The content outlives the map: the batch holds it.
    if (!found->content->organization_id.empty()) want(found->content->organization_id);
    sources.insert(found->content->source.source_id);
    batch.disclosures.push_back(*std::move(found));
  }
  if (query.include_claims) {
    for (const std::string_view source_id : sources) {
      std::vector<Disclosure> claims = ledger_.ClaimsOf(source_id, at);
      std::move(claims.begin(), claims.end(), std::back_inserter(batch.claims));
    }
  }
  for (const auto& [id, organization] : organizations) {
    if (organization != nullptr) batch.organizations.push_back(organization);
  }
  return Stamped<DisclosureBatch>{std::move(batch), at.sequence};
}

absl::StatusOr<Stamped<Page<Disclosure>>> Reader::List(const DisclosureQuery& query,
                                                       const PageRequest& page,
                                                       const CheckLive& check_live) const {
  ASSIGN_OR_RETURN(const DisclosureFilter filter, MakeFilter(query));
  ASSIGN_OR_RETURN(const PageBounds start, BoundsOf(page));
  uint64_t after = 0;
  if (!start.position.empty()) {
    const std::optional<uint64_t> position = ParseDisclosureId(start.position);
    if (!position) return PageTokenInvalid("it is of another store");
    after = *position;
  }
  Stamped<Page<Disclosure>> answer{.sequence = start.as_of.sequence};
  std::vector<Disclosure>& found = answer.value.entries;
  size_t bytes = 0;
  bool more = true;
  while (more && found.size() < start.size && bytes <= kPageBytesMax) {
    RETURN_IF_ERROR(check_live());
    DisclosureScan scan =
        ledger_.Scan(filter, start.as_of, after, {start.size - found.size(), kLookedAtMax});
    const size_t fits = CountThatFits(scan.found, bytes);
    const bool cut = fits < scan.found.size();
    after = cut ? scan.found[fits - 1].id : scan.last_id;
    more = cut || !scan.complete;
    std::move(scan.found.begin(), scan.found.begin() + fits, std::back_inserter(found));
  }
  ASSIGN_OR_RETURN(answer.value.next_position,
                   PositionAfter(more ? FormatDisclosureId(after) : "", answer.sequence));
  return answer;
}

absl::StatusOr<Stamped<std::vector<Disclosure>>> Reader::History(std::string_view id) const {
  ASSIGN_OR_RETURN(const uint64_t number, RequireId("disclosure_id", id));
  const uint64_t sequence = ledger_.sequence();
  std::vector<Disclosure> revisions = ledger_.History(number);
  std::erase_if(revisions, [&](const Disclosure& d) { return d.sequence > sequence; });
  if (revisions.empty()) return DisclosureNotFound(number);
  return Stamped<std::vector<Disclosure>>{std::move(revisions), sequence};
}

absl::StatusOr<Stamped<const Organization*>> Reader::GetOrganization(std::string_view id,
                                                                     const AsOfInput& as_of) const {
  ASSIGN_OR_RETURN(const AsOf at, Resolve(as_of));
  const Organization* const found = ledger_.FindOrganization(id, at.sequence);
  if (found != nullptr) return Stamped<const Organization*>{found, at.sequence};
  if (ledger_.FindOrganization(id) != nullptr) return OrganizationNotFoundAsOf(id, at.sequence);
  return OrganizationNotFound(id, ledger_.OrganizationsLike(id));
}

absl::StatusOr<Stamped<const Group*>> Reader::GetGroup(std::string_view id,
                                                       const AsOfInput& as_of) const {
  ASSIGN_OR_RETURN(const AsOf at, Resolve(as_of));
  const Group* const found = ledger_.FindGroup(id, at.sequence);
  if (found != nullptr) return Stamped<const Group*>{found, at.sequence};
  if (ledger_.FindGroup(id) != nullptr) return GroupNotFoundAsOf(id, at.sequence);
  return GroupNotFound(id, ledger_.GroupsLike(id));
}

absl::StatusOr<Stamped<Page<const Organization*>>> Reader::ListOrganizations(
    const PageRequest& page) const {
  ASSIGN_OR_RETURN(const PageBounds start, BoundsOf(page));
  std::vector<const Organization*> found =
      ledger_.ListOrganizations(start.position, start.size + 1, start.as_of.sequence);
  const std::string last_id =
      found.size() > start.size ? found[start.size - 1]->content.organization_id : "";
  ASSIGN_OR_RETURN(std::string next, PositionAfter(last_id, start.as_of.sequence));
  return Stamped<Page<const Organization*>>{CutPage(std::move(found), start.size, std::move(next)),
                                            start.as_of.sequence};
}

absl::StatusOr<Stamped<Page<const Group*>>> Reader::ListGroups(const PageRequest& page) const {
  ASSIGN_OR_RETURN(const PageBounds start, BoundsOf(page));
  std::vector<const Group*> found =
      ledger_.ListGroups(start.position, start.size + 1, start.as_of.sequence);
  const std::string last_id =
      found.size() > start.size ? found[start.size - 1]->content.group_id : "";
  ASSIGN_OR_RETURN(std::string next, PositionAfter(last_id, start.as_of.sequence));
  return Stamped<Page<const Group*>>{CutPage(std::move(found), start.size, std::move(next)),
                                     start.as_of.sequence};
}

}  // namespace outlay::ingest
