// The last acknowledged position, kept beside the database.
//
// Why: SQLite ends a write-ahead log at its first damaged frame and opens what is left without a
// word. The chain of checksums cannot show that its end is missing; a note of where the end was
// can.
//
// When: after each commit has been synced and before it is acknowledged, the position is written to
// one of two slots in turn. The file is synced at most about once a second, and within about a
// second of the last commit: the note never runs ahead of the durable store, so a power cut that loses the latest notes leaves an older one, which the
// store has passed. That is harmless, only less sharp: the end of the last second before a power
// cut rests on SQLite's own checksums. A process that is killed loses nothing.
//
// What survives a write that the power interrupts: one of the slots is whole, because only one is
// ever being changed within a disk's unit of writing, and each carries its own checksum.
//
// Layout: two slots of 512 bytes, integers of 8 bytes little-endian: magic, slot counter, schema
// version of the database, sequence, entry checksum, request ordinal, request checksum, zeros; the
// last 8 bytes are the XXH3-64 of the slot before them. The valid slot with the higher counter
// counts.
#ifndef OUTLAY_SERVICES_COMMON_JOURNAL_HEAD_FILE_H_
#define OUTLAY_SERVICES_COMMON_JOURNAL_HEAD_FILE_H_

#include <chrono>
#include <cstdint>
#include <filesystem>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/common/journal/position.h"
#include "services/common/journal/unique_fd.h"

namespace outlay::journal {

// Not thread safe.
class HeadFile {
 public:
  enum class State {
    kMissing,  // there is no such file
    kDamaged,  // there is, without a valid slot
    kValid,
  };

  // Reads the file; does not make it.
  static absl::StatusOr<HeadFile> Open(std::filesystem::path path,
                                       std::chrono::milliseconds sync_interval);

  const std::filesystem::path& path() const { return path_; }
  State state() const { return state_; }
  // Of the valid slot; the empty position and 0 without one.
  const Position& position() const { return position_; }
  uint64_t schema_version() const { return schema_version_; }

  // Puts a new file in place of what is there, durably.
  absl::Status Create(const Position& position, uint64_t schema_version);

  // Notes a position that the store has synced. After an error the older note stands.
  absl::Status Write(const Position& position);

  // fdatasync, when something was written since the last one.
  absl::Status Sync();

 private:
  HeadFile(std::filesystem::path path, std::chrono::milliseconds sync_interval)
      : path_(std::move(path)), sync_interval_(sync_interval) {}

  absl::Status Read();

  std::filesystem::path path_;
  std::chrono::milliseconds sync_interval_;
  UniqueFd fd_;
  State state_ = State::kMissing;
  Position position_;
  uint64_t schema_version_ = 0;
  uint64_t counter_ = 0;
  bool unsynced_ = false;
  std::chrono::steady_clock::time_point synced_at_;
};

}  // namespace outlay::journal

#endif  // OUTLAY_SERVICES_COMMON_JOURNAL_HEAD_FILE_H_
