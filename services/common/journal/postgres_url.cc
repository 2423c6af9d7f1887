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

}  // namespace

bool IsPostgresUrl(std::string_view text) {
  return text.starts_with("postgres://") || text.starts_with("postgresql://");
}

absl::StatusOr<std::string> DescribePostgresUrl(const std::string& url) {
  const absl::Status malformed = OptionInvalid("url", fmt::format("must be {}", kPostgresUrlForm));
  if (!IsPostgresUrl(url)) return malformed;
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
  std::string description = "postgresql://";
  if (!values["user"].empty()) description += values["user"] + "@";
  description += values["host"].empty() ? values["hostaddr"] : values["host"];
  if (!values["port"].empty()) description += ":" + values["port"];
  return description + "/" + values["dbname"];
}

}  // namespace outlay::journal
