#include "gateway/cli/replayed_input.h"

#include "gateway/cli/file_lines.h"
#include "services/common/status/error.h"

namespace outlay::cli {

std::string ReplayedInput::Buffer::TakeHead() {
  std::streamsize count = 0;
  try {
    count = file_.rdbuf()->sgetn(bytes_.data(), kHeadBytes);
  } catch (const std::ios_base::failure&) {
    // A file's buffer throws where the system refuses to read, and does again when it is asked again.
  }
  setg(bytes_.data(), bytes_.data(), bytes_.data() + count);
  return std::string(bytes_.data(), static_cast<size_t>(count));
}

ReplayedInput::Buffer::int_type ReplayedInput::Buffer::underflow() {
  const std::streamsize count =
      file_.rdbuf()->sgetn(bytes_.data(), static_cast<std::streamsize>(bytes_.size()));
  if (count <= 0) return traits_type::eof();
  setg(bytes_.data(), bytes_.data(), bytes_.data() + count);
  return traits_type::to_int_type(bytes_[0]);
}

ReplayedInput::ReplayedInput(std::ifstream file, uint64_t size)
    : std::istream(nullptr), buffer_(std::move(file)), size_(size), head_(buffer_.TakeHead()) {
  rdbuf(&buffer_);
}

absl::StatusOr<std::unique_ptr<ReplayedInput>> ReplayedInput::Open(const std::string& path) {
  uint64_t size = 0;
  ASSIGN_OR_RETURN(std::ifstream file, OpenFile(path, &size));
  return std::unique_ptr<ReplayedInput>(new ReplayedInput(std::move(file), size));
}

}  // namespace outlay::cli
