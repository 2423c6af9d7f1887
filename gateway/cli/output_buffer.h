// A buffer before a file descriptor that remembers why it could not be written: the standard streams forget.
#ifndef OUTLAY_GATEWAY_CLI_OUTPUT_BUFFER_H_
#define OUTLAY_GATEWAY_CLI_OUTPUT_BUFFER_H_

#include <array>
#include <cstddef>
#include <streambuf>

namespace outlay::cli {

// Not thread-safe. What is left in it is written when it goes; flush its stream before asking for the error.
class OutputBuffer final : public std::streambuf {
 public:
  // The descriptor stays open. With `at_once` nothing waits for a flush, as a terminal wants it.
  OutputBuffer(int descriptor, bool at_once);
  ~OutputBuffer() override;

  // errno of the first write that failed; 0: all were done. After it nothing is written any more.
  int error() const { return error_; }

 protected:
  int_type overflow(int_type character) override;
  std::streamsize xsputn(const char* text, std::streamsize size) override;
  int sync() override;

 private:
  void MakeRoom();
  // Remembers why it failed.
  void Write(const char* text, size_t size);

  const int descriptor_;
  const bool at_once_;
  int error_ = 0;
  std::array<char, 8192> bytes_;
};

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_OUTPUT_BUFFER_H_
