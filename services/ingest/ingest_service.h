// outlay.ingest.v1.IngestService: reads the request, asks the domain, writes the answer.
#ifndef OUTLAY_SERVICES_INGEST_INGEST_SERVICE_H_
#define OUTLAY_SERVICES_INGEST_INGEST_SERVICE_H_

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "outlay/ingest/v1/ingest_service.grpc.pb.h"
#include "services/common/feed/options.h"
#include "services/common/journal/journal.h"
#include "services/common/rpc/runtime.h"
#include "services/common/rpc/unary.h"
#include "services/common/time/clock.h"
#include "services/ingest/catalogue_writer.h"
#include "services/ingest/change_feed_proto.h"
#include "services/ingest/follower.h"
#include "services/ingest/ledger.h"
#include "services/ingest/reader.h"
#include "services/ingest/recorder.h"
#include "services/ingest/redactor.h"
#include "services/ingest/reviser.h"

namespace outlay::ingest {

inline constexpr std::string_view kServiceName = "outlay.ingest.v1.IngestService";

struct ServiceOptions {
  // How long a read waits for its minimum_sequence at most, whatever its deadline.
  std::chrono::milliseconds minimum_sequence_wait_max{10'000};
  size_t message_bytes_max = size_t{16} << 20;
  feed::Options feed;
};

// What the service is made of; all of it outlives the service's calls.
struct ServiceParts {
  rpc::Runtime& runtime;
  journal::Journal& journal;
  const Ledger& ledger;
  Follower& follower;
  const Reader& reader;
  Recorder& recorder;
  Reviser& reviser;
  Redactor& redactor;
  CatalogueWriter& catalogue_writer;
  const time::Clock& clock;
};

// The methods whose messages gRPC parses and writes.
template <typename Base>
using WithTypedReads = v1::IngestService::WithCallbackMethod_GetDisclosure<
    v1::IngestService::WithCallbackMethod_BatchGetDisclosures<
        v1::IngestService::WithCallbackMethod_ListDisclosures<
            v1::IngestService::WithCallbackMethod_ListDisclosureHistory<
                v1::IngestService::WithCallbackMethod_GetOrganization<
                    v1::IngestService::WithCallbackMethod_ListOrganizations<
                        v1::IngestService::WithCallbackMethod_GetGroup<
                            v1::IngestService::WithCallbackMethod_ListGroups<
                                v1::IngestService::WithCallbackMethod_ListMeasures<Base>>>>>>>>>;
template <typename Base>
using WithTypedWrites = v1::IngestService::WithCallbackMethod_RecordDisclosures<
    v1::IngestService::WithCallbackMethod_CorrectDisclosure<
        v1::IngestService::WithCallbackMethod_VoidDisclosure<
            v1::IngestService::WithCallbackMethod_RedactSource<
                v1::IngestService::WithCallbackMethod_UpsertOrganizations<
                    v1::IngestService::WithCallbackMethod_UpsertGroups<Base>>>>>>;
// The streams are raw: the journal's bytes go out without being decoded, and batches are parsed on the executor, into arenas.
template <typename Base>
using WithRawStreams = v1::IngestService::WithRawCallbackMethod_SubscribeChanges<
    v1::IngestService::WithRawCallbackMethod_StreamDisclosures<Base>>;

class IngestService final
    : public WithTypedReads<WithTypedWrites<WithRawStreams<v1::IngestService::Service>>> {
 public:
  IngestService(const ServiceParts& parts, const ServiceOptions& options)
      : parts_(parts), options_(options) {}

  // ingest_write_service.cc
  grpc::ServerUnaryReactor* RecordDisclosures(grpc::CallbackServerContext* context,
                                              const v1::RecordDisclosuresRequest* request,
                                              v1::RecordDisclosuresResponse* response) override;
  grpc::ServerUnaryReactor* CorrectDisclosure(grpc::CallbackServerContext* context,
                                              const v1::CorrectDisclosureRequest* request,
                                              v1::CorrectDisclosureResponse* response) override;
  grpc::ServerUnaryReactor* VoidDisclosure(grpc::CallbackServerContext* context,
                                           const v1::VoidDisclosureRequest* request,
                                           v1::VoidDisclosureResponse* response) override;
  grpc::ServerUnaryReactor* RedactSource(grpc::CallbackServerContext* context,
                                         const v1::RedactSourceRequest* request,
                                         v1::RedactSourceResponse* response) override;
  grpc::ServerUnaryReactor* UpsertOrganizations(grpc::CallbackServerContext* context,
                                                const v1::UpsertOrganizationsRequest* request,
                                                v1::UpsertOrganizationsResponse* response) override;
  grpc::ServerUnaryReactor* UpsertGroups(grpc::CallbackServerContext* context,
                                         const v1::UpsertGroupsRequest* request,
                                         v1::UpsertGroupsResponse* response) override;

  // ingest_read_service.cc
  grpc::ServerUnaryReactor* GetDisclosure(grpc::CallbackServerContext* context,
                                          const v1::GetDisclosureRequest* request,
                                          v1::GetDisclosureResponse* response) override;
  grpc::ServerUnaryReactor* BatchGetDisclosures(grpc::CallbackServerContext* context,
                                                const v1::BatchGetDisclosuresRequest* request,
                                                v1::BatchGetDisclosuresResponse* response) override;
  grpc::ServerUnaryReactor* ListDisclosures(grpc::CallbackServerContext* context,
                                            const v1::ListDisclosuresRequest* request,
                                            v1::ListDisclosuresResponse* response) override;
  grpc::ServerUnaryReactor* ListDisclosureHistory(
      grpc::CallbackServerContext* context, const v1::ListDisclosureHistoryRequest* request,
      v1::ListDisclosureHistoryResponse* response) override;
  grpc::ServerUnaryReactor* GetOrganization(grpc::CallbackServerContext* context,
                                            const v1::GetOrganizationRequest* request,
                                            v1::GetOrganizationResponse* response) override;
  grpc::ServerUnaryReactor* ListOrganizations(grpc::CallbackServerContext* context,
                                              const v1::ListOrganizationsRequest* request,
                                              v1::ListOrganizationsResponse* response) override;
  grpc::ServerUnaryReactor* GetGroup(grpc::CallbackServerContext* context,
                                     const v1::GetGroupRequest* request,
                                     v1::GetGroupResponse* response) override;
  grpc::ServerUnaryReactor* ListGroups(grpc::CallbackServerContext* context,
                                       const v1::ListGroupsRequest* request,
                                       v1::ListGroupsResponse* response) override;
  grpc::ServerUnaryReactor* ListMeasures(grpc::CallbackServerContext* context,
                                         const v1::ListMeasuresRequest* request,
                                         v1::ListMeasuresResponse* response) override;

  // feed_service.cc
  grpc::ServerWriteReactor<grpc::ByteBuffer>* SubscribeChanges(
      grpc::CallbackServerContext* context, const grpc::ByteBuffer* request) override;
  grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* StreamDisclosures(
      grpc::CallbackServerContext* context) override;

 private:
  // Runs `handler` on the executor once the ledger has `minimum_sequence`; UNAVAILABLE (BEHIND_MINIMUM) where that takes too long.
  grpc::ServerUnaryReactor* Read(std::string_view method, grpc::CallbackServerContext& context,
                                 uint64_t minimum_sequence, rpc::UnaryHandler handler);
  void WaitForMinimum(const rpc::CallContext& call, uint64_t minimum_sequence,
                      Follower::Applied then);

  const ServiceParts parts_;
  const ServiceOptions options_;
  const feed::Encoder feed_encoder_ = ChangeFeedEncoder();
};

}  // namespace outlay::ingest

#endif  // OUTLAY_SERVICES_INGEST_INGEST_SERVICE_H_
