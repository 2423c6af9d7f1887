// The errors of fx, one function each. Field paths are relative; callers put theirs in front with
// Under.
#ifndef OUTLAY_SERVICES_FX_ERRORS_H_
#define OUTLAY_SERVICES_FX_ERRORS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "services/common/time/date.h"
#include "services/common/time/instant.h"

namespace outlay::fx {

// What a rate was looked up for.
struct Lookup {
  std::string provider;
  std::string from_currency;
  std::string to_currency;
};

// INVALID_ARGUMENT, about one field of what a client sent.
absl::Status MissingField(std::string_view field, std::string_view description);  // MISSING_FIELD
absl::Status UnexpectedField(std::string_view field,
                             std::string_view description);                    // UNEXPECTED_FIELD
absl::Status TooLong(std::string_view field, size_t bytes, size_t bytes_max);  // TOO_LONG
absl::Status WrongNumberOf(std::string_view field, size_t found,
                           size_t max);  // WRONG_NUMBER_OF_ELEMENTS
absl::Status UnknownEnumValue(std::string_view field, int value,
                              std::string_view choices);  // UNKNOWN_ENUM_VALUE
absl::Status MalformedProvider(std::string_view field, std::string_view text,
                               std::string_view description);              // MALFORMED_PROVIDER
absl::Status SameCurrency(std::string_view field, std::string_view code);  // SAME_CURRENCY
absl::Status NotPositive(std::string_view field, std::string_view value);  // NOT_POSITIVE
absl::Status InvalidUnit(int unit);                                        // INVALID_UNIT
absl::Status InvalidWrittenUnit(std::string_view field, std::string_view value,
                                std::string_view amount);  // INVALID_WRITTEN_UNIT
absl::Status FigureOutOfRange(std::string_view field,
                              std::string_view description);  // FIGURE_OUT_OF_RANGE
absl::Status FutureDate(std::string_view field, std::string_view text,
                        time::Instant now);  // FUTURE_DATE
absl::Status PublishedBeforeFixing(std::string_view published_at,
                                   time::Date fixing_date);  // PUBLISHED_BEFORE_FIXING
absl::Status NumberOutOfRange(std::string_view field, int64_t value, int64_t min, int64_t max,
                              std::string_view unit);        // NUMBER_OUT_OF_RANGE
absl::Status EmptyPeriod(time::Date start, time::Date end);  // EMPTY_PERIOD
absl::Status FixedRatePair(const Lookup& lookup, std::string_view base,
                           std::string_view quote);              // FIXED_RATE_PAIR
absl::Status SpecIndexOutOfRange(uint32_t index, size_t count);  // SPEC_INDEX_OUT_OF_RANGE
absl::Status PageTokenInvalid(std::string_view why);             // PAGE_TOKEN_INVALID

// NOT_FOUND.
absl::Status UnknownProvider(std::string_view provider,
                             const std::vector<std::string>& known);  // UNKNOWN_PROVIDER
absl::Status NoPath(const Lookup& lookup);                            // NO_PATH
absl::Status UnknownImpliedRate(const Lookup& lookup, const std::vector<std::string>& known_sources,
                                const std::vector<std::string>& pairs);  // UNKNOWN_IMPLIED_RATE

// OUT_OF_RANGE.
absl::Status DateToCome(std::string_view field, time::Date date,
                        time::Date last_day);  // DATE_TO_COME
// A fixing that would have answered, were it not held.
struct HeldFixing {
  time::Date date;
  uint64_t sequence = 0;
};
// `first` absent: nothing was published by `published`.
absl::Status BeforeCoverage(
    const Lookup& lookup, time::Date date, std::optional<time::Date> first, time::Instant published,
    const std::optional<HeldFixing>& held = std::nullopt);  // BEFORE_COVERAGE
struct NearestFixings {
  std::optional<time::Date> previous;
  std::optional<time::Date> next;
};
absl::Status RateTooOld(const Lookup& lookup, time::Date date, int max_age_days,
                        const NearestFixings& nearest,
                        const std::optional<HeldFixing>& held = std::nullopt);  // RATE_TOO_OLD
absl::Status PeriodUnfinished(time::Date end, time::Instant published,
                              bool to_date_possible);  // PERIOD_UNFINISHED
struct Coverage {
  time::Date start;
  time::Date end;  // exclusive
  int pair_fixings = 0;
  int provider_fixings = 0;
};
absl::Status CoverageIncomplete(const Lookup& lookup, const Coverage& coverage,
                                std::string_view why);  // COVERAGE_INCOMPLETE
absl::Status ConvertedAmountOverflow(std::string_view amount,
                                     const Lookup& lookup);    // AMOUNT_OVERFLOW
absl::Status SequenceAhead(uint64_t sequence, uint64_t head);  // SEQUENCE_AHEAD

// FAILED_PRECONDITION.
absl::Status NotHeld(uint64_t sequence, std::string_view why);  // NOT_HELD

// UNAVAILABLE, with retry advice.
absl::Status BehindMinimum(uint64_t minimum, uint64_t applied);  // BEHIND_MINIMUM
absl::Status KeysContended();                                    // KEYS_CONTENDED

// DATA_LOSS: an entry of the journal is none of ours.
absl::Status UnreadableChange(uint64_t sequence, std::string_view why);  // UNREADABLE_CHANGE

}  // namespace outlay::fx

#endif  // OUTLAY_SERVICES_FX_ERRORS_H_
