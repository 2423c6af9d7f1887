#include "gateway/cli/file_lines.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <sstream>
#include <string_view>

#include "gateway/cli/errors.h"
#include "services/common/status/error.h"

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

absl::StatusOr<std::ifstream> OpenFile(const std::string& path, uint64_t* size) {
  std::error_code error;
  const auto kind = std::filesystem::status(path, error).type();
  if (kind == std::filesystem::file_type::directory) return CannotRead(path, "it is a folder");
  std::ifstream file(path, std::ios::binary);
  if (!file) return CannotRead(path, std::strerror(errno));
  *size = 0;
  // A pipe has no size, and what is read from it is gone.
  if (kind == std::filesystem::file_type::regular) {
    *size = std::filesystem::file_size(path, error);
    if (IsArchive(file)) return UnknownFormat(path, "is an archive: unpack it first");
  }
  return file;
}

absl::StatusOr<FileLines> FileLines::Open(const std::string& path) {
  uint64_t size = 0;
  ASSIGN_OR_RETURN(std::ifstream file, OpenFile(path, &size));
  return Of(std::make_unique<std::ifstream>(std::move(file)), path, size);
}

FileLines FileLines::Of(std::unique_ptr<std::istream> stream, std::string path, uint64_t size) {
  FileLines lines;
  lines.size_ = size;
  lines.file_ = std::move(stream);
  lines.path_ = std::move(path);
  return lines;
}

FileLines FileLines::OfText(const std::string& text) {
  return Of(std::make_unique<std::istringstream>(text), "the text", text.size());
}

bool FileLines::Take(std::string* line) {
  std::streambuf& bytes = *file_->rdbuf();
  using Traits = std::streambuf::traits_type;
  bool any = false;
  for (Traits::int_type next = bytes.sbumpc(); next != Traits::eof(); next = bytes.sbumpc()) {
    any = true;
    ++bytes_read_;
    if (Traits::to_char_type(next) == '\n') break;
    was_cut_ = line->size() == kLineBytesMax;
    if (!was_cut_) *line += Traits::to_char_type(next);
  }
  return any;
}

absl::StatusOr<bool> FileLines::Next(std::string* line) {
  line->clear();
  was_cut_ = false;
  had_return_ = false;
  try {
    if (!Take(line)) return false;
  } catch (const std::ios_base::failure& failure) {
    // A file's buffer throws where the system refuses to read, and at its end it does not.
    return CannotReadOn(path_, number_ + 1, failure.code().message());
  }
  ++number_;
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (number_ == 1 && line->starts_with(kByteOrderMark)) line->erase(0, kByteOrderMark.size());
  had_return_ = !line->empty() && line->back() == '\r';
  if (had_return_) line->pop_back();
  return true;
}

absl::StatusOr<bool> FileLines::NextRecord(std::string* line) {
  while (true) {
    ASSIGN_OR_RETURN(const bool more, Next(line));
    if (!more) return false;
    const size_t first = line->find_first_not_of(" \t");
    if (first != line->npos && (*line)[first] != '#') return true;
  }
}

}  // namespace outlay::cli
