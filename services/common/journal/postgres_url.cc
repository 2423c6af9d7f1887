#include "services/common/journal/postgres_url.h"

#include <libpq-fe.h>

#include <map>
#include <memory>

#include "fmt/format.h"
#include "services/common/journal/errors.h"

namespace outlay::journal {
namespace {

struct FreeOptions {
  void operator()(PQconninfoOption* options) const { PQconninfoFree(options); }
};

struct FreeText {
  void operator()(char* text) const { PQfreemem(text); }
};

// Whether a password that is not encoded may have spilt into the parts after it: libpq ends it at the
// first '@', and takes what comes before it for a host where there is a '/' or '?' first.
bool MayBeSpilt(std::string_view url) {
  std::string_view rest = url.substr(url.find("://") + 3);
  const size_t at = rest.find('@');
  if (at == std::string_view::npos) return false;
  return rest.find_first_of("/?") < at || rest.find('@', at + 1) != std::string_view::npos;
}

// Of one or several hosts.
bool IsPorts(std::string_view text) {
  return text.find_first_not_of("0123456789,") == std::string_view::npos;
}

}  // namespace

bool IsPostgresUrl(std::string_view text) {
  return text.starts_with("postgres://") || text.starts_with("postgresql://");
}

absl::StatusOr<std::string> DescribePostgresUrl(const std::string& url) {
  const absl::Status malformed = OptionInvalid("url", fmt::format("must be {}", kPostgresUrlForm));
  if (!IsPostgresUrl(url) || MayBeSpilt(url)) return malformed;
  char* raw_error = nullptr;
  const std::unique_ptr<PQconninfoOption, FreeOptions> options(
      PQconninfoParse(url.c_str(), &raw_error));
  const std::unique_ptr<char, FreeText> error(raw_error);
  // What libpq says of it quotes it.
  if (options == nullptr) return malformed;
  std::map<std::string, std::string> values;
  for (const PQconninfoOption* option = options.get(); option->keyword != nullptr; ++option) {
    if (option->val != nullptr) values[option->keyword] = option->val;
  }
  // "user:password" without a host.
  if (!IsPorts(values["port"])) return malformed;
  std::string description = "postgresql://";
  if (!values["user"].empty()) description += values["user"] + "@";
  description += values["host"].empty() ? values["hostaddr"] : values["host"];
  if (!values["port"].empty()) description += ":" + values["port"];
  return description + "/" + values["dbname"];
}

}  // namespace outlay::journal
