#include "gateway/cli/render/document.h"

#include "fmt/format.h"
#include "gateway/cli/render/colour.h"
#include "gateway/cli/render/display_width.h"
#include "gateway/cli/render/text_table.h"

namespace outlay::cli {
namespace {

std::string Indented(std::string_view text, size_t indent, size_t first_indent, size_t width) {
  const size_t room = width > indent + 8 ? width - indent : 8;
  std::string result;
  size_t spaces = first_indent;
  for (const std::string& line : Wrap(text, room)) {
    if (!line.empty()) result += std::string(spaces, ' ') + line;
    result += "\n";
    spaces = indent;
  }
  return result;
}

class TextRenderer {
 public:
  explicit TextRenderer(const TextStyle& style) : style_(style), colours_(style.colour) {}

  std::string operator()(const Heading& heading) const {
    return colours_.Bold(heading.text) + "\n";
  }

  std::string operator()(const Paragraph& paragraph) const {
    if (!paragraph.strong) return Indented(paragraph.text, 0, 0, style_.width);
    std::string text;
    for (const std::string& line : Wrap(paragraph.text, style_.width)) {
      text += colours_.Bold(line) + "\n";
    }
    return text;
  }

  std::string operator()(const ItemList& list) const {
    std::string text;
    for (const Item& item : list.items) text += ItemText(item, list.warning);
    return text;
  }

  std::string operator()(const Table& table) const { return RenderTable(table, style_); }

 private:
  std::string ItemText(const Item& item, bool warning) const {
    const std::string lead = warning ? colours_.Yellow(item.lead) : colours_.Bold(item.lead);
    // The lead's own width, which the codes of its colour do not have.
    const std::string plain = item.lead.empty() || item.text.empty() ? item.lead + item.text
                                                                     : item.lead + ": " + item.text;
    std::string text = Indented(plain, kIndent + kIndent, kIndent, style_.width);
    const size_t at = text.find(item.lead);
    if (style_.colour && at != std::string::npos) text.replace(at, item.lead.size(), lead);
    for (const std::string& detail : item.details) {
      text += Indented(detail, 3 * kIndent, 2 * kIndent, style_.width);
    }
    return text;
  }

  static constexpr size_t kIndent = 2;

  const TextStyle style_;
  const Colours colours_;
};

// Characters that would end a cell or start an element.
std::string Escaped(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '\n') {
      escaped += "<br>";
      continue;
    }
    if (c == '|' || c == '*' || c == '_' || c == '`' || c == '<' || c == '\\' || c == '#') {
      escaped += '\\';
    }
    escaped += c;
  }
  return escaped;
}

class MarkdownRenderer {
 public:
  std::string operator()(const Heading& heading) const {
    return fmt::format("## {}\n", Escaped(heading.text));
  }

  std::string operator()(const Paragraph& paragraph) const {
    std::string text = Escaped(paragraph.text);
    return paragraph.strong ? fmt::format("**{}**\n", text) : text + "\n";
  }

  std::string operator()(const ItemList& list) const {
    std::string text;
    for (const Item& item : list.items) {
      const bool both = !item.lead.empty() && !item.text.empty();
      text += fmt::format("- {}{}{}\n",
                          item.lead.empty() ? "" : fmt::format("**{}**", Escaped(item.lead)),
                          both ? ": " : "", Escaped(item.text));
      for (const std::string& detail : item.details) {
        text += fmt::format("  - {}\n", Escaped(detail));
      }
    }
    return text;
  }

  std::string operator()(const Table& table) const {
    std::string text = "|";
    for (const Column& column : table.columns) text += fmt::format(" {} |", Escaped(column.header));
    text += "\n|";
    for (const Column& column : table.columns) {
      text += column.align == Align::kRight ? "---:|" : "---|";
    }
    text += "\n";
    for (const Row& row : table.rows) {
      text += "|";
      for (const std::string& cell : row.cells) {
        const bool strong = row.strong && !cell.empty();
        text +=
            strong ? fmt::format(" **{}** |", Escaped(cell)) : fmt::format(" {} |", Escaped(cell));
      }
      text += "\n";
    }
    return text;
  }
};

}  // namespace

std::string RenderText(const Document& document, const TextStyle& style) {
  std::string text;
  bool after_heading = true;
  for (const Block& block : document) {
    if (!after_heading) text += "\n";
    text += std::visit(TextRenderer(style), block);
    after_heading = std::holds_alternative<Heading>(block);
  }
  return text;
}

std::string RenderMarkdown(const Document& document) {
  std::string text;
  for (const Block& block : document) {
    if (!text.empty()) text += "\n";
    text += std::visit(MarkdownRenderer(), block);
  }
  return text;
}

}  // namespace outlay::cli
