#include "services/ingest/disclosure_id.h"

#include "fmt/format.h"

namespace outlay::ingest {

std::string FormatDisclosureId(uint64_t sequence) { return fmt::format("d-{:016x}", sequence); }

std::optional<uint64_t> ParseDisclosureId(std::string_view text) {
  constexpr size_t kLength = 18;
  if (text.size() != kLength || !text.starts_with("d-")) return std::nullopt;
  uint64_t sequence = 0;
  for (const char c : text.substr(2)) {
    const bool digit = c >= '0' && c <= '9';
    if (!digit && !(c >= 'a' && c <= 'f')) return std::nullopt;
    sequence = sequence << 4 | static_cast<uint64_t>(digit ? c - '0' : c - 'a' + 10);
  }
  if (sequence == 0) return std::nullopt;
  return sequence;
}

}  // namespace outlay::ingest
