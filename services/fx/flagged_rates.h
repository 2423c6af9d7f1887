// The rates that are flagged, and which of them are held.
#ifndef OUTLAY_SERVICES_FX_FLAGGED_RATES_H_
#define OUTLAY_SERVICES_FX_FLAGGED_RATES_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "services/fx/rate.h"
#include "services/fx/rate_book.h"

namespace outlay::fx {

struct JudgedRate {
  StoredRate stored;
  bool flagged = false;
  bool held = false;
};

struct FlaggedPage {
  std::vector<JudgedRate> rates;  // by sequence
  bool more = false;
};

// At most `limit` flagged rates with a sequence beyond `after_sequence`, each the last recorded of
// its key. O(rates).
FlaggedPage ListFlagged(const RateBook& book, const Reading& reading, uint64_t after_sequence,
                        bool held_only, size_t limit);

// The reference rate that the entry recorded, as it is judged at the reading. FAILED_PRECONDITION
// (NOT_HELD) where there is none. O(rates).
absl::StatusOr<JudgedRate> JudgeRate(const RateBook& book, const Reading& reading,
                                     uint64_t sequence);

// The same, of a rate that an operator may release. FAILED_PRECONDITION (NOT_HELD) says why it is
// none: no such rate, replaced, not flagged, of a trusted provider, or released before.
absl::StatusOr<JudgedRate> RequireHeld(const RateBook& book, const Reading& reading,
                                       uint64_t sequence);

}  // namespace outlay::fx

#endif  // OUTLAY_SERVICES_FX_FLAGGED_RATES_H_
