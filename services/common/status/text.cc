#include "services/common/status/text.h"

#include <algorithm>
#include <cctype>
#include <numeric>
#include <utility>

#include <fmt/format.h>

namespace outlay {
namespace {

constexpr size_t kQuotedBytesMax = 80;

char Lower(char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }

size_t EditDistance(std::string_view a, std::string_view b) {
  std::vector<size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), size_t{0});
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t substitution = diagonal + (Lower(a[i - 1]) == Lower(b[j - 1]) ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, substitution});
    }
  }
  return row[b.size()];
}

// Length of the valid UTF-8 sequence at the start of `text`, or 0.
size_t Utf8Length(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  const size_t length = lead < 0x80                   ? 1
                        : lead >= 0xc2 && lead < 0xe0 ? 2
                        : (lead & 0xf0) == 0xe0       ? 3
                        : lead >= 0xf0 && lead < 0xf5 ? 4
                                                      : 0;
  if (length == 0 || length > text.size()) return 0;
  for (size_t i = 1; i < length; ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xc0) != 0x80) return 0;
  }
  return length;
}

}  // namespace

std::string Quote(std::string_view text) {
  std::string out = "\"";
  size_t taken = 0;
  while (taken < text.size() && taken < kQuotedBytesMax) {
    const size_t length = Utf8Length(text.substr(taken));
    const auto byte = static_cast<unsigned char>(text[taken]);
    if (length == 0 || byte < 0x20 || byte == 0x7f) {
      out += fmt::format("\\x{:02x}", byte);
      ++taken;
      continue;
    }
    if (text[taken] == '"' || text[taken] == '\\') out += '\\';
    out += text.substr(taken, length);
    taken += length;
  }
  out += taken < text.size() ? "…\"" : "\"";
  return out;
}

std::string Counted(uint64_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string JoinFirst(const std::vector<std::string>& parts, std::string_view separator,
                      size_t most) {
  std::string text;
  for (size_t i = 0; i < std::min(parts.size(), most); ++i) {
    if (i > 0) text += separator;
    text += parts[i];
  }
  if (parts.size() > most) text += fmt::format(" and {} more", parts.size() - most);
  return text;
}

std::vector<std::string> Nearest(std::string_view word, const std::vector<std::string>& candidates,
                                 size_t limit) {
  constexpr size_t kWordBytesMax = 64;
  if (word.empty() || word.size() > kWordBytesMax) return {};
  const size_t reach = std::max<size_t>(2, word.size() / 3);
  std::vector<std::pair<size_t, std::string>> near;
  for (const std::string& candidate : candidates) {
    const size_t distance = EditDistance(word, candidate);
    if (distance <= reach && distance < std::max(word.size(), candidate.size()))
      near.emplace_back(distance, candidate);
  }
  std::sort(near.begin(), near.end());
  std::vector<std::string> best;
  for (size_t i = 0; i < near.size() && i < limit; ++i) best.push_back(std::move(near[i].second));
  return best;
}

std::string DidYouMean(std::string_view word, const std::vector<std::string>& candidates) {
  const std::vector<std::string> near = Nearest(word, candidates);
  if (near.empty()) return "";
  std::string out = " (did you mean ";
  for (size_t i = 0; i < near.size(); ++i) {
    if (i > 0) out += i + 1 == near.size() ? " or " : ", ";
    out += Quote(near[i]);
  }
  return out + "?)";
}

}  // namespace outlay
