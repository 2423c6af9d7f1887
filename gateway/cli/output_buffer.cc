#include "gateway/cli/output_buffer.h"

#include <unistd.h>

#include <cerrno>

namespace outlay::cli {

OutputBuffer::OutputBuffer(int descriptor, bool at_once)
    : descriptor_(descriptor), at_once_(at_once) {
  MakeRoom();
}

OutputBuffer::~OutputBuffer() { (void)OutputBuffer::sync(); }

void OutputBuffer::MakeRoom() {
  // Without room every character comes to overflow.
  setp(bytes_.data(), bytes_.data() + (at_once_ ? 0 : bytes_.size()));
}

void OutputBuffer::Write(const char* text, size_t size) {
  while (error_ == 0 && size > 0) {
    const ssize_t written = write(descriptor_, text, size);
    if (written >= 0) {
      text += written;
      size -= static_cast<size_t>(written);
    } else if (errno != EINTR) {
      error_ = errno;
    }
  }
}

OutputBuffer::int_type OutputBuffer::overflow(int_type character) {
  if (OutputBuffer::sync() != 0) return traits_type::eof();
  if (traits_type::eq_int_type(character, traits_type::eof())) {
    return traits_type::not_eof(character);
  }
  const char byte = traits_type::to_char_type(character);
  if (at_once_) {
    Write(&byte, 1);
  } else {
    *pptr() = byte;
    pbump(1);
  }
  return error_ == 0 ? character : traits_type::eof();
}

std::streamsize OutputBuffer::xsputn(const char* text, std::streamsize size) {
  if (!at_once_) return std::streambuf::xsputn(text, size);
  Write(text, static_cast<size_t>(size));
  return error_ == 0 ? size : 0;
}

int OutputBuffer::sync() {
  Write(pbase(), static_cast<size_t>(pptr() - pbase()));
  MakeRoom();
  return error_ == 0 ? 0 : -1;
}

}  // namespace outlay::cli
