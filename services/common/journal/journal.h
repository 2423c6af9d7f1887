// The journal: an append-only log with a gap-free sequence in commit order. Payloads are opaque.
// Engines differ in where they keep it (sqlite_journal.h, postgres_journal.h); what they promise is
// written here and tested by one suite for all of them.
#ifndef OUTLAY_SERVICES_COMMON_JOURNAL_JOURNAL_H_
#define OUTLAY_SERVICES_COMMON_JOURNAL_JOURNAL_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/common/journal/record.h"
#include "services/common/journal/tail.h"

namespace outlay::journal {

// Thread safe. The errors' reasons are in errors.h.
class Journal {
 public:
  using Done = std::function<void(absl::StatusOr<AppendResult>)>;

  virtual ~Journal() = default;

  // Queues the batch for the commit thread. `done` runs exactly once: on the commit thread once the
  // batch is durable and visible to ReadFrom and Head (or has failed), in commit order; or inside
  // Submit when the batch is not taken. It must not block, nor call Append or Close.
  //
  // For every record in order: one with a rejection is kRejected; one whose key is in the journal
  // (or earlier in the batch) is kReplayed or kConflict by its fingerprint; any other is appended.
  // A request id seen before with the same fingerprint returns the stored results and stores
  // nothing. Where others may write to the store, an answer that stores nothing is also decided on
  // everything that they had stored when it was given.
  //
  // Errors, with nothing stored unless said otherwise:
  //   INVALID_ARGUMENT    a limit is exceeded; NOTHING_TO_ERASE: a record erases an entry that is
  //                       not there
  //   ALREADY_EXISTS      REQUEST_ID_REUSED: the request id was used for another request
  //   FAILED_PRECONDITION KEYS_CHANGED: the batch's guards or absent_keys; decide anew and submit
  //                       again
  //   RESOURCE_EXHAUSTED  JOURNAL_QUEUE_FULL or STORAGE_FULL, with retry_after_ms
  //   UNAVAILABLE         STORAGE_UNAVAILABLE: the outcome is unknown, submit again: the keys and
  //                       the request id decide. JOURNAL_CLOSED
  //   DATA_LOSS           JOURNAL_DAMAGED: the store is damaged; nothing is written any more
  virtual void Submit(Batch batch, Done done) = 0;

  // Submit and wait. Not from a `done`.
  absl::StatusOr<AppendResult> Append(Batch batch);

  // The entries after `after_sequence` in order, at most `entries_max` and `bytes_max` bytes of
  // keys and payloads, but at least one where there is one (bounds of 0 count as 1). Empty: the
  // caller has caught up. Every entry is checked against the chain. Recent entries come from
  // memory; others are read from the store, so this may block on the disk.
  //
  //   OUT_OF_RANGE  SEQUENCE_BEYOND_HEAD: the caller followed another journal
  //   DATA_LOSS, UNAVAILABLE as for Submit
  virtual absl::StatusOr<std::vector<Entry>> ReadFrom(uint64_t after_sequence, size_t entries_max,
                                                      size_t bytes_max) = 0;

  // As ReadFrom, for a reader that knows what this process's writers leave as Origin: where that is still there, an entry comes with it
  // as `made` instead of its bytes. Never of an entry that has been erased since.
  virtual absl::StatusOr<std::vector<Entry>> ReadMade(uint64_t after_sequence, size_t entries_max,
                                                      size_t bytes_max) {
    return ReadFrom(after_sequence, entries_max, bytes_max);
  }

  // The last durable sequence; 0 for an empty journal. Never decreases. Lock-free.
  virtual uint64_t Head() const = 0;

  // The head that the store has now, whoever wrote it; everything up to it is visible when this
  // returns. Where only this process writes it is Head; otherwise this blocks on the store, but
  // never behind a batch that is tried again and again because the store is away.
  // UNAVAILABLE, DATA_LOSS as for Submit.
  virtual absl::StatusOr<uint64_t> Refresh() { return Head(); }

  // UNAVAILABLE STORAGE_UNAVAILABLE while the store is known to be away, so that a batch would only
  // wait: for callers that would block a thread. Asks the store again when nobody else does.
  virtual absl::Status Reach() { return absl::OkStatus(); }

  // The last sequence recorded at or before `instant`; none when the first was recorded later. The
  // answer is final once something was recorded later than `instant`; until then a batch being
  // committed can still raise it. O(log entries) reads.
  virtual absl::StatusOr<std::optional<uint64_t>> SequenceAt(Instant instant) = 0;

  // Where followers wait. Lives as long as the journal.
  virtual Tail& tail() = 0;

  // Close follows: a batch that waits for a store that is away fails at once from now on, so that
  // those who wait for it come to an end. Thread safe.
  virtual void PrepareToClose() {}

  // Takes no more batches, commits what is queued, wakes the followers with kClosed, makes
  // everything compact on disk and releases it. Waits for reads in progress; later calls of the
  // others answer UNAVAILABLE JOURNAL_CLOSED (Head stays). Idempotent: a second call returns OK.
  // The destructor does it too, but cannot return the error.
  virtual absl::Status Close() = 0;
};

}  // namespace outlay::journal

#endif  // OUTLAY_SERVICES_COMMON_JOURNAL_JOURNAL_H_
