// A file whose beginning can be looked at before it is read, also where it is a pipe.
#ifndef OUTLAY_GATEWAY_CLI_REPLAYED_INPUT_H_
#define OUTLAY_GATEWAY_CLI_REPLAYED_INPUT_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <istream>
#include <memory>
#include <streambuf>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace outlay::cli {

// Not thread-safe.
class ReplayedInput final : public std::istream {
 public:
  static constexpr size_t kHeadBytes = 4096;

  // Errors as OpenFile's.
  static absl::StatusOr<std::unique_ptr<ReplayedInput>> Open(const std::string& path);

  // The file's first bytes, at most kHeadBytes; reading begins before them all the same. Shorter than that where the file is, or where the
  // system refused to read on, which reading then says.
  std::string_view head() const { return head_; }
  uint64_t size() const { return size_; }  // of the file in bytes; 0: not known

 private:
  class Buffer final : public std::streambuf {
   public:
    explicit Buffer(std::ifstream file) : file_(std::move(file)) {}
    std::string TakeHead();

   protected:
    int_type underflow() override;

   private:
    std::ifstream file_;
    std::array<char, 1 << 16> bytes_;
  };

  ReplayedInput(std::ifstream file, uint64_t size);

  Buffer buffer_;
  const uint64_t size_;
  const std::string head_;
};

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_REPLAYED_INPUT_H_
