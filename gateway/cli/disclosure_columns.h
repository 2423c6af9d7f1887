// The columns of a table of disclosures: docs/import.md describes them.
#ifndef OUTLAY_GATEWAY_CLI_DISCLOSURE_COLUMNS_H_
#define OUTLAY_GATEWAY_CLI_DISCLOSURE_COLUMNS_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "outlay/ingest/v1/disclosure.pb.h"

namespace outlay::cli {

// All, in the order in which they are written.
std::vector<std::string> DisclosureColumnNames();

// What an entry reads in each column.
std::vector<std::string> CellsOf(const ingest::v1::DisclosureEntry& entry);

// Columns bound by the names of a header, in whatever order.
class DisclosureColumns {
 public:
  // INVALID_ARGUMENT: UNKNOWN_COLUMN with what is near, DOUBLED_COLUMN, MISSING_COLUMN where one is absent that every record needs.
  static absl::StatusOr<DisclosureColumns> FromHeader(const std::vector<std::string>& names);

  // Whether a first record may be a header: one of its cells is the name of a column.
  static bool IsHeader(const std::vector<std::string>& cells);

  // One record. INVALID_ARGUMENT: CELL_COUNT; MALFORMED_CELL with a violation for each cell that is none of the values its column takes. What
  // else must be so of a disclosure is the server's to say.
  absl::StatusOr<ingest::v1::DisclosureEntry> Read(const std::vector<std::string>& cells) const;

 private:
  std::vector<size_t> columns_;  // indices of the table of columns
};

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_DISCLOSURE_COLUMNS_H_
