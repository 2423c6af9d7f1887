#include "services/aggregation/cell_warnings.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "services/common/status/text.h"

namespace outlay::aggregation {
namespace {

// The codes in the order in which a cell lists them.
constexpr std::array<std::string_view, 9> kCodes = {
    "OPEN_INTERVAL",     "IMPLIED_LOW",         "MIXED_MEASURES",
    "MIXED_DEFINITIONS", "MIXED_BASES",         "MIXED_CALENDARS",
    "PERIOD_AMBIGUOUS",  "CONFLICTING_SOURCES", "PARTIAL"};

// So many sources are named by a warning; of the rest it has the number.
constexpr size_t kMaxNames = 20;

class Collector {
 public:
  void Add(std::string_view code, const Figure& figure, std::string message) {
    Add(code, std::move(message), figure.organization->organization->organization_id);
  }

  void Add(std::string_view code, std::string message, std::string organization_id = "") {
    const size_t place =
        static_cast<size_t>(std::find(kCodes.begin(), kCodes.end(), code) - kCodes.begin());
    if (by_code_[place].size() == kMaxWarningsOfCode) {
      ++left_out_[place];
    } else {
      by_code_[place].push_back(
          {std::string(code), std::move(message), std::move(organization_id)});
    }
  }

  std::vector<Warning> Take() {
    std::vector<Warning> all;
    for (size_t i = 0; i < kCodes.size(); ++i) {
      std::move(by_code_[i].begin(), by_code_[i].end(), std::back_inserter(all));
      if (left_out_[i] > 0) {
        all.push_back({std::string(kCodes[i]),
                       fmt::format("The same of {} more figures.", left_out_[i]), ""});
      }
    }
    return all;
  }

 private:
  std::array<std::vector<Warning>, kCodes.size()> by_code_;
  std::array<size_t, kCodes.size()> left_out_{};
};

const std::string& NameOf(const Figure& figure) {
  const Organization& organization = *figure.organization->organization;
  return organization.name.empty() ? organization.organization_id : organization.name;
}

std::string MonthOfFiscalYearEnd(const Figure& figure) {
  std::string month(time::MonthName(figure.organization->organization->calendar.end_month));
  month.front() = static_cast<char>(month.front() - 'a' + 'A');
  return month;
}

// "FY2025 (2024-07-01 to 2025-06-30)"
std::string Describe(const time::Period& period) {
  if (!period.HasDates()) return period.label;
  return fmt::format("{} ({} to {})", period.label, time::FormatDate(period.start),
                     time::FormatDate(period.end - std::chrono::days(1)));
}

void WarnOfInterval(const Figure& figure, Collector& warnings) {
  const money::Amount& amount = *figure.selected->amount;
  if (!amount.low && !amount.high) {
    warnings.Add(
        "OPEN_INTERVAL", figure,
        fmt::format("{}'s figure has neither a lower nor an upper bound.", NameOf(figure)));
  } else if (!amount.low) {
    warnings.Add(
        "OPEN_INTERVAL", figure,
        fmt::format("{}'s figure has no lower bound: it may be negative.", NameOf(figure)));
  } else if (!amount.high) {
    warnings.Add("OPEN_INTERVAL", figure,
                 fmt::format("{}'s figure has no upper bound.", NameOf(figure)));
  }
  if (amount.low_implied) {
    warnings.Add(
        "IMPLIED_LOW", figure,
        fmt::format("{}'s figure is an upper bound: its low of zero is implied, not stated.",
                    NameOf(figure)));
  }
}

void WarnOfPeriod(const Query& query, const Figure& figure, Collector& warnings) {
  const time::Period& period = figure.selected->period;
  if (figure.exactness == Exactness::kName) {
    warnings.Add("MIXED_CALENDARS", figure,
                 fmt::format("{}'s {} stands under {}.", NameOf(figure), Describe(period),
                             query.periods[figure.period_index].period.label));
  }
  if (figure.selected->period_ambiguous) {
    warnings.Add(
        "PERIOD_AMBIGUOUS", figure,
        fmt::format("{}'s fiscal year ends in {}: the source leaves open whether {} is the "
                    "calendar or the fiscal year.",
                    NameOf(figure), MonthOfFiscalYearEnd(figure), period.label));
  }
  for (const time::Period& other : figure.not_counted) {
    warnings.Add("PARTIAL", figure,
                 fmt::format("{}'s figure for {} is left out: it overlaps with that for {}.",
                             NameOf(figure), Describe(other), Describe(period)));
  }
}

void WarnOfConflicts(const Figure& figure, Collector& warnings) {
  std::vector<std::string> sources;
  for (const JudgedStatement& other : figure.others) {
    const std::string& source = other.statement->source_id;
    const bool listed = std::find(sources.begin(), sources.end(), source) != sources.end();
    if (other.role == Role::kConflicts && !listed) sources.push_back(source);
  }
  if (sources.empty()) return;
  warnings.Add("CONFLICTING_SOURCES", figure,
               fmt::format("{}'s figure by {} is contradicted by {}.", NameOf(figure),
                           figure.selected->source_id, JoinFirst(sources, ", ", kMaxNames)));
}

std::string JoinNames(const std::vector<std::string>& names) {
  std::vector<std::string_view> shown;
  for (const std::string_view name : names) shown.push_back(name.empty() ? "unspecified" : name);
  return fmt::format("{}", fmt::join(shown, ", "));
}

void WarnOfMixtures(const Cell& cell, Collector& warnings) {
  if (cell.measures.size() > 1) {
    warnings.Add("MIXED_MEASURES",
                 fmt::format("The sum mixes measures: {}.", JoinNames(cell.measures)));
  }
  if (cell.definitions.size() > 1) {
    warnings.Add("MIXED_DEFINITIONS",
                 fmt::format("The sum mixes definitions: {}.", JoinNames(cell.definitions)));
  }
  if (cell.bases.size() > 1) {
    std::vector<std::string_view> bases;
    for (const Basis basis : cell.bases) bases.push_back(BasisName(basis));
    warnings.Add("MIXED_BASES", fmt::format("The sum mixes bases: {}.", fmt::join(bases, ", ")));
  }
}

// One fiscal label is another stretch of time for each calendar.
void WarnOfFiscalLabel(const Query& query, const std::vector<CellPart>& parts,
                       Collector& warnings) {
  for (size_t index = 0; index < query.periods.size(); ++index) {
    if (!query.periods[index].IsFiscal()) continue;
    const time::Period* first = nullptr;
    for (const CellPart& part : parts) {
      if (part.figure->period_index != index) continue;
      const time::Period& period = part.figure->selected->period;
      if (first == nullptr) first = &period;
      if (period.start == first->start && period.end == first->end) continue;
      warnings.Add("MIXED_CALENDARS",
                   fmt::format("{} is not the same stretch of time for all organizations.",
                               query.periods[index].period.label));
      break;
    }
  }
}

}  // namespace

std::vector<Warning> WarningsOf(const Query& query, const Cell& cell,
                                const std::vector<CellPart>& parts) {
  Collector warnings;
  for (const CellPart& part : parts) {
    WarnOfInterval(*part.figure, warnings);
    WarnOfPeriod(query, *part.figure, warnings);
    WarnOfConflicts(*part.figure, warnings);
  }
  WarnOfMixtures(cell, warnings);
  WarnOfFiscalLabel(query, parts, warnings);
  return warnings.Take();
}

}  // namespace outlay::aggregation
