#include "gateway/cli/import_disclosures.h"

#include "gateway/cli/file_lines.h"
#include "gateway/cli/progress.h"
#include "gateway/cli/proto_json.h"
#include "gateway/cli/record_batches.h"
#include "services/common/status/error.h"

namespace outlay::cli {
namespace {

using ingest::v1::DisclosureEntry;
using ingest::v1::IngestService;
using Batches = RecordBatches<DisclosureEntry>;

constexpr size_t kBatchSize = 500;

absl::StatusOr<uint64_t> HeadSequence(const Client& client) {
  ingest::v1::ListDisclosuresRequest request;
  request.set_page_size(1);
  ASSIGN_OR_RETURN(const ingest::v1::ListDisclosuresResponse response,
                   Call(client, *client.ingest, &IngestService::Stub::ListDisclosures, request));
  return response.stamp().ingest_sequence();
}

absl::StatusOr<BatchOutcome> Send(const Client& client, const ImportOptions& options,
                                  const Batches::Batch& batch, std::optional<uint64_t> number) {
  ingest::v1::RecordDisclosuresRequest request;
  *request.mutable_change() = options.Note();
  request.set_mode(journal::v1::BATCH_MODE_BEST_EFFORT);
  request.set_validate_only(options.dry_run);
  for (const auto& pending : batch) *request.add_entries() = pending.record;
  if (number && !options.dry_run) request.set_request_id(ImportRequestId(request, *number));
  ASSIGN_OR_RETURN(const ingest::v1::RecordDisclosuresResponse response,
                   Call(client, *client.ingest, &IngestService::Stub::RecordDisclosures, request));
  BatchOutcome outcome = {std::vector<RecordOutcome>(batch.size()),
                          response.stamp().ingest_sequence()};
  for (size_t i = 0; i < batch.size() && i < static_cast<size_t>(response.results_size()); ++i) {
    const ingest::v1::DisclosureResult& result = response.results(static_cast<int>(i));
    outcome.records[i] = {result.status(), result.sequence(), result.error()};
  }
  return outcome;
}

}  // namespace

absl::StatusOr<DisclosureEntry> ParseDisclosureLine(std::string_view line) {
  DisclosureEntry entry;
  const bool is_entry = HasField(line, "disclosure") || HasField(line, "idempotencyKey") ||
                        HasField(line, "idempotency_key");
  if (is_entry) {
    RETURN_IF_ERROR(ParseJson(line, &entry));
  } else {
    RETURN_IF_ERROR(ParseJson(line, entry.mutable_disclosure()));
  }
  return entry;
}

absl::StatusOr<ImportTally> ImportDisclosures(const Client& client, const std::string& path,
                                              const ImportOptions& options, Session& session) {
  ASSIGN_OR_RETURN(FileLines lines, FileLines::Open(path));
  ASSIGN_OR_RETURN(const uint64_t head, HeadSequence(client));
  ImportTally tally;
  Batches batches(
      kBatchSize, head,
      [&](const auto& batch, auto number) { return Send(client, options, batch, number); }, tally);
  Progress progress(session.err, session.err_terminal, "disclosures", lines.size());
  std::string line;
  while (lines.NextRecord(&line)) {
    ++tally.read;
    absl::StatusOr<DisclosureEntry> entry = ParseDisclosureLine(line);
    if (entry.ok()) {
      RETURN_IF_ERROR(batches.Add({lines.number(), line, *std::move(entry)}));
    } else {
      tally.rejections.push_back(MakeRejection(lines.number(), entry.status(), line));
    }
    progress.Update(lines.bytes_read(), tally.read);
  }
  RETURN_IF_ERROR(batches.Flush());
  return tally;
}

}  // namespace outlay::cli
