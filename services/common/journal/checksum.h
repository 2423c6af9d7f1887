// The checksums that chain a store's rows: each covers every field of its row and the checksum of
// the row before, so a row that was changed, moved, lost or put in shows at its place. XXH3-64,
// stored for ever: never change what is hashed.
#ifndef OUTLAY_SERVICES_COMMON_JOURNAL_CHECKSUM_H_
#define OUTLAY_SERVICES_COMMON_JOURNAL_CHECKSUM_H_

#include <cstdint>
#include <string_view>

#include "services/common/journal/record.h"

namespace outlay::journal {

// What stands for the checksum before the first row.
inline constexpr uint64_t kEntryGenesis = 0x6f75746c61792065;    // "outlay e"
inline constexpr uint64_t kRequestGenesis = 0x6f75746c61792072;  // "outlay r"

struct EntryFields {
  uint64_t sequence = 0;
  int64_t recorded_at_us = 0;
  uint64_t fingerprint = 0;
  std::string_view key;
  std::string_view payload;
  uint64_t erasable_digest = 0;
};

uint64_t EntryChecksum(uint64_t previous, const EntryFields& entry);

// What stands for erasable bytes in their entry's checksum; 0 for none.
uint64_t ErasableDigest(std::string_view erasable);

struct RequestFields {
  uint64_t ordinal = 0;
  int64_t recorded_at_us = 0;
  uint64_t fingerprint = 0;
  uint64_t first_sequence = 0;
  std::string_view id;
  std::string_view results;
};

uint64_t RequestChecksum(uint64_t previous, const RequestFields& request);

inline int64_t ToMicros(Instant instant) { return instant.time_since_epoch().count(); }
inline Instant FromMicros(int64_t micros) { return Instant(std::chrono::microseconds(micros)); }

}  // namespace outlay::journal

#endif  // OUTLAY_SERVICES_COMMON_JOURNAL_CHECKSUM_H_
