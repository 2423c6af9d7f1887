// SqliteWriter's beginning and end: everything is read and checked before anything is written.
#include <utility>

#include <fmt/format.h>

#include "services/common/journal/errors.h"
#include "services/common/journal/sqlite_rows.h"
#include "services/common/journal/sqlite_schema.h"
#include "services/common/journal/sqlite_writer.h"
#include "services/common/journal/system_files.h"
#include "services/common/status/error.h"

namespace outlay::journal {
namespace {

// 0 for a file that is not there.
absl::StatusOr<uint64_t> SizeOf(const std::string& file) {
  std::error_code error;
  const uint64_t size = std::filesystem::file_size(file, error);
  if (error == std::errc::no_such_file_or_directory) return 0;
  if (error) return StorageUnavailable(file, error.message());
  return size;
}

// Before SQLite is let near: it removes the write-ahead log of a database that is missing or empty.
absl::Status CheckPresent(const std::string& file, const HeadFile& head_file) {
  ASSIGN_OR_RETURN(const uint64_t size, SizeOf(file));
  if (size > 0) return absl::OkStatus();
  if (!head_file.position().empty()) {
    return Damaged(file, {"file"},
                   fmt::format("it is missing or empty, and the head file says that entries up to "
                               "{} were acknowledged",
                               head_file.position().sequence));
  }
  ASSIGN_OR_RETURN(const uint64_t wal_size, SizeOf(file + "-wal"));
  if (wal_size == 0) return absl::OkStatus();
  return Damaged(file, {"file"},
                 "it is missing or empty, and there is a write-ahead log beside it");
}

// The store must reach as far as the head file says.
absl::Status CheckEnd(const std::string& file, const Position& end, const Position& noted) {
  if (noted.sequence > end.sequence) {
    return Damaged(file, {"entry", end.sequence + 1},
                   fmt::format("it is missing, and the head file says that entries up to {} were "
                               "acknowledged",
                               noted.sequence));
  }
  if (noted.request_ordinal > end.request_ordinal) {
    return Damaged(file, {"request", end.request_ordinal + 1},
                   fmt::format("it is missing, and the head file says that requests up to {} were "
                               "acknowledged",
                               noted.request_ordinal));
  }
  return absl::OkStatus();
}

// A store without a usable note of its end.
absl::Status CheckUnnoted(const SqliteOptions& options, const std::string& file,
                          const HeadFile& head_file, const Position& end) {
  if (head_file.state() == HeadFile::State::kValid || options.accept_missing_head) {
    return absl::OkStatus();
  }
  if (head_file.state() == HeadFile::State::kDamaged) {
    return Damaged(head_file.path().native(), {"slots"},
                   fmt::format("neither is valid, so nobody can tell whether {} is complete; its "
                               "{} entries can be opened once with --accept-missing-head",
                               file, end.sequence));
  }
  if (end.empty()) return absl::OkStatus();
  return HeadFileMissing(head_file.path().native(), file, end.sequence);
}

}  // namespace

absl::StatusOr<std::unique_ptr<SqliteWriter>> SqliteWriter::Open(const SqliteOptions& options,
                                                                 const std::string& file,
                                                                 HeadFile& head_file) {
  RETURN_IF_ERROR(CheckPresent(file, head_file));
  auto log_vfs = options.sync_commits ? std::make_unique<SqliteCombiningVfs>(options.vfs) : nullptr;
  ASSIGN_OR_RETURN(SqliteConnection connection,
                   SqliteConnection::Open(file, SqliteConnection::Access::kReadWriteCreate,
                                          log_vfs != nullptr ? log_vfs->name() : options.vfs));
  std::unique_ptr<SqliteWriter> store(
      new SqliteWriter(std::move(log_vfs), std::move(connection), options));
  RETURN_IF_ERROR(store->OpenJournal(options, head_file));
  return store;
}

absl::Status SqliteWriter::OpenJournal(const SqliteOptions& options, HeadFile& head_file) {
  const std::string& file = connection_.file();
  ASSIGN_OR_RETURN(const FileKind kind, IdentifyFile(connection_, head_file));
  if (kind == FileKind::kJournal) {
    RETURN_IF_ERROR(PrepareStatements());
    RETURN_IF_ERROR(CatchUp(&head_file.position()));
  }
  RETURN_IF_ERROR(CheckEnd(file, end_.position, head_file.position()));
  RETURN_IF_ERROR(CheckUnnoted(options, file, head_file, end_.position));

  RETURN_IF_ERROR(EnableWal(connection_));
  RETURN_IF_ERROR(connection_.Execute(
      options.sync_commits ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=OFF", {"header"}));
  // Room for a whole group: pages that do not fit would be written before its end, and written again.
  RETURN_IF_ERROR(connection_.Execute("PRAGMA cache_size=-32768", {"header"}));
  if (kind == FileKind::kEmpty) {
    RETURN_IF_ERROR(CreateSchema(connection_));
    RETURN_IF_ERROR(PrepareStatements());
    RETURN_IF_ERROR(SyncDirectory(options.directory));
  }
  ASSIGN_OR_RETURN(checkpointer_, SqliteCheckpointer::Open(file, options.vfs, options.sync_commits,
                                                           options.on_background_error));
  if (head_file.state() != HeadFile::State::kValid) {
    return head_file.Create(end_.position, kSchemaVersion);
  }
  // What is served from now on must be noted, and be durable before: the process that wrote it may
  // have ended before its sync. What was erased before it ended goes from the log too.
  if (!checkpointer_->CheckpointAndTruncate(connection_, kBusyTimeoutMs / 10).ok()) {
    // Another program reads the database: copied now, cut later.
    log_holds_erased_ = true;
    RETURN_IF_ERROR(checkpointer_->CheckpointNow(connection_));
  }
  if (head_file.position() == end_.position) return absl::OkStatus();
  RETURN_IF_ERROR(head_file.Write(end_.position));
  return head_file.Sync();
}

absl::Status SqliteWriter::PrepareStatements() {
  const Place header{"header"};
  ASSIGN_OR_RETURN(insert_entry_,
                   connection_.Prepare("INSERT INTO entry(sequence, recorded_at_us, key,"
                                       " fingerprint, payload, checksum, erasable, erasable_digest)"
                                       " VALUES(?,?,?,?,?,?,?,?)",
                                       header));
  ASSIGN_OR_RETURN(insert_request_,
                   connection_.Prepare("INSERT INTO request(ordinal, id, fingerprint,"
                                       " first_sequence, results, recorded_at_us, checksum)"
                                       " VALUES(?,?,?,?,?,?,?)",
                                       header));
  ASSIGN_OR_RETURN(select_entries_, connection_.Prepare(EntryTable::kSelect, header));
  ASSIGN_OR_RETURN(select_requests_, connection_.Prepare(RequestTable::kSelect, header));
  return absl::OkStatus();
}

absl::Status SqliteWriter::Close() {
  RETURN_IF_ERROR(checkpointer_->failure());
  if (!checkpointer_->CheckpointAndTruncate(connection_, kBusyTimeoutMs / 10).ok()) {
    // Another program reads the database, or the disk is full: the log stays beside the file, and the next start goes on from there.
    return checkpointer_->CheckpointNow(connection_);
  }
  checkpointer_.reset();  // the last connection that closes removes the log
  sqlite3_db_config(connection_.handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, nullptr);
  return absl::OkStatus();
}

}  // namespace outlay::journal
