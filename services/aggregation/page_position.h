// Where a page of an answer ends, and the next one begins.
#ifndef OUTLAY_SERVICES_AGGREGATION_PAGE_POSITION_H_
#define OUTLAY_SERVICES_AGGREGATION_PAGE_POSITION_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace outlay::aggregation {

struct PagePosition {
  uint64_t sequence = 0;     // all pages are pinned to it
  uint32_t query_index = 0;  // of the last cell given
  std::string after;         // the order of that cell

  friend bool operator==(const PagePosition&, const PagePosition&) = default;
};

// All but the sequence, as text.
std::string FormatPlace(const PagePosition& position);

// The inverse; none for a text that FormatPlace did not make.
std::optional<PagePosition> ParsePlace(std::string_view text, uint64_t sequence);

}  // namespace outlay::aggregation

#endif  // OUTLAY_SERVICES_AGGREGATION_PAGE_POSITION_H_
