// Records a file of rates.
#ifndef OUTLAY_GATEWAY_CLI_IMPORT_RATES_H_
#define OUTLAY_GATEWAY_CLI_IMPORT_RATES_H_

#include <string>

#include "absl/status/statusor.h"
#include "gateway/cli/client.h"
#include "gateway/cli/import_options.h"

namespace outlay::cli {

// Any of RateFormat, found out by what the file begins with. Everything else as ImportDisclosures; columns that are left out are named on
// session.err. A figure that differs from the last one stored for its key is recorded, whatever was imported before it. A provider given in
// the options holds for formats that are one provider's too; in a plain table and JSON lines it holds for records that name none.
absl::StatusOr<ImportTally> ImportRates(const Client& client, const std::string& path,
                                        const ImportOptions& options, Session& session);

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_IMPORT_RATES_H_
