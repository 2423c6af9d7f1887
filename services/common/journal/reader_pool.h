#ifndef OUTLAY_SERVICES_COMMON_JOURNAL_READER_POOL_H_
#define OUTLAY_SERVICES_COMMON_JOURNAL_READER_POOL_H_

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/common/journal/errors.h"

namespace outlay::journal {

// Connections for reading, opened as they are needed up to a maximum, beyond which a read waits for
// its turn. Thread safe.
template <typename Reader>
class ReaderPool {
 public:
  using OpenReader = std::function<absl::StatusOr<std::unique_ptr<Reader>>()>;

  ReaderPool(size_t readers_max, OpenReader open)
      : readers_max_(readers_max), open_(std::move(open)) {}
  ~ReaderPool() { Close(); }

  // Lends a reader to `use`, which returns an absl::StatusOr; a reader that gave an error is not
  // used again. JOURNAL_CLOSED after Close; errors of opening.
  template <typename Use>
  auto With(Use use) -> decltype(use(std::declval<Reader&>())) {
    absl::StatusOr<std::unique_ptr<Reader>> reader = Borrow();
    if (!reader.ok()) return reader.status();
    auto result = use(**reader);
    if (!result.ok()) reader->reset();
    Return(*std::move(reader));
    return result;
  }

  // Waits for the readers that are lent and ends them all.
  void Close() {
    std::unique_lock lock(mutex_);
    closed_ = true;
    returned_.notify_all();
    returned_.wait(lock, [&] { return lent_ == 0; });
    idle_.clear();
  }

 private:
  absl::StatusOr<std::unique_ptr<Reader>> Borrow() {
    {
      std::unique_lock lock(mutex_);
      returned_.wait(lock, [&] { return closed_ || lent_ < readers_max_; });
      if (closed_) return JournalClosed();
      ++lent_;
      if (!idle_.empty()) {
        std::unique_ptr<Reader> reader = std::move(idle_.back());
        idle_.pop_back();
        return reader;
      }
    }
    absl::StatusOr<std::unique_ptr<Reader>> reader = open_();
    if (!reader.ok()) Return(nullptr);
    return reader;
  }

  void Return(std::unique_ptr<Reader> reader) {
    std::lock_guard lock(mutex_);
    --lent_;
    if (reader != nullptr) idle_.push_back(std::move(reader));
    returned_.notify_all();
  }

  const size_t readers_max_;
  const OpenReader open_;
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<Reader>> idle_;
  size_t lent_ = 0;
  bool closed_ = false;
};

}  // namespace outlay::journal

#endif  // OUTLAY_SERVICES_COMMON_JOURNAL_READER_POOL_H_
