#ifndef OUTLAY_SERVICES_COMMON_JOURNAL_SYSTEM_FILES_H_
#define OUTLAY_SERVICES_COMMON_JOURNAL_SYSTEM_FILES_H_

#include <filesystem>
#include <string_view>

#include "absl/status/status.h"

namespace outlay::journal {

// STORAGE_FULL or STORAGE_UNAVAILABLE from errno: "<path>: <doing>: <the system's words>".
absl::Status SystemError(const std::filesystem::path& path, std::string_view doing);

// Makes the names of files made in, or renamed into, the directory survive a power cut.
absl::Status SyncDirectory(const std::filesystem::path& directory);

// Makes the directory and those above it that are missing, so that they survive a power cut.
absl::Status MakeDirectories(const std::filesystem::path& directory);

}  // namespace outlay::journal

#endif  // OUTLAY_SERVICES_COMMON_JOURNAL_SYSTEM_FILES_H_
