#ifndef OUTLAY_SERVICES_COMMON_JOURNAL_STORE_ADDRESS_H_
#define OUTLAY_SERVICES_COMMON_JOURNAL_STORE_ADDRESS_H_

#include <string>
#include <variant>

#include "absl/status/statusor.h"

namespace outlay::journal {

struct SqliteAddress {
  std::string directory;
};
struct PostgresAddress {
  std::string url;  // may hold a password
};

// Where a journal is kept.
using StoreAddress = std::variant<SqliteAddress, PostgresAddress>;

// "sqlite:PATH", where PATH is the journal's directory, or a URL "postgres://…", "postgresql://…".
// INVALID_ARGUMENT JOURNAL_OPTION_INVALID on the field "store"; it never repeats a URL.
absl::StatusOr<StoreAddress> ParseStoreAddress(const std::string& text);

}  // namespace outlay::journal

#endif  // OUTLAY_SERVICES_COMMON_JOURNAL_STORE_ADDRESS_H_
