#include "services/aggregation/page_position.h"

#include <charconv>

#include "fmt/format.h"

namespace outlay::aggregation {

std::string FormatPlace(const PagePosition& position) {
  return fmt::format("{}:{}", position.query_index, position.after);
}

std::optional<PagePosition> ParsePlace(std::string_view text, uint64_t sequence) {
  const size_t colon = text.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  PagePosition position{.sequence = sequence, .after = std::string(text.substr(colon + 1))};
  const char* const end = text.data() + colon;
  const auto [last, error] = std::from_chars(text.data(), end, position.query_index);
  if (error != std::errc() || last != end) return std::nullopt;
  return position;
}

}  // namespace outlay::aggregation
