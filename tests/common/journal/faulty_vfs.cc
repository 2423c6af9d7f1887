#include "tests/common/journal/faulty_vfs.h"

#include <algorithm>
#include <new>
#include <utility>

#include "tests/common/journal/support.h"

namespace outlay::journal {
namespace {

constexpr uint64_t kSectorBytes = 512;

// splitmix64: small, and the same everywhere.
uint64_t NextRandom(uint64_t& state) {
  uint64_t z = state += 0x9e3779b97f4a7c15;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

}  // namespace

struct FaultyVfs::File {
  sqlite3_file base;
  FaultyVfs* vfs;
  std::shared_ptr<FileState>* state;  // owned; null for files that nobody needs after a power cut
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

struct FaultyVfs::Methods {
  static File* From(sqlite3_file* file) { return reinterpret_cast<File*>(file); }
  static sqlite3_file* Real(sqlite3_file* file) { return From(file)->real(); }
  static const sqlite3_io_methods* RealMethods(sqlite3_file* file) { return Real(file)->pMethods; }
  static FaultyVfs* Vfs(sqlite3_vfs* vfs) { return static_cast<FaultyVfs*>(vfs->pAppData); }

  static int Close(sqlite3_file* file) {
    const int code = RealMethods(file)->xClose(Real(file));
    delete From(file)->state;
    From(file)->state = nullptr;
    return code;
  }

  static int Read(sqlite3_file* file, void* data, int size, sqlite3_int64 offset) {
    return RealMethods(file)->xRead(Real(file), data, size, offset);
  }

  static int Change(sqlite3_file* file, Write write) {
    FaultyVfs* vfs = From(file)->vfs;
    std::lock_guard lock(vfs->mutex_);
    const bool was_out = vfs->out_;
    const int admitted = vfs->Admit();
    if (From(file)->state != nullptr && !was_out && (admitted == SQLITE_OK || vfs->out_)) {
      (*From(file)->state)->unsynced.push_back(write);
    }
    if (admitted != SQLITE_OK) return admitted;
    if (write.truncation) {
      return RealMethods(file)->xTruncate(Real(file), static_cast<sqlite3_int64>(write.offset));
    }
    return RealMethods(file)->xWrite(Real(file), write.bytes.data(),
                                     static_cast<int>(write.bytes.size()),
                                     static_cast<sqlite3_int64>(write.offset));
  }

  static int WriteBytes(sqlite3_file* file, const void* data, int size, sqlite3_int64 offset) {
    return Change(file, {.offset = static_cast<uint64_t>(offset),
                         .bytes = std::string(static_cast<const char*>(data), size)});
  }

  static int Truncate(sqlite3_file* file, sqlite3_int64 size) {
    return Change(file, {.offset = static_cast<uint64_t>(size), .truncation = true});
  }

  static int Sync(sqlite3_file* file, int) {
    FaultyVfs* vfs = From(file)->vfs;
    std::lock_guard lock(vfs->mutex_);
    if (const int admitted = vfs->Admit(); admitted == SQLITE_IOERR_WRITE) {
      return SQLITE_IOERR_FSYNC;
    }
    if (vfs->failing_syncs_ > 0) {
      --vfs->failing_syncs_;
      return SQLITE_IOERR_FSYNC;
    }
    if (From(file)->state != nullptr && !vfs->unsyncable_.empty() &&
        (*From(file)->state)->path.ends_with(vfs->unsyncable_)) {
      return SQLITE_IOERR_FSYNC;
    }
    ++vfs->syncs_;
    if (From(file)->state == nullptr) return SQLITE_OK;
    FileState& state = **From(file)->state;
    for (const Write& write : state.unsynced) Apply(write, state.durable);
    state.unsynced.clear();
    return SQLITE_OK;
  }

  static int FileSize(sqlite3_file* file, sqlite3_int64* size) {
    return RealMethods(file)->xFileSize(Real(file), size);
  }
  static int Lock(sqlite3_file* file, int level) {
    return RealMethods(file)->xLock(Real(file), level);
  }
  static int Unlock(sqlite3_file* file, int level) {
    return RealMethods(file)->xUnlock(Real(file), level);
  }
  static int CheckReservedLock(sqlite3_file* file, int* reserved) {
    return RealMethods(file)->xCheckReservedLock(Real(file), reserved);
  }
  static int FileControl(sqlite3_file* file, int operation, void* argument) {
    return RealMethods(file)->xFileControl(Real(file), operation, argument);
  }
  static int SectorSize(sqlite3_file* file) { return RealMethods(file)->xSectorSize(Real(file)); }
  static int DeviceCharacteristics(sqlite3_file* file) {
    const int real = RealMethods(file)->xDeviceCharacteristics(Real(file));
    FaultyVfs* vfs = From(file)->vfs;
    std::lock_guard lock(vfs->mutex_);
    return vfs->powersafe_ ? real : real & ~SQLITE_IOCAP_POWERSAFE_OVERWRITE;
  }
  static int ShmMap(sqlite3_file* file, int region, int size, int extend, void volatile** memory) {
    return RealMethods(file)->xShmMap(Real(file), region, size, extend, memory);
  }
  static int ShmLock(sqlite3_file* file, int offset, int count, int flags) {
    return RealMethods(file)->xShmLock(Real(file), offset, count, flags);
  }
  static void ShmBarrier(sqlite3_file* file) { RealMethods(file)->xShmBarrier(Real(file)); }
  static int ShmUnmap(sqlite3_file* file, int remove) {
    return RealMethods(file)->xShmUnmap(Real(file), remove);
  }

  // Version 2: shared memory, but no memory-mapped reads.
  static constexpr sqlite3_io_methods kMethods = {
      .iVersion = 2,
      .xClose = Close,
      .xRead = Read,
      .xWrite = WriteBytes,
      .xTruncate = Truncate,
      .xSync = Sync,
      .xFileSize = FileSize,
      .xLock = Lock,
      .xUnlock = Unlock,
      .xCheckReservedLock = CheckReservedLock,
      .xFileControl = FileControl,
      .xSectorSize = SectorSize,
      .xDeviceCharacteristics = DeviceCharacteristics,
      .xShmMap = ShmMap,
      .xShmLock = ShmLock,
      .xShmBarrier = ShmBarrier,
      .xShmUnmap = ShmUnmap,
  };

  static int Open(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags,
                  int* flags_out) {
    FaultyVfs* self = Vfs(vfs);
    File* opened = From(file);
    opened->base.pMethods = nullptr;
    const int code = self->real_->xOpen(self->real_, path, opened->real(), flags, flags_out);
    if (code != SQLITE_OK) return code;
    opened->base.pMethods = &kMethods;
    opened->vfs = self;
    opened->state = nullptr;
    if (path == nullptr ||
        (flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL)) == 0) {
      return SQLITE_OK;
    }
    std::lock_guard lock(self->mutex_);
    std::shared_ptr<FileState>& state = self->files_[path];
    if (state == nullptr) {
      state = std::make_shared<FileState>(FileState{.path = path, .durable = ReadFile(path)});
    }
    opened->state = new std::shared_ptr<FileState>(state);
    return SQLITE_OK;
  }

  static int Delete(sqlite3_vfs* vfs, const char* path, int sync_directory) {
    FaultyVfs* self = Vfs(vfs);
    std::lock_guard lock(self->mutex_);
    if (self->out_) return SQLITE_IOERR_DELETE;
    self->files_.erase(path);
    return self->real_->xDelete(self->real_, path, sync_directory);
  }
};

FaultyVfs::FaultyVfs(std::string name)
    : name_(std::move(name)), real_(sqlite3_vfs_find(nullptr)), vfs_(*real_) {
  vfs_.zName = name_.c_str();
  vfs_.pNext = nullptr;
  vfs_.pAppData = this;
  vfs_.szOsFile = static_cast<int>(sizeof(File)) + real_->szOsFile;
  vfs_.xOpen = Methods::Open;
  vfs_.xDelete = Methods::Delete;
  sqlite3_vfs_register(&vfs_, 0);
}

FaultyVfs::~FaultyVfs() { sqlite3_vfs_unregister(&vfs_); }

int FaultyVfs::Admit() {
  if (out_) return SQLITE_IOERR_WRITE;
  ++operations_;
  if (cut_at_ != 0 && operations_ >= cut_at_) out_ = true;
  if (out_) return SQLITE_IOERR_WRITE;
  return full_ ? SQLITE_FULL : SQLITE_OK;
}

void FaultyVfs::CutPowerAt(uint64_t operation) {
  std::lock_guard lock(mutex_);
  cut_at_ = operations_ + operation;
}

void FaultyVfs::CutPower() {
  std::lock_guard lock(mutex_);
  out_ = true;
}

bool FaultyVfs::PowerIsOut() const {
  std::lock_guard lock(mutex_);
  return out_;
}

void FaultyVfs::Apply(const Write& write, std::string& image) {
  if (write.truncation) {
    image.resize(write.offset);
    return;
  }
  image.resize(std::max<size_t>(image.size(), write.offset + write.bytes.size()));
  image.replace(write.offset, write.bytes.size(), write.bytes);
}

// Every sector that the write touches survives or not on its own.
void FaultyVfs::ApplyPart(const Write& write, uint64_t& random, std::string& image) {
  if (write.truncation) {
    if (NextRandom(random) % 2 == 0) Apply(write, image);
    return;
  }
  // Some writes survive whole, some not at all, the others in part.
  const uint64_t fate = NextRandom(random) % 4;
  const uint64_t end = write.offset + write.bytes.size();
  for (uint64_t from = write.offset; from < end;) {
    const uint64_t to = std::min(end, (from / kSectorBytes + 1) * kSectorBytes);
    if (fate == 0 || (fate != 1 && NextRandom(random) % 2 == 0)) {
      Apply({.offset = from, .bytes = write.bytes.substr(from - write.offset, to - from)}, image);
    }
    from = to;
  }
}

void FaultyVfs::Restore(std::optional<uint64_t> seed) {
  std::lock_guard lock(mutex_);
  uint64_t random = seed.value_or(0);
  for (const auto& [path, state] : files_) {
    std::string image = state->durable;
    if (seed) {
      for (const Write& write : state->unsynced) ApplyPart(write, random, image);
    }
    WriteFile(path, image);
  }
  files_.clear();
  out_ = false;
  cut_at_ = 0;
}

void FaultyVfs::SetFull(bool full) {
  std::lock_guard lock(mutex_);
  full_ = full;
}

void FaultyVfs::FailSyncs(int count) {
  std::lock_guard lock(mutex_);
  failing_syncs_ = count;
}

void FaultyVfs::SetPowersafe(bool powersafe) {
  std::lock_guard lock(mutex_);
  powersafe_ = powersafe;
}

void FaultyVfs::FailSyncsOf(std::string path_end) {
  std::lock_guard lock(mutex_);
  unsyncable_ = std::move(path_end);
}

uint64_t FaultyVfs::operations() const {
  std::lock_guard lock(mutex_);
  return operations_;
}

uint64_t FaultyVfs::syncs() const {
  std::lock_guard lock(mutex_);
  return syncs_;
}

size_t FaultyVfs::unsynced_writes() const {
  std::lock_guard lock(mutex_);
  size_t count = 0;
  for (const auto& [path, state] : files_) count += state->unsynced.size();
  return count;
}

}  // namespace outlay::journal
