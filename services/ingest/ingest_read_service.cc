// The reading methods of IngestService.
#include <algorithm>
#include <atomic>
#include <memory>
#include <utility>

#include "services/common/status/error.h"
#include "services/ingest/disclosure_proto.h"
#include "services/ingest/errors.h"
#include "services/ingest/ingest_service.h"
#include "services/ingest/on_worker_service.h"
#include "services/ingest/organization_proto.h"
#include "services/ingest/request_proto.h"

namespace outlay::ingest {
namespace {

constexpr std::string_view kGet = "outlay.ingest.v1.IngestService/GetDisclosure";
constexpr std::string_view kBatchGet = "outlay.ingest.v1.IngestService/BatchGetDisclosures";
constexpr std::string_view kList = "outlay.ingest.v1.IngestService/ListDisclosures";
constexpr std::string_view kHistory = "outlay.ingest.v1.IngestService/ListDisclosureHistory";
constexpr std::string_view kGetOrganization = "outlay.ingest.v1.IngestService/GetOrganization";
constexpr std::string_view kListOrganizations = "outlay.ingest.v1.IngestService/ListOrganizations";
constexpr std::string_view kGetGroup = "outlay.ingest.v1.IngestService/GetGroup";
constexpr std::string_view kListGroups = "outlay.ingest.v1.IngestService/ListGroups";
constexpr std::string_view kListMeasures = "outlay.ingest.v1.IngestService/ListMeasures";

// What a waiting read keeps of its deadline to answer in.
constexpr int64_t kAnswerMarginMs = 50;

BatchQuery BatchQueryFromProto(const v1::BatchGetDisclosuresRequest& request) {
  return {
      .disclosure_ids = {request.disclosure_ids().begin(), request.disclosure_ids().end()},
      .organization_ids = {request.organization_ids().begin(), request.organization_ids().end()},
      .include_claims = request.include_claims()};
}

DisclosureQuery QueryFromProto(const v1::ListDisclosuresRequest& request) {
  DisclosureQuery query{
      .organization_ids = {request.organization_ids().begin(), request.organization_ids().end()},
      .measures = {request.measures().begin(), request.measures().end()},
      .source_id = request.source_id(),
      .period_start_date = request.period_start_date(),
      .period_end_date = request.period_end_date(),
      .include_voided = request.include_voided()};
  for (const int basis : request.bases()) query.bases.push_back(static_cast<Basis>(basis));
  for (const int source_class : request.source_classes()) {
    query.source_classes.push_back(static_cast<SourceClass>(source_class));
  }
  return query;
}

}  // namespace

void IngestService::WaitForMinimum(const rpc::CallContext& call, uint64_t minimum_sequence,
                                   Follower::Applied then) {
  const int64_t margin_ms = std::min(kAnswerMarginMs, call.RemainingMs() / 10);
  const auto deadline = std::min(call.deadline() - std::chrono::milliseconds(margin_ms),
                                 rpc::Clock::now() + options_.minimum_sequence_wait_max);
  // Nobody waits for a cancelled call. The handle is not there yet when the cancellation comes first; then the wait ends at its deadline.
  const auto handle = std::make_shared<std::atomic<Follower::Handle>>(0);
  call.OnCancel([&follower = parts_.follower, handle] { follower.Expire(*handle); });
  // From here on the call may be over at any time.
  *handle = parts_.follower.WhenApplied(minimum_sequence, deadline, std::move(then));
}

grpc::ServerUnaryReactor* IngestService::Read(std::string_view method,
                                              grpc::CallbackServerContext& context,
                                              uint64_t minimum_sequence,
                                              rpc::UnaryHandler handler) {
  return rpc::HandleAsync(parts_.runtime, method, context,
                          [this, minimum_sequence, handler = std::move(handler)](
                              const rpc::CallContext& call, rpc::FinishCall finish) {
                            if (minimum_sequence <= parts_.ledger.sequence()) {
                              RunOnWorker(parts_.runtime, call, std::move(finish), handler);
                              return;
                            }
                            WaitForMinimum(
                                call, minimum_sequence,
                                [this, &call, finish, handler](const absl::Status& applied) {
                                  if (applied.ok()) {
                                    RunOnWorker(parts_.runtime, call, finish, handler);
                                  } else {
                                    finish(applied);
                                  }
                                });
                          });
}

grpc::ServerUnaryReactor* IngestService::GetDisclosure(grpc::CallbackServerContext* context,
                                                       const v1::GetDisclosureRequest* request,
                                                       v1::GetDisclosureResponse* response) {
  return Read(kGet, *context, request->minimum_sequence(),
              [=, this](const rpc::CallContext&) -> absl::Status {
                ASSIGN_OR_RETURN(const AsOfInput as_of,
                                 AsOfFromProto(request->as_of(), parts_.clock.Now()));
                ASSIGN_OR_RETURN(const Stamped<Disclosure> found,
                                 parts_.reader.Get(request->disclosure_id(), as_of));
                ToProto(found.value, response->mutable_disclosure());
                WriteStamp(found.sequence, response->mutable_stamp());
                return absl::OkStatus();
              });
}

grpc::ServerUnaryReactor* IngestService::BatchGetDisclosures(
    grpc::CallbackServerContext* context, const v1::BatchGetDisclosuresRequest* request,
    v1::BatchGetDisclosuresResponse* response) {
  return Read(kBatchGet, *context, request->minimum_sequence(),
              [=, this](const rpc::CallContext&) -> absl::Status {
                ASSIGN_OR_RETURN(const AsOfInput as_of,
                                 AsOfFromProto(request->as_of(), parts_.clock.Now()));
                ASSIGN_OR_RETURN(const Stamped<DisclosureBatch> batch,
                                 parts_.reader.BatchGet(BatchQueryFromProto(*request), as_of));
                for (const Disclosure& disclosure : batch.value.disclosures) {
                  ToProto(disclosure, response->add_disclosures());
                }
                for (const std::string& id : batch.value.missing_ids) response->add_missing_ids(id);
                for (const Disclosure& claim : batch.value.claims)
                  ToProto(claim, response->add_claims());
                for (const Organization* const organization : batch.value.organizations) {
                  ToProto(*organization, response->add_organizations());
                }
                WriteStamp(batch.sequence, response->mutable_stamp());
                if (response->ByteSizeLong() <= options_.message_bytes_max) return absl::OkStatus();
                response->Clear();
                return ResponseTooLarge(options_.message_bytes_max);
              });
}

grpc::ServerUnaryReactor* IngestService::ListDisclosures(grpc::CallbackServerContext* context,
                                                         const v1::ListDisclosuresRequest* request,
                                                         v1::ListDisclosuresResponse* response) {
  return Read(kList, *context, request->minimum_sequence(),
              [=, this](const rpc::CallContext& call) -> absl::Status {
                ASSIGN_OR_RETURN(const PageRequest page,
                                 PageFromProto(*request, parts_.clock.Now()));
                ASSIGN_OR_RETURN(const Stamped<Page<Disclosure>> found,
                                 parts_.reader.List(QueryFromProto(*request), page,
                                                    [&call] { return call.CheckLive(); }));
                for (const Disclosure& disclosure : found.value.entries) {
                  ToProto(disclosure, response->add_disclosures());
                }
                WritePage(*request, found, *response);
                return absl::OkStatus();
              });
}

grpc::ServerUnaryReactor* IngestService::ListDisclosureHistory(
    grpc::CallbackServerContext* context, const v1::ListDisclosureHistoryRequest* request,
    v1::ListDisclosureHistoryResponse* response) {
  return Read(kHistory, *context, request->minimum_sequence(),
              [=, this](const rpc::CallContext&) -> absl::Status {
                ASSIGN_OR_RETURN(const Stamped<std::vector<Disclosure>> found,
                                 parts_.reader.History(request->disclosure_id()));
                for (const Disclosure& revision : found.value) {
                  ToProto(revision, response->add_revisions());
                }
                WriteStamp(found.sequence, response->mutable_stamp());
                return absl::OkStatus();
              });
}

grpc::ServerUnaryReactor* IngestService::GetOrganization(grpc::CallbackServerContext* context,
                                                         const v1::GetOrganizationRequest* request,
                                                         v1::GetOrganizationResponse* response) {
  return Read(kGetOrganization, *context, 0, [=, this](const rpc::CallContext&) -> absl::Status {
    ASSIGN_OR_RETURN(const AsOfInput as_of, AsOfFromProto(request->as_of(), parts_.clock.Now()));
    ASSIGN_OR_RETURN(const Stamped<const Organization*> found,
                     parts_.reader.GetOrganization(request->organization_id(), as_of));
    ToProto(*found.value, response->mutable_organization());
    WriteStamp(found.sequence, response->mutable_stamp());
    return absl::OkStatus();
  });
}

grpc::ServerUnaryReactor* IngestService::ListOrganizations(
    grpc::CallbackServerContext* context, const v1::ListOrganizationsRequest* request,
    v1::ListOrganizationsResponse* response) {
  return Read(kListOrganizations, *context, 0, [=, this](const rpc::CallContext&) -> absl::Status {
    ASSIGN_OR_RETURN(const PageRequest page, PageFromProto(*request, parts_.clock.Now()));
    ASSIGN_OR_RETURN(const Stamped<Page<const Organization*>> found,
                     parts_.reader.ListOrganizations(page));
    for (const Organization* const entry : found.value.entries) {
      ToProto(*entry, response->add_organizations());
    }
    WritePage(*request, found, *response);
    return absl::OkStatus();
  });
}

grpc::ServerUnaryReactor* IngestService::GetGroup(grpc::CallbackServerContext* context,
                                                  const v1::GetGroupRequest* request,
                                                  v1::GetGroupResponse* response) {
  return Read(kGetGroup, *context, 0, [=, this](const rpc::CallContext&) -> absl::Status {
    ASSIGN_OR_RETURN(const AsOfInput as_of, AsOfFromProto(request->as_of(), parts_.clock.Now()));
    ASSIGN_OR_RETURN(const Stamped<const Group*> found,
                     parts_.reader.GetGroup(request->group_id(), as_of));
    ToProto(*found.value, response->mutable_group());
    WriteStamp(found.sequence, response->mutable_stamp());
    return absl::OkStatus();
  });
}

grpc::ServerUnaryReactor* IngestService::ListGroups(grpc::CallbackServerContext* context,
                                                    const v1::ListGroupsRequest* request,
                                                    v1::ListGroupsResponse* response) {
  return Read(kListGroups, *context, 0, [=, this](const rpc::CallContext&) -> absl::Status {
    ASSIGN_OR_RETURN(const PageRequest page, PageFromProto(*request, parts_.clock.Now()));
    ASSIGN_OR_RETURN(const Stamped<Page<const Group*>> found, parts_.reader.ListGroups(page));
    for (const Group* const entry : found.value.entries) ToProto(*entry, response->add_groups());
    WritePage(*request, found, *response);
    return absl::OkStatus();
  });
}

grpc::ServerUnaryReactor* IngestService::ListMeasures(grpc::CallbackServerContext* context,
                                                      const v1::ListMeasuresRequest*,
                                                      v1::ListMeasuresResponse* response) {
  return rpc::HandleInline(parts_.runtime, kListMeasures, *context,
                           [response](const rpc::CallContext&) {
                             for (const Measure& measure : AllMeasures())
                               ToProto(measure, response->add_measures());
                             return absl::OkStatus();
                           });
}

}  // namespace outlay::ingest
