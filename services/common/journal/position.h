#ifndef OUTLAY_SERVICES_COMMON_JOURNAL_POSITION_H_
#define OUTLAY_SERVICES_COMMON_JOURNAL_POSITION_H_

#include <cstdint>

#include "services/common/journal/checksum.h"

namespace outlay::journal {

// The end of a store, or a point it has passed: its last entry and its last request, each with its
// chained checksum.
struct Position {
  uint64_t sequence = 0;
  uint64_t entry_checksum = kEntryGenesis;
  uint64_t request_ordinal = 0;
  uint64_t request_checksum = kRequestGenesis;

  bool empty() const { return sequence == 0 && request_ordinal == 0; }
  friend bool operator==(const Position&, const Position&) = default;
};

}  // namespace outlay::journal

#endif  // OUTLAY_SERVICES_COMMON_JOURNAL_POSITION_H_
