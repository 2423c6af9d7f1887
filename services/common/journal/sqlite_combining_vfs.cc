#include "services/common/journal/sqlite_combining_vfs.h"

#include <cstring>
#include <memory>
#include <new>
#include <utility>

#include <fmt/format.h>

namespace outlay::journal {
namespace {

// SQLite's own file system writes less than 128 KiB at once.
constexpr size_t kPieceBytes = size_t{120} << 10;

// A log; the base's file follows it in memory.
class LogFile : public sqlite3_file {
 public:
  // `open` is set to this as long as it is open.
  explicit LogFile(sqlite3_file*& open) : open_(open) {}
  ~LogFile() { open_ = nullptr; }

  static LogFile& Of(sqlite3_file* file) { return *static_cast<LogFile*>(file); }

  sqlite3_file* base() { return reinterpret_cast<sqlite3_file*>(this + 1); }

  int Write(const void* bytes, int size, sqlite3_int64 offset) {
    if (!combines_) return base()->pMethods->xWrite(base(), bytes, size, offset);
    const auto count = static_cast<size_t>(size);
    if (kept_ > 0 &&
        (offset != start_ + static_cast<sqlite3_int64>(kept_) || kept_ + count > kPieceBytes)) {
      if (const int code = Flush(); code != SQLITE_OK) return code;
    }
    if (count > kPieceBytes) return base()->pMethods->xWrite(base(), bytes, size, offset);
    if (piece_ == nullptr) piece_ = std::make_unique<char[]>(kPieceBytes);
    if (kept_ == 0) start_ = offset;
    std::memcpy(piece_.get() + kept_, bytes, count);
    kept_ += count;
    return SQLITE_OK;
  }

  // After an error what was kept is gone: SQLite takes the commit back.
  int Flush() {
    if (kept_ == 0) return SQLITE_OK;
    const int size = static_cast<int>(std::exchange(kept_, 0));
    return base()->pMethods->xWrite(base(), piece_.get(), size, start_);
  }

  // What is kept belongs to a transaction that was taken back.
  void Discard() { kept_ = 0; }

  // Where a write can damage the bytes beside it SQLite writes on after the sync.
  void CombineWhereSafe() {
    combines_ =
        (base()->pMethods->xDeviceCharacteristics(base()) & SQLITE_IOCAP_POWERSAFE_OVERWRITE) != 0;
  }

 private:
  sqlite3_file*& open_;
  bool combines_ = false;
  std::unique_ptr<char[]> piece_;
  size_t kept_ = 0;  // bytes of the piece, which belong at start_
  sqlite3_int64 start_ = 0;
};

// Hands on what is kept, then calls the base's method.
template <auto kMethod, typename... Arguments>
int FlushedCall(sqlite3_file* file, Arguments... arguments) {
  LogFile& log = LogFile::Of(file);
  if (const int code = log.Flush(); code != SQLITE_OK) return code;
  return (log.base()->pMethods->*kMethod)(log.base(), arguments...);
}

template <auto kMethod, typename... Arguments>
int Call(sqlite3_file* file, Arguments... arguments) {
  sqlite3_file* const base = LogFile::Of(file).base();
  return (base->pMethods->*kMethod)(base, arguments...);
}

int Close(sqlite3_file* file) {
  LogFile& log = LogFile::Of(file);
  const int flushed = log.Flush();
  const int closed = log.base()->pMethods->xClose(log.base());
  log.~LogFile();
  return flushed != SQLITE_OK ? flushed : closed;
}

int Write(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 offset) {
  return LogFile::Of(file).Write(bytes, size, offset);
}

const sqlite3_io_methods kLogMethods = {
    .iVersion = 1,
    .xClose = Close,
    .xRead = FlushedCall<&sqlite3_io_methods::xRead, void*, int, sqlite3_int64>,
    .xWrite = Write,
    .xTruncate = FlushedCall<&sqlite3_io_methods::xTruncate, sqlite3_int64>,
    .xSync = FlushedCall<&sqlite3_io_methods::xSync, int>,
    .xFileSize = FlushedCall<&sqlite3_io_methods::xFileSize, sqlite3_int64*>,
    .xLock = Call<&sqlite3_io_methods::xLock, int>,
    .xUnlock = Call<&sqlite3_io_methods::xUnlock, int>,
    .xCheckReservedLock = Call<&sqlite3_io_methods::xCheckReservedLock, int*>,
    .xFileControl = Call<&sqlite3_io_methods::xFileControl, int, void*>,
    .xSectorSize = Call<&sqlite3_io_methods::xSectorSize>,
    .xDeviceCharacteristics = Call<&sqlite3_io_methods::xDeviceCharacteristics>,
};

}  // namespace

SqliteCombiningVfs::SqliteCombiningVfs(const std::string& base)
    : name_(fmt::format("outlay-combining-{}", fmt::ptr(this))) {
  vfs_.owner = this;
  vfs_.base = sqlite3_vfs_find(base.empty() ? nullptr : base.c_str());
  if (vfs_.base == nullptr) return;  // opening fails then: nobody is registered under the name
  static_cast<sqlite3_vfs&>(vfs_) = *vfs_.base;
  vfs_.pNext = nullptr;
  vfs_.zName = name_.c_str();
  vfs_.szOsFile = static_cast<int>(sizeof(LogFile)) + vfs_.base->szOsFile;
  vfs_.xOpen = Open;
  sqlite3_vfs_register(&vfs_, 0);
}

SqliteCombiningVfs::~SqliteCombiningVfs() {
  if (vfs_.base != nullptr) sqlite3_vfs_unregister(&vfs_);
}

void SqliteCombiningVfs::DiscardUnwritten() {
  if (log_ != nullptr) LogFile::Of(log_).Discard();
}

int SqliteCombiningVfs::Open(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags,
                             int* out_flags) {
  Registered& self = *static_cast<Registered*>(vfs);
  sqlite3_vfs* const base = self.base;
  if ((flags & SQLITE_OPEN_WAL) == 0) return base->xOpen(base, path, file, flags, out_flags);
  auto* const log = new (file) LogFile(self.owner->log_);
  log->base()->pMethods = nullptr;
  const int code = base->xOpen(base, path, log->base(), flags, out_flags);
  if (code != SQLITE_OK) {
    if (log->base()->pMethods != nullptr) log->base()->pMethods->xClose(log->base());
    log->~LogFile();
    file->pMethods = nullptr;  // SQLite closes what has methods
    return code;
  }
  log->CombineWhereSafe();
  log->pMethods = &kLogMethods;
  self.owner->log_ = log;
  return SQLITE_OK;
}

}  // namespace outlay::journal
