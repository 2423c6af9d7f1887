#include "gateway/cli/disclosure_batches.h"

#include "services/common/status/error.h"

namespace outlay::cli {
namespace {

using ingest::v1::IngestService;

constexpr size_t kBatchSize = 500;

absl::StatusOr<BatchOutcome> Send(const Client& client, const ImportOptions& options,
                                  const DisclosureBatches::Batch& batch,
                                  std::optional<uint64_t> number) {
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

absl::StatusOr<uint64_t> IngestHead(const Client& client) {
  ingest::v1::ListDisclosuresRequest request;
  request.set_page_size(1);
  ASSIGN_OR_RETURN(const ingest::v1::ListDisclosuresResponse response,
                   Call(client, *client.ingest, &IngestService::Stub::ListDisclosures, request));
  return response.stamp().ingest_sequence();
}

DisclosureBatches MakeDisclosureBatches(const Client& client, const ImportOptions& options,
                                        uint64_t head, ImportTally& tally) {
  return DisclosureBatches(
      kBatchSize, head,
      [&client, &options](const auto& batch, auto number) {
        return Send(client, options, batch, number);
      },
      tally);
}

}  // namespace outlay::cli
