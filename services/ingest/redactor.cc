#include "services/ingest/redactor.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "services/common/status/error.h"
#include "services/ingest/errors.h"
#include "services/ingest/revision_key.h"

namespace outlay::ingest {
namespace {

absl::Status CheckCommand(const RedactCommand& command) {
  Violations violations;
  CheckWriteRequest(command.request, ReasonRule::kRequired, violations);
  if (command.source_id.empty()) {
    violations.Add("REQUIRED", "source_id", "is required: the source whose words are removed");
  }
  return violations.ToStatus();
}

// Rounds after the first have ids that no client can send: one with a control character.
std::string RequestIdOf(const WriteRequest& request, uint32_t round) {
  if (request.request_id.empty() || round == 1) return request.request_id;
  return fmt::format("{}\n{}", request.request_id, round);
}

uint32_t CountAppended(const journal::AppendResult& appended) {
  return static_cast<uint32_t>(std::count_if(
      appended.results.begin(), appended.results.end(), [](const journal::RecordResult& result) {
        return result.disposition == journal::Disposition::kAppended;
      }));
}

// A full round may have left records, and one in which others changed a record at the same time has.
bool HasNextRound(const journal::AppendResult& appended) {
  return appended.results.size() >= Redactor::kRecordsPerRound ||
         CountAppended(appended) < appended.results.size();
}

}  // namespace

journal::Record Redactor::MakeRecord(const RedactCommand& command,
                                     const QuotedRecord& quoted) const {
  return {.key = RevisionKey(quoted.id, quoted.revision + 1),
          .payload =
              codec_.Encode({SourceRedacted{command.source_id, {quoted.id}}, command.request.note})
                  .payload,
          .fingerprint = journal::Fingerprint("redaction\n"),
          .erases = quoted.sequences};
}

absl::StatusOr<journal::AppendResult> Redactor::Store(const RedactCommand& command, uint32_t round,
                                                      const std::vector<QuotedRecord>& quoted) {
  RETURN_IF_ERROR(follower_.failure());
  journal::Batch batch{.request_id = RequestIdOf(command.request, round),
                       .request_fingerprint = command.request.fingerprint,
                       .settles_erasures = true};
  for (const QuotedRecord& record : quoted) batch.records.push_back(MakeRecord(command, record));
  if (!ledger_.KnowsSource(command.source_id)) {
    batch.records.push_back({.rejection = codec_.EncodeError(SourceNotFound(command.source_id))});
  }
  ASSIGN_OR_RETURN(journal::AppendResult appended, journal_.Append(std::move(batch)));
  RETURN_IF_ERROR(follower_.WaitApplied(appended.head));
  return appended;
}

absl::StatusOr<RedactionOutcome> Redactor::Redact(const RedactCommand& command) {
  RETURN_IF_ERROR(CheckCommand(command));
  // Nothing that another process has acknowledged is passed over.
  RETURN_IF_ERROR(follower_.LearnMore().status());
  RedactionOutcome outcome;
  for (uint32_t round = 1;; ++round) {
    const std::vector<QuotedRecord> quoted = ledger_.QuotedOf(command.source_id, kRecordsPerRound);
    ASSIGN_OR_RETURN(const journal::AppendResult appended, Store(command, round, quoted));
    for (const journal::RecordResult& result : appended.results) {
      if (result.disposition == journal::Disposition::kRejected) {
        return codec_.DecodeError(result.rejection);
      }
    }
    outcome.redacted_count += CountAppended(appended);
    outcome.sequence = appended.head;
    // Told from the results alone, so that a request that is sent again ends with the round that it ended with, whatever came later.
    if (!HasNextRound(appended)) return outcome;
  }
}

}  // namespace outlay::ingest
