// Records a file of disclosures.
#ifndef OUTLAY_GATEWAY_CLI_IMPORT_DISCLOSURES_H_
#define OUTLAY_GATEWAY_CLI_IMPORT_DISCLOSURES_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "gateway/cli/client.h"
#include "gateway/cli/import_options.h"

namespace outlay::cli {

// One JSON object: a DisclosureEntry, or a bare Disclosure.
absl::StatusOr<ingest::v1::DisclosureEntry> ParseDisclosureLine(std::string_view line);

// JSON lines; blank ones and those that begin with "#" are skipped. Malformed lines and refused records are in the tally and stop nothing.
// An error is one of the file or of a call; what was recorded before it stays, and the same import again goes on from there.
absl::StatusOr<ImportTally> ImportDisclosures(const Client& client, const std::string& path,
                                              const ImportOptions& options, Session& session);

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_IMPORT_DISCLOSURES_H_
