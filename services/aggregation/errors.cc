#include "services/aggregation/errors.h"

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "services/aggregation/query.h"
#include "services/common/measures/measures.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"

namespace outlay::aggregation {
namespace {

constexpr int64_t kNotReadyRetryMs = 1'000;
constexpr int64_t kBehindRetryMs = 200;

absl::Status UnknownId(std::string_view kind, std::string_view reason, std::string_view field,
                       std::string_view id, const std::vector<std::string>& nearest) {
  std::string description = fmt::format("no {} has the id {}", kind, Quote(id));
  ErrorDetail detail{.reason = std::string(reason), .metadata = {{"id", std::string(id)}}};
  if (!nearest.empty()) {
    std::vector<std::string> quoted;
    for (const std::string& candidate : nearest) quoted.push_back(Quote(candidate));
    description += fmt::format(" (did you mean {}?)", fmt::join(quoted, ", "));
    detail.metadata["nearest"] = fmt::format("{}", fmt::join(nearest, ","));
  }
  detail.violations.push_back({std::string(field), description});
  return MakeError(absl::StatusCode::kNotFound, fmt::format("{}: {}", field, description),
                   std::move(detail));
}

absl::Status TryLater(std::string_view reason, std::string_view message, int64_t retry_after_ms,
                      std::map<std::string, std::string> metadata) {
  return MakeError(absl::StatusCode::kUnavailable, message,
                   {.reason = std::string(reason),
                    .metadata = std::move(metadata),
                    .retry_after_ms = retry_after_ms});
}

}  // namespace

absl::Status NoQueries() {
  return InvalidField("NO_QUERIES", "queries",
                      fmt::format("there is no query; give 1 to {}", kMaxQueries));
}

absl::Status TooManyQueries(size_t count) {
  return InvalidField("TOO_MANY_QUERIES", "queries",
                      fmt::format("{} queries are too many; give 1 to {}", count, kMaxQueries));
}

absl::Status EmptyScope() {
  return InvalidField("EMPTY_SCOPE", "organization_ids",
                      "nobody is asked about; give at least one of organization_ids or group_ids");
}

absl::Status NoPeriods() {
  return InvalidField(
      "NO_PERIODS", "periods",
      fmt::format("no period is asked about; give 1 to {}, such as the label \"2025\"",
                  kMaxPeriods));
}

absl::Status TooManyPeriods(size_t count) {
  return InvalidField("TOO_MANY_PERIODS", "periods",
                      fmt::format("{} periods are too many; give 1 to {}", count, kMaxPeriods));
}

absl::Status TooManyFigures(size_t organizations, size_t periods) {
  return InvalidField(
      "TOO_MANY_FIGURES", "periods",
      fmt::format("{} organizations over {} periods are more than {} figures; ask for fewer "
                  "periods or smaller groups",
                  organizations, periods, kMaxFigures));
}

absl::Status MissingPeriod(std::string_view field) {
  return InvalidField("MISSING_PERIOD", field,
                      "give a label such as \"2025\", or both start_date and end_date");
}

absl::Status PeriodDisagrees(const time::Period& of_label) {
  const std::string dates = of_label.HasDates() ? fmt::format("from {} up to but not including {}",
                                                              time::FormatDate(of_label.start),
                                                              time::FormatDate(of_label.end))
                                                : "without dates";
  return InvalidField("PERIOD_DISAGREES", "start_date",
                      fmt::format("the period {} is {}; give those dates, or the label alone",
                                  Quote(of_label.label), dates));
}

absl::Status FiscalPeriodWithDates(std::string_view label) {
  return InvalidField("PERIOD_DISAGREES", "start_date",
                      fmt::format("the dates of {} are each organization's own; give the label "
                                  "alone, or the dates alone",
                                  Quote(label)));
}

absl::Status MalformedSlug(std::string_view field, std::string_view text) {
  return InvalidField("MALFORMED_SLUG", field,
                      fmt::format("{} is no slug; give lower-case letters, digits and single "
                                  "underscores, such as \"capital_expenditure\"",
                                  Quote(text)));
}

absl::Status UnknownMeasure(std::string_view field, std::string_view id) {
  return InvalidField("UNKNOWN_MEASURE", field, measures::NoSuchMeasure(id));
}

absl::Status UnknownValue(std::string_view field, int number, std::string_view choices) {
  return InvalidField("UNKNOWN_VALUE", field,
                      fmt::format("{} is none of the values; give {}", number, choices));
}

absl::Status PageSizeOutOfRange(int64_t value) {
  return InvalidField("PAGE_SIZE_OUT_OF_RANGE", "page_size",
                      fmt::format("{} is out of range; give 1 to {}, or 0 for {}", value,
                                  kMaxPageSize, kDefaultPageSize));
}

absl::Status PageTokenInvalid(std::string_view why) {
  return InvalidField("PAGE_TOKEN_INVALID", "page_token",
                      fmt::format("{}; give the next_page_token of the page before, with the "
                                  "request otherwise unchanged",
                                  why));
}

absl::Status UnknownOrganization(std::string_view field, std::string_view id,
                                 const std::vector<std::string>& nearest) {
  return UnknownId("organization", "UNKNOWN_ORGANIZATION", field, id, nearest);
}

absl::Status UnknownGroup(std::string_view field, std::string_view id,
                          const std::vector<std::string>& nearest) {
  return UnknownId("group", "UNKNOWN_GROUP", field, id, nearest);
}

absl::Status SumOverflow(std::string_view cell) {
  return MakeError(absl::StatusCode::kOutOfRange,
                   fmt::format("the sum of {} has more than 38 digits; ask for smaller groups "
                               "or fewer periods",
                               cell),
                   {.reason = "AMOUNT_OVERFLOW"});
}

absl::Status NotReady(uint64_t applied_sequence, uint64_t head_sequence) {
  return TryLater(
      "NOT_READY",
      fmt::format("the view has not yet caught up with ingest's journal: it has {} of {} entries",
                  applied_sequence,
                  head_sequence == 0 ? "an unknown number of" : std::to_string(head_sequence)),
      kNotReadyRetryMs, {{"applied_sequence", std::to_string(applied_sequence)}});
}

absl::Status BehindMinimum(std::string_view field, uint64_t applied_sequence, uint64_t minimum) {
  const std::string description =
      fmt::format("the view has reached sequence {} of ingest's journal, not yet {}",
                  applied_sequence, minimum);
  return MakeError(absl::StatusCode::kUnavailable, fmt::format("{}: {}", field, description),
                   {.reason = "BEHIND_MINIMUM",
                    .metadata = {{"applied_sequence", std::to_string(applied_sequence)},
                                 {"minimum_sequence", std::to_string(minimum)}},
                    .violations = {{std::string(field), description}},
                    .retry_after_ms = kBehindRetryMs});
}

absl::Status SequenceAhead(std::string_view field, uint64_t sequence, uint64_t head) {
  const std::string description = fmt::format(
      "{} is beyond the end of ingest's journal, {}; give at most that, or minimum_sequence too to "
      "wait for it",
      sequence, head);
  return MakeError(
      absl::StatusCode::kOutOfRange, fmt::format("{}: {}", field, description),
      {.reason = "SEQUENCE_AHEAD",
       .metadata = {{"sequence", std::to_string(sequence)}, {"head", std::to_string(head)}},
       .violations = {{std::string(field), description}}});
}

absl::Status SequenceGap(uint64_t applied_sequence, uint64_t sequence) {
  return MakeError(absl::StatusCode::kInternal,
                   fmt::format("after sequence {} the feed has {}, not {}", applied_sequence,
                               sequence, applied_sequence + 1),
                   {.reason = "SEQUENCE_GAP"});
}

absl::Status UnreadableChange(std::string_view why) {
  return MakeError(absl::StatusCode::kInternal, fmt::format("unreadable change: {}", why),
                   {.reason = "UNREADABLE_CHANGE"});
}

}  // namespace outlay::aggregation
