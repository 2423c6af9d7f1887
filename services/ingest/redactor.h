// Removing the quoted words of a source.
#ifndef OUTLAY_SERVICES_INGEST_REDACTOR_H_
#define OUTLAY_SERVICES_INGEST_REDACTOR_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/common/journal/journal.h"
#include "services/ingest/change_codec.h"
#include "services/ingest/follower.h"
#include "services/ingest/ledger.h"
#include "services/ingest/request_rules.h"

namespace outlay::ingest {

struct RedactCommand {
  WriteRequest request;
  std::string source_id;
};

struct RedactionOutcome {
  uint32_t redacted_count = 0;  // records that lost their words
  uint64_t sequence = 0;        // the journal after the redaction
};

// The words go from every revision of every record of the source that is there, from memory and from the journal's rows. What stays is
// the figure, the key and the fingerprint, so that the same statement sent again is a replay and brings no words back. A record that is
// made later keeps the words it is sent with.
//
// Thread safe. Blocks until the ledger has the change: not from the journal's, the follower's or gRPC's threads.
class Redactor {
 public:
  Redactor(journal::Journal& journal, const Ledger& ledger, Follower& follower,
           const ChangeCodec& codec)
      : journal_(journal), ledger_(ledger), follower_(follower), codec_(codec) {}

  // Goes in rounds of at most kRecordsPerRound records, each all on disk when the next begins; one that was broken off goes on where it
  // stopped when it is sent again.
  //   INVALID_ARGUMENT  those of CheckWriteRequest; REQUIRED
  //   NOT_FOUND         SOURCE_NOT_FOUND
  //   UNAVAILABLE       ERASURE_PENDING: redacted, but another program keeps the words in the write-ahead log; send it again
  // and the errors of Journal::Submit.
  absl::StatusOr<RedactionOutcome> Redact(const RedactCommand& command);

  static constexpr size_t kRecordsPerRound = 1'000;

 private:
  absl::StatusOr<journal::AppendResult> Store(const RedactCommand& command, uint32_t round,
                                              const std::vector<QuotedRecord>& quoted);
  journal::Record MakeRecord(const RedactCommand& command, const QuotedRecord& quoted) const;

  journal::Journal& journal_;
  const Ledger& ledger_;
  Follower& follower_;
  const ChangeCodec& codec_;
};

}  // namespace outlay::ingest

#endif  // OUTLAY_SERVICES_INGEST_REDACTOR_H_
