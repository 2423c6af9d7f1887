// Page tokens: where the next page begins, at which stamp, and of which request.
#ifndef OUTLAY_SERVICES_COMMON_WIRE_PAGE_TOKEN_H_
#define OUTLAY_SERVICES_COMMON_WIRE_PAGE_TOKEN_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "google/protobuf/message.h"

namespace outlay::wire {

struct PageToken {
  uint64_t sequence = 0;      // the stamp of the first page
  std::string position;       // the service's own: where the page before ended
  uint64_t request_hash = 0;  // of the method and the request's other fields

  friend bool operator==(const PageToken&, const PageToken&) = default;
};

// Opaque text of letters, digits, '-' and '_'.
std::string EncodePageToken(const PageToken& token);

// INVALID_ARGUMENT (PAGE_TOKEN_INVALID, field "page_token") for a text that EncodePageToken did not make, or made for another request.
absl::StatusOr<PageToken> DecodePageToken(std::string_view text, uint64_t request_hash);

// What a token is bound to: the message's type and content. The caller clears the page token and size first.
uint64_t RequestHash(const google::protobuf::Message& request);

}  // namespace outlay::wire

#endif  // OUTLAY_SERVICES_COMMON_WIRE_PAGE_TOKEN_H_
