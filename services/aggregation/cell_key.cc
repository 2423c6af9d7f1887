#include "fmt/format.h"
#include "fmt/ranges.h"
#include "services/aggregation/cell.h"

namespace outlay::aggregation {
namespace {

constexpr char kSeparator = '\x1f';  // below every character of a slug or label

std::string OrderOfPeriod(const time::Period& period) {
  if (!period.HasDates()) return "2";
  if (period.start == period.end) return "1" + period.label;
  return fmt::format("0{}{}{}", time::FormatDate(period.start), time::FormatDate(period.end),
                     static_cast<int>(period.kind));
}

std::string OrderOfRateDate(const RateDate& rate_date) {
  const std::string what = rate_date.kind == RateDate::Kind::kOnDate
                               ? time::FormatDate(rate_date.date)
                               : OrderOfPeriod(rate_date.period);
  return fmt::format("{}{}", static_cast<int>(rate_date.kind), what);
}

// The figure's period under the label that its dates have in the calendar.
std::optional<time::Period> CalendarPeriodOf(const time::Period& period) {
  if (!period.HasDates()) return std::nullopt;
  absl::StatusOr<time::Period> calendar = time::PeriodFromDates(period.start, period.end, nullptr);
  return calendar.ok() ? *std::move(calendar) : period;
}

RateDate RateDateOf(RateDateRule rule, const Disclosure& figure) {
  const RateDate on_day{RateDate::Kind::kOnDate, time::DateOf(StatedAt(figure).instant), {}};
  const std::optional<time::Period> period = CalendarPeriodOf(figure.period);
  // A figure without dates has no period to average over.
  if (!period) return on_day;
  if (rule == RateDateRule::kByFigure && figure.basis != Basis::kActual) return on_day;
  const bool at_end = rule == RateDateRule::kPeriodEnd;
  return {at_end ? RateDate::Kind::kEndOf : RateDate::Kind::kAverageOf, {}, *period};
}

}  // namespace

std::string OrderOf(const CellKey& key) {
  return fmt::format("{1}{0}{2}{0}{3}{0}{4}{0}{5}{0}{6}{0}{7}{0}{8}", kSeparator,
                     key.organization_id, key.group_id,
                     key.period ? OrderOfPeriod(*key.period) : "", key.measure, key.definition,
                     key.basis ? fmt::format("{}", static_cast<int>(*key.basis)) : "",
                     key.currency_code, key.rate_date ? OrderOfRateDate(*key.rate_date) : "");
}

std::string DescribeKey(const CellKey& key) {
  std::vector<std::string_view> parts;
  for (const std::string* const part :
       {&key.organization_id, &key.group_id, &key.measure, &key.definition}) {
    if (!part->empty()) parts.push_back(*part);
  }
  if (key.period) parts.push_back(key.period->label);
  if (key.basis) parts.push_back(BasisName(*key.basis));
  parts.push_back(key.currency_code);
  return fmt::format("{}", fmt::join(parts, ", "));
}

std::optional<RateDate> RateDateFor(const Query& query, const Disclosure& figure) {
  if (query.rate_date_rule == RateDateRule::kNone) return std::nullopt;
  return RateDateOf(query.rate_date_rule, figure);
}

CellKey KeyOfCell(const Query& query, const Figure& figure, const std::string& group_id) {
  const Disclosure& disclosure = *figure.selected;
  CellKey key{.group_id = group_id, .currency_code = disclosure.amount->currency_code};
  if (query.group_by.organization) {
    key.organization_id = figure.organization->organization->organization_id;
  }
  if (query.group_by.period) key.period = query.periods[figure.period_index].period;
  if (query.group_by.measure) key.measure = disclosure.measure;
  if (query.group_by.definition) key.definition = disclosure.definition;
  if (query.group_by.basis) key.basis = disclosure.basis;
  key.rate_date = RateDateFor(query, disclosure);
  return key;
}

}  // namespace outlay::aggregation
