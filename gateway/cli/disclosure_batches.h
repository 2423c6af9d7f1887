// Disclosures on their way to ingest.
#ifndef OUTLAY_GATEWAY_CLI_DISCLOSURE_BATCHES_H_
#define OUTLAY_GATEWAY_CLI_DISCLOSURE_BATCHES_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "gateway/cli/client.h"
#include "gateway/cli/import_options.h"
#include "gateway/cli/record_batches.h"

namespace outlay::cli {

using DisclosureBatches = RecordBatches<ingest::v1::DisclosureEntry>;

// The last sequence of ingest's journal.
absl::StatusOr<uint64_t> IngestHead(const Client& client);

// Batches that are sent through the gateway under the options' note. All arguments must outlive them.
DisclosureBatches MakeDisclosureBatches(const Client& client, const ImportOptions& options,
                                        uint64_t head, ImportTally& tally);

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_DISCLOSURE_BATCHES_H_
