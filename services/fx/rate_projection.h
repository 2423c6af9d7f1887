#ifndef OUTLAY_SERVICES_FX_RATE_PROJECTION_H_
#define OUTLAY_SERVICES_FX_RATE_PROJECTION_H_

#include <atomic>
#include <memory>
#include <mutex>

#include "absl/status/status.h"
#include "services/common/journal/journal.h"
#include "services/fx/change_codec.h"
#include "services/fx/rate_book.h"

namespace outlay::fx {

// Keeps the book in step with the journal. Thread safe.
class RateProjection {
 public:
  // Both outlive it. The book is empty until the first CatchUp. It flags reference rates that move by
  // more than `suspicious_move_percent` against their neighbours; 0: none.
  RateProjection(journal::Journal& journal, const ChangeCodec& codec,
                 int suspicious_move_percent = 0);

  // The book as it is now. Never waits for a writer or a disk.
  std::shared_ptr<const RateBook> Book() const { return book_.load(); }

  // Applies what the journal holds beyond the book, and swaps the book once. Reads the store where
  // the entries are not recent. DATA_LOSS (UNREADABLE_CHANGE), and the journal's own errors; then
  // the book stays as it was.
  absl::Status CatchUp();

 private:
  journal::Journal& journal_;
  const ChangeCodec& codec_;
  std::mutex mutex_;  // one CatchUp at a time
  std::atomic<std::shared_ptr<const RateBook>> book_;
};

}  // namespace outlay::fx

#endif  // OUTLAY_SERVICES_FX_RATE_PROJECTION_H_
