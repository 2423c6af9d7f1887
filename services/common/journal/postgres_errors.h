// What PostgreSQL's errors mean to a journal.
#ifndef OUTLAY_SERVICES_COMMON_JOURNAL_POSTGRES_ERRORS_H_
#define OUTLAY_SERVICES_COMMON_JOURNAL_POSTGRES_ERRORS_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace outlay::journal {

// What to do about an error.
enum class PostgresFailure {
  kConnection,  // the connection is gone or of no use, and the fate of what was sent unknown
  kRetry,       // rolled back; the same may work a moment later
  kFinal,
};

struct PostgresError {
  PostgresFailure failure = PostgresFailure::kFinal;
  std::string sqlstate;  // empty where the server did not say one
  absl::Status status;   // in the catalogue's terms
};

// Whether the database is not there or not for this user, which does not change by itself.
bool IsPostgresRefusal(std::string_view sqlstate);

PostgresError ClassifyPostgresError(std::string_view sqlstate, std::string_view message,
                                    std::string_view place);

}  // namespace outlay::journal

#endif  // OUTLAY_SERVICES_COMMON_JOURNAL_POSTGRES_ERRORS_H_
