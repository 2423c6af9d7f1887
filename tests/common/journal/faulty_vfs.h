// An SQLite file system in which power can fail and disks can fill.
#ifndef OUTLAY_TESTS_COMMON_JOURNAL_FAULTY_VFS_H_
#define OUTLAY_TESTS_COMMON_JOURNAL_FAULTY_VFS_H_

#include <sqlite3.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace outlay::journal {

// Passes everything through to the default file system and keeps, for every file, what would
// survive a power cut: the bytes at its last sync. Writes since then are remembered one by one.
// When the power is cut every operation fails; once all files are closed, Restore puts the
// survivors on the disk: nothing of what was not synced, or, from a seed, any part of it in sectors
// of 512 bytes, in any order, as disks do. Shared memory passes through: SQLite rebuilds it.
//
// Making and removing a file counts as durable at once. Thread safe. One operation is a write,
// truncation or sync.
class FaultyVfs {
 public:
  explicit FaultyVfs(std::string name);  // registered under the name until the end
  ~FaultyVfs();
  FaultyVfs(const FaultyVfs&) = delete;
  FaultyVfs& operator=(const FaultyVfs&) = delete;

  const std::string& name() const { return name_; }

  // The power fails during the `operation`-th operation from now on (from 1): it does not succeed.
  void CutPowerAt(uint64_t operation);
  void CutPower();
  bool PowerIsOut() const;

  // Puts what survives into the files and turns the power on. All connections must be closed.
  void Restore(std::optional<uint64_t> seed);

  // Writes fail with SQLITE_FULL while this is set.
  void SetFull(bool full);
  // The next `count` syncs fail without a power cut.
  void FailSyncs(int count);
  // As a device says that may damage what lies beside a write when the power fails.
  void SetPowersafe(bool powersafe);
  // So do all syncs of files whose path ends so, until it is empty again.
  void FailSyncsOf(std::string path_end);

  uint64_t operations() const;
  uint64_t syncs() const;
  // Writes that no sync has followed yet, over all files.
  size_t unsynced_writes() const;

 private:
  struct Write {
    uint64_t offset = 0;
    std::string bytes;
    bool truncation = false;  // to `offset` bytes
  };
  struct FileState {
    std::string path;
    std::string durable;
    std::vector<Write> unsynced;
  };
  struct File;  // sqlite3_file
  struct Methods;

  // Counts an operation; SQLITE_OK when it may go on. With the power failing in this very operation
  // the write may still reach the disk in part.
  int Admit();
  static void Apply(const Write& write, std::string& image);
  static void ApplyPart(const Write& write, uint64_t& random, std::string& image);

  const std::string name_;
  sqlite3_vfs* const real_;
  sqlite3_vfs vfs_;
  mutable std::mutex mutex_;
  std::map<std::string, std::shared_ptr<FileState>> files_;
  uint64_t operations_ = 0;
  uint64_t syncs_ = 0;
  uint64_t cut_at_ = 0;  // 0: never
  bool out_ = false;
  bool full_ = false;
  int failing_syncs_ = 0;
  std::string unsyncable_;
  bool powersafe_ = true;
};

}  // namespace outlay::journal

#endif  // OUTLAY_TESTS_COMMON_JOURNAL_FAULTY_VFS_H_
