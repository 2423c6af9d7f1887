#include "gateway/cli/render/text_table.h"

#include <algorithm>
#include <string_view>

#include "fmt/format.h"
#include "gateway/cli/render/colour.h"
#include "gateway/cli/render/display_width.h"

namespace outlay::cli {
namespace {

constexpr size_t kGap = 2;
constexpr size_t kNarrowGap = 1;
// A column that wraps is not made narrower than this while others can give.
constexpr size_t kReadableWidth = 24;

using Widths = std::vector<size_t>;

size_t TotalWidth(const Widths& widths, size_t gap) {
  size_t total = widths.empty() ? 0 : gap * (widths.size() - 1);
  for (const size_t width : widths) total += width;
  return total;
}

struct Layout {
  Widths widths;
  size_t gap;  // between columns
};

// The widest line of a cell.
size_t LineWidth(std::string_view cell) {
  size_t widest = 0;
  while (true) {
    const size_t end = std::min(cell.find('\n'), cell.size());
    widest = std::max(widest, DisplayWidth(cell.substr(0, end)));
    if (end == cell.size()) return widest;
    cell.remove_prefix(end + 1);
  }
}

template <typename Measure>
Widths ColumnWidths(const Table& table, Measure measure) {
  Widths widths;
  for (size_t i = 0; i < table.columns.size(); ++i) {
    size_t width = measure(table.columns[i].header);
    for (const Row& row : table.rows) width = std::max(width, measure(row.cells[i]));
    widths.push_back(width);
  }
  return widths;
}

// Takes one cell after the other from the widest of the columns that can give, until the table fits.
template <typename CanGive>
void Shrink(size_t limit, CanGive can_give, Widths* widths) {
  while (TotalWidth(*widths, kGap) > limit) {
    size_t widest = widths->size();
    for (size_t i = 0; i < widths->size(); ++i) {
      if (!can_give(i)) continue;
      if (widest == widths->size() || (*widths)[i] > (*widths)[widest]) widest = i;
    }
    if (widest == widths->size()) return;
    --(*widths)[widest];
  }
}

Layout FittingLayout(const Table& table, size_t limit) {
  Widths widths = ColumnWidths(table, LineWidth);
  const Widths least = ColumnWidths(table, LongestWord);
  const auto wraps = [&](size_t i) { return table.columns[i].wraps; };
  Shrink(
      limit, [&](size_t i) { return wraps(i) && widths[i] > std::max(least[i], kReadableWidth); },
      &widths);
  Shrink(
      limit, [&](size_t i) { return widths[i] > least[i]; }, &widths);
  return {widths, TotalWidth(widths, kGap) > limit ? kNarrowGap : kGap};
}

std::string Padded(std::string_view text, size_t width, Align align) {
  const size_t cells = DisplayWidth(text);
  const std::string padding(width > cells ? width - cells : 0, ' ');
  return align == Align::kRight ? padding + std::string(text) : std::string(text) + padding;
}

std::string WithoutTrailingSpaces(std::string text) {
  text.erase(text.find_last_not_of(' ') + 1);
  return text;
}

// The lines of one row.
std::vector<std::string> RowLines(const std::vector<std::string>& cells,
                                  const std::vector<Column>& columns, const Layout& layout) {
  std::vector<std::vector<std::string>> wrapped;
  size_t height = 1;
  for (size_t i = 0; i < cells.size(); ++i) {
    wrapped.push_back(Wrap(cells[i], std::max<size_t>(layout.widths[i], 1)));
    height = std::max(height, wrapped.back().size());
  }
  std::vector<std::string> lines;
  for (size_t line = 0; line < height; ++line) {
    std::string text;
    for (size_t i = 0; i < cells.size(); ++i) {
      if (i > 0) text.append(layout.gap, ' ');
      const std::string_view part =
          line < wrapped[i].size() ? std::string_view(wrapped[i][line]) : std::string_view();
      text += Padded(part, layout.widths[i], columns[i].align);
    }
    lines.push_back(WithoutTrailingSpaces(std::move(text)));
  }
  return lines;
}

std::string Rule(const Layout& layout) {
  std::string text;
  for (size_t i = 0; i < TotalWidth(layout.widths, layout.gap); ++i) text += "─";
  return text;
}

}  // namespace

std::string RenderTable(const Table& table, const TextStyle& style) {
  const Layout layout = FittingLayout(table, style.width);
  const Colours colours(style.colour);
  std::string text;
  const auto add = [&](const std::vector<std::string>& cells, bool strong) {
    for (const std::string& line : RowLines(cells, table.columns, layout)) {
      text += (strong ? colours.Bold(line) : line) + "\n";
    }
  };
  std::vector<std::string> headers;
  for (const Column& column : table.columns) headers.push_back(column.header);
  add(headers, true);
  text += colours.Faint(Rule(layout)) + "\n";
  for (size_t i = 0; i < table.rows.size(); ++i) {
    const bool first_strong = table.rows[i].strong && (i == 0 || !table.rows[i - 1].strong);
    if (first_strong && i > 0) text += colours.Faint(Rule(layout)) + "\n";
    add(table.rows[i].cells, table.rows[i].strong);
  }
  return text;
}

}  // namespace outlay::cli
