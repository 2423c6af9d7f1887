// Cells: sums of figures, with what tells them apart and what their reader should know.
#ifndef OUTLAY_SERVICES_AGGREGATION_CELL_H_
#define OUTLAY_SERVICES_AGGREGATION_CELL_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/aggregation/figures.h"
#include "services/aggregation/query.h"
#include "services/common/money/decimal.h"
#include "services/common/money/interval.h"

namespace outlay::aggregation {

inline constexpr size_t kMaxContributors = 100;

// Which rate a figure wants, for any provider.
struct RateDate {
  enum class Kind : uint8_t { kOnDate, kAverageOf, kEndOf };

  Kind kind = Kind::kOnDate;
  time::Date date{};  // kOnDate
  time::Period
      period;  // kAverageOf, kEndOf: under its calendar label, so that nobody needs a fiscal calendar
};

// Fields outside the query's dimensions are empty.
struct CellKey {
  std::string organization_id;
  std::string group_id;
  std::optional<time::Period> period;  // as wanted; a fiscal one without dates
  std::string measure;
  std::string definition;
  std::optional<Basis> basis;
  std::string currency_code;
  std::optional<RateDate> rate_date;
};

// Orders cells, and names a place among them: equal for equal keys alone. Periods sort by date, fiscal labels after those with
// dates, undated last.
std::string OrderOf(const CellKey& key);

// "amazon, 2025, USD", for messages.
std::string DescribeKey(const CellKey& key);

// The rate that a figure wants by the query's rule; none where the query does not tell cells apart by it.
std::optional<RateDate> RateDateFor(const Query& query, const Disclosure& figure);

CellKey KeyOfCell(const Query& query, const Figure& figure, const std::string& group_id);

// "320 = 255 stated + 65 ceiling": the sums of the point values by what they are. Absent where there is no such part.
struct Composition {
  std::optional<money::Decimal> stated;
  std::optional<money::Decimal> floors;
  std::optional<money::Decimal> ceilings;
  std::optional<money::Decimal> midpoints;

  friend bool operator==(const Composition&, const Composition&) = default;
};

struct Warning {
  std::string code;  // of docs/semantics.md, section 7
  std::string message;
  std::string organization_id;  // empty: the whole

  friend bool operator==(const Warning&, const Warning&) = default;
};

// A disclosure behind a cell, with what would stand for it alone.
struct Contributor : JudgedStatement {
  std::optional<money::Decimal> point;  // by the query's rule
  std::optional<RateDate> rate_date;
};

struct Cell {
  CellKey key;
  money::Interval interval;
  std::optional<money::Decimal>
      point;  // absent where some part has none; then the composition is empty
  Composition composition;
  bool approximate = false;
  int32_t figure_count = 0;
  std::vector<std::string> measures;  // in order of appearance, as the next three
  std::vector<std::string> definitions;
  std::vector<Basis> bases;
  std::vector<time::Period> periods;  // of the figures, where they are not the cell's
  std::vector<Contributor> contributors;
  int32_t contributors_left_out = 0;
  std::vector<Warning> warnings;
};

// A figure in a cell, with further disclosures that are no part of it: a subsidiary's.
struct CellPart {
  const Figure* figure = nullptr;
  std::vector<JudgedStatement> beside;
};

// Adds the parts up, exactly: at least one part, all of `key`'s currency. AMOUNT_OVERFLOW.
absl::StatusOr<Cell> MakeCell(const Query& query, CellKey key, const std::vector<CellPart>& parts,
                              bool with_contributors);

}  // namespace outlay::aggregation

#endif  // OUTLAY_SERVICES_AGGREGATION_CELL_H_
