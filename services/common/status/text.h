// Small helpers for error messages.
#ifndef OUTLAY_SERVICES_COMMON_STATUS_TEXT_H_
#define OUTLAY_SERVICES_COMMON_STATUS_TEXT_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/string_view.h"

namespace outlay {

// Debian's Abseil keeps its own string_view type, which does not convert from the standard one.
inline absl::string_view ToAbsl(std::string_view text) { return {text.data(), text.size()}; }
inline std::string_view FromAbsl(absl::string_view text) { return {text.data(), text.size()}; }

// The text in double quotes for a message: control characters and invalid UTF-8 escaped as \xNN, cut after 80 bytes.
std::string Quote(std::string_view text);

// "1 record", "2 records": of a noun that takes an s.
std::string Counted(uint64_t count, std::string_view noun);

// "a, b and 3 more": the first of the parts, at most `most` (which is not 0), and how many there are beyond.
std::string JoinFirst(const std::vector<std::string>& parts, std::string_view separator,
                      size_t most);

// The candidates nearest to `word` by edit distance (case-insensitive), best first, at most `limit`; only those within
// a third of the word's length (at least 2). O(candidates × length²): for error paths only.
std::vector<std::string> Nearest(std::string_view word, const std::vector<std::string>& candidates,
                                 size_t limit = 3);

// " (did you mean "a", "b"?)", or an empty string where nothing is near.
std::string DidYouMean(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace outlay

#endif  // OUTLAY_SERVICES_COMMON_STATUS_TEXT_H_
