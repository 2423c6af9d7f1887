#include "services/common/journal/postgres_schema.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <limits>
#include <thread>

#include "fmt/format.h"
#include "services/common/journal/checksum.h"
#include "services/common/journal/errors.h"
#include "services/common/status/error.h"

namespace outlay::journal {
namespace {

// Of a schema that another process makes or changes at this moment.
bool AnotherWasFaster(const PostgresError& error) {
  constexpr std::array<std::string_view, 7> kStates = {"23505", "42P06", "42P07", "42701",
                                                       "40001", "40P01", "XX000"};
  return std::find(kStates.begin(), kStates.end(), error.sqlstate) != kStates.end();
}

// The tables are made together: one without the other was taken away.
absl::StatusOr<bool> Exists(PostgresConnection& connection, std::string_view schema,
                            Deadline deadline) {
  connection.SendText(fmt::format(
      "SELECT to_regclass('{0}.head') IS NOT NULL, to_regclass('{0}.entry') IS NOT NULL", schema));
  ASSIGN_OR_RETURN(const std::vector<PostgresRows> answers, connection.Finish(deadline));
  const auto is_there = [&](int column) {
    return answers[0].Bytes(0, column) == std::string_view("\1", 1);
  };
  if (is_there(0) == is_there(1)) return is_there(0);
  return DamagedDatabase(connection.place(), {"schema"}, "one of its tables is missing");
}

struct Versions {
  int64_t schema = 0;
  int64_t minimum_reader = 0;
};

absl::StatusOr<Versions> ReadVersions(PostgresConnection& connection, std::string_view schema,
                                      std::string_view locking, Deadline deadline) {
  connection.SendText(
      fmt::format("SELECT schema_version, minimum_reader FROM {}.head {}", schema, locking));
  ASSIGN_OR_RETURN(const std::vector<PostgresRows> answers, connection.Finish(deadline));
  if (answers[0].size() != 1) {
    return DamagedDatabase(connection.place(), {"head"},
                           fmt::format("it has {} rows instead of 1", answers[0].size()));
  }
  return Versions{answers[0].Int(0, 0), answers[0].Int(0, 1)};
}

absl::Status Create(PostgresConnection& connection, std::string_view schema,
                    const std::vector<SchemaStep>& steps, Deadline deadline) {
  connection.SendText("BEGIN");
  connection.SendText(fmt::format("CREATE SCHEMA IF NOT EXISTS {}", schema));
  for (const SchemaStep& step : steps) {
    for (const std::string& statement : step.statements) connection.SendText(statement);
  }
  connection.SendText(fmt::format("UPDATE {}.head SET schema_version = {}, minimum_reader = {}",
                                  schema, steps.back().version, steps.back().minimum_reader));
  connection.SendText("COMMIT");
  return connection.Finish(deadline).status();
}

absl::Status CheckVersions(const Versions& found, std::string_view place, int64_t newest) {
  if (found.minimum_reader > newest) return SchemaNewer(place, found.schema, newest);
  if (found.schema >= 1 && found.minimum_reader >= 1 && found.minimum_reader <= found.schema) {
    return absl::OkStatus();
  }
  return DamagedDatabase(place, {"head"},
                         fmt::format("the schema version is {}, readable from version {}",
                                     found.schema, found.minimum_reader));
}

absl::Status Upgrade(PostgresConnection& connection, std::string_view schema,
                     const std::vector<SchemaStep>& steps, Deadline deadline) {
  RETURN_IF_ERROR(connection.Execute("BEGIN ISOLATION LEVEL READ COMMITTED", deadline));
  ASSIGN_OR_RETURN(const Versions found, ReadVersions(connection, schema, "FOR UPDATE", deadline));
  RETURN_IF_ERROR(CheckVersions(found, connection.place(), steps.back().version));
  for (const SchemaStep& step : steps) {
    if (step.version <= found.schema) continue;
    for (const std::string& statement : step.statements) connection.SendText(statement);
    connection.SendText(fmt::format("UPDATE {}.head SET schema_version = {}, minimum_reader = {}",
                                    schema, step.version, step.minimum_reader));
  }
  connection.SendText("COMMIT");
  return connection.Finish(deadline).status();
}

absl::Status TryOnce(PostgresConnection& connection, std::string_view schema,
                     const std::vector<SchemaStep>& steps, Deadline deadline) {
  ASSIGN_OR_RETURN(const bool exists, Exists(connection, schema, deadline));
  if (!exists) return Create(connection, schema, steps, deadline);
  ASSIGN_OR_RETURN(const Versions found, ReadVersions(connection, schema, "", deadline));
  RETURN_IF_ERROR(CheckVersions(found, connection.place(), steps.back().version));
  if (found.schema >= steps.back().version) return absl::OkStatus();
  return Upgrade(connection, schema, steps, deadline);
}

}  // namespace

std::string SchemaName(std::string_view journal_name) {
  return fmt::format("\"outlay_{}\"", journal_name);
}

std::vector<SchemaStep> SchemaSteps(std::string_view schema) {
  return {{.version = 1,
           .minimum_reader = 1,
           .statements = {
               fmt::format("CREATE TABLE {}.head(id smallint PRIMARY KEY CHECK (id = 1),"
                           " sequence bigint NOT NULL, entry_checksum bigint NOT NULL,"
                           " request_ordinal bigint NOT NULL, request_checksum bigint NOT NULL,"
                           " recorded_at_us bigint NOT NULL, last_erasure bigint NOT NULL,"
                           " schema_version bigint NOT NULL, minimum_reader bigint NOT NULL)",
                           schema),
               fmt::format("CREATE TABLE {}.entry(sequence bigint PRIMARY KEY,"
                           " recorded_at_us bigint NOT NULL, fingerprint bigint NOT NULL,"
                           " checksum bigint NOT NULL, erasable_digest bigint NOT NULL,"
                           " mark bigint, key bytea NOT NULL, payload bytea NOT NULL,"
                           " erasable bytea NOT NULL)",
                           schema),
               fmt::format("CREATE TABLE {}.request(ordinal bigint PRIMARY KEY,"
                           " recorded_at_us bigint NOT NULL, fingerprint bigint NOT NULL,"
                           " first_sequence bigint NOT NULL, checksum bigint NOT NULL,"
                           " mark bigint, id bytea NOT NULL, results bytea NOT NULL)",
                           schema),
               fmt::format("CREATE TABLE {}.erasure(erased_by bigint, entry_sequence bigint,"
                           " PRIMARY KEY (erased_by, entry_sequence))",
                           schema),
               fmt::format("INSERT INTO {}.head VALUES(1, 0, {}, 0, {}, {}, 0, 1, 1)", schema,
                           kEntryGenesis, kRequestGenesis, std::numeric_limits<int64_t>::min()),
           }}};
}

absl::Status EnsureSchema(PostgresConnection& connection, std::string_view schema,
                          const std::vector<SchemaStep>& steps, Deadline deadline) {
  constexpr int kAttemptsMax = 40;
  constexpr std::chrono::milliseconds kPause{50};
  for (int attempt = 1;; ++attempt) {
    const absl::Status status = TryOnce(connection, schema, steps, deadline);
    if (status.ok() || !connection.usable()) return status;
    const PostgresError error = connection.last_error();
    const bool server_said_it = error.status == status;
    if (connection.in_transaction()) RETURN_IF_ERROR(connection.Execute("ROLLBACK", deadline));
    if (!server_said_it || !AnotherWasFaster(error) || attempt == kAttemptsMax) return status;
    std::this_thread::sleep_for(kPause);
  }
}

}  // namespace outlay::journal
