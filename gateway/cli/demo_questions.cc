#include "gateway/cli/demo_questions.h"

#include "gateway/cli/report_request.h"
#include "services/common/status/error.h"

namespace outlay::cli {
namespace {

ReportFlags BaseFlags() {
  ReportFlags flags;
  flags.groups = {"big-tech-4"};
  flags.year = "2025";
  flags.currency = "KRW";
  flags.share_of = "republic-of-korea/government_budget/2024";
  flags.as_of.published = "2025-02-10";
  return flags;
}

}  // namespace

absl::StatusOr<std::vector<DemoQuestion>> DemoQuestions(Language language) {
  std::vector<DemoQuestion> questions;
  ReportFlags flags = BaseFlags();
  flags.rate = "as-stated=brunch-2025-02-10";
  ASSIGN_OR_RETURN(auto stated, MakeReportRequest(flags));
  questions.push_back(
      {std::string(
           In(language,
              "What four companies will spend in 2025, as two articles of February 2025 have it, "
              "at the rate that one of them implies:",
              "2025년 2월 두 기사가 전하는 빅테크 4곳의 2025년 투자, 한 기사의 내재환율로:")),
       std::move(stated), ReportDetail::kFull});
  flags.rate = "spot";
  flags.on_date = "2025-02-07";
  ASSIGN_OR_RETURN(auto spot, MakeReportRequest(flags));
  questions.push_back(
      {std::string(In(language, "The same at the ECB's reference rates of 2025-02-07:",
                      "유럽중앙은행 2025-02-07 고시환율로:")),
       std::move(spot), ReportDetail::kTotals});
  flags.as_of.published = "2025-02-09";
  ASSIGN_OR_RETURN(auto earlier, MakeReportRequest(flags));
  questions.push_back(
      {std::string(In(language,
                      "The same as of 2025-02-09, when only the other article was published:",
                      "다른 기사만 나와 있던 2025-02-09 기준으로:")),
       std::move(earlier), ReportDetail::kFigures});
  return questions;
}

}  // namespace outlay::cli
