// Records a file of rates.
#ifndef OUTLAY_GATEWAY_CLI_IMPORT_RATES_H_
#define OUTLAY_GATEWAY_CLI_IMPORT_RATES_H_

#include <string>

#include "absl/status/statusor.h"
#include "gateway/cli/client.h"
#include "gateway/cli/import_options.h"

namespace outlay::cli {

// The ECB's historical table, known by its header, or JSON lines of outlay.fx.v1.Rate. Everything else as ImportDisclosures; columns that
// are left out are named on session.err. A figure that differs from the last one stored for its key is recorded, whatever was imported
// before it. A provider given in the options holds for the table (which else is "ecb") and for lines without one.
absl::StatusOr<ImportTally> ImportRates(const Client& client, const std::string& path,
                                        const ImportOptions& options, Session& session);

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_IMPORT_RATES_H_
