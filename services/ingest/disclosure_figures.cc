// The rules of a disclosure's period, amount and times.
#include <utility>

#include "fmt/format.h"
#include "services/common/money/currency.h"
#include "services/common/status/text.h"
#include "services/ingest/disclosure_validator.h"
#include "services/ingest/measures.h"

namespace outlay::ingest::rules {
namespace {

// Both dates of an input that has them, or nullopt with the violations added. Those beside a label may have been computed from it: a fiscal
// year 1900 begins in 1899.
std::optional<std::pair<time::Date, time::Date>> TakeDates(const PeriodInput& input,
                                                           Violations& violations) {
  const auto parse = input.label.empty() ? time::ParseDate : time::ParseComputedDate;
  const std::optional<time::Date> start =
      violations.Take("period.start_date", parse(input.start_date));
  const std::optional<time::Date> end = violations.Take("period.end_date", parse(input.end_date));
  if (!start || !end) return std::nullopt;
  if (*end <= *start) {
    violations.Add("MALFORMED_PERIOD", "period.end_date",
                   fmt::format("{} is not after {}: end_date is the day after the last",
                               input.end_date, input.start_date));
    return std::nullopt;
  }
  return std::pair(*start, *end);
}

bool NeedsUnknownCalendar(std::string_view label, const time::FiscalCalendar* calendar) {
  const absl::StatusOr<time::PeriodLabel> parsed = time::ParsePeriodLabel(label);
  return calendar == nullptr && parsed.ok() && parsed->fiscal;
}

void CheckDatesAgree(const PeriodInput& input, const time::Period& period,
                     const std::pair<time::Date, time::Date>& dates, Violations& violations) {
  if (period.HasDates() && period.start == dates.first && period.end == dates.second) return;
  violations.Add(
      "PERIOD_MISMATCH", "period",
      period.HasDates()
          ? fmt::format(
                "label {} is {} to {} (the day after its last), but the dates are {} to {}: "
                "send the label or the dates alone",
                input.label, time::FormatDate(period.start), time::FormatDate(period.end),
                input.start_date, input.end_date)
          : fmt::format("label {} has no dates, but {} to {} are given", input.label,
                        input.start_date, input.end_date));
}

// A fiscal period as it was recorded. That some calendar has it so tells it from a slip of the pen.
std::optional<time::Period> TakeRecordedPeriod(const PeriodInput& input,
                                               const std::pair<time::Date, time::Date>& dates,
                                               Violations& violations) {
  const std::optional<time::PeriodLabel> label =
      violations.Take("period.label", time::ParsePeriodLabel(input.label));
  if (!label) return std::nullopt;
  if (!label->fiscal) {
    violations.Add("PERIOD_MISMATCH", "period.fiscal",
                   fmt::format("is set, but {} is no fiscal period: leave it out", input.label));
    return std::nullopt;
  }
  std::optional<time::Period> period =
      time::FiscalPeriodOfSomeCalendar(*label, dates.first, dates.second);
  if (!period) {
    violations.Add("PERIOD_MISMATCH", "period",
                   fmt::format("label {} is {} to {} (the day after its last) in no fiscal "
                               "calendar: send the label or the dates alone",
                               input.label, input.start_date, input.end_date));
  }
  return period;
}

// A text as a number; absent texts stay absent. Sets `ok` to false where it is malformed.
std::optional<money::Decimal> TakeDecimal(std::string_view field,
                                          std::optional<std::string_view> text, bool& ok,
                                          Violations& violations) {
  if (!text) return std::nullopt;
  std::optional<money::Decimal> value = violations.Take(field, money::Decimal::Parse(*text));
  ok = ok && value.has_value();
  return value;
}

// Whether figures of this input cannot be negative: by the measure, unless the definition nets something, or the claim states a
// change, which goes either way.
bool IsNonNegative(const DisclosureInput& input) {
  const Measure* const measure = FindMeasure(input.measure);
  if (measure == nullptr || input.claim_kind == ClaimKind::kChange) return false;
  const Definition* const definition = measure->Find(input.definition);
  return measure->non_negative && (definition == nullptr || !definition->may_be_negative);
}

bool CheckPresence(const DisclosureInput& input, Violations& violations) {
  if (input.action == StatementAction::kWithdrawn) {
    if (input.amount) {
      violations.Add("WITHDRAWN_WITH_AMOUNT", "amount",
                     "withdrawn guidance has nothing in its place: leave the amount out, or record "
                     "the new figure as STATED");
    }
    if (input.basis != Basis::kGuidance) {
      violations.Add("WITHDRAWN_NOT_GUIDANCE", "action",
                     "only guidance is withdrawn: the basis must be BASIS_GUIDANCE");
    }
    return false;
  }
  if (!input.amount) violations.Add("REQUIRED", "amount", "is required: how much");
  return input.amount.has_value();
}

}  // namespace

std::optional<time::Period> TakePeriod(const DisclosureInput& input,
                                       const time::FiscalCalendar* calendar, bool subject_known,
                                       Violations& violations) {
  const PeriodInput given = input.period.value_or(PeriodInput{});
  const bool has_dates = !given.start_date.empty() || !given.end_date.empty();
  if (given.label.empty() && !has_dates) {
    violations.Add("REQUIRED", "period",
                   "is required: a label such as 2025, FY2025-Q1 or undated, or both dates");
    return std::nullopt;
  }
  if (has_dates && (given.start_date.empty() || given.end_date.empty())) {
    violations.Add("PERIOD_INCOMPLETE", "period",
                   "needs both start_date and end_date (the day after the last), or a label alone");
    return std::nullopt;
  }
  std::optional<std::pair<time::Date, time::Date>> dates;
  if (has_dates) {
    dates = TakeDates(given, violations);
    if (!dates) return std::nullopt;
  }
  if (!subject_known && (given.label.empty() || NeedsUnknownCalendar(given.label, calendar))) {
    return std::nullopt;
  }
  const bool as_recorded = given.as_recorded && calendar != nullptr;
  std::optional<time::Period> period =
      as_recorded ? TakeRecordedPeriod(given, *dates, violations)
      : given.label.empty()
          ? violations.Take("period", time::PeriodFromDates(dates->first, dates->second, calendar))
          : violations.Take("period.label", time::ParsePeriod(given.label, calendar));
  if (!period) return std::nullopt;
  if (dates && !as_recorded) CheckDatesAgree(given, *period, *dates, violations);
  if (input.period_ambiguous && (period->fiscal || !period->HasDates())) {
    violations.Add("PERIOD_NOT_AMBIGUOUS", "period_ambiguous",
                   fmt::format("an ambiguous period is stored as the calendar one, but {} is {}",
                               period->label, period->fiscal ? "fiscal" : "without dates"));
  }
  return period;
}

std::optional<money::Amount> TakeAmount(const DisclosureInput& input, Violations& violations) {
  if (!CheckPresence(input, violations)) return std::nullopt;
  const AmountText& text = *input.amount;
  const absl::Status currency = money::RequireCurrency(text.currency_code).status();
  violations.Add("amount.currency_code", currency);
  if (!text.bound) {
    violations.Add("UNKNOWN_BOUND", "amount.bound",
                   "must be BOUND_POINT, BOUND_AT_LEAST, BOUND_MORE_THAN, BOUND_UP_TO, "
                   "BOUND_LESS_THAN or BOUND_RANGE");
  }
  bool numbers_ok = true;
  money::AmountInput amount{
      // A wrong currency must not hide what is wrong with the numbers: they are checked under one that exists.
      .currency_code = std::string(currency.ok() ? text.currency_code : "USD"),
      .bound = text.bound.value_or(money::Bound::kPoint),
      .low = TakeDecimal("amount.low", text.low, numbers_ok, violations),
      .high = TakeDecimal("amount.high", text.high, numbers_ok, violations),
      .stated = TakeDecimal("amount.stated", text.stated, numbers_ok, violations),
      .approximate = text.approximate,
      .written_unit = TakeDecimal("amount.written_unit", text.written_unit, numbers_ok, violations),
  };
  if (!numbers_ok || !text.bound) return std::nullopt;
  return violations.Take("amount", money::MakeAmount(std::move(amount), IsNonNegative(input)));
}

StatementTimes TakeTimes(const DisclosureInput& input, time::Instant now, Violations& violations) {
  StatementTimes times;
  if (input.published_at.empty()) {
    violations.Add("REQUIRED", "published_at",
                   "is required: when the world could know it, as in 2025-02-07 or "
                   "2025-02-07T16:00:00Z");
  } else {
    times.published_at =
        violations.Take("published_at", time::ParseDateOrInstant(input.published_at));
  }
  if (!input.stated_at.empty()) {
    times.stated_at = violations.Take("stated_at", time::ParseDateOrInstant(input.stated_at));
  }
  // A day stands for its end; what is compared here is whether it has begun.
  const auto earliest = [](const time::Moment& moment) {
    return moment.whole_day ? time::StartOfDay(time::DateOf(moment.instant)) : moment.instant;
  };
  if (times.published_at && earliest(*times.published_at) > now + kClockSkewMax) {
    violations.Add("PUBLISHED_IN_THE_FUTURE", "published_at",
                   fmt::format("{} is to come (it is {}): record what has been published",
                               input.published_at, time::FormatInstant(now)));
  }
  if (times.stated_at && times.published_at &&
      earliest(*times.stated_at) > times.published_at->instant) {
    violations.Add("STATED_AFTER_PUBLISHED", "stated_at",
                   fmt::format("{} is after published_at, {}: nothing is published before it is "
                               "said",
                               input.stated_at, input.published_at));
  }
  return times;
}

}  // namespace outlay::ingest::rules
