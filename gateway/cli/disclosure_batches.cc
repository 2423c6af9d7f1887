#include "gateway/cli/disclosure_batches.h"

#include "services/common/status/error.h"

namespace outlay::cli {
namespace {

using ingest::v1::IngestService;

constexpr size_t kBatchSize = 500;

absl::StatusOr<BatchOutcome> Send(const Client& client, const ImportOptions& options,
                                  Patience& patience, const DisclosureBatches::Batch& batch,
                                  const std::string& request_id) {
  ingest::v1::RecordDisclosuresRequest request;
  *request.mutable_change() = options.Note();
  request.set_mode(journal::v1::BATCH_MODE_BEST_EFFORT);
  request.set_validate_only(options.dry_run);
  for (const auto& pending : batch) *request.add_entries() = pending.record;
  if (!options.dry_run) request.set_request_id(request_id);
  ASSIGN_OR_RETURN(const ingest::v1::RecordDisclosuresResponse response, patience.Call([&] {
    return Call(client, *client.ingest, &IngestService::Stub::RecordDisclosures, request);
  }));
  BatchOutcome outcome = {std::vector<RecordOutcome>(batch.size()),
                          response.stamp().ingest_sequence()};
  for (size_t i = 0; i < batch.size() && i < static_cast<size_t>(response.results_size()); ++i) {
    const ingest::v1::DisclosureResult& result = response.results(static_cast<int>(i));
    outcome.records[i] = {result.status(), result.error(), result.voided()};
  }
  return outcome;
}

}  // namespace

DisclosureBatches MakeDisclosureBatches(const Client& client, const ImportOptions& options,
                                        Patience& patience, const char* counted,
                                        ImportTally& tally) {
  return DisclosureBatches(
      {kBatchSize, counted, options.dry_run},
      [&client, &options, &patience, run = ImportRun()](const auto& batch, uint64_t number) {
        return Send(client, options, patience, batch, run.RequestId(number));
      },
      tally);
}

}  // namespace outlay::cli
