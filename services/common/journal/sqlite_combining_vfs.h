// A file system for SQLite that writes the log of a commit in large pieces.
#ifndef OUTLAY_SERVICES_COMMON_JOURNAL_SQLITE_COMBINING_VFS_H_
#define OUTLAY_SERVICES_COMMON_JOURNAL_SQLITE_COMBINING_VFS_H_

#include <sqlite3.h>

#include <string>

namespace outlay::journal {

// SQLite writes a write-ahead log page by page, each with a call for its header and one for itself. A connection that is opened with this file
// system keeps what follows on what it has written, and hands it on when the log is synced, read, measured, cut or closed, or when enough has come
// together; an error is that call's. Where the disk may damage what lies beside a write it keeps nothing. Nobody looks at a frame before the sync of its commit, so connections that sync their commits see no difference;
// others must not use it. Files other than logs are the base's own.
class SqliteCombiningVfs {
 public:
  // `base`: a registered file system, empty for the default.
  explicit SqliteCombiningVfs(const std::string& base);
  // All connections must be closed.
  ~SqliteCombiningVfs();
  SqliteCombiningVfs(const SqliteCombiningVfs&) = delete;
  SqliteCombiningVfs& operator=(const SqliteCombiningVfs&) = delete;

  // For sqlite3_open_v2, of one connection.
  const std::string& name() const { return name_; }

  // After a transaction was taken back: what is kept of it is not written any more.
  void DiscardUnwritten();

 private:
  // The base's methods with its own data, but for xOpen.
  struct Registered : sqlite3_vfs {
    sqlite3_vfs* base = nullptr;
    SqliteCombiningVfs* owner = nullptr;
  };

  static int Open(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags,
                  int* out_flags);

  const std::string name_;
  Registered vfs_;
  sqlite3_file* log_ = nullptr;  // the open one
};

}  // namespace outlay::journal

#endif  // OUTLAY_SERVICES_COMMON_JOURNAL_SQLITE_COMBINING_VFS_H_
