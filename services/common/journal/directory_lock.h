#ifndef OUTLAY_SERVICES_COMMON_JOURNAL_DIRECTORY_LOCK_H_
#define OUTLAY_SERVICES_COMMON_JOURNAL_DIRECTORY_LOCK_H_

#include <filesystem>

#include "absl/status/statusor.h"
#include "services/common/journal/unique_fd.h"

namespace outlay::journal {

// Holds a directory for one owner: flock on its file LOCK, which also names the holder's pid. The
// kernel releases it when the process ends, however it ends; a LOCK file left behind means nothing.
// A second owner in the same process is refused as well.
class DirectoryLock {
 public:
  // Makes the directory when it is missing. FAILED_PRECONDITION DATA_DIR_LOCKED, UNAVAILABLE
  // STORAGE_UNAVAILABLE.
  static absl::StatusOr<DirectoryLock> Acquire(const std::filesystem::path& directory);

  void Release() { file_.Reset(); }

 private:
  explicit DirectoryLock(UniqueFd file) : file_(std::move(file)) {}

  UniqueFd file_;
};

}  // namespace outlay::journal

#endif  // OUTLAY_SERVICES_COMMON_JOURNAL_DIRECTORY_LOCK_H_
