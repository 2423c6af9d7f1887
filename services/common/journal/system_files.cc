#include "services/common/journal/system_files.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include <fmt/format.h>

#include "services/common/journal/errors.h"
#include "services/common/journal/unique_fd.h"
#include "services/common/status/error.h"

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

absl::Status MakeDirectories(const std::filesystem::path& directory) {
  std::error_code error;
  if (std::filesystem::is_directory(directory, error)) return absl::OkStatus();
  const std::filesystem::path parent = std::filesystem::absolute(directory / ".", error)
                                           .lexically_normal()
                                           .parent_path()
                                           .parent_path();
  if (!error) RETURN_IF_ERROR(MakeDirectories(parent));
  if (!error) std::filesystem::create_directory(directory, error);
  if (error) {
    return StorageUnavailable(directory.native(),
                              fmt::format("cannot make the directory: {}", error.message()));
  }
  return SyncDirectory(parent);
}

}  // namespace outlay::journal
