// Records the catalogue: organizations and groups.
#ifndef OUTLAY_GATEWAY_CLI_IMPORT_CATALOG_H_
#define OUTLAY_GATEWAY_CLI_IMPORT_CATALOG_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "gateway/cli/client.h"
#include "gateway/cli/import_options.h"
#include "gateway/cli/patience.h"

namespace outlay::cli {

// Where a record stands.
struct CatalogPlace {
  std::string path;
  size_t line = 0;
};

struct CatalogRecords {
  std::vector<ingest::v1::Organization> organizations;
  std::vector<CatalogPlace> organization_places;
  std::vector<ingest::v1::Group> groups;
  std::vector<CatalogPlace> group_places;
};

// Reads JSON lines of outlay.ingest.v1.Organization and Group from files, and from all files of folders that end in ".jsonl", by name,
// but concepts.jsonl, which says what filings mean and is read when they are. Blank lines and those that begin with "#" are skipped. INVALID_ARGUMENT (CATALOG_MALFORMED) names every malformed line.
absl::StatusOr<CatalogRecords> ReadCatalog(const std::vector<std::string>& paths);

struct CatalogTally {
  size_t organizations = 0;
  size_t groups = 0;
  uint32_t changed = 0;  // those that were not so already
  uint64_t head_sequence = 0;
};

// "67 organizations and 5 groups, 0 added or changed".
std::string CatalogSummary(const CatalogTally& tally, Language language);

// At most 1,000 organizations and 1,000 groups go in one call: all or none. More go in calls of 1,000, the organizations first, each call
// all or none: those before a refused one are stored. What is stored already changes nothing. A refusal names file and line.
absl::StatusOr<CatalogTally> ImportCatalog(const Client& client, const CatalogRecords& records,
                                           const ImportOptions& options, Patience& patience);

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_IMPORT_CATALOG_H_
