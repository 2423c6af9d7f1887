#ifndef OUTLAY_SERVICES_FX_PAGE_TOKEN_H_
#define OUTLAY_SERVICES_FX_PAGE_TOKEN_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "services/common/time/date.h"
#include "services/common/time/instant.h"

namespace outlay::fx {

// Where a listing goes on. It pins both axes of the first page, so that pages never shift.
struct PageToken {
  uint64_t sequence = 0;
  time::Instant published;
  time::Date next;
  uint64_t request_hash = 0;  // of the request's other fields

  friend bool operator==(const PageToken&, const PageToken&) = default;
};

// Opaque to clients: base64url.
std::string EncodePageToken(const PageToken& token);

// INVALID_ARGUMENT, PAGE_TOKEN_INVALID: malformed, or of a request with another hash.
absl::StatusOr<PageToken> DecodePageToken(std::string_view text, uint64_t request_hash);

}  // namespace outlay::fx

#endif  // OUTLAY_SERVICES_FX_PAGE_TOKEN_H_
