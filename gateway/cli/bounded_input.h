// A stream's bytes for a parser that keeps one token at a time: a token that is too long ends the input, so that the parser's memory is
// bounded whatever the file holds.
#ifndef OUTLAY_GATEWAY_CLI_BOUNDED_INPUT_H_
#define OUTLAY_GATEWAY_CLI_BOUNDED_INPUT_H_

#include <cstddef>
#include <cstdint>
#include <streambuf>
#include <string>

namespace outlay::cli {

// Of JSON: a token is a string, or whatever stands between white space and punctuation. Not thread-safe.
class BoundedInput final : public std::streambuf {
 public:
  // Reads from `source`, which must outlive it.
  BoundedInput(std::streambuf& source, size_t token_bytes_max)
      : source_(source), token_bytes_max_(token_bytes_max) {}

  uint64_t bytes_read() const { return bytes_read_; }
  bool token_too_long() const { return token_bytes_ > token_bytes_max_; }
  // What the system said where the source could not be read on, which ends the input too; empty: it could.
  const std::string& read_error() const { return read_error_; }

 protected:
  int_type underflow() override;
  int_type uflow() override;

 private:
  int_type FromSource(int_type (std::streambuf::*take)());
  void Measure(char byte);

  std::streambuf& source_;
  const size_t token_bytes_max_;
  std::string read_error_;
  uint64_t bytes_read_ = 0;
  size_t token_bytes_ = 0;
  bool in_string_ = false;
  bool escaped_ = false;
};

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_BOUNDED_INPUT_H_
