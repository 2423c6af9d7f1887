#include "services/common/journal/postgres_errors.h"

#include <algorithm>
#include <array>

#include "fmt/format.h"
#include "services/common/journal/errors.h"

namespace outlay::journal {
namespace {

using std::string_view_literals::operator""sv;

constexpr auto kConnectionStates = std::to_array({
    "25006"sv,  // read_only_sql_transaction: this server is a standby now, another is not
    "25P03"sv,  // idle_in_transaction_session_timeout
    "26000"sv,  // invalid_sql_statement_name: a pooler has given us another session
    "40003"sv,  // statement_completion_unknown, of distributed databases
    "57P01"sv, "57P02"sv, "57P03"sv, "57P04"sv, "57P05"sv,  // shutdown, crash, start, idle
});

constexpr auto kRefusalStates = std::to_array({
    "28000"sv, "28P01"sv,  // authentication
    "3D000"sv,             // no such database
    "42501"sv,             // insufficient_privilege
});

constexpr auto kRetryStates = std::to_array({
    "40001"sv,  // serialization_failure
    "40P01"sv,  // deadlock_detected
    "55P03"sv,  // lock_not_available
    "57014"sv,  // query_canceled
});

constexpr auto kDamageStates = std::to_array({
    "XX001"sv,
    "XX002"sv,  // data_corrupted, index_corrupted
    "23505"sv,
    "23502"sv,
    "23514"sv,  // rows that should not be there
    "3F000"sv,
    "42P01"sv,
    "42703"sv,
    "42804"sv,  // our SQL never changes: the schema was changed
    "42883"sv,
    "0A000"sv,
});

template <typename States>
bool Contains(const States& states, std::string_view sqlstate) {
  return std::find(states.begin(), states.end(), sqlstate) != states.end();
}

}  // namespace

bool IsPostgresRefusal(std::string_view sqlstate) { return Contains(kRefusalStates, sqlstate); }

PostgresError ClassifyPostgresError(std::string_view sqlstate, std::string_view message,
                                    std::string_view place) {
  PostgresError error{.sqlstate = std::string(sqlstate)};
  const std::string what = fmt::format("{} (SQLSTATE {})", message, sqlstate);
  if (Contains(kDamageStates, sqlstate)) {
    error.status = DamagedDatabase(place, {"schema"}, what);
    return error;
  }
  if (IsPostgresRefusal(sqlstate)) {
    error.status = StorageRefused(place, what);
    return error;
  }
  if (sqlstate == "53100") {
    error.status = StorageFull(place, what);
    return error;
  }
  error.status = StorageUnavailable(place, what);
  if (sqlstate.starts_with("08") || Contains(kConnectionStates, sqlstate)) {
    error.failure = PostgresFailure::kConnection;
  } else if (sqlstate.starts_with("53") || Contains(kRetryStates, sqlstate)) {
    error.failure = PostgresFailure::kRetry;
  }
  return error;
}

}  // namespace outlay::journal
