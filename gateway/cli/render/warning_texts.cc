#include "gateway/cli/render/warning_texts.h"

#include <array>

namespace outlay::cli {
namespace {

struct Explanation {
  std::string_view code;
  std::string_view english;
  std::string_view korean;
};

constexpr std::array kExplanations = {
    Explanation{"OPEN_INTERVAL", "A part has no lower or no upper end, so the sum has none either.",
                "일부 수치에 하한이나 상한이 없어 합계에도 없습니다."},
    Explanation{"IMPLIED_LOW",
                "Only a ceiling is stated; the low end of zero follows from the measure, not from "
                "a source.",
                "상한만 명시되었습니다. 하한 0은 출처가 아니라 항목의 성격에서 나온 값입니다."},
    Explanation{"MIXED_MEASURES",
                "The figures count different things, such as all capital expenditure and AI "
                "investment alone.",
                "서로 다른 항목(예: 설비투자와 AI 투자)의 수치가 함께 더해졌습니다."},
    Explanation{"MIXED_DEFINITIONS", "Figures of one measure are counted by different definitions.",
                "같은 항목이라도 정의가 다른 수치가 섞여 있습니다."},
    Explanation{"MIXED_BASES", "Reported figures, guidance or estimates stand side by side.",
                "실적, 계획, 추정치가 섞여 있습니다."},
    Explanation{"MIXED_CALENDARS", "Fiscal and calendar periods stand side by side.",
                "회계연도와 역년 기간이 섞여 있습니다."},
    Explanation{"PERIOD_AMBIGUOUS",
                "The source does not say whether it means the calendar or the fiscal year.",
                "출처가 역년인지 회계연도인지 밝히지 않았습니다."},
    Explanation{"PERIOD_MISMATCH", "Two figures that are compared belong to different periods.",
                "비교하는 두 수치의 기간이 다릅니다."},
    Explanation{
        "PRIOR_PERIOD_INCOMPLETE",
        "The year before is not known for every organization; growth is of those for which it is.",
        "전년 수치가 없는 기관이 있습니다. 증가율은 전년 수치가 있는 기관만의 것입니다."},
    Explanation{"CONFLICTING_SOURCES",
                "Sources state figures for the same thing that do not agree.",
                "같은 대상에 대해 출처마다 수치가 다릅니다."},
    Explanation{"STALE_RATE", "The exchange rate is of an earlier day than the one asked for.",
                "요청한 날보다 이전 날짜의 환율입니다."},
    Explanation{"SUSPICIOUS_RATE",
                "An exchange rate that went in moves suspiciously far against those of the days "
                "around it.",
                "앞뒤 날짜와 크게 다른 의심스러운 환율이 쓰였습니다."},
    Explanation{"HELD_RATE",
                "An exchange rate was left out: it is held as suspicious until it is released.",
                "의심스러워 보류된 환율은 쓰지 않았습니다."},
    Explanation{"PRO_RATED", "The figure was spread over the period by days.",
                "일수에 따라 안분한 수치입니다."},
    Explanation{"DERIVED", "The figure was computed from reported ones.",
                "보고된 수치에서 계산한 값입니다."},
    Explanation{"NEGATIVE_DERIVED",
                "A computed figure is below zero although the measure cannot be.",
                "음수가 될 수 없는 항목인데 계산 결과가 음수입니다."},
    Explanation{"WEEK_CALENDAR",
                "The period is one of 52 or 53 weeks and ends some days off the calendar's.",
                "52·53주 회계 기간이어서 역년과 며칠 차이가 납니다."},
    Explanation{
        "ROUNDED",
        "The total was rounded once from its exact value; the rows as shown need not add up to it.",
        "합계는 정확한 값에서 한 번만 반올림했으므로 표의 행을 더한 값과 다를 수 있습니다."},
    Explanation{"DEFINITION_MISMATCH",
                "Two figures that would be compared are counted by different definitions.",
                "비교하려는 두 수치의 정의가 다릅니다."},
    Explanation{"NO_RATE",
                "There is no exchange rate for the figure; it is not in the converted total.",
                "환율이 없어 환산 합계에 들어가지 않았습니다."},
    Explanation{"COUNTED_IN_PARENT",
                "The figure is held in that of the organization it belongs to, and not added.",
                "상위 기관의 수치에 이미 포함되어 합계에 더하지 않았습니다."},
    Explanation{"NO_REFERENCE", "No figure is known of what the total is to be compared with.",
                "합계와 비교할 수치를 찾지 못했습니다."},
    Explanation{"PARTIAL", "A part of the answer could not be had or is behind.",
                "답의 일부를 얻지 못했거나 최신이 아닙니다."},
};

constexpr auto kCodes = [] {
  std::array<std::string_view, kExplanations.size()> codes;
  for (size_t i = 0; i < codes.size(); ++i) codes[i] = kExplanations[i].code;
  return codes;
}();

}  // namespace

std::string_view WarningText(std::string_view code, Language language) {
  for (const Explanation& explanation : kExplanations) {
    if (explanation.code == code) return In(language, explanation.english, explanation.korean);
  }
  return "";
}

std::span<const std::string_view> WarningCodes() { return kCodes; }

}  // namespace outlay::cli
