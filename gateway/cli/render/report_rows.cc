#include "gateway/cli/render/report_rows.h"

#include <set>
#include <vector>

#include "fmt/format.h"
#include "gateway/cli/render/figure_text.h"
#include "gateway/cli/render/words.h"

namespace outlay::cli {
namespace {

using gateway::v1::Report;
using gateway::v1::ReportRow;

// Which columns there are, and what all rows have in common, so that notes need to name the exceptions only.
struct Layout {
  bool with_converted = false;
  bool with_growth = false;
  std::set<std::string> measures;
  std::set<std::string> definitions;
  std::set<int> bases;
  std::string prior_label;  // empty: rows have different ones
};

Layout LayoutOf(const Report& report) {
  Layout layout;
  layout.with_converted = !report.query().currency_code().empty();
  layout.with_growth = !report.query().without_growth();
  std::set<std::string> priors;
  for (const ReportRow& row : report.rows()) {
    if (!row.has_figure()) continue;
    layout.measures.insert(row.measure());
    layout.definitions.insert(row.definition());
    layout.bases.insert(row.basis());
    if (row.has_prior()) priors.insert(row.prior().period().label());
  }
  if (priors.size() == 1) layout.prior_label = *priors.begin();
  return layout;
}

std::string Joined(const std::vector<std::string>& notes) {
  std::string text;
  for (const std::string& note : notes) text += (text.empty() ? "" : "; ") + note;
  return text;
}

// The first few, each with what is said of it, and how many more there are.
void AddAmounts(const std::set<std::string>& amounts, std::string_view what, Language language,
                std::vector<std::string>* notes) {
  constexpr size_t kShown = 5;
  size_t shown = 0;
  for (const std::string& amount : amounts) {
    if (shown == kShown) break;
    notes->push_back(fmt::format("{} {}", what, amount));
    ++shown;
  }
  if (shown == amounts.size()) return;
  const auto others = static_cast<int64_t>(amounts.size() - shown);
  notes->push_back(fmt::format("{} {}", In(language, "and", "외"),
                               CountedIn(language, others, "other amount", "개 금액")));
}

// How many sources state the row's figure, and what they state otherwise.
void AddSourceNotes(const ReportRow& row, Language language, std::vector<std::string>* notes) {
  std::set<std::string> agreeing;
  std::set<std::string> also;
  std::set<std::string> conflicting;
  std::string selected;
  for (const auto& contributor : row.contributors()) {
    const std::string amount = AmountText(contributor.amount(), language);
    if (contributor.role() == aggregation::v1::CONTRIBUTOR_ROLE_SELECTED) {
      selected = amount;
      agreeing.insert(contributor.source_id());
    } else if (contributor.role() == aggregation::v1::CONTRIBUTOR_ROLE_CORROBORATES) {
      agreeing.insert(contributor.source_id());
      also.insert(amount);
    } else if (contributor.role() == aggregation::v1::CONTRIBUTOR_ROLE_CONFLICTS) {
      conflicting.insert(amount);
    }
  }
  also.erase(selected);
  if (agreeing.size() > 1) {
    notes->push_back(fmt::format(
        fmt::runtime(In(language, "corroborated, {} sources", "출처 {}곳 일치")), agreeing.size()));
  }
  AddAmounts(also, In(language, "also stated:", "다른 표현:"), language, notes);
  AddAmounts(conflicting, In(language, "another source states", "상충하는 출처:"), language, notes);
  if (row.contributors_left_out() > 0) {
    notes->push_back(
        fmt::format(fmt::runtime(In(language, "{} not shown", "{} 생략")),
                    CountedIn(language, row.contributors_left_out(), "more statement", "건")));
  }
}

std::string NameInReport(const Report& report, const std::string& id, Language language) {
  for (const ReportRow& row : report.rows()) {
    if (row.organization_id() == id) return NameIn(row.names(), id, language);
  }
  return id;
}

// What the total is made of: a row that another one holds has no rank.
bool IsRanked(const ReportRow& row) {
  return row.has_figure() && row.counted_in_organization_id().empty();
}

std::string Notes(const ReportRow& row, const Report& report, const Layout& layout,
                  Language language) {
  std::vector<std::string> notes;
  if (!row.counted_in_organization_id().empty()) {
    notes.push_back(fmt::format(fmt::runtime(In(language, "counted in {}", "{}에 포함")),
                                NameInReport(report, row.counted_in_organization_id(), language)));
  }
  if (row.has_figure()) {
    if (layout.measures.size() > 1) notes.push_back(MeasureName(row.measure(), language));
    if (layout.definitions.size() > 1 && !row.definition().empty()) {
      notes.push_back(MeasureName(row.definition(), language));
    }
    if (layout.bases.size() > 1) notes.push_back(BasisName(row.basis(), language));
    if (!row.period().label().empty() && row.period().label() != report.query().period().label()) {
      notes.push_back(row.period().label());
    }
    AddSourceNotes(row, language, &notes);
    if (layout.with_growth && row.has_prior() && !row.prior().comparable()) {
      notes.emplace_back(In(language, "year before not comparable", "전년과 비교 불가"));
    }
  }
  std::set<std::string> seen;
  for (const auto& warning : row.warnings()) {
    if (seen.insert(warning.code()).second) notes.push_back(warning.code());
  }
  return Joined(notes);
}

std::string AmountCell(const ReportRow& row, Language language) {
  if (row.has_figure()) return FigureText(row.figure(), language);
  return std::string(row.withdrawn() ? In(language, "withdrawn", "철회")
                                     : In(language, "no figure", "수치 없음"));
}

Row MakeRow(const ReportRow& row, int rank, const Report& report, const Layout& layout,
            Language language) {
  Row cells;
  cells.cells = {IsRanked(row) ? fmt::format("{}", rank) : "–",
                 NameIn(row.names(), row.organization_id(), language), AmountCell(row, language)};
  if (layout.with_converted) {
    cells.cells.push_back(row.has_converted() ? FigureText(row.converted(), language)
                          : row.has_figure() ? std::string(In(language, "no rate", "환율 없음"))
                                             : "");
  }
  cells.cells.push_back(row.has_share() ? ShortRatioText(row.share(), language) : "");
  if (layout.with_growth) {
    cells.cells.push_back(row.has_prior()    ? FigureText(row.prior().figure(), language)
                          : row.has_figure() ? std::string(In(language, "none", "없음"))
                                             : "");
    cells.cells.push_back(row.has_growth() ? GrowthText(row.growth(), language) : "");
  }
  cells.cells.push_back(Notes(row, report, layout, language));
  return cells;
}

std::string TotalNotes(const gateway::v1::ReportTotal& total, Language language) {
  std::vector<std::string> notes;
  if (const std::string interval =
          IntervalText(total.has_figure() ? total.figure() : total.converted(), language);
      !interval.empty()) {
    notes.push_back(interval);
  }
  if (total.absent_count() > 0) {
    notes.push_back(OfOrganizations(total.organization_count(),
                                    total.organization_count() + total.absent_count(), language));
  }
  if (total.has_growth()) {
    notes.push_back(fmt::format(
        fmt::runtime(In(language, "like for like {}, {} of {}", "동일 기준 {} ({}/{}곳)")),
        GrowthText(total.growth().growth(), language), total.growth().organization_count(),
        total.growth().organization_total()));
  }
  return Joined(notes);
}

Row TotalRow(const gateway::v1::ReportTotal& total, const Layout& layout, Language language) {
  Row row = {{"", std::string(In(language, "total", "합계"))}, true};
  row.cells.push_back(total.has_figure() ? PointText(total.figure(), language) : "");
  if (layout.with_converted) {
    row.cells.push_back(total.has_converted() ? PointText(total.converted(), language) : "");
  }
  row.cells.emplace_back("");
  // The growth of a part is no growth of the total: it stands in the notes, with the part.
  if (layout.with_growth) row.cells.insert(row.cells.end(), {"", ""});
  row.cells.push_back(TotalNotes(total, language));
  return row;
}

std::vector<Column> Columns(const Report& report, const Layout& layout, Language language) {
  std::vector<Column> columns = {
      {"#", Align::kRight},
      {std::string(In(language, "organization", "기관"))},
      {report.query().period().label(), Align::kRight},
  };
  if (layout.with_converted) {
    columns.push_back({fmt::format(fmt::runtime(In(language, "in {}", "{} 환산")),
                                   report.query().currency_code()),
                       Align::kRight});
  }
  columns.push_back({fmt::format("{}", In(language, "share", "비중"))});
  if (layout.with_growth) {
    columns.push_back({layout.prior_label.empty() ? std::string(In(language, "year before", "전년"))
                                                  : layout.prior_label,
                       Align::kRight});
    columns.push_back({std::string(In(language, "growth", "증가율")), Align::kRight});
  }
  columns.push_back({std::string(In(language, "notes", "비고")), Align::kLeft, true});
  return columns;
}

}  // namespace

Table ReportTable(const Report& report, Language language) {
  const Layout layout = LayoutOf(report);
  Table table = {Columns(report, layout, language), {}};
  int rank = 0;
  for (const ReportRow& row : report.rows()) {
    if (IsRanked(row)) ++rank;
    table.rows.push_back(MakeRow(row, rank, report, layout, language));
  }
  if (report.has_total()) table.rows.push_back(TotalRow(report.total(), layout, language));
  return table;
}

}  // namespace outlay::cli
