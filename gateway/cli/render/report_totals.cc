#include "gateway/cli/render/report_totals.h"

#include <optional>

#include "fmt/format.h"
#include "gateway/cli/render/figure_text.h"
#include "gateway/cli/render/readable_amount.h"
#include "gateway/cli/render/words.h"

namespace outlay::cli {
namespace {

std::string FigureLine(const gateway::v1::Figure& figure, Language language) {
  std::string text = PointText(figure, language);
  if (const std::string parts = CompositionText(figure, language); !parts.empty()) {
    text += " = " + parts;
  }
  if (const std::string interval = IntervalText(figure, language); !interval.empty()) {
    text += fmt::format("; {} {}", In(language, "interval", "구간"), interval);
  }
  return text;
}

std::string GrowthLine(const gateway::v1::TotalGrowth& growth, Language language) {
  std::string text = fmt::format(
      "{} {}, {}", In(language, "like for like", "동일 기준"),
      GrowthText(growth.growth(), language),
      OfOrganizations(growth.organization_count(), growth.organization_total(), language));
  if (const auto coverage = ValueOf(growth.coverage()); growth.has_coverage() && coverage) {
    text += fmt::format(fmt::runtime(In(language, ", {} of the total", ", 합계의 {}")),
                        ReadablePercent(*coverage, 1, language));
  }
  return text;
}

std::string ReferenceName(const gateway::v1::ReferenceComparison& comparison, Language language) {
  const gateway::v1::Reference& reference = comparison.reference();
  const std::string name = NameIn(comparison.names(), reference.organization_id(), language);
  const std::string measure = MeasureName(reference.measure(), language);
  return language == Language::kKorean
             ? fmt::format("{} {} {} 대비", name, reference.period().label(), measure)
             : fmt::format("Of the {} {} of {}", measure, reference.period().label(), name);
}

std::string ReferenceLine(const gateway::v1::ReferenceFigure& figure, Language language) {
  const std::string amount = FigureText(figure.figure(), language);
  const std::string& source = figure.contributor().source_id();
  const std::string ratio = figure.has_ratio() ? RatioText(figure.ratio(), 2, language) : "";
  std::string text;
  if (ratio.empty()) {
    text = fmt::format("{} ({})", amount, source);
  } else if (language == Language::kKorean) {
    text = fmt::format("{}: {} ({})", ratio, amount, source);
  } else {
    text = fmt::format("{} of {} ({})", ratio, amount, source);
  }
  if (figure.contributor().role() == aggregation::v1::CONTRIBUTOR_ROLE_CONFLICTS) {
    text += In(language, ": conflicting source", ": 상충하는 출처");
  }
  return text;
}

Item ReferenceItem(const gateway::v1::ReferenceComparison& comparison, Language language) {
  Item item = {ReferenceName(comparison, language), "", {}};
  if (comparison.figures().empty()) {
    item.text = std::string(In(language, "no figure is known", "알려진 수치 없음"));
    return item;
  }
  item.text = ReferenceLine(comparison.figures(0), language);
  for (int i = 1; i < comparison.figures_size(); ++i) {
    item.details.push_back(ReferenceLine(comparison.figures(i), language));
  }
  return item;
}

}  // namespace

ItemList TotalItems(const gateway::v1::Report& report, Language language) {
  ItemList list;
  const gateway::v1::ReportTotal& total = report.total();
  if (total.has_figure()) {
    list.items.push_back(
        {std::string(In(language, "Total", "합계")), FigureLine(total.figure(), language), {}});
  }
  if (total.has_converted() &&
      total.converted().currency_code() != total.figure().currency_code()) {
    list.items.push_back({fmt::format(fmt::runtime(In(language, "In {}", "{} 환산")),
                                      total.converted().currency_code()),
                          FigureLine(total.converted(), language),
                          {}});
  }
  if (total.has_growth()) {
    list.items.push_back(
        {std::string(In(language, "Growth", "증가율")), GrowthLine(total.growth(), language), {}});
  }
  if (report.has_reference()) list.items.push_back(ReferenceItem(report.reference(), language));
  return list;
}

}  // namespace outlay::cli
