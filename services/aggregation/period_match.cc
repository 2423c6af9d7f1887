#include "services/aggregation/period_match.h"

#include "services/aggregation/errors.h"
#include "services/common/status/error.h"

namespace outlay::aggregation {
namespace {

using time::PeriodKind;

bool IsPartOfYears(PeriodKind kind) {
  return kind == PeriodKind::kYear || kind == PeriodKind::kHalf || kind == PeriodKind::kQuarter ||
         kind == PeriodKind::kYearToDate;
}

bool HasOnlyItself(PeriodKind kind) {
  return kind == PeriodKind::kSeveralYears || kind == PeriodKind::kUndated;
}

bool HasSameDates(const time::Period& a, const time::Period& b) {
  return a.HasDates() && b.HasDates() && a.start == b.start && a.end == b.end;
}

bool IsOfSameName(const time::PeriodLabel& wanted, const time::Period& stated) {
  if (!stated.fiscal || !IsPartOfYears(wanted.kind) || stated.kind != wanted.kind) return false;
  const absl::StatusOr<time::PeriodLabel> label = time::ParsePeriodLabel(stated.label);
  return label.ok() && label->fiscal && label->year == wanted.year && label->part == wanted.part;
}

bool KindsMayMeet(PeriodKind wanted, PeriodKind stated) {
  if (HasOnlyItself(wanted) || HasOnlyItself(stated)) return wanted == stated;
  if (stated == PeriodKind::kTrailingTwelveMonths) return wanted == stated;
  return true;
}

absl::StatusOr<WantedPeriod> FromDates(std::string_view start_date, std::string_view end_date) {
  const absl::StatusOr<time::Date> start = time::ParseDate(start_date);
  if (!start.ok()) return Under("start_date", start.status());
  const absl::StatusOr<time::Date> end = time::ParseDate(end_date);
  if (!end.ok()) return Under("end_date", end.status());
  absl::StatusOr<time::Period> period = time::PeriodFromDates(*start, *end, nullptr);
  if (!period.ok()) return Under("end_date", period.status());
  ASSIGN_OR_RETURN(const time::PeriodLabel label, time::ParsePeriodLabel(period->label));
  return WantedPeriod{label, *std::move(period)};
}

}  // namespace

absl::StatusOr<WantedPeriod> ParseWantedPeriod(std::string_view label, std::string_view start_date,
                                               std::string_view end_date) {
  const bool has_dates = !start_date.empty() || !end_date.empty();
  if (label.empty() && !has_dates) return MissingPeriod("label");
  if (has_dates && start_date.empty()) return MissingPeriod("start_date");
  if (has_dates && end_date.empty()) return MissingPeriod("end_date");
  if (label.empty()) return FromDates(start_date, end_date);

  const absl::StatusOr<time::PeriodLabel> parsed = time::ParsePeriodLabel(label);
  if (!parsed.ok()) return Under("label", parsed.status());
  WantedPeriod wanted{*parsed, {}};
  if (parsed->fiscal) {
    if (has_dates) return FiscalPeriodWithDates(label);
    wanted.period = {.kind = parsed->kind, .fiscal = true, .label = std::string(label)};
    return wanted;
  }
  const absl::StatusOr<time::Period> period = time::ResolvePeriod(*parsed, nullptr);
  if (!period.ok()) return Under("label", period.status());
  wanted.period = *period;
  if (has_dates) {
    ASSIGN_OR_RETURN(const WantedPeriod dated, FromDates(start_date, end_date));
    if (!HasSameDates(wanted.period, dated.period)) return PeriodDisagrees(wanted.period);
  }
  return wanted;
}

std::optional<time::Period> ResolveWanted(const WantedPeriod& wanted,
                                          const time::FiscalCalendar& calendar) {
  if (!wanted.IsFiscal()) return wanted.period;
  absl::StatusOr<time::Period> period = time::ResolvePeriod(wanted.label, &calendar);
  if (!period.ok()) return std::nullopt;
  return *std::move(period);
}

std::optional<Exactness> MatchPeriod(const WantedPeriod& wanted,
                                     const std::optional<time::Period>& resolved,
                                     const time::Period& stated) {
  if (!KindsMayMeet(wanted.label.kind, stated.kind)) return std::nullopt;
  if (stated.kind == PeriodKind::kUndated) return Exactness::kDates;
  if (resolved && HasSameDates(*resolved, stated)) return Exactness::kDates;
  if (IsOfSameName(wanted.label, stated)) return Exactness::kName;
  return std::nullopt;
}

bool MayOverlap(const time::Period& a, const time::Period& b) {
  return !a.HasDates() || !b.HasDates() || time::Overlaps(a, b);
}

}  // namespace outlay::aggregation
