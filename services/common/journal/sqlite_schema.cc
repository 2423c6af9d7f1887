#include "services/common/journal/sqlite_schema.h"

#include <unistd.h>

#include <fmt/format.h>

#include "services/common/status/error.h"

namespace outlay::journal {
namespace {

constexpr Place kHeader{"header"};

struct Header {
  int64_t application_id = 0;
  int64_t version = 0;
  int64_t tables = 0;
  int64_t free_pages = 0;
};

absl::StatusOr<Header> ReadHeader(SqliteConnection& connection) {
  Header header;
  ASSIGN_OR_RETURN(header.application_id, connection.QueryInt("PRAGMA application_id", kHeader));
  ASSIGN_OR_RETURN(header.version, connection.QueryInt("PRAGMA user_version", kHeader));
  ASSIGN_OR_RETURN(header.tables,
                   connection.QueryInt("SELECT count(*) FROM sqlite_schema", kHeader));
  ASSIGN_OR_RETURN(header.free_pages, connection.QueryInt("PRAGMA freelist_count", kHeader));
  return header;
}

absl::Status Foreign(const SqliteConnection& connection, const HeadFile& head_file,
                     const std::string& what) {
  if (!head_file.position().empty()) return Damaged(connection.file(), kHeader, what);
  return NotAJournal(connection.file(), what);
}

// A header can make SQLite treat the file as read-only; so can the system.
absl::Status CheckWritable(const SqliteConnection& connection) {
  if (!connection.ReadOnly()) return absl::OkStatus();
  if (::access(connection.file().c_str(), W_OK) == 0) {
    return Damaged(connection.file(), kHeader, "it forbids writing");
  }
  return StorageUnavailable(connection.file(), "the file is read-only");
}

absl::Status CheckVersion(const SqliteConnection& connection, const HeadFile& head_file,
                          int64_t version) {
  if (version == kSchemaVersion) return absl::OkStatus();
  const bool noted = head_file.state() == HeadFile::State::kValid &&
                     head_file.schema_version() != static_cast<uint64_t>(version);
  if (version < 1 || noted) {
    return Damaged(connection.file(), kHeader, fmt::format("the schema version is {}", version));
  }
  return version > kSchemaVersion ? SchemaNewer(connection.file(), version, kSchemaVersion)
                                  : SchemaOlder(connection.file(), version, kSchemaVersion);
}

}  // namespace

absl::StatusOr<FileKind> IdentifyFile(SqliteConnection& connection, const HeadFile& head_file) {
  const absl::StatusOr<Header> read = ReadHeader(connection);
  if (!read.ok()) {
    if (!absl::IsDataLoss(read.status())) return read.status();
    return Foreign(connection, head_file,
                   fmt::format("SQLite cannot read it ({})", sqlite3_errmsg(connection.handle())));
  }
  if (read->application_id == 0 && read->version == 0 && read->tables == 0) {
    return FileKind::kEmpty;
  }
  if (read->application_id != kApplicationId) {
    return Foreign(connection, head_file,
                   fmt::format("it is an SQLite database with application id {:#x} instead of "
                               "{:#x}",
                               read->application_id, kApplicationId));
  }
  RETURN_IF_ERROR(CheckVersion(connection, head_file, read->version));
  // Nothing is ever deleted, so a free page is a live one that would be overwritten.
  if (read->free_pages != 0) {
    return Damaged(connection.file(), kHeader, "it lists free pages, which a journal never has");
  }
  RETURN_IF_ERROR(CheckWritable(connection));
  return FileKind::kJournal;
}

absl::Status EnableWal(SqliteConnection& connection) {
  ASSIGN_OR_RETURN(SqliteStatement set, connection.Prepare("PRAGMA journal_mode=WAL", kHeader));
  RETURN_IF_ERROR(set.Step(kHeader).status());
  if (const std::string_view mode = set.Bytes(0); mode != "wal") {
    return StorageUnavailable(
        connection.file(),
        fmt::format("write-ahead logging cannot be turned on here (journal mode {})", mode));
  }
  return absl::OkStatus();
}

absl::Status CreateSchema(SqliteConnection& connection) {
  const std::string sql = fmt::format(
      "BEGIN IMMEDIATE;"
      "CREATE TABLE entry(sequence INTEGER PRIMARY KEY, recorded_at_us INTEGER NOT NULL,"
      " key BLOB NOT NULL, fingerprint INTEGER NOT NULL, payload BLOB NOT NULL,"
      " checksum INTEGER NOT NULL, erasable BLOB NOT NULL, erasable_digest INTEGER NOT NULL);"
      "CREATE TABLE request(ordinal INTEGER PRIMARY KEY, id BLOB NOT NULL,"
      " fingerprint INTEGER NOT NULL, first_sequence INTEGER NOT NULL, results BLOB NOT NULL,"
      " recorded_at_us INTEGER NOT NULL, checksum INTEGER NOT NULL);"
      "PRAGMA application_id={};"
      "PRAGMA user_version={};"
      "COMMIT",
      kApplicationId, kSchemaVersion);
  return connection.Execute(sql.c_str(), kHeader);
}

}  // namespace outlay::journal
