// A question about spending, read and checked.
#ifndef OUTLAY_SERVICES_AGGREGATION_QUERY_H_
#define OUTLAY_SERVICES_AGGREGATION_QUERY_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "services/aggregation/disclosure.h"
#include "services/aggregation/period_match.h"

namespace outlay::aggregation {

inline constexpr size_t kMaxQueries = 20;
inline constexpr size_t kMaxPeriods = 200;
inline constexpr int32_t kDefaultPageSize = 10'000;
inline constexpr int32_t kMaxPageSize = 100'000;
// Organizations times periods of one query.
inline constexpr size_t kMaxFigures = 200'000;

// By what cells are told apart, besides currency and rate date.
struct Dimensions {
  bool organization = false;
  bool group = false;
  bool period = false;
  bool measure = false;
  bool definition = false;
  bool basis = false;

  static Dimensions Default() { return {.organization = true, .period = true}; }

  friend bool operator==(const Dimensions&, const Dimensions&) = default;
};

// Which number of an interval stands for it in a total.
enum class PointRule : uint8_t { kDefault, kLow, kHigh };

// Whether cells are told apart by the rate that each figure wants.
enum class RateDateRule : uint8_t { kNone, kByFigure, kPeriodAverage, kPeriodEnd };

// Lists of preference hold each entry once, the preferred first; an empty list admits everything and prefers nothing.
struct Query {
  std::string query_id;
  std::vector<std::string> organization_ids;
  std::vector<std::string> group_ids;
  std::vector<std::string> measures;     // never empty once completed
  std::vector<std::string> definitions;  // "" is the unspecified one
  std::vector<Basis> bases;              // never empty once completed
  std::vector<SourceClass> source_classes;
  std::vector<WantedPeriod> periods;
  Dimensions group_by = Dimensions::Default();
  PointRule point_rule = PointRule::kDefault;
  RateDateRule rate_date_rule = RateDateRule::kNone;
};

// As of when: both axes. Absent means "now", all that is known.
struct AsOf {
  std::optional<time::Moment> published;
  std::optional<uint64_t> recorded_sequence;
  std::optional<time::Instant> recorded_time;  // not with recorded_sequence
};

// Checks the query and fills in its defaults; takes repeated periods and preferences out. INVALID_ARGUMENT: EMPTY_SCOPE
// ("organization_ids"), NO_PERIODS and TOO_MANY_PERIODS ("periods"), MALFORMED_SLUG ("measures[1]"), UNKNOWN_MEASURE ("measures[1]").
absl::Status CompleteQuery(Query& query);

}  // namespace outlay::aggregation

#endif  // OUTLAY_SERVICES_AGGREGATION_QUERY_H_
