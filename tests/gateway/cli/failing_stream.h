// A stream that the system refuses to read to its end.
#ifndef OUTLAY_TESTS_GATEWAY_CLI_FAILING_STREAM_H_
#define OUTLAY_TESTS_GATEWAY_CLI_FAILING_STREAM_H_

#include <cerrno>
#include <istream>
#include <memory>
#include <streambuf>
#include <string>
#include <system_error>
#include <utility>

namespace outlay::cli {

// Gives the text, and fails as the buffer of a file does.
class FailingBuffer final : public std::streambuf {
 public:
  explicit FailingBuffer(std::string text, int error = EIO)
      : text_(std::move(text)), error_(error) {
    setg(text_.data(), text_.data(), text_.data() + text_.size());
  }

 protected:
  int_type underflow() override {
    throw std::ios_base::failure("underflow", std::error_code(error_, std::system_category()));
  }

 private:
  std::string text_;
  const int error_;
};

class FailingStream final : public std::istream {
 public:
  explicit FailingStream(std::string text, int error = EIO)
      : std::istream(nullptr), buffer_(std::move(text), error) {
    rdbuf(&buffer_);
  }

 private:
  FailingBuffer buffer_;
};

}  // namespace outlay::cli

#endif  // OUTLAY_TESTS_GATEWAY_CLI_FAILING_STREAM_H_
