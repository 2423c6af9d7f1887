#include "gateway/cli/render/report_title.h"

#include <vector>

#include "fmt/format.h"
#include "gateway/cli/render/words.h"

namespace outlay::cli {
namespace {

std::string Joined(const std::vector<std::string>& parts, std::string_view separator) {
  std::string text;
  for (const std::string& part : parts) {
    if (part.empty()) continue;
    if (!text.empty()) text += separator;
    text += part;
  }
  return text;
}

std::string RateWords(const gateway::v1::RateChoice& rate, Language language) {
  const std::string by =
      rate.provider().empty()
          ? ""
          : fmt::format(fmt::runtime(In(language, " of {}", " ({})")), rate.provider());
  using Kind = gateway::v1::RateChoice;
  switch (rate.kind_case()) {
    case Kind::kOnDate:
      return fmt::format(fmt::runtime(In(language, "at the fixing{} for {}", "고시환율{} {} 기준")),
                         by, rate.on_date());
    case Kind::kAverage:
      return std::string(In(language, "at the average of each period", "기간 평균환율")) + by;
    case Kind::kPeriodEnd:
      return std::string(In(language, "at the end of each period", "기말환율")) + by;
    case Kind::kFixed:
      return fmt::format(fmt::runtime(In(language, "at {}", "지정환율 {}")), rate.fixed().value());
    case Kind::kAsStatedSourceId:
      return fmt::format(fmt::runtime(In(language, "at the rate that {} implies", "{}의 내재환율")),
                         rate.as_stated_source_id());
    case Kind::kLatest:
      return std::string(In(language, "at the latest fixing", "최근 고시환율")) + by;
    case Kind::KIND_NOT_SET:
      break;
  }
  return std::string(In(language, "each at the rate of its own kind", "수치별 기준환율")) + by;
}

std::string AsOfWords(const journal::v1::AsOf& as_of, Language language) {
  std::vector<std::string> parts;
  if (!as_of.published().empty()) {
    parts.push_back(
        fmt::format(fmt::runtime(In(language, "as of {}", "{} 기준")), as_of.published()));
  }
  if (as_of.has_recorded_sequence()) {
    parts.push_back(
        fmt::format(fmt::runtime(In(language, "as recorded up to {}", "기록 순번 {}까지")),
                    as_of.recorded_sequence()));
  }
  return Joined(parts, "; ");
}

}  // namespace

std::string ReportTitle(const gateway::v1::ReportQuery& query) {
  std::vector<std::string> who(query.group_ids().begin(), query.group_ids().end());
  who.insert(who.end(), query.organization_ids().begin(), query.organization_ids().end());
  who.push_back(query.period().label());
  return Joined(who, ", ");
}

std::string ReportSubtitle(const gateway::v1::GetReportRequest& request,
                           const gateway::v1::ReportQuery& query, Language language) {
  std::vector<std::string> measures;
  for (const std::string& measure : query.measures()) {
    measures.push_back(MeasureName(measure, language));
  }
  std::string currency;
  if (!query.currency_code().empty()) {
    currency = fmt::format(fmt::runtime(In(language, "in {} {}", "{} 환산, {}")),
                           query.currency_code(), RateWords(query.rate(), language));
  }
  return Joined({currency, AsOfWords(request.as_of(), language), Joined(measures, ", ")}, "; ");
}

}  // namespace outlay::cli
