#ifndef OUTLAY_SERVICES_COMMON_JOURNAL_POSTGRES_URL_H_
#define OUTLAY_SERVICES_COMMON_JOURNAL_POSTGRES_URL_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace outlay::journal {

// What a URL must be: "must be …".
inline constexpr std::string_view kPostgresUrlForm =
    "postgres://[USER[:PASSWORD]@][HOST[:PORT]][/DATABASE][?OPTION=VALUE&...] as PostgreSQL's "
    "clients take it; '@', ':', '/', '?' and '%' in its parts, a password above all, must be "
    "percent-encoded (%40, %3A, %2F, %3F, %25)";

// Whether a text is meant as one: it begins with "postgres://" or "postgresql://".
bool IsPostgresUrl(std::string_view text);

// The place that a URL names, for errors and logs: "postgresql://ingest@db.example:5432/outlay".
// Password and options are left out. INVALID_ARGUMENT JOURNAL_OPTION_INVALID for what libpq does
// not take, and for what it would take with a part of the password as host, port or database; the
// message does not repeat the URL.
absl::StatusOr<std::string> DescribePostgresUrl(const std::string& url);

}  // namespace outlay::journal

#endif  // OUTLAY_SERVICES_COMMON_JOURNAL_POSTGRES_URL_H_
