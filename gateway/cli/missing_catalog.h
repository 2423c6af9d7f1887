// What of a catalogue ingest does not have yet.
#ifndef OUTLAY_GATEWAY_CLI_MISSING_CATALOG_H_
#define OUTLAY_GATEWAY_CLI_MISSING_CATALOG_H_

#include "absl/status/statusor.h"
#include "gateway/cli/client.h"
#include "gateway/cli/import_catalog.h"

namespace outlay::cli {

// The organizations and groups whose ids ingest does not know. What it knows is left out however it differs: whoever changed an entry
// meant it, and a start must not take it back. Calls ListOrganizations and ListGroups, 1,000 entries a page.
absl::StatusOr<CatalogRecords> MissingFromCatalog(const Client& client, CatalogRecords records);

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_MISSING_CATALOG_H_
