#include "services/common/journal/store_address.h"

#include "services/common/journal/errors.h"
#include "services/common/journal/postgres_url.h"
#include "services/common/status/error.h"

namespace outlay::journal {
namespace {

constexpr std::string_view kSqlite = "sqlite:";

}  // namespace

absl::StatusOr<StoreAddress> ParseStoreAddress(const std::string& text) {
  if (IsPostgresUrl(text)) {
    if (!DescribePostgresUrl(text).ok()) {
      return OptionInvalid("store", "must be " + std::string(kPostgresUrlForm));
    }
    return PostgresAddress{text};
  }
  if (text.starts_with(kSqlite) && text.size() > kSqlite.size()) {
    return SqliteAddress{text.substr(kSqlite.size())};
  }
  return OptionInvalid("store", "must be sqlite:PATH or postgres://[USER@]HOST[:PORT]/DATABASE");
}

}  // namespace outlay::journal
