#include "gateway/report/report_warnings.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "services/common/status/text.h"

namespace outlay::gateway {
namespace {

using money::Decimal;
using money::Rational;
using money::Rounding;
using Names = std::vector<std::string>;

// A message names so many organizations, and so many values that differ; of the rest it has the number.
constexpr size_t kNamesMax = 20;

std::string Listed(const Names& names) { return JoinFirst(names, ", ", kNamesMax); }

const std::string& Name(const RowInput& row) {
  return row.name.empty() ? row.organization_id : row.name;
}

// Who has which value of a property, for values that differ.
std::map<std::string, Names> Grouped(
    const ReportInput& input, const std::function<std::string(const FigureInput&)>& property) {
  std::map<std::string, Names> groups;
  for (const RowInput& row : input.rows) {
    if (row.Counts()) groups[property(*row.current)].push_back(Name(row));
  }
  return groups;
}

void AddMixed(std::vector<Warning>& warnings, std::string_view code, std::string_view what,
              const std::map<std::string, Names>& groups) {
  if (groups.size() < 2) return;
  Names parts;
  for (const auto& [value, names] : groups)
    parts.push_back(fmt::format("{} ({})", value, Listed(names)));
  warnings.push_back(
      {std::string(code),
       fmt::format("The total adds {}: {}.", what, JoinFirst(parts, "; ", kNamesMax)), ""});
}

std::string DefinitionName(const FigureInput& figure) {
  return figure.definition.empty() ? "not stated" : figure.definition;
}

std::string CalendarName(const FigureInput& figure) {
  return fmt::format("{} to {}", time::FormatDate(figure.period.start),
                     time::FormatDate(figure.period.end - std::chrono::days(1)));
}

Names Where(const ReportInput& input,
            const std::function<bool(const money::RationalInterval&)>& holds) {
  Names names;
  for (const RowInput& row : input.rows) {
    if (row.Counts() && holds(row.current->figure.interval)) names.push_back(Name(row));
  }
  return names;
}

void AddIntervalWarnings(std::vector<Warning>& warnings, const ReportInput& input) {
  const Names open_above =
      Where(input, [](const auto& interval) { return interval.high.IsOpen(); });
  if (!open_above.empty()) {
    warnings.push_back({"OPEN_INTERVAL",
                        fmt::format("The total has no upper end: only a floor is stated for {}.",
                                    Listed(open_above)),
                        ""});
  }
  const Names open_below = Where(input, [](const auto& interval) { return interval.low.IsOpen(); });
  if (!open_below.empty()) {
    warnings.push_back({"OPEN_INTERVAL",
                        fmt::format("The total has no lower end: only a ceiling is stated for {}, "
                                    "whose figure may be negative.",
                                    Listed(open_below)),
                        ""});
  }
  const Names implied = Where(input, [](const auto& interval) { return interval.low.implied; });
  if (!implied.empty()) {
    warnings.push_back(
        {"IMPLIED_LOW",
         fmt::format(
             "The low end of the total counts nothing for {}, for which only a ceiling is stated.",
             Listed(implied)),
         ""});
  }
}

void AddGrowthWarning(std::vector<Warning>& warnings, const TotalFigures& total) {
  const int known = total.growth ? total.growth->organization_count : 0;
  if (known == total.organization_count) return;
  std::string message =
      fmt::format("The year before is known like for like for {} of {}", known,
                  Counted(static_cast<uint64_t>(total.organization_count), "organization"));
  if (total.growth && total.growth->coverage) {
    absl::StatusOr<Decimal> percent =
        (total.growth->coverage->value * Rational(100)).ToDecimal(0, Rounding::kHalfUp);
    if (percent.ok()) message += fmt::format(", {} % of the total", percent->ToString());
  }
  warnings.push_back(
      {"PRIOR_PERIOD_INCOMPLETE",
       message + (known == 0 ? ": no growth can be given." : ": growth speaks of these alone."),
       ""});
}

// Rounding shows where the rounded rows do not add up to the rounded total.
void AddRoundedWarning(std::vector<Warning>& warnings, const ReportInput& input,
                       const std::vector<RowFigures>& rows, const TotalFigures& total) {
  if (!total.converted || !total.converted->point) return;
  const int scale = MinorUnits(total.converted->currency_code);
  Rational sum;
  for (const RowFigures& row : rows) {
    if (!row.converted || !row.converted->point || !input.rows[row.input_index].Counts()) continue;
    absl::StatusOr<Decimal> shown = row.converted->point->ToDecimal(scale, Rounding::kHalfEven);
    if (!shown.ok()) return;
    sum += Rational(*shown);
  }
  absl::StatusOr<Decimal> shown_total =
      total.converted->point->ToDecimal(scale, Rounding::kHalfEven);
  if (!shown_total.ok() || Rational(*shown_total) == sum) return;
  warnings.push_back({"ROUNDED",
                      "Every figure is rounded once, from its exact value: the rows shown need not "
                      "add up to the total.",
                      ""});
}

Warning Mismatch(const RowInput& row, std::string_view what, std::string_view now,
                 std::string_view before) {
  return {"DEFINITION_MISMATCH",
          fmt::format("{}: growth is not given, since {} differs: {} now, {} the year before.",
                      Name(row), what, now, before),
          row.organization_id};
}

}  // namespace

Warning NoRate(const RowInput& row, const std::string& report_currency) {
  const FigureInput& figure = *row.current;
  const std::string why =
      figure.rate && !figure.rate->error.empty() ? figure.rate->error : "no rate was given";
  return {"NO_RATE",
          fmt::format("{}: {} could not be converted to {}: {}", Name(row),
                      figure.figure.currency_code, report_currency, why),
          row.organization_id};
}

Warning CountedInParent(const RowInput& row) {
  return {"COUNTED_IN_PARENT",
          fmt::format("{}: counted in {}, not added.", Name(row), row.counted_in),
          row.organization_id};
}

std::optional<Warning> GrowthObstacle(const RowInput& row) {
  const FigureInput& now = *row.current;
  const FigureInput& before = *row.prior;
  if (now.measure != before.measure)
    return Mismatch(row, "the measure", now.measure, before.measure);
  if (now.definition != before.definition)
    return Mismatch(row, "the definition", DefinitionName(now), DefinitionName(before));
  if (now.figure.currency_code != before.figure.currency_code) {
    return Mismatch(row, "the currency", now.figure.currency_code, before.figure.currency_code);
  }
  if (now.period.kind != before.period.kind || now.period.fiscal != before.period.fiscal ||
      !time::SameLength(now.period, before.period)) {
    return Warning{
        "PERIOD_MISMATCH",
        fmt::format(
            "{}: growth is not given, since the periods differ in kind or length: {} and {}.",
            Name(row), now.period.label, before.period.label),
        row.organization_id};
  }
  return std::nullopt;
}

std::vector<Warning> ReportWarnings(const ReportInput& input, const std::vector<RowFigures>& rows,
                                    const TotalFigures& total) {
  std::vector<Warning> warnings;
  AddMixed(warnings, "MIXED_MEASURES", "different measures",
           Grouped(input, [](const FigureInput& f) { return f.measure; }));
  AddMixed(warnings, "MIXED_DEFINITIONS", "figures that count different things",
           Grouped(input, DefinitionName));
  AddMixed(warnings, "MIXED_BASES", "figures on different bases",
           Grouped(input, [](const FigureInput& f) { return f.basis; }));
  AddMixed(warnings, "MIXED_CALENDARS", "figures of different calendars",
           Grouped(input, CalendarName));
  AddIntervalWarnings(warnings, input);
  if (input.with_growth && total.organization_count > 0) AddGrowthWarning(warnings, total);
  AddRoundedWarning(warnings, input, rows, total);
  return warnings;
}

std::vector<Warning> ReferenceWarnings(const ReportInput& input, const ReferenceFigures& figures) {
  const ReferenceInput& reference = *input.reference;
  if (reference.figures.empty()) {
    return {{"NO_REFERENCE",
             fmt::format("There is nothing to compare the total with: no figure of {} for {} is "
                         "known of {}.",
                         reference.measure, reference.period, reference.name),
             ""}};
  }
  std::vector<Warning> warnings;
  const time::Period& period = reference.figures.front().period;
  if (period.start != input.period.start || period.end != input.period.end) {
    warnings.push_back({"PERIOD_MISMATCH",
                        fmt::format("The total is of {}, what it is compared with of {}.",
                                    input.period.label, period.label),
                        ""});
  }
  if (reference.figures.size() > 1) {
    const auto ratios = std::count_if(figures.entries.begin(), figures.entries.end(),
                                      [](const auto& entry) { return entry.ratio.has_value(); });
    const bool all = ratios == std::ssize(figures.entries);
    warnings.push_back({"CONFLICTING_SOURCES",
                        fmt::format("Sources state {} different figures for {} {}; {}.",
                                    reference.figures.size(), reference.name, period.label,
                                    all           ? "the ratio is given to each"
                                    : ratios == 0 ? "the ratio can be given to none"
                                                  : "the ratio is given where it can be"),
                        ""});
  }
  return warnings;
}

}  // namespace outlay::gateway
