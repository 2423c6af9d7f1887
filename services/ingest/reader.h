// The reads: each as of a point on the two axes of time.
#ifndef OUTLAY_SERVICES_INGEST_READER_H_
#define OUTLAY_SERVICES_INGEST_READER_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/common/journal/journal.h"
#include "services/ingest/as_of.h"
#include "services/ingest/ledger.h"

namespace outlay::ingest {

inline constexpr size_t kBatchGetMax = 10'000;
inline constexpr int64_t kPageSizeMax = 1'000;
inline constexpr size_t kFilterValuesMax = 1'000;

template <typename Value>
struct Stamped {
  Value value;
  uint64_t sequence = 0;  // what the answer reflects
};

// Where a later page begins: what the token of the page before says.
struct PageStart {
  uint64_t sequence = 0;  // the stamp of the first page
  std::string position;   // Page::next_position
};

struct PageRequest {
  int64_t size = 0;                // 0: 100
  std::optional<PageStart> start;  // nullopt: the first page
  AsOfInput as_of;
};

template <typename Entry>
struct Page {
  std::vector<Entry> entries;
  std::string next_position;  // empty on the last page
};

struct DisclosureQuery {
  std::vector<std::string> organization_ids;
  std::vector<std::string> measures;
  std::vector<Basis> bases;
  std::vector<SourceClass> source_classes;
  std::string source_id;
  std::string period_start_date;
  std::string period_end_date;
  bool include_voided = false;
};

struct BatchQuery {
  std::vector<std::string> disclosure_ids;
  std::vector<std::string> organization_ids;  // wanted besides those of the records
  bool include_claims = false;                // of the records' sources
};

struct DisclosureBatch {
  std::vector<Disclosure> disclosures;  // in the order asked
  std::vector<Disclosure> claims;       // by source, then by id
  std::vector<std::string> missing_ids;
  std::vector<const Organization*> organizations;  // by id
};

// Thread safe. Common errors: OUT_OF_RANGE SEQUENCE_AHEAD for as_of.recorded_sequence; those of Journal::SequenceAt for
// as_of.recorded_time, which alone may read the disk.
class Reader {
 public:
  // Asked now and then in long work; an error ends it.
  using CheckLive = std::function<absl::Status()>;

  Reader(journal::Journal& journal, const Ledger& ledger) : journal_(journal), ledger_(ledger) {}

  // NOT_FOUND: DISCLOSURE_NOT_FOUND, NOT_VISIBLE_AS_OF. INVALID_ARGUMENT: MALFORMED_DISCLOSURE_ID.
  absl::StatusOr<Stamped<Disclosure>> Get(std::string_view id, const AsOfInput& as_of) const;

  // INVALID_ARGUMENT: EMPTY_BATCH, BATCH_TOO_LARGE, MALFORMED_DISCLOSURE_ID.
  absl::StatusOr<Stamped<DisclosureBatch>> BatchGet(const BatchQuery& query,
                                                    const AsOfInput& as_of) const;

  // A page may be shorter than asked for, so that it stays below 3 MiB or so. INVALID_ARGUMENT: PAGE_SIZE_OUT_OF_RANGE, PAGE_TOKEN_INVALID,
  // UNKNOWN_ORGANIZATION, UNKNOWN_MEASURE, UNKNOWN_VALUE, MALFORMED_SLUG, TOO_MANY.
  absl::StatusOr<Stamped<Page<Disclosure>>> List(const DisclosureQuery& query,
                                                 const PageRequest& page,
                                                 const CheckLive& check_live) const;

  absl::StatusOr<Stamped<std::vector<Disclosure>>> History(std::string_view id) const;

  // NOT_FOUND: ORGANIZATION_NOT_FOUND, GROUP_NOT_FOUND, NOT_VISIBLE_AS_OF.
  absl::StatusOr<Stamped<const Organization*>> GetOrganization(std::string_view id,
                                                               const AsOfInput& as_of) const;
  absl::StatusOr<Stamped<const Group*>> GetGroup(std::string_view id, const AsOfInput& as_of) const;

  absl::StatusOr<Stamped<Page<const Organization*>>> ListOrganizations(
      const PageRequest& page) const;
  absl::StatusOr<Stamped<Page<const Group*>>> ListGroups(const PageRequest& page) const;

 private:
  struct PageBounds {
    AsOf as_of;
    std::string position;
    size_t size = 0;
  };

  absl::StatusOr<AsOf> Resolve(const AsOfInput& input) const;
  absl::StatusOr<uint64_t> ResolveSequence(const AsOfInput& input) const;
  absl::StatusOr<PageBounds> BoundsOf(const PageRequest& page) const;
  // What tells this journal, up to the sequence, from every other: the page after belongs to it alone.
  absl::StatusOr<std::string> JournalMark(uint64_t sequence) const;
  // Empty for an empty id: there is no page after.
  absl::StatusOr<std::string> PositionAfter(std::string_view last_id, uint64_t sequence) const;
  absl::StatusOr<DisclosureFilter> MakeFilter(const DisclosureQuery& query) const;
  absl::Status WhyNotVisible(uint64_t id, const AsOf& as_of) const;

  journal::Journal& journal_;
  const Ledger& ledger_;
};

}  // namespace outlay::ingest

#endif  // OUTLAY_SERVICES_INGEST_READER_H_
