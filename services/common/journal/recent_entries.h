// The newest entries in memory, so that followers who have caught up do not read the store.
#ifndef OUTLAY_SERVICES_COMMON_JOURNAL_RECENT_ENTRIES_H_
#define OUTLAY_SERVICES_COMMON_JOURNAL_RECENT_ENTRIES_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <shared_mutex>
#include <vector>

#include "services/common/journal/record.h"

namespace outlay::journal {

// What a read stops at. At least one entry is read where there is one, whatever its size.
struct ReadBounds {
  uint64_t last_sequence = 0;  // inclusive
  size_t entries_max = 1;
  size_t bytes_max = 1;

  // Whether an entry fits after `entries` of `bytes` together.
  bool Admit(size_t entries, size_t bytes, const Entry& next) const;
};

// Keys, payloads and erasable bytes: what bytes_max counts.
size_t SizeBytes(const Entry& entry);

// Thread safe; readers do not exclude each other.
class RecentEntries {
 public:
  explicit RecentEntries(size_t bytes_max) : bytes_max_(bytes_max) {}

  // Entries in order. When they do not follow the last one kept, what was kept is dropped first.
  void Append(std::vector<Entry> entries);

  // What has been erased in the store goes here too. Sequences that are not kept are passed over.
  void Erase(const std::vector<uint64_t>& sequences);

  // The entries after `after` within the bounds; none when the one that follows `after` is not
  // kept.
  std::optional<std::vector<Entry>> Read(uint64_t after, const ReadBounds& bounds) const {
    return Read(after, bounds, false);
  }
  // As Journal::ReadMade.
  std::optional<std::vector<Entry>> ReadMade(uint64_t after, const ReadBounds& bounds) const {
    return Read(after, bounds, true);
  }

 private:
  std::optional<std::vector<Entry>> Read(uint64_t after, const ReadBounds& bounds, bool made) const;

  const size_t bytes_max_;
  mutable std::shared_mutex mutex_;
  std::deque<Entry> entries_;  // consecutive sequences
  size_t bytes_ = 0;           // with the entries' own size
};

}  // namespace outlay::journal

#endif  // OUTLAY_SERVICES_COMMON_JOURNAL_RECENT_ENTRIES_H_
