#include "services/ingest/disclosure_id.h"

namespace outlay::ingest {

std::string FormatDisclosureId(uint64_t sequence) {
  std::string id = "d-0000000000000000";
  for (size_t i = id.size(); sequence != 0; sequence >>= 4)
    id[--i] = "0123456789abcdef"[sequence & 0xf];
  return id;
}

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
