// Writes the disclosures of a store so that they can be imported again.
#ifndef OUTLAY_GATEWAY_CLI_EXPORT_DISCLOSURES_H_
#define OUTLAY_GATEWAY_CLI_EXPORT_DISCLOSURES_H_

#include <cstdint>
#include <ostream>

#include "absl/status/statusor.h"
#include "gateway/cli/client.h"
#include "gateway/cli/disclosure_template.h"
#include "gateway/cli/session.h"

namespace outlay::cli {

struct ExportTally {
  uint64_t written = 0;
  uint64_t ingest_sequence = 0;  // the stamp of all pages
};

// All records as of then in the order of their recording, voided ones left out, page by page; all pages are of one stamp. Errors of the
// calls; whether `out` took it all is the caller's to check.
absl::StatusOr<ExportTally> ExportDisclosures(const Client& client, const journal::v1::AsOf& as_of,
                                              DisclosureFormat format, std::ostream& out,
                                              Session& session);

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_EXPORT_DISCLOSURES_H_
