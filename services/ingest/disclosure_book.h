// All disclosures with all their revisions, as of any sequence.
#ifndef OUTLAY_SERVICES_INGEST_DISCLOSURE_BOOK_H_
#define OUTLAY_SERVICES_INGEST_DISCLOSURE_BOOK_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "services/ingest/as_of.h"
#include "services/ingest/disclosure.h"
#include "services/ingest/revision_table.h"

namespace outlay::ingest {

// Empty sets and texts take everything.
struct DisclosureFilter {
  std::set<std::string, std::less<>> organization_ids;
  std::set<std::string, std::less<>> measures;
  std::set<Basis> bases;
  std::set<SourceClass> source_classes;
  std::string source_id;
  std::optional<time::Date> period_start;  // periods that end after it
  std::optional<time::Date> period_end;    // periods that start before it
  bool include_voided = false;
};

// A stretch of a list.
struct DisclosureScan {
  std::vector<Disclosure> found;
  uint64_t last_id = 0;   // go on after it
  bool complete = false;  // nothing is left after it
};

// A record of which some revision still has quoted words.
struct QuotedRecord {
  uint64_t id = 0;
  uint32_t revision = 0;            // its last
  std::vector<uint64_t> sequences;  // of the changes that made the revisions with words
};

struct ScanBounds {
  size_t found_max = 0;
  size_t looked_at_max = 0;  // records
};

// Not thread safe; see Ledger.
class DisclosureBook {
 public:
  // Why a record cannot be read as of then.
  enum class Visibility { kVisible, kUnknown, kRecordedLater, kPublishedLater };

  Visibility See(uint64_t id, const AsOf& as_of) const;

  // The last revision made by as_of.sequence of a record published by as_of.published. O(log n).
  std::optional<Disclosure> Find(uint64_t id, const AsOf& as_of) const;

  // All revisions, oldest first; empty where there is no such record.
  std::vector<Disclosure> History(uint64_t id) const;

  // How a record stands now; nullopt where there is none.
  struct Standing {
    uint32_t revision = 0;
    bool voided = false;
  };
  std::optional<Standing> StandingOf(uint64_t id) const;

  // The id of the record at a position: the number of records recorded before it.
  uint64_t IdAt(size_t position) const { return revisions_.First(position).sequence; }
  std::string_view IdempotencyKeyAt(size_t position) const {
    return revisions_.IdempotencyKey(position);
  }

  // Records after `after_id` in order of their ids that the filter takes as of then. Looks only at the records of the
  // filter's organizations, or of its source, where it names them.
  DisclosureScan Scan(const DisclosureFilter& filter, const AsOf& as_of, uint64_t after_id,
                      const ScanBounds& bounds) const;

  // The claims of a source as of then, voided ones left out, in order of their ids. O(claims of the source).
  std::vector<Disclosure> ClaimsOf(std::string_view source_id, const AsOf& as_of) const;

  bool KnowsSource(std::string_view source_id) const;
  // Those of the source, at most `limit`, in order of their ids, voided ones too. O(records of the source).
  std::vector<QuotedRecord> QuotedOf(std::string_view source_id, size_t limit) const;

  // The first revision of a record, whose id is the stamp's sequence; ids rise.
  void Add(const RevisionStamp& stamp, std::string_view idempotency_key,
           const DisclosureContent& content, bool quote_redacted);
  // The next one of a record that is there.
  void Correct(uint64_t id, const RevisionStamp& stamp, const DisclosureContent& content,
               bool quote_redacted);
  void Void(uint64_t id, const RevisionStamp& stamp);
  // From all revisions of the record; readers who have copied one keep what they have.
  void Redact(uint64_t id, const RevisionStamp& stamp);

  size_t size() const { return revisions_.size(); }

 private:
  using Positions = std::vector<uint32_t>;  // of records, rising
  class Selection;

  std::optional<size_t> PositionOf(uint64_t id) const;
  size_t FirstAfter(uint64_t id) const;
  void IndexClaim(const Revision& revision, size_t position);

  RevisionTable revisions_;
  std::vector<Positions> by_organization_;  // by the number of its text, as those below
  std::vector<Positions> by_source_id_;
  // Records of which some revision is a claim.
  absl::flat_hash_map<uint32_t, Positions> claims_by_source_id_;
};

}  // namespace outlay::ingest

#endif  // OUTLAY_SERVICES_INGEST_DISCLOSURE_BOOK_H_
