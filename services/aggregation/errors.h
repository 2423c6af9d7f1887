// The errors of aggregation, one function each.
#ifndef OUTLAY_SERVICES_AGGREGATION_ERRORS_H_
#define OUTLAY_SERVICES_AGGREGATION_ERRORS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "services/common/time/period.h"

namespace outlay::aggregation {

// INVALID_ARGUMENT, about the field named or given.
absl::Status NoQueries();                   // NO_QUERIES, "queries"
absl::Status TooManyQueries(size_t count);  // TOO_MANY_QUERIES, "queries"
absl::Status EmptyScope();                  // EMPTY_SCOPE, "organization_ids"
absl::Status NoPeriods();                   // NO_PERIODS, "periods"
absl::Status TooManyPeriods(size_t count);  // TOO_MANY_PERIODS, "periods"
absl::Status TooManyFigures(size_t organizations, size_t periods);  // TOO_MANY_FIGURES, "periods"
absl::Status MissingPeriod(std::string_view field);                 // MISSING_PERIOD
absl::Status PeriodDisagrees(const time::Period& of_label);  // PERIOD_DISAGREES, "start_date"
absl::Status FiscalPeriodWithDates(std::string_view label);  // PERIOD_DISAGREES, "start_date"
absl::Status MalformedSlug(std::string_view field, std::string_view text);  // MALFORMED_SLUG
absl::Status UnknownMeasure(std::string_view field, std::string_view id);   // UNKNOWN_MEASURE
// UNKNOWN_VALUE; `choices` are the right ones.
absl::Status UnknownValue(std::string_view field, int number, std::string_view choices);
absl::Status PageSizeOutOfRange(int64_t value);       // PAGE_SIZE_OUT_OF_RANGE, "page_size"
absl::Status PageTokenInvalid(std::string_view why);  // PAGE_TOKEN_INVALID, "page_token"

// NOT_FOUND, with metadata `id` and, where there are any, `nearest` (ids, by comma).
absl::Status UnknownOrganization(std::string_view field, std::string_view id,
                                 const std::vector<std::string>& nearest);  // UNKNOWN_ORGANIZATION
absl::Status UnknownGroup(std::string_view field, std::string_view id,
                          const std::vector<std::string>& nearest);  // UNKNOWN_GROUP

// OUT_OF_RANGE.
absl::Status SumOverflow(std::string_view cell);  // AMOUNT_OVERFLOW
absl::Status SequenceAhead(std::string_view field, uint64_t sequence,
                           uint64_t head);  // SEQUENCE_AHEAD

// UNAVAILABLE, with retry advice.
absl::Status NotReady(uint64_t applied_sequence, uint64_t head_sequence);  // NOT_READY
// BEHIND_MINIMUM, about the field that asks for the sequence.
absl::Status BehindMinimum(std::string_view field, uint64_t applied_sequence, uint64_t minimum);

// Of the feed. INTERNAL, SEQUENCE_GAP: the change is not the one after the last that was applied.
absl::Status SequenceGap(uint64_t applied_sequence, uint64_t sequence);
// INTERNAL, UNREADABLE_CHANGE: a change that this version cannot read.
absl::Status UnreadableChange(std::string_view why);

}  // namespace outlay::aggregation

#endif  // OUTLAY_SERVICES_AGGREGATION_ERRORS_H_
