#include "services/fx/page_token.h"

#include <array>
#include <charconv>
#include <optional>

#include "absl/strings/escaping.h"
#include "fmt/format.h"
#include "services/common/status/text.h"
#include "services/fx/errors.h"

namespace outlay::fx {
namespace {

constexpr std::string_view kVersion = "r1";

// Five fields between single colons, the version first, the numbers in decimal.
constexpr size_t kNumbers = 4;

std::optional<std::array<int64_t, kNumbers>> ParseNumbers(std::string_view text) {
  std::array<int64_t, kNumbers> numbers{};
  if (text.substr(0, kVersion.size()) != kVersion) return std::nullopt;
  text.remove_prefix(kVersion.size());
  for (int64_t& number : numbers) {
    if (text.empty() || text.front() != ':') return std::nullopt;
    text.remove_prefix(1);
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc()) return std::nullopt;
    text.remove_prefix(end - text.data());
  }
  if (!text.empty()) return std::nullopt;
  return numbers;
}

}  // namespace

std::string EncodePageToken(const PageToken& token) {
  const std::string text = fmt::format(
      "{}:{}:{}:{}:{}", kVersion, token.sequence, token.published.time_since_epoch().count(),
      token.next.time_since_epoch().count(), static_cast<int64_t>(token.request_hash));
  return absl::WebSafeBase64Escape(text);
}

absl::StatusOr<PageToken> DecodePageToken(std::string_view text, uint64_t request_hash) {
  std::string decoded;
  if (!absl::WebSafeBase64Unescape(ToAbsl(text), &decoded)) {
    return PageTokenInvalid("it is not a page token");
  }
  const auto numbers = ParseNumbers(decoded);
  if (!numbers || (*numbers)[0] < 0) return PageTokenInvalid("it is not a page token");
  const PageToken token{
      .sequence = static_cast<uint64_t>((*numbers)[0]),
      .published = time::Instant(std::chrono::microseconds((*numbers)[1])),
      .next = time::Date(std::chrono::days((*numbers)[2])),
      .request_hash = static_cast<uint64_t>((*numbers)[3]),
  };
  if (EncodePageToken(token) != text) return PageTokenInvalid("it is not a page token");
  if (token.request_hash != request_hash) {
    return PageTokenInvalid("it belongs to a request with other fields");
  }
  return token;
}

}  // namespace outlay::fx
