#include "services/fx/errors.h"

#include <map>
#include <utility>

#include "fmt/format.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"

namespace outlay::fx {
namespace {

using absl::StatusCode;
using Metadata = std::map<std::string, std::string>;

constexpr int64_t kRetryAfterMs = 100;

Metadata MetadataOf(const Lookup& lookup) {
  return {{"provider", lookup.provider},
          {"from_currency", lookup.from_currency},
          {"to_currency", lookup.to_currency}};
}

absl::Status NotFound(std::string_view reason, std::string_view message, Metadata metadata) {
  return MakeError(StatusCode::kNotFound, message,
                   {.reason = std::string(reason), .metadata = std::move(metadata)});
}

absl::Status OutOfRange(std::string_view reason, std::string_view message, Metadata metadata) {
  return MakeError(StatusCode::kOutOfRange, message,
                   {.reason = std::string(reason), .metadata = std::move(metadata)});
}

std::string Pair(const Lookup& lookup) {
  return fmt::format("{} per {}", lookup.to_currency, lookup.from_currency);
}

std::string Days(int64_t days) { return fmt::format("{} {}", days, days == 1 ? "day" : "days"); }

// What to add to the message of an error that a held fixing is the cause of.
std::string TakeHeld(const std::optional<HeldFixing>& held, Metadata& metadata) {
  if (!held) return "";
  metadata["held_date"] = time::FormatDate(held->date);
  metadata["held_sequence"] = std::to_string(held->sequence);
  return fmt::format("; that of {} (sequence {}) is held as suspicious until it is released",
                     time::FormatDate(held->date), held->sequence);
}

std::string JoinQuoted(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) {
    if (!text.empty()) text += ", ";
    text += Quote(word);
  }
  return text;
}

}  // namespace

absl::Status MissingField(std::string_view field, std::string_view description) {
  return InvalidField("MISSING_FIELD", field, fmt::format("is required: {}", description));
}

absl::Status UnexpectedField(std::string_view field, std::string_view description) {
  return InvalidField("UNEXPECTED_FIELD", field, fmt::format("must be absent: {}", description));
}

absl::Status TooLong(std::string_view field, size_t bytes, size_t bytes_max) {
  return InvalidField("TOO_LONG", field,
                      fmt::format("has {} bytes; at most {} are taken", bytes, bytes_max));
}

absl::Status WrongNumberOf(std::string_view field, size_t found, size_t max) {
  return InvalidField("WRONG_NUMBER_OF_ELEMENTS", field,
                      fmt::format("has {} elements; a request takes 1 to {}", found, max));
}

absl::Status UnknownEnumValue(std::string_view field, int value, std::string_view choices) {
  return InvalidField("UNKNOWN_ENUM_VALUE", field,
                      fmt::format("{} is none of its values: {}", value, choices));
}

absl::Status MalformedProvider(std::string_view field, std::string_view text,
                               std::string_view description) {
  return InvalidField("MALFORMED_PROVIDER", field,
                      fmt::format("{} is no provider: {}", Quote(text), description));
}

absl::Status SameCurrency(std::string_view field, std::string_view code) {
  return InvalidField(
      "SAME_CURRENCY", field,
      fmt::format("{} is the other currency too; a rate is between two currencies", code));
}

absl::Status NotPositive(std::string_view field, std::string_view value) {
  return InvalidField("NOT_POSITIVE", field, fmt::format("{} is not above zero", value));
}

absl::Status InvalidUnit(int unit) {
  return InvalidField(
      "INVALID_UNIT", "unit",
      fmt::format("{} is not a power of ten from 1 to 1000000; leave it out for 1", unit));
}

absl::Status InvalidWrittenUnit(std::string_view field, std::string_view value,
                                std::string_view amount) {
  return InvalidField(
      "INVALID_WRITTEN_UNIT", field,
      fmt::format("{} is not a power of ten below twice the amount {}", value, amount));
}

absl::Status FigureOutOfRange(std::string_view field, std::string_view description) {
  return InvalidField("FIGURE_OUT_OF_RANGE", field, description);
}

absl::Status FutureDate(std::string_view field, std::string_view text, time::Instant now) {
  return InvalidField("FUTURE_DATE", field,
                      fmt::format("{} is to come: it is {} now", text, time::FormatInstant(now)));
}

absl::Status PublishedBeforeFixing(std::string_view published_at, time::Date fixing_date) {
  return InvalidField("PUBLISHED_BEFORE_FIXING", "published_at",
                      fmt::format("{} is before the fixing date {} has begun anywhere",
                                  published_at, time::FormatDate(fixing_date)));
}

absl::Status NumberOutOfRange(std::string_view field, int64_t value, int64_t min, int64_t max,
                              std::string_view unit) {
  return InvalidField("NUMBER_OUT_OF_RANGE", field,
                      fmt::format("{} is not between {} and {} {}", value, min, max, unit));
}

absl::Status EmptyPeriod(time::Date start, time::Date end) {
  return InvalidField("EMPTY_PERIOD", "end_date",
                      fmt::format("{} is not after the start date {}: it is the day after the "
                                  "period's last",
                                  time::FormatDate(end), time::FormatDate(start)));
}

absl::Status FixedRatePair(const Lookup& lookup, std::string_view base, std::string_view quote) {
  return InvalidField(
      "FIXED_RATE_PAIR", "base_currency",
      fmt::format("a rate of {} per {} does not convert {} to {}; name these two, either way round",
                  quote, base, lookup.from_currency, lookup.to_currency),
      {{"from_currency", lookup.from_currency}, {"to_currency", lookup.to_currency}});
}

absl::Status SpecIndexOutOfRange(uint32_t index, size_t count) {
  return InvalidField(
      "SPEC_INDEX_OUT_OF_RANGE", "spec_index",
      fmt::format("{} names none of the request's {} specs, which count from 0", index, count));
}

absl::Status PageTokenInvalid(std::string_view why) {
  return InvalidField("PAGE_TOKEN_INVALID", "page_token",
                      fmt::format("{}; use next_page_token as it was given", why));
}

absl::Status UnknownProvider(std::string_view provider, const std::vector<std::string>& known) {
  return NotFound("UNKNOWN_PROVIDER",
                  fmt::format("there is no rate by the provider {}{}; there are {}",
                              Quote(provider), DidYouMean(provider, known), JoinQuoted(known)),
                  {{"provider", std::string(provider)}});
}

absl::Status NoPath(const Lookup& lookup) {
  return NotFound(
      "NO_PATH",
      fmt::format("{} publishes nothing that links {} and {}: no rate of the two, and no rate of "
                  "both with its base currency",
                  lookup.provider, lookup.from_currency, lookup.to_currency),
      MetadataOf(lookup));
}

absl::Status UnknownImpliedRate(const Lookup& lookup, const std::vector<std::string>& known_sources,
                                const std::vector<std::string>& pairs) {
  const std::string where =
      pairs.empty()
          ? fmt::format("no implied rate of the source {} is known{}", Quote(lookup.provider),
                        DidYouMean(lookup.provider, known_sources))
          : fmt::format("the source {} implies no rate between {} and {}; it has {}",
                        Quote(lookup.provider), lookup.from_currency, lookup.to_currency,
                        fmt::join(pairs, ", "));
  return NotFound("UNKNOWN_IMPLIED_RATE", where,
                  {{"source_id", lookup.provider},
                   {"from_currency", lookup.from_currency},
                   {"to_currency", lookup.to_currency}});
}

absl::Status DateToCome(std::string_view field, time::Date date, time::Date last_day) {
  return MakeError(
      StatusCode::kOutOfRange,
      fmt::format("{}: {} is to come; the last day is {}", field, time::FormatDate(date),
                  time::FormatDate(last_day)),
      {.reason = "DATE_TO_COME",
       .metadata = {{"date", time::FormatDate(date)}, {"last_day", time::FormatDate(last_day)}},
       .violations = {
           {std::string(field), fmt::format("must not be after {}", time::FormatDate(last_day))}}});
}

absl::Status BeforeCoverage(const Lookup& lookup, time::Date date, std::optional<time::Date> first,
                            time::Instant published, const std::optional<HeldFixing>& held) {
  Metadata metadata = MetadataOf(lookup);
  metadata["requested_date"] = time::FormatDate(date);
  std::string message;
  if (first) {
    metadata["first_date"] = time::FormatDate(*first);
    message = fmt::format("{} has no {} for {}: its first fixing is of {}", lookup.provider,
                          Pair(lookup), time::FormatDate(date), time::FormatDate(*first));
  } else {
    message = fmt::format("{} had published no {} by {}", lookup.provider, Pair(lookup),
                          time::FormatInstant(published));
  }
  message += TakeHeld(held, metadata);
  return OutOfRange("BEFORE_COVERAGE", message, std::move(metadata));
}

absl::Status RateTooOld(const Lookup& lookup, time::Date date, int max_age_days,
                        const NearestFixings& nearest, const std::optional<HeldFixing>& held) {
  Metadata metadata = MetadataOf(lookup);
  metadata["requested_date"] = time::FormatDate(date);
  metadata["max_age_days"] = std::to_string(max_age_days);
  std::string around;
  if (nearest.previous) {
    metadata["previous_date"] = time::FormatDate(*nearest.previous);
    around = fmt::format("{} before it is of {}", Days((date - *nearest.previous).count()),
                         time::FormatDate(*nearest.previous));
  }
  if (nearest.next) {
    metadata["next_date"] = time::FormatDate(*nearest.next);
    if (!around.empty()) around += ", ";
    around += fmt::format("{} after it is of {}", Days((*nearest.next - date).count()),
                          time::FormatDate(*nearest.next));
  }
  around += TakeHeld(held, metadata);
  return OutOfRange(
      "RATE_TOO_OLD",
      fmt::format("{} has no {} within {} of {}; the nearest fixing {}", lookup.provider,
                  Pair(lookup), Days(max_age_days), time::FormatDate(date), around),
      std::move(metadata));
}

absl::Status PeriodUnfinished(time::Date end, time::Instant published, bool to_date_possible) {
  return OutOfRange(
      "PERIOD_UNFINISHED",
      fmt::format("the period that ends before {} is not over at {}{}", time::FormatDate(end),
                  time::FormatInstant(published),
                  to_date_possible ? "; set to_date for the average of what there is" : ""),
      {{"end_date", time::FormatDate(end)}, {"published", time::FormatInstant(published)}});
}

absl::Status CoverageIncomplete(const Lookup& lookup, const Coverage& coverage,
                                std::string_view why) {
  Metadata metadata = MetadataOf(lookup);
  metadata["start_date"] = time::FormatDate(coverage.start);
  metadata["end_date"] = time::FormatDate(coverage.end);
  metadata["fixing_count"] = std::to_string(coverage.pair_fixings);
  metadata["provider_fixing_count"] = std::to_string(coverage.provider_fixings);
  return OutOfRange(
      "COVERAGE_INCOMPLETE",
      fmt::format("{} has {} on {} of its {} fixing days from {} to the day before "
                  "{}: {}",
                  lookup.provider, Pair(lookup), coverage.pair_fixings, coverage.provider_fixings,
                  time::FormatDate(coverage.start), time::FormatDate(coverage.end), why),
      std::move(metadata));
}

absl::Status ConvertedAmountOverflow(std::string_view amount, const Lookup& lookup) {
  return OutOfRange("AMOUNT_OVERFLOW",
                    fmt::format("{} {} in {} is beyond what an amount holds: 9,223,372,036,854,"
                                "775,807 units and 9 places",
                                amount, lookup.from_currency, lookup.to_currency),
                    {{"from_currency", lookup.from_currency}, {"to_currency", lookup.to_currency}});
}

absl::Status SequenceAhead(uint64_t sequence, uint64_t head) {
  return OutOfRange(
      "SEQUENCE_AHEAD",
      fmt::format("recorded_sequence {} is beyond the journal's last, {}", sequence, head),
      {{"sequence", std::to_string(sequence)}, {"head", std::to_string(head)}});
}

absl::Status NotHeld(uint64_t sequence, std::string_view why) {
  return MakeError(
      StatusCode::kFailedPrecondition,
      fmt::format("entry {} is no held rate: {}; ListFlaggedRates lists those that are", sequence,
                  why),
      {.reason = "NOT_HELD", .metadata = {{"sequence", std::to_string(sequence)}}});
}

absl::Status BehindMinimum(uint64_t minimum, uint64_t applied) {
  return MakeError(StatusCode::kUnavailable,
                   fmt::format("minimum_sequence {} is not reached here; this server is at {}",
                               minimum, applied),
                   {.reason = "BEHIND_MINIMUM",
                    .metadata = {{"minimum_sequence", std::to_string(minimum)},
                                 {"sequence", std::to_string(applied)}},
                    .retry_after_ms = kRetryAfterMs});
}

absl::Status KeysContended() {
  return MakeError(StatusCode::kUnavailable,
                   "others record the same rates at the same time; send the request again",
                   {.reason = "KEYS_CONTENDED", .retry_after_ms = kRetryAfterMs});
}

absl::Status UnreadableChange(uint64_t sequence, std::string_view why) {
  return MakeError(
      StatusCode::kDataLoss,
      fmt::format("entry {} of the journal cannot be read: {}", sequence, why),
      {.reason = "UNREADABLE_CHANGE", .metadata = {{"sequence", std::to_string(sequence)}}});
}

}  // namespace outlay::fx
