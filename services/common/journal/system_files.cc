#include "services/common/journal/system_files.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include <fmt/format.h>

#include "services/common/journal/errors.h"
#include "services/common/journal/unique_fd.h"

namespace outlay::journal {

absl::Status SystemError(const std::filesystem::path& path, std::string_view doing) {
  const bool full = errno == ENOSPC || errno == EDQUOT;
  const std::string what = fmt::format("{}: {}", doing, std::strerror(errno));
  return full ? StorageFull(path.native(), what) : StorageUnavailable(path.native(), what);
}

absl::Status SyncDirectory(const std::filesystem::path& directory) {
  const UniqueFd fd(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!fd || ::fsync(fd.get()) != 0) return SystemError(directory, "cannot sync the directory");
  return absl::OkStatus();
}

}  // namespace outlay::journal
