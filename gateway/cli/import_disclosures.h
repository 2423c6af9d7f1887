// Records a file of disclosures.
#ifndef OUTLAY_GATEWAY_CLI_IMPORT_DISCLOSURES_H_
#define OUTLAY_GATEWAY_CLI_IMPORT_DISCLOSURES_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "gateway/cli/client.h"
#include "gateway/cli/disclosure_template.h"
#include "gateway/cli/import_options.h"

namespace outlay::cli {

// One JSON object: a DisclosureEntry, or a bare Disclosure.
absl::StatusOr<ingest::v1::DisclosureEntry> ParseDisclosureLine(std::string_view line);

// Of a file, by its first record, else by its name: braces are JSON lines, the name of a column makes a header. `wanted` is "csv", "jsonl" or empty and
// goes before both. INVALID_ARGUMENT (UNKNOWN_FORMAT).
absl::StatusOr<DisclosureFormat> FormatOf(const std::string& path, std::string_view first_record,
                                          std::string_view wanted);

// A table or JSON lines; blank lines and those that begin with "#" are skipped. Malformed records and refused ones are in the tally, or reported by
// kRejectionsKept, and stop nothing. A record with a disclosure_id that the store has under it, and that reads so there, is already there.
// What ends it early is in the tally too, once something was read: an error of the file (a quote that is never closed, a read error), up to which
// everything was sent; or one of a call, which names the lines that are not settled. The same import again goes on from there.
absl::StatusOr<ImportTally> ImportDisclosures(const Client& client, const std::string& path,
                                              const ImportOptions& options, Session& session);

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_IMPORT_DISCLOSURES_H_
