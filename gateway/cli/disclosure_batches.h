// Disclosures on their way to ingest.
#ifndef OUTLAY_GATEWAY_CLI_DISCLOSURE_BATCHES_H_
#define OUTLAY_GATEWAY_CLI_DISCLOSURE_BATCHES_H_

#include "gateway/cli/client.h"
#include "gateway/cli/import_options.h"
#include "gateway/cli/patience.h"
#include "gateway/cli/record_batches.h"

namespace outlay::cli {

using DisclosureBatches = RecordBatches<ingest::v1::DisclosureEntry>;

// Batches that are sent through the gateway under the options' note. `counted` as RecordBatches has it. All arguments must outlive them.
DisclosureBatches MakeDisclosureBatches(const Client& client, const ImportOptions& options,
                                        Patience& patience, const char* counted,
                                        ImportTally& tally);

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_DISCLOSURE_BATCHES_H_
