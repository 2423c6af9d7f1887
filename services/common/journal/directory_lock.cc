#include "services/common/journal/directory_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "services/common/journal/errors.h"
#include "services/common/journal/system_files.h"
#include "services/common/status/error.h"

namespace outlay::journal {
namespace {

// The first line; empty when the holder has not written it yet.
std::string ReadHolder(int fd) {
  char text[32];
  const ssize_t size = ::pread(fd, text, sizeof text, 0);
  if (size <= 0) return "";
  const std::string_view view(text, static_cast<size_t>(size));
  return std::string(view.substr(0, view.find('\n')));
}

}  // namespace

absl::StatusOr<DirectoryLock> DirectoryLock::Acquire(const std::filesystem::path& directory) {
  RETURN_IF_ERROR(MakeDirectories(directory));
  const std::filesystem::path path = directory / "LOCK";
  UniqueFd file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
  if (!file) return SystemError(path, "cannot open");
  if (::flock(file.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return SystemError(path, "cannot lock");
    return DataDirLocked(directory.native(), ReadHolder(file.get()));
  }
  const std::string pid = fmt::format("{}\n", ::getpid());
  if (::ftruncate(file.get(), 0) != 0 ||
      ::pwrite(file.get(), pid.data(), pid.size(), 0) != static_cast<ssize_t>(pid.size())) {
    return SystemError(path, "cannot write");
  }
  return DirectoryLock(std::move(file));
}

}  // namespace outlay::journal
