#include "gateway/cli/render/rate_chart.h"

#include <algorithm>
#include <cstdlib>

#include "fmt/format.h"
#include "gateway/cli/render/colour.h"
#include "gateway/cli/render/display_width.h"
#include "gateway/cli/render/readable_amount.h"

namespace outlay::cli {
namespace {

using money::Decimal;

constexpr size_t kRows = 15;
constexpr size_t kPlotWidthMin = 22;  // two dates and a blank between
constexpr int kDotsPerRow = 4;
constexpr int kDotsPerCell = 2;
constexpr int kJoinedDaysMax = 31;

// A grid of cells of two by four dots, from the upper left.
class Dots {
 public:
  explicit Dots(size_t width) : width_(width), cells_(width * kRows, 0) {}

  int right() const { return static_cast<int>(width_) * kDotsPerCell - 1; }
  static constexpr int Bottom() { return static_cast<int>(kRows) * kDotsPerRow - 1; }

  void Set(int x, int y) {
    constexpr unsigned char kBits[kDotsPerRow][kDotsPerCell] = {
        {0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};
    const size_t cell =
        static_cast<size_t>(y / kDotsPerRow) * width_ + static_cast<size_t>(x / kDotsPerCell);
    cells_[cell] |= kBits[y % kDotsPerRow][x % kDotsPerCell];
  }

  // Bresenham's line.
  void Join(int x, int y, int to_x, int to_y) {
    const int width = std::abs(to_x - x);
    const int height = -std::abs(to_y - y);
    int error = width + height;
    while (true) {
      Set(x, y);
      if (x == to_x && y == to_y) return;
      const int twice = 2 * error;
      if (twice >= height) {
        error += height;
        x += x < to_x ? 1 : -1;
      }
      if (twice <= width) {
        error += width;
        y += y < to_y ? 1 : -1;
      }
    }
  }

  // Without blanks at its end.
  std::string Row(size_t row) const {
    std::string text;
    size_t kept = 0;
    for (size_t i = 0; i < width_; ++i) {
      const unsigned char dots = cells_[row * width_ + i];
      // U+2800 and the dots; an empty cell is a blank.
      text += dots == 0 ? std::string(" ")
                        : std::string{'\xE2', static_cast<char>(0xA0 | dots >> 6),
                                      static_cast<char>(0x80 | (dots & 0x3F))};
      if (dots != 0) kept = text.size();
    }
    return text.substr(0, kept);
  }

 private:
  const size_t width_;
  std::vector<unsigned char> cells_;
};

// `part` of `whole` on a scale of 0 to `last`.
int Position(int64_t part, int64_t whole, int last) {
  return whole == 0 ? last / 2 : static_cast<int>((part * last + whole / 2) / whole);
}

int Height(const Decimal& value, const Decimal& least, const Decimal& greatest) {
  constexpr int kMiddle = Dots::Bottom() / 2;
  const auto part = money::Subtract(value, least);
  const auto whole = money::Subtract(greatest, least);
  if (!part.ok() || !whole.ok() || whole->IsZero()) return kMiddle;
  const auto height = money::MultiplyDivide(*part, Decimal::FromInt(Dots::Bottom()), *whole, 0,
                                            money::Rounding::kHalfEven);
  // A whole number, and never beyond the scale.
  return height.ok() ? Dots::Bottom() - static_cast<int>(height->coefficient()) : kMiddle;
}

// To six digits: beside an axis more of them tell nothing.
std::string Label(const Decimal& value) {
  constexpr int kDigits = 6;
  const auto rounded =
      money::DivideSignificant(value, Decimal::FromInt(1), kDigits, money::Rounding::kHalfUp);
  return GroupedDigits(rounded.ok() ? *rounded : value);
}

std::string Padded(const std::string& text, size_t width) {
  return std::string(width - std::min(width, DisplayWidth(text)), ' ') + text;
}

}  // namespace

std::string RateChart(const std::vector<ChartPoint>& points, const ChartStyle& style) {
  const auto by_value = [](const ChartPoint& a, const ChartPoint& b) { return a.value < b.value; };
  const auto [least, greatest] = std::minmax_element(points.begin(), points.end(), by_value);
  const std::string top = Label(greatest->value);
  const std::string bottom = Label(least->value);
  const size_t margin = std::max(DisplayWidth(top), DisplayWidth(bottom));
  const size_t beside = margin + 2;
  const size_t plot_width = std::max(style.width, beside + kPlotWidthMin) - beside;

  Dots dots(plot_width);
  const auto days_from_first = [&](const ChartPoint& point) {
    return (point.date - points.front().date).count();
  };
  const ChartPoint* before = nullptr;
  for (const ChartPoint& point : points) {
    const auto x = [&](const ChartPoint& at) {
      return Position(days_from_first(at), days_from_first(points.back()), dots.right());
    };
    const auto y = [&](const ChartPoint& at) {
      return Height(at.value, least->value, greatest->value);
    };
    const bool joined = before != nullptr && (point.date - before->date).count() <= kJoinedDaysMax;
    const ChartPoint& from = joined ? *before : point;
    dots.Join(x(from), y(from), x(point), y(point));
    before = &point;
  }

  const Colours colours(style.faint_axes);
  std::string text;
  for (size_t row = 0; row < kRows; ++row) {
    const bool is_top = row == 0;
    const bool is_bottom = row + 1 == kRows;
    const std::string label = Padded(is_top ? top : is_bottom ? bottom : "", margin);
    const std::string line = dots.Row(row);
    text += label + " " + colours.Faint(is_top || is_bottom ? "┤" : "│") + line + "\n";
  }
  const std::string first_day = time::FormatDate(points.front().date);
  const std::string last_day = time::FormatDate(points.back().date);
  std::string rule;
  for (size_t i = 0; i < plot_width; ++i) rule += "─";
  text += std::string(margin + 1, ' ') + colours.Faint("└" + rule) + "\n";
  text += std::string(beside, ' ') + first_day +
          std::string(plot_width - first_day.size() - last_day.size(), ' ') + last_day + "\n";
  text += fmt::format(
      fmt::runtime(In(style.language, "max {} on {}, min {} on {}", "최고 {} ({}), 최저 {} ({})")),
      GroupedDigits(greatest->value), time::FormatDate(greatest->date), GroupedDigits(least->value),
      time::FormatDate(least->date));
  return text + "\n";
}

}  // namespace outlay::cli
