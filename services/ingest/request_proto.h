// What many requests and responses of ingest have in common.
#ifndef OUTLAY_SERVICES_INGEST_REQUEST_PROTO_H_
#define OUTLAY_SERVICES_INGEST_REQUEST_PROTO_H_

#include <cstdint>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "google/protobuf/message.h"
#include "outlay/journal/v1/journal.pb.h"
#include "services/common/status/error.h"
#include "services/common/time/instant.h"
#include "services/common/wire/page_token.h"
#include "services/ingest/as_of.h"
#include "services/ingest/disclosure_proto.h"
#include "services/ingest/reader.h"
#include "services/ingest/request_rules.h"

namespace outlay::ingest {

void WriteStamp(uint64_t sequence, journal::v1::Stamp* stamp);

// Errors: those of wire::FromProto(AsOf), below "as_of", and of time::NowFor.
absl::StatusOr<AsOfInput> AsOfFromProto(const journal::v1::AsOf& proto, time::Instant clock);

// Of the message's type and content, the same for equal messages.
uint64_t FingerprintOf(const google::protobuf::Message& request);

template <typename Request>
WriteRequest WriteRequestFromProto(const Request& request) {
  WriteRequest result{.request_id = request.request_id(), .note = FromProto(request.change())};
  if (result.request_id.empty()) return result;
  Request without_id = request;
  without_id.clear_request_id();
  result.fingerprint = FingerprintOf(without_id);
  return result;
}

// What a page token is bound to: everything but the page itself.
template <typename Request>
uint64_t PageHash(const Request& request) {
  Request query = request;
  query.clear_page_size();
  query.clear_page_token();
  if constexpr (requires { query.clear_minimum_sequence(); }) query.clear_minimum_sequence();
  return wire::RequestHash(query);
}

// INVALID_ARGUMENT: PAGE_TOKEN_INVALID, and the errors of AsOfFromProto.
template <typename Request>
absl::StatusOr<PageRequest> PageFromProto(const Request& request, time::Instant clock) {
  PageRequest page{.size = request.page_size()};
  ASSIGN_OR_RETURN(page.as_of, AsOfFromProto(request.as_of(), clock));
  if (request.page_token().empty()) return page;
  ASSIGN_OR_RETURN(wire::PageToken token,
                   wire::DecodePageToken(request.page_token(), PageHash(request)));
  page.start = PageStart{token.sequence, std::move(token.position)};
  return page;
}

// The token and stamp of a page.
template <typename Request, typename Entry, typename Response>
void WritePage(const Request& request, const Stamped<Page<Entry>>& page, Response& response) {
  if (!page.value.next_position.empty()) {
    response.set_next_page_token(
        wire::EncodePageToken({page.sequence, page.value.next_position, PageHash(request)}));
  }
  WriteStamp(page.sequence, response.mutable_stamp());
}

}  // namespace outlay::ingest

#endif  // OUTLAY_SERVICES_INGEST_REQUEST_PROTO_H_
