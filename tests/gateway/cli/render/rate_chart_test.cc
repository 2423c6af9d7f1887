#include "gateway/cli/render/rate_chart.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "gateway/cli/render/display_width.h"

namespace outlay::cli {
namespace {

using testing::HasSubstr;

ChartPoint Point(const char* date, const char* value) {
  return {*time::ParseDate(date), *money::Decimal::Parse(value)};
}

std::vector<std::string> Lines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

constexpr size_t kRows = 15;

TEST(RateChartTest, HasItsExtremesBesideAndItsDaysBelowTheAxes) {
  const std::vector<std::string> lines = Lines(
      RateChart({Point("2025-01-01", "10"), Point("2025-01-02", "12.5"), Point("2025-01-03", "20")},
                {.width = 40}));
  ASSERT_EQ(lines.size(), kRows + 3);
  EXPECT_THAT(lines[0], testing::StartsWith("20 ┤"));
  EXPECT_THAT(lines[kRows - 1], testing::StartsWith("10 ┤"));
  for (size_t i = 0; i + 1 < lines.size(); ++i) EXPECT_LE(DisplayWidth(lines[i]), 40u) << lines[i];
  EXPECT_EQ(lines[kRows + 1], "    2025-01-01                2025-01-03");
  EXPECT_EQ(lines[kRows + 2], "max 20 on 2025-01-03, min 10 on 2025-01-01");
  // The line begins in the lower left cell and ends in the upper right one.
  EXPECT_THAT(lines[kRows - 1], HasSubstr("┤⣀⠤⠒⠉"));
  EXPECT_EQ(DisplayWidth(lines[0]), 40u);
}

TEST(RateChartTest, ALineThatRisesEvenlyHasADotInEveryRow) {
  const std::vector<std::string> lines =
      Lines(RateChart({Point("2025-01-01", "0.1"), Point("2025-01-31", "0.2")}, {.width = 60}));
  size_t before = 0;
  for (size_t row = kRows; row-- > 0;) {
    EXPECT_GT(DisplayWidth(lines[row]), before) << lines[row];
    before = DisplayWidth(lines[row]);
  }
}

TEST(RateChartTest, APointAloneAndEqualPointsStandInTheMiddle) {
  for (const std::vector<ChartPoint>& points :
       {std::vector{Point("2025-01-01", "5")},
        std::vector{Point("2025-01-01", "5"), Point("2025-01-09", "5")}}) {
    const std::vector<std::string> lines = Lines(RateChart(points, {}));
    for (size_t row = 0; row < kRows; ++row) {
      EXPECT_EQ(DisplayWidth(lines[row]) > 3, row == kRows / 2) << lines[row];
    }
  }
}

TEST(RateChartTest, PointsFarApartAreNotJoined) {
  const auto dots = [](const char* second) {
    const std::string text = RateChart({Point("2008-12-10", "290"), Point(second, "125")}, {});
    size_t cells = 0;
    for (const std::string& line : Lines(text)) {
      for (size_t at = line.find("\xE2\xA0"); at != line.npos; at = line.find("\xE2\xA0", at + 1))
        ++cells;
      for (size_t at = line.find("\xE2\xA1"); at != line.npos; at = line.find("\xE2\xA1", at + 1))
        ++cells;
      for (size_t at = line.find("\xE2\xA2"); at != line.npos; at = line.find("\xE2\xA2", at + 1))
        ++cells;
      for (size_t at = line.find("\xE2\xA3"); at != line.npos; at = line.find("\xE2\xA3", at + 1))
        ++cells;
    }
    return cells;
  };
  EXPECT_EQ(dots("2018-02-01"), 2u);
  EXPECT_GT(dots("2009-01-05"), 70u);
}

TEST(RateChartTest, ItsLabelsHaveSixDigitsAndItsLastLineAll) {
  const std::string text =
      RateChart({Point("2025-01-01", "1447.09453599"), Point("2025-01-02", "0.000123456789")}, {});
  EXPECT_THAT(text, HasSubstr("   1,447.09 ┤"));
  EXPECT_THAT(text, HasSubstr("0.000123457 ┤"));
  EXPECT_THAT(text, HasSubstr("max 1,447.09453599 on 2025-01-01, min 0.000123456789 on"));
}

TEST(RateChartTest, ANarrowTerminalGetsWhatTheLabelsNeed) {
  const std::vector<std::string> lines =
      Lines(RateChart({Point("2025-01-01", "1"), Point("2025-01-02", "2")}, {.width = 5}));
  EXPECT_EQ(lines[kRows + 1], "   2025-01-01  2025-01-02");
}

TEST(RateChartTest, AxesAreFaintWhereColoursAreOn) {
  EXPECT_THAT(RateChart({Point("2025-01-01", "1")}, {.faint_axes = true}), HasSubstr("\x1b[2m"));
}

}  // namespace
}  // namespace outlay::cli
