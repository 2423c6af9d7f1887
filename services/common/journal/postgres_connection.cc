#include "services/common/journal/postgres_connection.h"

#include <poll.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <regex>
#include <utility>

#include "fmt/format.h"
#include "services/common/journal/errors.h"
#include "services/common/journal/postgres_errors.h"
#include "services/common/status/error.h"

namespace outlay::journal {
namespace {

constexpr int kOldestServer = 110000;
constexpr int kBinary = 1;

std::string_view Trimmed(const char* text) {
  std::string_view view = text == nullptr ? "" : text;
  while (!view.empty() && (view.back() == '\n' || view.back() == ' ')) view.remove_suffix(1);
  return view;
}

void IgnoreNotice(void*, const PGresult*) {}

// Whether every server that answered said that the database is not there or not for this user. libpq
// keeps the SQLSTATE of a connection that failed to itself, but for a verbose message: so it is tried
// once more.
bool IsRefused(PGconn* handle) {
  if (std::string_view(PQerrorMessage(handle)).find("FATAL") == std::string_view::npos)
    return false;
  PQsetErrorVerbosity(handle, PQERRORS_VERBOSE);
  PQreset(handle);
  const std::string verbose = PQerrorMessage(handle);
  static const std::regex state(":  ([0-9A-Z]{5}): ");
  bool refused = false;
  for (std::sregex_iterator found(verbose.begin(), verbose.end(), state), end; found != end;
       ++found) {
    if (!IsPostgresRefusal((*found)[1].str())) return false;
    refused = true;
  }
  return refused;
}

}  // namespace

int64_t PostgresRows::Int(int row, int column) const {
  const char* bytes = PQgetvalue(result_.get(), row, column);
  uint64_t value = 0;
  for (int i = 0; i < 8; ++i) value = value << 8 | static_cast<unsigned char>(bytes[i]);
  return static_cast<int64_t>(value);
}

std::string_view PostgresRows::Bytes(int row, int column) const {
  return {PQgetvalue(result_.get(), row, column),
          static_cast<size_t>(PQgetlength(result_.get(), row, column))};
}

absl::StatusOr<std::unique_ptr<PostgresConnection>> PostgresConnection::Open(
    const PostgresConnectionOptions& options) {
  const std::string connect_timeout =
      std::to_string(std::max<int64_t>(options.connect_timeout.count() / 1000, 2));
  // What stands before the URL are defaults, which it may override.
  const char* keywords[] = {"connect_timeout",
                            "target_session_attrs",
                            "keepalives_idle",
                            "keepalives_interval",
                            "keepalives_count",
                            "fallback_application_name",
                            "dbname",
                            "client_encoding",
                            nullptr};
  const char* values[] = {connect_timeout.c_str(), "read-write", "10",   "5", "3", "outlay",
                          options.url.c_str(),     "UTF8",       nullptr};
  PGconn* handle = PQconnectdbParams(keywords, values, 1);
  if (handle == nullptr) return StorageUnavailable(options.place, "out of memory");
  std::unique_ptr<PostgresConnection> connection(new PostgresConnection(handle, options.place));
  if (!connection->usable()) {
    const std::string message(Trimmed(PQerrorMessage(handle)));
    return IsRefused(handle) ? StorageRefused(options.place, message)
                             : StorageUnavailable(options.place, message);
  }
  PQsetNoticeReceiver(handle, IgnoreNotice, nullptr);
  if (PQsetnonblocking(handle, 1) != 0 || PQenterPipelineMode(handle) != 1) {
    return connection->ConnectionError(PQerrorMessage(handle));
  }
  RETURN_IF_ERROR(connection->SetUp(options));
  return connection;
}

absl::Status PostgresConnection::SetUp(const PostgresConnectionOptions& options) {
  const Deadline deadline = std::chrono::steady_clock::now() + options.connect_timeout;
  if (PQserverVersion(handle_.get()) < kOldestServer) {
    return StorageTooOld(place_, PQserverVersion(handle_.get()) / 10000, kOldestServer / 10000);
  }
  SendText(
      "SELECT current_setting('fsync', true), current_setting('full_page_writes', true),"
      " current_setting('synchronous_commit', true)");
  ASSIGN_OR_RETURN(const std::vector<PostgresRows> settings, Finish(deadline));
  const PostgresRows& row = settings.front();
  // Distributed databases that speak PostgreSQL's protocol lack some of these settings.
  const auto is_off = [&](int column) { return row.Bytes(0, column) == "off"; };
  if (is_off(0)) return StorageNotDurable(place_, "fsync");
  if (is_off(1)) return StorageNotDurable(place_, "full_page_writes");
  if (is_off(2)) return StorageNotDurable(place_, "synchronous_commit");
  if (row.Bytes(0, 2) != "remote_apply") SendText("SET synchronous_commit TO on");
  SendText("SET default_transaction_isolation TO 'read committed'");
  SendText("SET statement_timeout TO 0");
  SendText(fmt::format("SET lock_timeout TO {}", options.lock_timeout.count()));
  // A process that stops while it has the head row must not stop the others.
  SendText(
      fmt::format("SET idle_in_transaction_session_timeout TO {}", options.lock_timeout.count()));
  for (const PostgresStatement& statement : options.statements) {
    if (PQsendPrepare(handle_.get(), statement.name, statement.sql.c_str(), 0, nullptr) != 1) {
      send_failed_ = true;
    }
  }
  return Finish(deadline).status();
}

void PostgresConnection::SendText(const std::string& sql) {
  if (PQsendQueryParams(handle_.get(), sql.c_str(), 0, nullptr, nullptr, nullptr, nullptr,
                        kBinary) != 1) {
    send_failed_ = true;
  }
}

void PostgresConnection::Send(const char* statement, const PostgresParameters& parameters) {
  const std::vector<std::string>& values = parameters.values();
  std::vector<const char*> pointers(values.size());
  std::vector<int> lengths(values.size());
  const std::vector<int> formats(values.size(), kBinary);
  for (size_t i = 0; i < values.size(); ++i) {
    pointers[i] = values[i].data();
    lengths[i] = static_cast<int>(values[i].size());
  }
  if (PQsendQueryPrepared(handle_.get(), statement, static_cast<int>(values.size()),
                          pointers.data(), lengths.data(), formats.data(), kBinary) != 1) {
    send_failed_ = true;
  }
}

absl::StatusOr<PostgresRows> PostgresConnection::Query(const char* statement,
                                                       const PostgresParameters& parameters,
                                                       Deadline deadline) {
  Send(statement, parameters);
  ASSIGN_OR_RETURN(std::vector<PostgresRows> answers, Finish(deadline));
  return std::move(answers.front());
}

absl::Status PostgresConnection::Execute(const std::string& sql, Deadline deadline) {
  SendText(sql);
  return Finish(deadline).status();
}

absl::StatusOr<std::vector<PostgresRows>> PostgresConnection::Finish(Deadline deadline) {
  std::vector<PostgresRows> answers;
  RETURN_IF_ERROR(ReadToEnd([deadline] { return deadline; },
                            [&](PostgresRows rows) {
                              answers.push_back(std::move(rows));
                              return absl::OkStatus();
                            }));
  return answers;
}

absl::Status PostgresConnection::Stream(const char* statement, const PostgresParameters& parameters,
                                        std::chrono::milliseconds patience,
                                        const std::function<absl::Status(PostgresRows)>& take) {
  Send(statement, parameters);
  PQsetSingleRowMode(handle_.get());
  return ReadToEnd([patience] { return std::chrono::steady_clock::now() + patience; }, take);
}

absl::Status PostgresConnection::ReadToEnd(const std::function<Deadline()>& deadline,
                                           const std::function<absl::Status(PostgresRows)>& take) {
  if (std::exchange(send_failed_, false) || PQpipelineSync(handle_.get()) != 1) {
    return ConnectionError(PQerrorMessage(handle_.get()));
  }
  absl::Status failure;
  bool between_answers = false;
  while (true) {
    RETURN_IF_ERROR(Await(deadline()));
    PGresult* result = PQgetResult(handle_.get());
    if (result == nullptr) {
      // One ends the answers to a statement; another means that nothing more will come.
      if (std::exchange(between_answers, true))
        return ConnectionError("it ended its answers early");
      continue;
    }
    between_answers = false;
    PostgresRows rows(result);
    switch (PQresultStatus(result)) {
      case PGRES_PIPELINE_SYNC:
        return failure;
      case PGRES_TUPLES_OK:
      case PGRES_SINGLE_TUPLE:
      case PGRES_COMMAND_OK:
        if (failure.ok()) failure = take(std::move(rows));
        break;
      case PGRES_PIPELINE_ABORTED:
        break;
      default:
        if (!usable()) return ConnectionError(PQerrorMessage(handle_.get()));
        if (failure.ok()) failure = ServerError(result);
    }
  }
}

absl::Status PostgresConnection::Await(Deadline deadline) {
  while (true) {
    const int unsent = PQflush(handle_.get());
    if (unsent < 0) return ConnectionError(PQerrorMessage(handle_.get()));
    if (unsent == 0 && PQisBusy(handle_.get()) == 0) return absl::OkStatus();
    RETURN_IF_ERROR(WaitForSocket(unsent == 0 ? POLLIN : POLLIN | POLLOUT, deadline));
    if (PQconsumeInput(handle_.get()) != 1) return ConnectionError(PQerrorMessage(handle_.get()));
  }
}

absl::Status PostgresConnection::WaitForSocket(short events, Deadline deadline) {
  pollfd socket{.fd = PQsocket(handle_.get()), .events = events, .revents = 0};
  while (true) {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    if (left.count() <= 0) return ConnectionError("it did not answer in time");
    const int wait_ms = static_cast<int>(std::min<int64_t>(left.count(), 60'000));
    const int ready = ::poll(&socket, 1, wait_ms);
    if (ready > 0) return absl::OkStatus();
    if (ready < 0 && errno != EINTR) return ConnectionError(std::strerror(errno));
  }
}

absl::Status PostgresConnection::ServerError(const PGresult* result) {
  const char* sqlstate = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  last_error_ =
      ClassifyPostgresError(sqlstate == nullptr ? "" : sqlstate,
                            Trimmed(PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY)), place_);
  const char* severity = PQresultErrorField(result, PG_DIAG_SEVERITY_NONLOCALIZED);
  if (severity != nullptr && std::string_view(severity) != "ERROR") {
    last_error_.failure = PostgresFailure::kConnection;
  }
  return last_error_.status;
}

absl::Status PostgresConnection::ConnectionError(std::string_view what) {
  const std::string message(Trimmed(std::string(what).c_str()));
  last_error_ = {.failure = PostgresFailure::kConnection,
                 .sqlstate = "",
                 .status = StorageUnavailable(place_, message)};
  // An answer that comes later must not be taken for another statement's.
  broken_ = true;
  return last_error_.status;
}

}  // namespace outlay::journal
