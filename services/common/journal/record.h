// What goes into a journal and what comes out: plain values, the same for every engine.
#ifndef OUTLAY_SERVICES_COMMON_JOURNAL_RECORD_H_
#define OUTLAY_SERVICES_COMMON_JOURNAL_RECORD_H_

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/common/journal/shared_bytes.h"

namespace outlay::journal {

using Instant = std::chrono::sys_time<std::chrono::microseconds>;
using Clock = std::function<Instant()>;

// The system's clock. A journal clamps what a clock says, so steps backwards are harmless.
Instant SystemNow();

// XXH3-64 of `content`: what Record::fingerprint and Batch::request_fingerprint want. Stable for
// ever: it is stored. Not cryptographic: it tells an honest client's replay from its mistake, not a
// forger's.
uint64_t Fingerprint(std::string_view content);

// What the writer of a record has made of it already, for readers in the same process, as long as the writer keeps it: they need not read
// the payload back. Never stored; an engine that keeps new entries in memory passes it on with them, any other leaves it out.
struct Origin {
  std::weak_ptr<const void> made;  // of the type that writers and readers of the journal agree on

  friend bool operator==(const Origin&, const Origin&) { return true; }
};

// One thing to store.
struct Record {
  SharedBytes key;      // idempotency key, unique in the journal; empty: none
  SharedBytes payload;  // opaque bytes
  // Bytes that belong to the payload and can be erased later: quoted words. The chain covers their
  // digest alone, so that it outlives them. Not to lie in one owner with others, so that they go from the memory too.
  SharedBytes erasable;
  uint64_t fingerprint =
      0;  // of the content: same key and fingerprint is a replay, same key and another a conflict
  // Sequences of earlier entries whose erasable bytes go, in the same commit, when this record is
  // appended. One that has none, or has lost them, is fine.
  std::vector<uint64_t> erases;
  // When not empty the record is not appended and claims no key; the bytes are kept with the
  // request's results, so that a replay of the request returns them.
  std::string rejection;
  Origin origin;
};

// A copy of both in one owner. Erasable bytes do not join them, so that they can go.
struct KeyAndPayload {
  SharedBytes key;
  SharedBytes payload;
};
KeyAndPayload Together(std::string_view key, std::string_view payload);

// Gives the record bytes of its own, where they lay together with those of others.
void Separate(Record& record);

// What a batch was decided on, where that is more than its own keys: nothing of it is stored when an
// entry beyond `last_sequence` has a key that begins with `key_prefix`.
struct KeyGuard {
  std::string key_prefix;  // one of those that the journal was opened with
  uint64_t last_sequence = 0;
};

struct Batch {
  // Empty: only the records' keys protect against a second submission.
  std::string request_id;
  uint64_t request_fingerprint = 0;  // of the whole request
  // All or none: one conflict or rejection and no record is stored. The outcome still belongs to
  // the request id, so a replay returns it and a corrected attempt needs an id of its own.
  bool atomic = false;
  // Only asks: nothing is stored, of the request id neither, and what would be appended is kNotAttempted. A conflict with an earlier record of the batch has sequence 0.
  bool dry_run = false;
  // Answered only when nothing that was ever erased is left in the engine's own files; UNAVAILABLE
  // ERASURE_PENDING, with everything stored, while another program keeps an old state of them.
  bool settles_erasures = false;
  std::vector<KeyGuard> guards;
  // What a batch was decided on, where that is the end of some rows of keys: nothing of it is stored
  // when the journal has one of these.
  std::vector<std::string> absent_keys;
  std::vector<Record> records;
};

// The values are stored: never renumber.
enum class Disposition : uint8_t {
  kAppended = 1,
  kReplayed = 2,      // the same key and content is in the journal already, as `sequence`
  kConflict = 3,      // the key is in the journal with other content, as `sequence`
  kRejected = 4,      // `rejection` says why, in the caller's own encoding
  kNotAttempted = 5,  // the atomic batch failed for another of its records
};

struct RecordResult {
  Disposition disposition = Disposition::kNotAttempted;
  // kAppended: its own. kReplayed, kConflict: that of the key's holder; a conflict with an earlier
  // record of the same failed atomic batch, which was not stored, has 0. Otherwise 0.
  uint64_t sequence = 0;
  std::string rejection;

  friend bool operator==(const RecordResult&, const RecordResult&) = default;
};

struct AppendResult {
  std::vector<RecordResult> results;  // one for each record of the batch, in its order
  uint64_t head = 0;    // durable head when answered; at least every sequence in `results`
  Instant recorded_at;  // of the batch's entries; for a replayed request, of the first time
  bool replayed_request = false;  // the request id was seen before: these are the stored results
};

// One entry as stored. Sequences run 1, 2, 3, … without gaps, in commit order; recorded_at never
// decreases.
struct Entry {
  uint64_t sequence = 0;
  Instant recorded_at;
  SharedBytes key;
  uint64_t fingerprint = 0;
  SharedBytes payload;
  SharedBytes erasable;  // empty where there never was any, and once erased
  bool erased = false;   // there was, and a later entry erased it
  // Chained: over the checksum of the entry before and every field of this one, of
  // erasable bytes their digest. Two journals that agree on the checksum at a sequence agree on
  // everything up to it, but for what was erased since.
  uint64_t checksum = 0;
  Origin origin;  // empty where the entry was read from the store
  // Journal::ReadMade only: what the origin points to, held. Then the payload and the erasable bytes are left out.
  std::shared_ptr<const void> made;

  friend bool operator==(const Entry&, const Entry&) = default;
};

}  // namespace outlay::journal

#endif  // OUTLAY_SERVICES_COMMON_JOURNAL_RECORD_H_
