#include "gateway/cli/grpcurl_line.h"

#include "fmt/format.h"
#include "gateway/cli/proto_json.h"

namespace outlay::cli {

std::string GrpcurlLine(const google::protobuf::Message& request, std::string_view address,
                        std::string_view method) {
  return fmt::format("grpcurl -plaintext -d {} {} {}", ShellQuoted(CompactJson(request)),
                     ShellQuoted(address), method);
}

std::string ShellQuoted(std::string_view text) {
  constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:,@%+";
  if (!text.empty() && text.find_first_not_of(kPlain) == text.npos) return std::string(text);
  std::string quoted = "'";
  for (const char c : text) {
    // A quote ends the quoted part, stands alone, and begins the next.
    if (c == '\'') {
      quoted += "'\\''";
    } else {
      quoted += c;
    }
  }
  return quoted + "'";
}

}  // namespace outlay::cli
