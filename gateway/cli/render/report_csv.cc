#include "gateway/cli/render/report_csv.h"

#include <map>
#include <set>

#include "fmt/format.h"
#include "gateway/cli/render/csv.h"
#include "gateway/cli/render/words.h"

namespace outlay::cli {
namespace {

using gateway::v1::Report;

constexpr const char* kColumns[] = {"kind",
                                    "rank",
                                    "organization_id",
                                    "name",
                                    "measure",
                                    "definition",
                                    "basis",
                                    "period",
                                    "currency",
                                    "point",
                                    "low",
                                    "high",
                                    "low_implied",
                                    "approximate",
                                    "report_currency",
                                    "converted_point",
                                    "converted_low",
                                    "converted_high",
                                    "rate",
                                    "share_percent",
                                    "prior_period",
                                    "prior_point",
                                    "growth_percent",
                                    "growth_coverage",
                                    "reference_percent",
                                    "source_id",
                                    "warnings"};

// A record by column names; what is not set stays empty.
class Record {
 public:
  explicit Record(std::string kind) { Set("kind", std::move(kind)); }

  void Set(const char* column, std::string value) { values_[column] = std::move(value); }

  void SetFigure(const gateway::v1::Figure& figure) {
    Set("currency", figure.currency_code());
    Set("point", figure.point().value());
    Set("low", figure.interval().low().value());
    Set("high", figure.interval().high().value());
    Set("low_implied", figure.interval().low_implied() ? "true" : "false");
    Set("approximate", figure.approximate() ? "true" : "false");
  }

  void SetConverted(const gateway::v1::Figure& figure) {
    Set("report_currency", figure.currency_code());
    Set("converted_point", figure.point().value());
    Set("converted_low", figure.interval().low().value());
    Set("converted_high", figure.interval().high().value());
  }

  template <typename Warnings>
  void SetWarnings(const Warnings& warnings) {
    std::set<std::string> codes;
    for (const auto& warning : warnings) codes.insert(warning.code());
    std::string text;
    for (const std::string& code : codes) text += (text.empty() ? "" : " ") + code;
    Set("warnings", text);
  }

  std::string ToText() const {
    std::vector<std::string> cells;
    for (const char* const column : kColumns) {
      const auto value = values_.find(column);
      cells.push_back(value == values_.end() ? "" : value->second);
    }
    return CsvRecord(cells);
  }

 private:
  std::map<std::string, std::string> values_;
};

// "BASIS_GUIDANCE" → "GUIDANCE".
std::string BasisText(ingest::v1::Basis basis) {
  constexpr std::string_view kPrefix = "BASIS_";
  if (basis == ingest::v1::BASIS_UNSPECIFIED) return "";
  return ingest::v1::Basis_Name(basis).substr(kPrefix.size());
}

std::string RowRecord(const gateway::v1::ReportRow& row, int rank, const Report& report,
                      Language language) {
  const bool is_covered = !row.counted_in_organization_id().empty();
  Record record(is_covered         ? "covered"
                : row.has_figure() ? "row"
                : row.withdrawn()  ? "withdrawn"
                                   : "absent");
  if (row.has_figure() && !is_covered) record.Set("rank", std::to_string(rank));
  record.Set("organization_id", row.organization_id());
  record.Set("name", NameIn(row.names(), row.organization_id(), language));
  record.Set("measure", row.measure());
  record.Set("definition", row.definition());
  record.Set("basis", BasisText(row.basis()));
  record.Set("period", row.period().label());
  if (row.has_figure()) record.SetFigure(row.figure());
  if (row.has_converted()) record.SetConverted(row.converted());
  if (row.has_converted() && row.rate_index() >= 0 && row.rate_index() < report.rates_size()) {
    record.Set("rate", report.rates(row.rate_index()).value().value());
  }
  record.Set("share_percent", row.share().percent().value());
  record.Set("prior_period", row.prior().period().label());
  record.Set("prior_point", row.prior().figure().point().value());
  record.Set("growth_percent", row.growth().percent().value());
  for (const auto& contributor : row.contributors()) {
    if (contributor.role() != aggregation::v1::CONTRIBUTOR_ROLE_SELECTED) continue;
    record.Set("source_id", contributor.source_id());
    break;
  }
  record.SetWarnings(row.warnings());
  return record.ToText();
}

std::string TotalRecord(const Report& report) {
  Record record("total");
  record.Set("period", report.query().period().label());
  const gateway::v1::ReportTotal& total = report.total();
  if (total.has_figure()) record.SetFigure(total.figure());
  if (total.has_converted()) record.SetConverted(total.converted());
  record.Set("growth_percent", total.growth().growth().percent().value());
  if (total.has_growth()) {
    // The growth is that of a part: of so many organizations.
    record.Set("growth_coverage", fmt::format("{}/{}", total.growth().organization_count(),
                                              total.growth().organization_total()));
  }
  record.SetWarnings(report.warnings());
  return record.ToText();
}

std::string ReferenceRecords(const gateway::v1::ReferenceComparison& comparison,
                             Language language) {
  std::string text;
  const gateway::v1::Reference& reference = comparison.reference();
  for (const gateway::v1::ReferenceFigure& figure : comparison.figures()) {
    Record record("reference");
    record.Set("organization_id", reference.organization_id());
    record.Set("name", NameIn(comparison.names(), reference.organization_id(), language));
    record.Set("measure", reference.measure());
    record.Set("period", reference.period().label());
    record.SetFigure(figure.figure());
    if (figure.has_converted()) record.SetConverted(figure.converted());
    record.Set("reference_percent", figure.ratio().percent().value());
    record.Set("source_id", figure.contributor().source_id());
    record.SetWarnings(comparison.warnings());
    text += record.ToText();
  }
  return text;
}

}  // namespace

std::string ReportCsv(const Report& report, Language language) {
  std::string text = CsvRecord(std::vector<std::string>(std::begin(kColumns), std::end(kColumns)));
  int rank = 0;
  for (const gateway::v1::ReportRow& row : report.rows()) {
    // Rows held in another's figure have a kind of their own: "row" adds up to the total.
    if (row.counted_in_organization_id().empty()) ++rank;
    text += RowRecord(row, rank, report, language);
  }
  if (report.has_total()) text += TotalRecord(report);
  return text + ReferenceRecords(report.reference(), language);
}

}  // namespace outlay::cli
