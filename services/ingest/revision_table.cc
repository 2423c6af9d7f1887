#include "services/ingest/revision_table.h"

#include <cstring>
#include <memory>
#include <utility>

namespace outlay::ingest {
namespace {

static_assert(sizeof(Revision) == 64, "every byte more is one for every record there is");

int32_t DayOf(time::Date date) { return static_cast<int32_t>(date.time_since_epoch().count()); }

std::string_view Details(const Revision& revision) {
  return {revision.bytes, revision.details_size};
}
std::string_view Quote(const Revision& revision) {
  return {revision.bytes + revision.details_size, revision.quote_size};
}

}  // namespace

uint32_t RevisionTable::InternNote(const ChangeNote& note) {
  // Those of one batch are equal: they share one.
  if (notes_.empty() || notes_.back() != note) notes_.push_back(note);
  return static_cast<uint32_t>(notes_.size() - 1);
}

uint32_t RevisionTable::InternSource(const Source& source) {
  if (last_source_ && source == last_source_->first) return last_source_->second;
  scratch_.clear();
  PackSource(source, scratch_);
  const uint32_t number = sources_.Intern(scratch_);
  if (number == id_of_source_.size()) id_of_source_.push_back(source_ids_.Intern(source.source_id));
  last_source_ = {UnpackSource(sources_.Get(number)), number};
  return number;
}

Revision RevisionTable::Pack(const RevisionStamp& stamp, std::string_view idempotency_key,
                             const DisclosureContent& content, bool quote_redacted) {
  Revision revision{
      .sequence = stamp.sequence,
      .recorded_at = stamp.recorded_at,
      .published_at = content.published_at.instant,
      .period_start_day = DayOf(content.period.start),
      .period_end_day = DayOf(content.period.end),
      .note = InternNote(stamp.note),
      .organization = organizations_.Intern(content.organization_id),
      .source = InternSource(content.source),
      .measure = static_cast<uint16_t>(measures_.Intern(content.measure)),
      .quote_size = static_cast<uint16_t>(content.quote.size()),
      .key_size = static_cast<uint8_t>(idempotency_key.size()),
      .basis = static_cast<uint8_t>(content.basis),
      .claim_kind = static_cast<uint8_t>(content.claim_kind),
      .quote_redacted = quote_redacted,
      .period_ambiguous = content.period_ambiguous,
      .period_dated = content.period.HasDates(),
      .published_whole_day = content.published_at.whole_day,
  };
  scratch_.clear();
  PackDetails(content, details_, scratch_);
  revision.details_size = static_cast<uint16_t>(scratch_.size());
  scratch_.append(content.quote).append(idempotency_key);
  revision.bytes = bytes_.Put(scratch_);
  return revision;
}

void RevisionTable::AddRecord(const RevisionStamp& stamp, std::string_view idempotency_key,
                              const DisclosureContent& content, bool quote_redacted) {
  first_.push_back(Pack(stamp, idempotency_key, content, quote_redacted));
}

void RevisionTable::AddContent(size_t position, const RevisionStamp& stamp,
                               const DisclosureContent& content, bool quote_redacted) {
  later_[static_cast<uint32_t>(position)].push_back(Pack(stamp, "", content, quote_redacted));
}

Revision RevisionTable::CopyOfLast(size_t position, const RevisionStamp& stamp) {
  Revision revision = Last(position);
  revision.sequence = stamp.sequence;
  revision.recorded_at = stamp.recorded_at;
  revision.note = InternNote(stamp.note);
  return revision;
}

void RevisionTable::AddVoid(size_t position, const RevisionStamp& stamp) {
  Revision revision = CopyOfLast(position, stamp);
  revision.voided = true;
  later_[static_cast<uint32_t>(position)].push_back(revision);
}

void RevisionTable::EraseQuote(Revision& revision) {
  if (revision.quote_size == 0) return;
  // The key, where there is one, stays where it lies: the room of the quote goes to the details, which do not look at it.
  std::memset(revision.bytes + revision.details_size, 0, revision.quote_size);
  revision.details_size = static_cast<uint16_t>(revision.details_size + revision.quote_size);
  revision.quote_size = 0;
  revision.quote_redacted = true;
}

void RevisionTable::AddRedaction(size_t position, const RevisionStamp& stamp) {
  std::vector<Revision>& later = later_[static_cast<uint32_t>(position)];
  EraseQuote(first_[position]);
  for (Revision& revision : later) EraseQuote(revision);
  Revision next = CopyOfLast(position, stamp);
  next.quote_redacted = true;
  later.push_back(next);
}

uint32_t RevisionTable::Count(size_t position) const {
  const auto found = later_.find(static_cast<uint32_t>(position));
  return found == later_.end() ? 1 : 1 + static_cast<uint32_t>(found->second.size());
}

const Revision& RevisionTable::At(size_t position, uint32_t number) const {
  if (number == 1) return first_[position];
  return later_.find(static_cast<uint32_t>(position))->second[number - 2];
}

uint32_t RevisionTable::NumberAsOf(size_t position, uint64_t sequence) const {
  uint32_t number = Count(position);
  while (number > 0 && At(position, number).sequence > sequence) --number;
  return number;
}

std::string_view RevisionTable::IdempotencyKey(size_t position) const {
  const Revision& first = first_[position];
  return {first.bytes + first.details_size + first.quote_size, first.key_size};
}

SourceClass RevisionTable::SourceClassOf(const Revision& revision) const {
  return UnpackSource(sources_.Get(revision.source)).source_class;
}

Disclosure RevisionTable::Read(size_t position, uint32_t number) const {
  const Revision& revision = At(position, number);
  auto content = std::make_shared<DisclosureContent>();
  content->organization_id = organizations_.Get(revision.organization);
  content->measure = measures_.Get(revision.measure);
  content->basis = static_cast<Basis>(revision.basis);
  content->period.start = time::Date(time::Date::duration(revision.period_start_day));
  content->period.end = time::Date(time::Date::duration(revision.period_end_day));
  content->period_ambiguous = revision.period_ambiguous;
  content->claim_kind = static_cast<ClaimKind>(revision.claim_kind);
  content->published_at = {revision.published_at, revision.published_whole_day};
  content->source = UnpackSource(sources_.Get(revision.source));
  UnpackDetails(Details(revision), details_, *content);
  if (revision.quote_size > 0) {
    // Its own: a redaction overwrites what lies here, and those who have read it keep what they have.
    const auto quote = std::make_shared<const std::string>(Quote(revision));
    content->quote = *quote;
    content->owner = quote;
  }
  return {.id = first_[position].sequence,
          .revision = number,
          .voided = revision.voided,
          .quote_redacted = revision.quote_redacted,
          .sequence = revision.sequence,
          .recorded_at = revision.recorded_at,
          .note = &notes_[revision.note],
          .idempotency_key = IdempotencyKey(position),
          .content = std::move(content)};
}

}  // namespace outlay::ingest
