// All revisions of all records, packed: what filters look at in columns of fixed size, the rest as bytes.
#ifndef OUTLAY_SERVICES_INGEST_REVISION_TABLE_H_
#define OUTLAY_SERVICES_INGEST_REVISION_TABLE_H_

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "services/ingest/content_packing.h"
#include "services/ingest/disclosure.h"
#include "services/ingest/text_table.h"

namespace outlay::ingest {

// Who made a revision, and when.
struct RevisionStamp {
  uint64_t sequence = 0;
  time::Instant recorded_at;
  const ChangeNote& note;
};

// One revision as it is kept. Numbers of texts are those of the RevisionTable's tables.
struct Revision {
  uint64_t sequence = 0;
  time::Instant recorded_at;
  time::Instant published_at;
  char* bytes = nullptr;         // details, quote, idempotency key, one after the other
  int32_t period_start_day = 0;  // since 1970
  int32_t period_end_day = 0;
  uint32_t note = 0;
  uint32_t organization = 0;
  uint32_t source = 0;
  uint16_t measure = 0;
  uint16_t details_size = 0;
  uint16_t quote_size = 0;
  uint8_t key_size = 0;
  uint8_t basis = 0;
  uint8_t claim_kind = 0;
  bool voided : 1 = false;
  bool quote_redacted : 1 = false;
  bool period_ambiguous : 1 = false;
  bool period_dated : 1 = false;
  bool published_whole_day : 1 = false;
};

// Records have positions from 0 in the order of their recording. Not thread safe; see Ledger.
class RevisionTable {
 public:
  size_t size() const { return first_.size(); }

  // The first revision of a new record; its position is the size before.
  void AddRecord(const RevisionStamp& stamp, std::string_view idempotency_key,
                 const DisclosureContent& content, bool quote_redacted);
  // Another revision of a record that is there, with a content of its own, or with that of the one before.
  void AddContent(size_t position, const RevisionStamp& stamp, const DisclosureContent& content,
                  bool quote_redacted);
  void AddVoid(size_t position, const RevisionStamp& stamp);
  // The quotes go from all revisions of the record, overwritten where they lay; the new one is marked too.
  void AddRedaction(size_t position, const RevisionStamp& stamp);

  const Revision& First(size_t position) const { return first_[position]; }
  const Revision& Last(size_t position) const { return At(position, Count(position)); }
  // How many it has; the last has this number.
  uint32_t Count(size_t position) const;
  // By number, from 1.
  const Revision& At(size_t position, uint32_t number) const;
  // The number of the last one made by the sequence; 0 where the first was made later. O(revisions).
  uint32_t NumberAsOf(size_t position, uint64_t sequence) const;

  Disclosure Read(size_t position, uint32_t number) const;

  // Empty where a record has none.
  std::string_view IdempotencyKey(size_t position) const;
  SourceClass SourceClassOf(const Revision& revision) const;
  // The number of its source_id; several sources of one id may differ in their other words.
  uint32_t SourceIdOf(const Revision& revision) const { return id_of_source_[revision.source]; }

  const TextTable& organizations() const { return organizations_; }
  const TextTable& measures() const { return measures_; }
  const TextTable& source_ids() const { return source_ids_; }

 private:
  Revision Pack(const RevisionStamp& stamp, std::string_view idempotency_key,
                const DisclosureContent& content, bool quote_redacted);
  Revision CopyOfLast(size_t position, const RevisionStamp& stamp);
  uint32_t InternNote(const ChangeNote& note);
  uint32_t InternSource(const Source& source);
  static void EraseQuote(Revision& revision);

  std::deque<Revision> first_;
  absl::flat_hash_map<uint32_t, std::vector<Revision>> later_;  // by position
  std::deque<ChangeNote> notes_;
  ByteBlocks bytes_;
  TextTable organizations_;
  TextTable measures_;
  DetailTables details_;
  TextTable sources_;  // packed
  TextTable source_ids_;
  std::vector<uint32_t> id_of_source_;
  // With its number: bulk data has it again and again.
  std::optional<std::pair<Source, uint32_t>> last_source_;
  std::string scratch_;
};

}  // namespace outlay::ingest

#endif  // OUTLAY_SERVICES_INGEST_REVISION_TABLE_H_
