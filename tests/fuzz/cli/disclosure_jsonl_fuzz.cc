// JSON lines of disclosures on hostile text. What is read prints to a line that reads back as the same entry.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "gateway/cli/file_lines.h"
#include "gateway/cli/import_disclosures.h"
#include "gateway/cli/import_tally.h"
#include "gateway/cli/proto_json.h"

namespace outlay::cli {
namespace {

void Require(bool condition) {
  if (!condition) std::abort();
}

void ReadLines(const std::string& text) {
  FileLines lines = FileLines::OfText(text);
  std::string line;
  while (lines.NextRecord(&line).value()) {
    const auto entry = ParseDisclosureLine(line);
    if (!entry.ok()) {
      Require(!MakeRejection(lines.number(), entry.status(), line).message.empty());
      continue;
    }
    const std::string printed = CompactJson(*entry);
    const auto again = ParseDisclosureLine(printed);
    Require(again.ok() && CompactJson(*again) == printed);
  }
}

}  // namespace
}  // namespace outlay::cli

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  outlay::cli::ReadLines(std::string(reinterpret_cast<const char*>(data), size));
  return 0;
}
