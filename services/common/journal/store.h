// What an engine does for a journal: keep it durably. Everything else is the same for all engines
// and is in store_journal.h.
#ifndef OUTLAY_SERVICES_COMMON_JOURNAL_STORE_H_
#define OUTLAY_SERVICES_COMMON_JOURNAL_STORE_H_

#include <chrono>
#include <cstdint>
#include <functional>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/common/journal/recent_entries.h"
#include "services/common/journal/record.h"

namespace outlay::journal {

// An opened and verified store. Commit, Tidy, RunIdle, Follow and Close are called by one thread at
// a time, Read by any.
class Store {
 public:
  // What has become durable.
  struct News {
    uint64_t head = 0;  // the last entry that is durable
    std::vector<Entry>
        entries;  // up to the head; those that are not among them are read when needed
    std::vector<uint64_t> erased;  // entries, of these or earlier, whose erasable bytes are gone
  };
  // Told of it before the call that found it returns, in the order of sequences.
  using Publish = std::function<void(News news)>;
  // One a batch, with `head` filled in. A batch's own error (REQUEST_ID_REUSED) does not hold the
  // others up.
  using Results = std::vector<absl::StatusOr<AppendResult>>;

  virtual ~Store() = default;

  // The last sequence found when it was opened.
  virtual uint64_t OpenedAt() const = 0;

  // Stores the batches together, of which the first was submitted at `submitted`: a store that
  // tries again for a time counts it from there. Takes their keys and payloads for the entries it
  // publishes. An error is that of all batches: nothing of them is known to be stored, and should
  // it have been stored after all, a later call finds and publishes it. After DATA_LOSS every call
  // repeats it.
  virtual absl::StatusOr<Results> Commit(std::vector<Batch>& batches,
                                         std::chrono::steady_clock::time_point submitted,
                                         const Publish& publish) = 0;

  // Whether it could not be reached when it was last tried. Thread safe.
  virtual bool IsAway() const { return false; }

  // Close follows: what cannot be stored at once fails. Thread safe.
  virtual void PrepareToClose() {}

  // After a group was acknowledged: what need not delay the acknowledgement.
  virtual absl::Status Tidy() { return absl::OkStatus(); }

  // Once after each spell of groups.
  virtual absl::Status RunIdle() { return absl::OkStatus(); }

  // Publishes what other processes have stored. For engines that let others write.
  virtual absl::Status Follow(const Publish& publish) {
    (void)publish;
    return absl::OkStatus();
  }

  // The entries after `after` up to the bounds, of which there is at least one, checked against the
  // chain. `bounds.last_sequence` was published: an entry up to it that is not there is DATA_LOSS.
  // Thread safe.
  virtual absl::StatusOr<std::vector<Entry>> Read(uint64_t after, const ReadBounds& bounds) = 0;

  // Waits for the reads in progress, makes everything compact and releases it.
  virtual absl::Status Close() = 0;
};

}  // namespace outlay::journal

#endif  // OUTLAY_SERVICES_COMMON_JOURNAL_STORE_H_
