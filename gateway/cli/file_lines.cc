#include "gateway/cli/file_lines.h"

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "gateway/cli/errors.h"

namespace outlay::cli {
namespace {

bool IsArchive(std::ifstream& file) {
  char start[2] = {};
  file.read(start, sizeof start);
  file.clear();
  file.seekg(0);
  const std::string_view magic(start, sizeof start);
  return magic == "PK" || magic == "\x1f\x8b";
}

}  // namespace

absl::StatusOr<FileLines> FileLines::Open(const std::string& path) {
  std::error_code error;
  const auto kind = std::filesystem::status(path, error).type();
  if (kind == std::filesystem::file_type::directory) return CannotRead(path, "it is a folder");
  FileLines lines;
  lines.file_.open(path, std::ios::binary);
  if (!lines.file_) return CannotRead(path, std::strerror(errno));
  // A pipe has no size, and what is read from it is gone.
  if (kind == std::filesystem::file_type::regular) {
    lines.size_ = std::filesystem::file_size(path, error);
    if (IsArchive(lines.file_)) return UnknownFormat(path, "is an archive: unpack it first");
  }
  return lines;
}

bool FileLines::Next(std::string* line) {
  if (!std::getline(file_, *line)) return false;
  ++number_;
  bytes_read_ += line->size() + 1;
  if (!line->empty() && line->back() == '\r') line->pop_back();
  return true;
}

bool FileLines::NextRecord(std::string* line) {
  while (Next(line)) {
    const size_t first = line->find_first_not_of(" \t");
    if (first != line->npos && (*line)[first] != '#') return true;
  }
  return false;
}

}  // namespace outlay::cli
