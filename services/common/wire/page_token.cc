#include "services/common/wire/page_token.h"

#include <xxhash.h>

#include <fmt/format.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include "absl/strings/escaping.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"

namespace outlay::wire {
namespace {

constexpr char kVersion = 1;
constexpr size_t kNumberBytes = 8;
constexpr size_t kTokenBytesMax = 2048;
// Version, sequence, hash; then the position; then the checksum of all before it.
constexpr size_t kHeadBytes = 1 + 2 * kNumberBytes;

uint64_t Checksum(std::string_view bytes) { return XXH3_64bits(bytes.data(), bytes.size()); }

void PutNumber(uint64_t number, std::string& out) {
  for (size_t i = 0; i < kNumberBytes; ++i) out += static_cast<char>(number >> (8 * i));
}

uint64_t GetNumber(std::string_view bytes) {
  uint64_t number = 0;
  for (size_t i = 0; i < kNumberBytes; ++i) {
    number |= uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
  }
  return number;
}

absl::Status Invalid(std::string_view why) {
  return InvalidField("PAGE_TOKEN_INVALID", "page_token",
                      fmt::format("{}; use next_page_token as it was given, with the same request, "
                                  "or leave it empty for the first page",
                                  why));
}

}  // namespace

std::string EncodePageToken(const PageToken& token) {
  std::string bytes(1, kVersion);
  PutNumber(token.sequence, bytes);
  PutNumber(token.request_hash, bytes);
  bytes += token.position;
  PutNumber(Checksum(bytes), bytes);
  return absl::WebSafeBase64Escape(bytes);
}

absl::StatusOr<PageToken> DecodePageToken(std::string_view text, uint64_t request_hash) {
  std::string bytes;
  if (text.size() > kTokenBytesMax || !absl::WebSafeBase64Unescape(ToAbsl(text), &bytes) ||
      bytes.size() < kHeadBytes + kNumberBytes || bytes.front() != kVersion) {
    return Invalid("is not a page token");
  }
  const std::string_view all = bytes;
  const std::string_view content = all.substr(0, all.size() - kNumberBytes);
  if (GetNumber(all.substr(content.size())) != Checksum(content))
    return Invalid("is not a page token");
  PageToken token{.sequence = GetNumber(all.substr(1)),
                  .position = std::string(content.substr(kHeadBytes)),
                  .request_hash = GetNumber(all.substr(1 + kNumberBytes))};
  if (token.request_hash != request_hash) return Invalid("belongs to another request");
  return token;
}

uint64_t RequestHash(const google::protobuf::Message& request) {
  std::string bytes = request.GetTypeName();
  bytes += '\0';
  google::protobuf::io::StringOutputStream stream(&bytes);
  google::protobuf::io::CodedOutputStream coded(&stream);
  // Maps would otherwise come in any order.
  coded.SetSerializationDeterministic(true);
  request.SerializeToCodedStream(&coded);
  coded.Trim();
  return Checksum(bytes);
}

}  // namespace outlay::wire
