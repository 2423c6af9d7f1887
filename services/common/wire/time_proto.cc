#include "services/common/wire/time_proto.h"

#include <fmt/format.h>

#include "services/common/status/error.h"
#include "services/common/status/text.h"
#include "services/common/time/date.h"

namespace outlay::wire {
namespace {

using time::PeriodKind;

// The proto's numbers follow the domain's order, one later for UNSPECIFIED.
static_assert(static_cast<int>(PeriodKind::kYear) + 1 == time::v1::PERIOD_KIND_YEAR);
static_assert(static_cast<int>(PeriodKind::kHalf) + 1 == time::v1::PERIOD_KIND_HALF);
static_assert(static_cast<int>(PeriodKind::kQuarter) + 1 == time::v1::PERIOD_KIND_QUARTER);
static_assert(static_cast<int>(PeriodKind::kYearToDate) + 1 == time::v1::PERIOD_KIND_YEAR_TO_DATE);
static_assert(static_cast<int>(PeriodKind::kTrailingTwelveMonths) + 1 ==
              time::v1::PERIOD_KIND_TRAILING_TWELVE_MONTHS);
static_assert(static_cast<int>(PeriodKind::kSeveralYears) + 1 ==
              time::v1::PERIOD_KIND_SEVERAL_YEARS);
static_assert(static_cast<int>(PeriodKind::kDates) + 1 == time::v1::PERIOD_KIND_DATES);
static_assert(static_cast<int>(PeriodKind::kUndated) + 1 == time::v1::PERIOD_KIND_UNDATED);

// Instants that RFC 3339 can name: 0001-01-01 to 9999-12-31.
constexpr int64_t kMinSeconds = -62'135'596'800;
constexpr int64_t kMaxSeconds = 253'402'300'799;
constexpr int32_t kNanosPerMicro = 1'000;

absl::StatusOr<time::Date> ParseDateField(const std::string& text, std::string_view field) {
  absl::StatusOr<time::Date> date = time::ParseDate(text);
  if (!date.ok()) return Under(field, date.status());
  return date;
}

// A date that may be one that was computed: a period of the years 1900 to 2200 may start a little before or end just after them.
absl::StatusOr<time::Date> ParseComputedField(const std::string& text, std::string_view field) {
  absl::StatusOr<time::Date> date = time::ParseComputedDate(text);
  if (!date.ok()) return Under(field, date.status());
  return date;
}

absl::StatusOr<time::Period> FromDates(const time::v1::Period& proto,
                                       const time::FiscalCalendar* calendar) {
  ASSIGN_OR_RETURN(const time::Date start, ParseDateField(proto.start_date(), "start_date"));
  ASSIGN_OR_RETURN(const time::Date end, ParseDateField(proto.end_date(), "end_date"));
  absl::StatusOr<time::Period> period = time::PeriodFromDates(start, end, calendar);
  if (!period.ok()) return Under("end_date", period.status());
  return period;
}

absl::Status CheckDatesAgree(const time::v1::Period& proto, const time::Period& period) {
  const auto check = [&](const std::string& given, time::Date expected,
                         std::string_view field) -> absl::Status {
    if (given.empty()) return absl::OkStatus();
    ASSIGN_OR_RETURN(const time::Date date, ParseComputedField(given, field));
    if (period.HasDates() && date == expected) return absl::OkStatus();
    const std::string right =
        period.HasDates() ? fmt::format("\"{}\" has {}", period.label, time::FormatDate(expected))
                          : std::string("an undated period has no dates");
    return InvalidField(
        "PERIOD_DISAGREES", field,
        fmt::format("is {}, but {}; give the label or the dates alone", Quote(given), right));
  };
  RETURN_IF_ERROR(check(proto.start_date(), period.start, "start_date"));
  return check(proto.end_date(), period.end, "end_date");
}

}  // namespace

void ToProto(const time::Period& period, time::v1::Period* proto) {
  proto->set_label(period.label);
  if (period.HasDates()) {
    proto->set_start_date(time::FormatDate(period.start));
    proto->set_end_date(time::FormatDate(period.end));
  }
  proto->set_kind(static_cast<time::v1::PeriodKind>(static_cast<int>(period.kind) + 1));
  proto->set_fiscal(period.fiscal);
}

absl::StatusOr<time::Period> FromProto(const time::v1::Period& proto,
                                       const time::FiscalCalendar* calendar) {
  if (proto.label().empty()) {
    if (!proto.start_date().empty() && !proto.end_date().empty()) return FromDates(proto, calendar);
    return InvalidField(
        "MISSING_PERIOD", "label",
        "is empty; give a label such as \"2025\", \"2025-Q1\" or \"FY2025\", or both dates");
  }
  absl::StatusOr<time::Period> period = time::ParsePeriod(proto.label(), calendar);
  if (!period.ok()) return Under("label", period.status());
  RETURN_IF_ERROR(CheckDatesAgree(proto, *period));
  return period;
}

absl::StatusOr<time::Period> StoredPeriodFromProto(const time::v1::Period& proto) {
  if (proto.kind() < time::v1::PERIOD_KIND_YEAR || proto.kind() > time::v1::PERIOD_KIND_UNDATED) {
    return InvalidField(
        "MALFORMED_PERIOD", "kind",
        fmt::format("is {}, which is no kind of period", static_cast<int>(proto.kind())));
  }
  time::Period period{.kind = static_cast<PeriodKind>(proto.kind() - 1),
                      .fiscal = proto.fiscal(),
                      .label = proto.label()};
  if (!period.HasDates()) return period;
  ASSIGN_OR_RETURN(period.start, ParseComputedField(proto.start_date(), "start_date"));
  ASSIGN_OR_RETURN(period.end, ParseComputedField(proto.end_date(), "end_date"));
  return period;
}

void ToProto(time::Instant instant, google::protobuf::Timestamp* proto) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(instant);
  proto->set_seconds(seconds.time_since_epoch().count());
  proto->set_nanos(static_cast<int32_t>((instant - seconds).count()) * kNanosPerMicro);
}

absl::StatusOr<time::Instant> FromProto(const google::protobuf::Timestamp& proto) {
  if (proto.seconds() < kMinSeconds || proto.seconds() > kMaxSeconds || proto.nanos() < 0 ||
      proto.nanos() >= 1'000'000'000) {
    return InvalidField(
        "MALFORMED_INSTANT", "",
        "is out of range; give an instant of the years 1 to 9999 with nanos from 0 to 999999999");
  }
  return time::Instant(std::chrono::seconds(proto.seconds()) +
                       std::chrono::microseconds(proto.nanos() / kNanosPerMicro));
}

}  // namespace outlay::wire
