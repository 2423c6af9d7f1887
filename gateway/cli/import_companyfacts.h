// Records what SEC EDGAR's companyfacts files say.
#ifndef OUTLAY_GATEWAY_CLI_IMPORT_COMPANYFACTS_H_
#define OUTLAY_GATEWAY_CLI_IMPORT_COMPANYFACTS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "gateway/cli/client.h"
#include "gateway/cli/concept_timeline.h"
#include "gateway/cli/import_options.h"

namespace outlay::cli {

struct CompanyFactsTally {
  ImportTally figures;
  uint64_t failed_files = 0;
};

// Every file is streamed; what it has of its issuer's concepts is recorded in batches. The organization is the one of the catalogue with the
// file's CIK. A file that cannot be read to its end, of an issuer that the catalogue does not have or of one without concepts, is
// named on session.err and counted, and the others go on; what such a file had before the damage is recorded. An error is one of a call.
absl::StatusOr<CompanyFactsTally> ImportCompanyFacts(const Client& client,
                                                     const std::vector<std::string>& paths,
                                                     const ConceptTimeline& timeline,
                                                     const ImportOptions& options,
                                                     Session& session);

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_IMPORT_COMPANYFACTS_H_
