// Tables of text in columns.
#ifndef OUTLAY_GATEWAY_CLI_RENDER_TEXT_TABLE_H_
#define OUTLAY_GATEWAY_CLI_RENDER_TEXT_TABLE_H_

#include <string>

#include "gateway/cli/render/document.h"

namespace outlay::cli {

// Two spaces between columns, no space at the end of a line. Too wide a table first breaks the cells of the columns that wrap,
// then those of the widest columns; only words are never broken.
std::string RenderTable(const Table& table, const TextStyle& style);

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_RENDER_TEXT_TABLE_H_
