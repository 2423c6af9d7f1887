// Rates on their way to the fx service.
#ifndef OUTLAY_GATEWAY_CLI_RATE_BATCHES_H_
#define OUTLAY_GATEWAY_CLI_RATE_BATCHES_H_

#include <string>

#include "gateway/cli/client.h"
#include "gateway/cli/import_options.h"
#include "gateway/cli/patience.h"
#include "gateway/cli/rate_file.h"
#include "gateway/cli/record_batches.h"
#include "outlay/fx/v1/rate.pb.h"

namespace outlay::cli {

using RateBatches = RecordBatches<fx::v1::Rate>;

// All arguments must outlive the batches.
RateBatches MakeRateBatches(const Client& client, const ImportOptions& options, Patience& patience,
                            ImportTally& tally);

// The figure as a reference rate of `provider`, where it names none itself.
fx::v1::Rate ToProto(const FileRate& figure, const std::string& provider);

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_RATE_BATCHES_H_
