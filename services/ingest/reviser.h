// Correcting and voiding: new revisions of a record that is there.
#ifndef OUTLAY_SERVICES_INGEST_REVISER_H_
#define OUTLAY_SERVICES_INGEST_REVISER_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/common/journal/journal.h"
#include "services/common/time/clock.h"
#include "services/ingest/change_codec.h"
#include "services/ingest/follower.h"
#include "services/ingest/ledger.h"
#include "services/ingest/request_rules.h"

namespace outlay::ingest {

// Which record, as the client read it.
struct RevisionTarget {
  std::string disclosure_id;
  uint32_t expected_revision = 0;
};

struct CorrectCommand {
  WriteRequest request;
  RevisionTarget target;
  std::optional<DisclosureInput> disclosure;  // the whole record as it should read
  std::string record_id;                      // the id that stands in it; may be empty
};

struct VoidCommand {
  WriteRequest request;
  RevisionTarget target;
};

struct RevisionOutcome {
  Disclosure disclosure;  // as the change left it
  uint64_t sequence = 0;  // the journal after the change
};

// The journal decides between two that change one revision: revision n of a record has one key, "revision/<id>/<n>". So the same change
// sent twice is a replay, and another one is refused. A refusal is kept with the request id.
//
// Thread safe; outlives what it has under way.
class Reviser {
 public:
  using Done = std::function<void(absl::StatusOr<RevisionOutcome>)>;

  Reviser(journal::Journal& journal, const Ledger& ledger, Follower& follower,
          const ChangeCodec& codec, const time::Clock& clock)
      : journal_(journal), ledger_(ledger), follower_(follower), codec_(codec), clock_(clock) {}

  // Checks on the calling thread, then returns; `done` runs once, after the ledger has the change, on any thread, which it must not block.
  //   INVALID_ARGUMENT     those of CheckWriteRequest and DisclosureValidator; PUBLISHED_AT_FIXED, SOURCE_FIXED, ORGANIZATION_FIXED;
  //                        NOTHING_TO_CORRECT; MALFORMED_DISCLOSURE_ID; DISCLOSURE_ID_DIFFERS
  //   NOT_FOUND            DISCLOSURE_NOT_FOUND
  //   FAILED_PRECONDITION  REVISION_CHANGED, ALREADY_VOIDED
  // and the errors of Journal::Submit, and of Follower::LearnMore where the change would be refused.
  void Correct(CorrectCommand command, Done done);
  void Void(VoidCommand command, Done done);

 private:
  absl::StatusOr<DisclosureContent> CheckCorrection(DisclosureInput input,
                                                    const Disclosure& current) const;
  absl::StatusOr<journal::Record> MakeCorrection(const CorrectCommand& command,
                                                 const Disclosure& current) const;
  absl::StatusOr<journal::Record> MakeVoid(const VoidCommand& command,
                                           const Disclosure& current) const;
  using MakeRevision = std::function<absl::StatusOr<journal::Record>(const Disclosure& current)>;

  void Decide(const WriteRequest& request, const RevisionTarget& target, const MakeRevision& make,
              Done done);
  void Submit(const WriteRequest& request, const RevisionTarget& target, uint64_t id,
              absl::StatusOr<journal::Record> record, Done done);
  absl::StatusOr<RevisionOutcome> MakeOutcome(uint64_t id, uint32_t expected_revision,
                                              const journal::AppendResult& appended) const;

  journal::Journal& journal_;
  const Ledger& ledger_;
  Follower& follower_;
  const ChangeCodec& codec_;
  const time::Clock& clock_;
};

}  // namespace outlay::ingest

#endif  // OUTLAY_SERVICES_INGEST_REVISER_H_
