// Ownership, waiting and errors of libpq's handles. Not thread safe: a connection belongs to one
// thread at a time.
#ifndef OUTLAY_SERVICES_COMMON_JOURNAL_POSTGRES_CONNECTION_H_
#define OUTLAY_SERVICES_COMMON_JOURNAL_POSTGRES_CONNECTION_H_

#include <libpq-fe.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/common/journal/postgres_errors.h"
#include "services/common/journal/postgres_parameters.h"

namespace outlay::journal {

using Deadline = std::chrono::steady_clock::time_point;

struct ClearResult {
  void operator()(PGresult* result) const { PQclear(result); }
};

// Rows in binary form.
class PostgresRows {
 public:
  explicit PostgresRows(PGresult* result) : result_(result) {}

  int size() const { return PQntuples(result_.get()); }
  bool IsNull(int row, int column) const { return PQgetisnull(result_.get(), row, column) == 1; }
  // Of a bigint.
  int64_t Int(int row, int column) const;
  uint64_t Unsigned(int row, int column) const { return static_cast<uint64_t>(Int(row, column)); }
  // Of a bytea or text; valid as long as the rows.
  std::string_view Bytes(int row, int column) const;
  // "COMMIT", "INSERT 0 1".
  std::string_view CommandTag() const { return PQcmdStatus(result_.get()); }

 private:
  std::unique_ptr<PGresult, ClearResult> result_;
};

// A statement that a connection has prepared.
struct PostgresStatement {
  const char* name;
  std::string sql;
};

struct PostgresConnectionOptions {
  std::string url;
  std::string place;  // as of DescribePostgresUrl, and the journal's schema: for errors
  std::chrono::milliseconds connect_timeout{3000};
  // How long the server lets a statement wait for a lock, and a transaction for its next statement.
  std::chrono::milliseconds lock_timeout{10'000};
  std::vector<PostgresStatement> statements;
};

// Always in pipeline mode: statements are queued with Send and go out together. After an error of
// PostgresFailure::kConnection it can only be destroyed.
class PostgresConnection {
 public:
  // Connects, checks that the server keeps what it commits, sets the session up (READ COMMITTED,
  // synchronous_commit, time limits), and prepares the statements. Errors: UNAVAILABLE
  // STORAGE_UNAVAILABLE, FAILED_PRECONDITION STORAGE_REFUSED, STORAGE_NOT_DURABLE or STORAGE_TOO_OLD; those of a
  // statement that the server does not take.
  static absl::StatusOr<std::unique_ptr<PostgresConnection>> Open(
      const PostgresConnectionOptions& options);

  void Send(const char* statement, const PostgresParameters& parameters);
  void SendText(const std::string& sql);

  // Sends what is queued, waits for the answers and returns them in order, or the first error.
  // Statements that are no transaction of their own are one together.
  absl::StatusOr<std::vector<PostgresRows>> Finish(Deadline deadline);

  // One statement alone.
  absl::StatusOr<PostgresRows> Query(const char* statement, const PostgresParameters& parameters,
                                     Deadline deadline);
  absl::Status Execute(const std::string& sql, Deadline deadline);

  // A statement's rows one after another, without holding them all: `take` sees each as a result of
  // one row, and at the end an empty one. Its first error is the call's; the rest is not looked at.
  // `patience`: how long to wait for the next row.
  absl::Status Stream(const char* statement, const PostgresParameters& parameters,
                      std::chrono::milliseconds patience,
                      const std::function<absl::Status(PostgresRows)>& take);

  // Of the last call that returned an error of the server or the connection.
  const PostgresError& last_error() const { return last_error_; }
  bool usable() const { return !broken_ && PQstatus(handle_.get()) == CONNECTION_OK; }
  bool in_transaction() const { return PQtransactionStatus(handle_.get()) != PQTRANS_IDLE; }
  const std::string& place() const { return place_; }

 private:
  struct CloseHandle {
    void operator()(PGconn* handle) const { PQfinish(handle); }
  };

  PostgresConnection(PGconn* handle, std::string place)
      : handle_(handle), place_(std::move(place)) {}

  absl::Status SetUp(const PostgresConnectionOptions& options);
  absl::Status ReadToEnd(const std::function<Deadline()>& deadline,
                         const std::function<absl::Status(PostgresRows)>& take);
  // Sends what is queued and reads until a result can be taken without blocking.
  absl::Status Await(Deadline deadline);
  absl::Status WaitForSocket(short events, Deadline deadline);
  absl::Status ServerError(const PGresult* result);
  absl::Status ConnectionError(std::string_view what);

  std::unique_ptr<PGconn, CloseHandle> handle_;
  const std::string place_;
  bool send_failed_ = false;
  bool broken_ = false;
  PostgresError last_error_;
};

}  // namespace outlay::journal

#endif  // OUTLAY_SERVICES_COMMON_JOURNAL_POSTGRES_CONNECTION_H_
