// The lines of a file, one after the other.
#ifndef OUTLAY_GATEWAY_CLI_FILE_LINES_H_
#define OUTLAY_GATEWAY_CLI_FILE_LINES_H_

#include <cstdint>
#include <fstream>
#include <istream>
#include <memory>
#include <string>

#include "absl/status/statusor.h"

namespace outlay::cli {

// A file to read from its beginning. `size` is in bytes; 0: not known. NOT_FOUND (CANNOT_READ). INVALID_ARGUMENT (UNKNOWN_FORMAT) for an archive.
absl::StatusOr<std::ifstream> OpenFile(const std::string& path, uint64_t* size);

class FileLines {
 public:
  // Longer lines are cut; the longest record that can be right has some kilobytes.
  static constexpr size_t kLineBytesMax = 1 << 20;

  // Errors as OpenFile's.
  static absl::StatusOr<FileLines> Open(const std::string& path);
  // The lines of a stream that is called `path` in errors, of a file of `size` bytes; 0: not known.
  static FileLines Of(std::unique_ptr<std::istream> stream, std::string path, uint64_t size = 0);
  // The lines of a text, for what has no file.
  static FileLines OfText(const std::string& text);

  // The next line without its end, the first one without a byte order mark; false at the end of the file. An error (CANNOT_READ, naming file
  // and line) where the system could not read on: the file is longer than what was read. A line that was read in part is not given.
  absl::StatusOr<bool> Next(std::string* line);
  // The same, without blank lines and those that begin with "#".
  absl::StatusOr<bool> NextRecord(std::string* line);

  // Of the line last read: it was cut, it ended with a carriage return before the line feed.
  bool was_cut() const { return was_cut_; }
  bool had_return() const { return had_return_; }
  size_t number() const { return number_; }  // of the line last read, from 1
  uint64_t bytes_read() const { return bytes_read_; }
  uint64_t size() const { return size_; }  // of the file in bytes; 0: not known

 private:
  FileLines() = default;

  // The bytes up to the line's end; false where there are none. Throws where the stream does.
  bool Take(std::string* line);

  std::unique_ptr<std::istream> file_;
  std::string path_;
  size_t number_ = 0;
  uint64_t bytes_read_ = 0;
  uint64_t size_ = 0;
  bool was_cut_ = false;
  bool had_return_ = false;
};

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_FILE_LINES_H_
