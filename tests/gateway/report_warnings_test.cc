// The warnings of a report of very many organizations.
#include <gtest/gtest.h>

#include "fmt/format.h"
#include "gateway/report/report.h"
#include "gateway/report/warning_list.h"

namespace outlay::gateway {
namespace {

using money::Rational;

// However many organizations a report has, its warnings can be read.
TEST(ReportWarningsTest, NamesTwentyOrganizationsInAWarningAndCountsTheOthers) {
  ReportInput input{.report_currency = "USD", .period = time::CalendarYear(2025)};
  for (int i = 0; i < 1'000; ++i) {
    FigureInput figure{.figure = {.currency_code = "USD", .point = Rational(1)},
                       .measure = "capital_expenditure",
                       .basis = "GUIDANCE",
                       .period = time::CalendarYear(2025)};
    figure.figure.interval.low = {.value = Rational(0), .implied = true};
    figure.figure.interval.high = {.value = Rational(1)};
    // A calendar for every other one, and all a little longer than the year.
    figure.period.end += std::chrono::days(i % 2 == 0 ? i : 0);
    input.rows.push_back({.organization_id = fmt::format("o-{}", i), .current = figure});
  }
  const std::vector<Warning> warnings =
      ComputeReport(input, [] { return absl::OkStatus(); })->warnings;
  const auto message = [&](const std::string& code) {
    for (const Warning& warning : warnings) {
      if (warning.code == code) return warning.message;
    }
    return std::string();
  };
  const std::string implied = message("IMPLIED_LOW");
  EXPECT_NE(implied.find("o-19 and 980 more, for which only a ceiling"), std::string::npos)
      << implied;
  const std::string mixed = message("MIXED_CALENDARS");
  EXPECT_NE(mixed.find(" and 480 more."), std::string::npos) << mixed;
  for (const Warning& warning : warnings) EXPECT_LT(warning.message.size(), 2'000u);
}

TEST(WarningListTest, KeepsTwentyOfACodeAndCountsTheOthers) {
  WarningList list;
  for (int i = 0; i < 25; ++i) list.Add({"STALE_RATE", fmt::format("rate {}", i), ""});
  list.Add({"ROUNDED", "rounded", ""});
  const std::vector<Warning> warnings = std::move(list).Take();
  ASSERT_EQ(warnings.size(), 22u);
  EXPECT_EQ(warnings[19].message, "rate 19");
  EXPECT_EQ(warnings[20].code, "ROUNDED");
  EXPECT_EQ(warnings[21], (Warning{"STALE_RATE", "5 more of this kind are not shown.", ""}));
}

}  // namespace
}  // namespace outlay::gateway
