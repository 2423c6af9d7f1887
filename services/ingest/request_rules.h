// What all writing requests have in common.
#ifndef OUTLAY_SERVICES_INGEST_REQUEST_RULES_H_
#define OUTLAY_SERVICES_INGEST_REQUEST_RULES_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "services/common/status/violations.h"
#include "services/ingest/disclosure.h"

namespace outlay::ingest {

inline constexpr size_t kRequestIdBytesMax = 100;
inline constexpr size_t kActorBytesMax = 200;
inline constexpr size_t kReasonBytesMax = 1'000;

// Who asks for a change, and how the request is told from others.
struct WriteRequest {
  std::string request_id;    // empty: only the keys protect
  uint64_t fingerprint = 0;  // of the method and the request without its id
  ChangeNote note;
};

enum class ReasonRule { kOptional, kRequired };

// Adds what is wrong with `request_id`, `change.actor` and `change.reason`.
void CheckWriteRequest(const WriteRequest& request, ReasonRule rule, Violations& violations);

}  // namespace outlay::ingest

#endif  // OUTLAY_SERVICES_INGEST_REQUEST_RULES_H_
