// The columns of a plain table of rates, bound by their names.
//
//   date,base,quote,value,unit,provider,published
//   2025-02-07,USD,KRW,1447.09,1,own,2025-02-07
//
// `unit` units of `base` (1 where nothing is said) are worth `value` units of `quote` on `date`, as `provider` has it, who published it on
// `published`, a day or an instant. The first four columns are required. Names may be in any case, columns in any order.
#ifndef OUTLAY_GATEWAY_CLI_RATE_COLUMNS_H_
#define OUTLAY_GATEWAY_CLI_RATE_COLUMNS_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "gateway/cli/rate_file.h"

namespace outlay::cli {

class RateColumns {
 public:
  // Whether a first line is the header of such a table: it names a base and a quote.
  static bool IsHeader(std::string_view line);

  // INVALID_ARGUMENT: DOUBLED_COLUMN, MISSING_COLUMN.
  static absl::StatusOr<RateColumns> FromHeader(const std::vector<std::string>& names);

  // What is to be known of the header: columns that are left out.
  const std::vector<std::string>& warnings() const { return warnings_; }

  // INVALID_ARGUMENT: CELL_COUNT, or MALFORMED_RECORD where a cell that must be there is empty or `unit` is no whole number. Dates, currencies and
  // figures are as the table has them.
  absl::StatusOr<FileRate> Read(const std::vector<std::string>& cells) const;

 private:
  std::vector<size_t> columns_;  // of kColumns; its size for those that are left out
  std::vector<std::string> warnings_;
};

// A table to begin with.
std::string RateTemplate();

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_RATE_COLUMNS_H_
