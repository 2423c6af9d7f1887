// Releases held rates.
#ifndef OUTLAY_SERVICES_FX_RATE_RELEASER_H_
#define OUTLAY_SERVICES_FX_RATE_RELEASER_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "services/common/journal/journal.h"
#include "services/common/time/instant.h"
#include "services/fx/change_codec.h"
#include "services/fx/flagged_rates.h"
#include "services/fx/rate.h"
#include "services/fx/rate_projection.h"

namespace outlay::fx {

struct ReleaseCommand {
  std::string request_id;            // empty: none
  uint64_t request_fingerprint = 0;  // of all that the request says
  ChangeNote note;
  uint64_t rate_sequence = 0;
};

struct ReleaseOutcome {
  JudgedRate rate;         // as it is after the release
  uint64_t sequence = 0;   // the journal's then
  bool is_replay = false;  // the same request was carried out before
};

// A release is an entry of the journal under a key of its own for each rate, so that a rate is
// released once, however many try it at once. Thread safe. Blocks until the release is on disk and
// in the projection's book.
class RateReleaser {
 public:
  // All outlive it.
  RateReleaser(journal::Journal& journal, RateProjection& projection, const ChangeCodec& codec);

  // INVALID_ARGUMENT: MISSING_FIELD, TOO_LONG. FAILED_PRECONDITION (NOT_HELD), which with a request
  // id is stored: the same request gets the same answer. ALREADY_EXISTS (REQUEST_ID_REUSED) and the
  // journal's other errors.
  absl::StatusOr<ReleaseOutcome> Release(const ReleaseCommand& command, time::Instant now);

 private:
  journal::Journal& journal_;
  RateProjection& projection_;
  const ChangeCodec& codec_;
};

}  // namespace outlay::fx

#endif  // OUTLAY_SERVICES_FX_RATE_RELEASER_H_
