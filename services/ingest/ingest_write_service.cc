// The writing methods of IngestService.
#include <memory>
#include <utility>
#include <vector>

#include "services/common/status/error.h"
#include "services/ingest/disclosure_proto.h"
#include "services/ingest/ingest_service.h"
#include "services/ingest/on_worker_service.h"
#include "services/ingest/organization_proto.h"
#include "services/ingest/record_proto.h"
#include "services/ingest/request_proto.h"

namespace outlay::ingest {
namespace {

constexpr std::string_view kRecord = "outlay.ingest.v1.IngestService/RecordDisclosures";
constexpr std::string_view kCorrect = "outlay.ingest.v1.IngestService/CorrectDisclosure";
constexpr std::string_view kVoid = "outlay.ingest.v1.IngestService/VoidDisclosure";
constexpr std::string_view kRedact = "outlay.ingest.v1.IngestService/RedactSource";
constexpr std::string_view kUpsertOrganizations =
    "outlay.ingest.v1.IngestService/UpsertOrganizations";
constexpr std::string_view kUpsertGroups = "outlay.ingest.v1.IngestService/UpsertGroups";

absl::StatusOr<RecordCommand> CommandFromProto(const v1::RecordDisclosuresRequest& request) {
  if (request.mode() < journal::v1::BATCH_MODE_UNSPECIFIED ||
      request.mode() > journal::v1::BATCH_MODE_BEST_EFFORT) {
    return InvalidField("UNKNOWN_VALUE", "mode",
                        "must be BATCH_MODE_ATOMIC (the default) or BATCH_MODE_BEST_EFFORT");
  }
  RecordCommand command{.request = WriteRequestFromProto(request),
                        .atomic = request.mode() != journal::v1::BATCH_MODE_BEST_EFFORT,
                        .validate_only = request.validate_only()};
  SetEntries(request.entries(), command);
  return command;
}

// Answers CorrectDisclosure and VoidDisclosure.
template <typename Response>
Reviser::Done AnswerRevision(Response& response, rpc::FinishCall finish) {
  return [&response, finish = std::move(finish)](const absl::StatusOr<RevisionOutcome>& outcome) {
    if (outcome.ok()) {
      ToProto(outcome->disclosure, response.mutable_disclosure());
      WriteStamp(outcome->sequence, response.mutable_stamp());
    }
    finish(outcome.status());
  };
}

RevisionTarget TargetOf(const std::string& disclosure_id, uint32_t expected_revision) {
  return {.disclosure_id = disclosure_id, .expected_revision = expected_revision};
}

template <typename Request>
std::vector<GroupContent> GroupsFromProto(const Request& request) {
  std::vector<GroupContent> groups;
  for (const v1::Group& entry : request.groups()) groups.push_back(FromProto(entry));
  return groups;
}

template <typename Response>
void WriteGroups(const UpsertOutcome<Group>& groups, Response& response) {
  for (const Group* const entry : groups.entries) ToProto(*entry, response.add_groups());
}

}  // namespace

grpc::ServerUnaryReactor* IngestService::RecordDisclosures(
    grpc::CallbackServerContext* context, const v1::RecordDisclosuresRequest* request,
    v1::RecordDisclosuresResponse* response) {
  return rpc::HandleAsync(
      parts_.runtime, kRecord, *context,
      [=, this](const rpc::CallContext& call, rpc::FinishCall finish_call) {
        StartOnWorker(parts_.runtime, call, std::move(finish_call),
                      [=, this](const rpc::FinishCall& finish) {
                        absl::StatusOr<RecordCommand> command = CommandFromProto(*request);
                        if (!command.ok()) {
                          finish(command.status());
                          return;
                        }
                        parts_.recorder.Record(
                            *std::move(command),
                            [finish, response](const absl::StatusOr<RecordOutcome>& outcome) {
                              if (outcome.ok()) WriteOutcome(*outcome, *response);
                              finish(outcome.status());
                            });
                      });
      });
}

grpc::ServerUnaryReactor* IngestService::CorrectDisclosure(
    grpc::CallbackServerContext* context, const v1::CorrectDisclosureRequest* request,
    v1::CorrectDisclosureResponse* response) {
  return rpc::HandleAsync(
      parts_.runtime, kCorrect, *context,
      [=, this](const rpc::CallContext& call, rpc::FinishCall finish_call) {
        StartOnWorker(
            parts_.runtime, call, std::move(finish_call), [=, this](const rpc::FinishCall& finish) {
              CorrectCommand command{
                  .request = WriteRequestFromProto(*request),
                  .target = TargetOf(request->disclosure_id(), request->expected_revision()),
                  .record_id = request->disclosure().disclosure_id()};
              if (request->has_disclosure()) {
                command.disclosure = CorrectionFromProto(request->disclosure());
              }
              parts_.reviser.Correct(std::move(command), AnswerRevision(*response, finish));
            });
      });
}

grpc::ServerUnaryReactor* IngestService::VoidDisclosure(grpc::CallbackServerContext* context,
                                                        const v1::VoidDisclosureRequest* request,
                                                        v1::VoidDisclosureResponse* response) {
  return rpc::HandleAsync(
      parts_.runtime, kVoid, *context,
      [=, this](const rpc::CallContext& call, rpc::FinishCall finish_call) {
        StartOnWorker(parts_.runtime, call, std::move(finish_call),
                      [=, this](const rpc::FinishCall& finish) {
                        parts_.reviser.Void(
                            {WriteRequestFromProto(*request),
                             TargetOf(request->disclosure_id(), request->expected_revision())},
                            AnswerRevision(*response, finish));
                      });
      });
}

grpc::ServerUnaryReactor* IngestService::RedactSource(grpc::CallbackServerContext* context,
                                                      const v1::RedactSourceRequest* request,
                                                      v1::RedactSourceResponse* response) {
  return rpc::HandleOnWorker(
      parts_.runtime, kRedact, *context, [=, this](const rpc::CallContext&) -> absl::Status {
        ASSIGN_OR_RETURN(
            const RedactionOutcome outcome,
            parts_.redactor.Redact({WriteRequestFromProto(*request), request->source_id()}));
        response->set_redacted_count(outcome.redacted_count);
        WriteStamp(outcome.sequence, response->mutable_stamp());
        return absl::OkStatus();
      });
}

grpc::ServerUnaryReactor* IngestService::UpsertOrganizations(
    grpc::CallbackServerContext* context, const v1::UpsertOrganizationsRequest* request,
    v1::UpsertOrganizationsResponse* response) {
  return rpc::HandleOnWorker(
      parts_.runtime, kUpsertOrganizations, *context,
      [=, this](const rpc::CallContext&) -> absl::Status {
        std::vector<OrganizationInput> inputs;
        for (const v1::Organization& entry : request->organizations()) {
          inputs.push_back(FromProto(entry));
        }
        ASSIGN_OR_RETURN(const CatalogueOutcome outcome,
                         parts_.catalogue_writer.UpsertCatalogue(
                             WriteRequestFromProto(*request), inputs, GroupsFromProto(*request)));
        for (const Organization* const entry : outcome.organizations.entries) {
          ToProto(*entry, response->add_organizations());
        }
        response->set_changed_count(outcome.organizations.changed_count);
        WriteGroups(outcome.groups, *response);
        response->set_changed_group_count(outcome.groups.changed_count);
        WriteStamp(outcome.sequence, response->mutable_stamp());
        return absl::OkStatus();
      });
}

grpc::ServerUnaryReactor* IngestService::UpsertGroups(grpc::CallbackServerContext* context,
                                                      const v1::UpsertGroupsRequest* request,
                                                      v1::UpsertGroupsResponse* response) {
  return rpc::HandleOnWorker(
      parts_.runtime, kUpsertGroups, *context, [=, this](const rpc::CallContext&) -> absl::Status {
        ASSIGN_OR_RETURN(const CatalogueOutcome outcome,
                         parts_.catalogue_writer.UpsertGroups(WriteRequestFromProto(*request),
                                                              GroupsFromProto(*request)));
        WriteGroups(outcome.groups, *response);
        response->set_changed_count(outcome.groups.changed_count);
        WriteStamp(outcome.sequence, response->mutable_stamp());
        return absl::OkStatus();
      });
}

}  // namespace outlay::ingest
