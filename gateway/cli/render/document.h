// What a command prints, before it is known whether for a terminal or as Markdown.
#ifndef OUTLAY_GATEWAY_CLI_RENDER_DOCUMENT_H_
#define OUTLAY_GATEWAY_CLI_RENDER_DOCUMENT_H_

#include <cstddef>
#include <string>
#include <variant>
#include <vector>

namespace outlay::cli {

struct Heading {
  std::string text;
};

// One paragraph; line breaks are kept.
struct Paragraph {
  std::string text;
  bool strong = false;
};

// A list. The lead is what the eye should find ("STALE_RATE"), the details stand on lines of their own below.
struct Item {
  std::string lead;
  std::string text;
  std::vector<std::string> details;
};
struct ItemList {
  std::vector<Item> items;
  bool warning = false;
};

enum class Align { kLeft, kRight };

struct Column {
  std::string header;
  Align align = Align::kLeft;
  bool wraps = false;  // its cells are broken into lines first where the table is too wide
};

struct Row {
  std::vector<std::string> cells;  // one a column
  bool strong = false;             // a total: set off by a rule
};

struct Table {
  std::vector<Column> columns;
  std::vector<Row> rows;
};

using Block = std::variant<Heading, Paragraph, ItemList, Table>;
using Document = std::vector<Block>;

struct TextStyle {
  size_t width = 120;  // cells
  bool colour = false;
};

// Blocks are set apart by an empty line, except that one follows a heading at once. Nothing is wider than the style allows unless
// a single word of a table is.
std::string RenderText(const Document& document, const TextStyle& style);

std::string RenderMarkdown(const Document& document);

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_RENDER_DOCUMENT_H_
