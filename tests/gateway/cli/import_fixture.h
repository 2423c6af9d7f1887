// Imports against services that do what the contracts say, in this process.
#ifndef OUTLAY_TESTS_GATEWAY_CLI_IMPORT_FIXTURE_H_
#define OUTLAY_TESTS_GATEWAY_CLI_IMPORT_FIXTURE_H_

#include <gmock/gmock.h>
#include <grpcpp/server_builder.h>
#include <gtest/gtest.h>

#include <chrono>
#include <deque>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "gateway/cli/cli.h"
#include "gateway/cli/client.h"
#include "services/common/rpc/error_mapping.h"
#include "services/common/status/error.h"
#include "tests/gateway/cli/test_session.h"
#include "tests/support/process.h"

namespace outlay::cli {

// What a test makes of the calls: each gets the next status of the list, those beyond it OK.
class Failures {
 public:
  void Add(int times, const absl::Status& status) {
    for (int i = 0; i < times; ++i) failures_.push_back(status);
  }
  grpc::Status Next() {
    if (failures_.empty()) return grpc::Status::OK;
    const absl::Status next = failures_.front();
    failures_.pop_front();
    return next.ok() ? grpc::Status::OK : rpc::ToGrpcStatus(next);
  }

 private:
  std::deque<absl::Status> failures_;
};

inline absl::Status Busy() {
  return MakeError(absl::StatusCode::kResourceExhausted, "the queue is full",
                   {.reason = "JOURNAL_QUEUE_FULL", .retry_after_ms = 100});
}

// Stores by content, refuses organizations it does not know, and replays requests.
class FakeIngest final : public ingest::v1::IngestService::Service {
 public:
  grpc::Status RecordDisclosures(grpc::ServerContext*,
                                 const ingest::v1::RecordDisclosuresRequest* request,
                                 ingest::v1::RecordDisclosuresResponse* response) override {
    last_change = request->change();
    if (const grpc::Status failure = failures.Next(); !failure.ok()) return failure;
    batch_sizes.push_back(request->entries_size());
    request_ids.push_back(request->request_id());
    if (const auto answer = answers.find(request->request_id());
        !request->request_id().empty() && answer != answers.end()) {
      *response = answer->second;
      return grpc::Status::OK;
    }
    for (const auto& entry : request->entries())
      Record(entry, request->validate_only(), response->add_results());
    response->mutable_stamp()->set_ingest_sequence(head);
    if (!request->request_id().empty()) answers[request->request_id()] = *response;
    return lost_answers.Next();
  }

  grpc::Status BatchGetDisclosures(grpc::ServerContext*,
                                   const ingest::v1::BatchGetDisclosuresRequest*,
                                   ingest::v1::BatchGetDisclosuresResponse*) override {
    return failures.Next();
  }

  grpc::Status UpsertOrganizations(grpc::ServerContext*,
                                   const ingest::v1::UpsertOrganizationsRequest* request,
                                   ingest::v1::UpsertOrganizationsResponse* response) override {
    if (const grpc::Status failure = failures.Next(); !failure.ok()) return failure;
    catalogue_calls.push_back({request->organizations_size(), request->groups_size()});
    for (const auto& organization : request->organizations()) {
      if (known.insert(organization.organization_id()).second)
        response->set_changed_count(response->changed_count() + 1);
    }
    response->set_changed_group_count(request->groups_size());
    return grpc::Status::OK;
  }

  std::set<std::string> known = {"amazon", "meta"};
  std::map<std::string, uint64_t> stored;
  std::map<std::string, ingest::v1::RecordDisclosuresResponse> answers;
  std::set<std::string> voided;  // scopes
  std::vector<int> batch_sizes;
  std::vector<std::string> request_ids;
  std::vector<std::pair<int, int>> catalogue_calls;  // organizations and groups of each
  Failures failures;                                 // before anything is done
  Failures lost_answers;                             // after it is
  journal::v1::ChangeNote last_change;
  uint64_t head = 40;

 private:
  void Record(const ingest::v1::DisclosureEntry& entry, bool validate_only,
              ingest::v1::DisclosureResult* result) {
    if (!known.contains(entry.disclosure().organization_id())) {
      result->set_status(journal::v1::RECORD_STATUS_REJECTED);
      result->mutable_error()->set_code(3);
      result->mutable_error()->set_message(
          "entries[0].disclosure.organization_id: is not in the catalogue");
      result->mutable_error()->set_reason("UNKNOWN_ORGANIZATION");
      return;
    }
    const std::string content = entry.SerializeAsString();
    if (const auto found = stored.find(content); found != stored.end()) {
      result->set_status(journal::v1::RECORD_STATUS_REPLAYED);
      result->set_sequence(found->second);
      result->set_voided(voided.contains(entry.disclosure().scope()));
    } else if (validate_only) {
      result->set_status(journal::v1::RECORD_STATUS_NOT_ATTEMPTED);
    } else {
      stored[content] = ++head;
      result->set_status(journal::v1::RECORD_STATUS_RECORDED);
      result->set_sequence(head);
    }
  }
};

class FakeFx final : public fx::v1::FxService::Service {
 public:
  grpc::Status RecordRates(grpc::ServerContext*, const fx::v1::RecordRatesRequest* request,
                           fx::v1::RecordRatesResponse* response) override {
    if (const grpc::Status failure = failures.Next(); !failure.ok()) return failure;
    request_ids.push_back(request->request_id());
    for (const auto& rate : request->rates()) {
      rates.push_back(rate);
      response->add_results()->set_status(journal::v1::RECORD_STATUS_RECORDED);
      response->mutable_results()->rbegin()->set_sequence(rates.size());
    }
    return grpc::Status::OK;
  }

  // Two days a page, whatever is asked for.
  grpc::Status ListRates(grpc::ServerContext*, const fx::v1::ListRatesRequest* request,
                         fx::v1::ListRatesResponse* response) override {
    list_requests.push_back(*request);
    if (const grpc::Status failure = failures.Next(); !failure.ok()) return failure;
    const size_t first = request->page_token().empty() ? 0 : std::stoul(request->page_token());
    for (size_t i = first; i < answers.size() && i < first + 2; ++i) {
      *response->add_rates() = answers[i];
    }
    if (first + 2 < answers.size()) response->set_next_page_token(std::to_string(first + 2));
    response->mutable_stamp()->set_fx_sequence(7);
    return grpc::Status::OK;
  }

  std::vector<fx::v1::Rate> rates;
  std::vector<fx::v1::RateAnswer> answers;
  std::vector<fx::v1::ListRatesRequest> list_requests;
  std::vector<std::string> request_ids;
  Failures failures;
};

class ImportTest : public testing::Test {
 protected:
  ImportTest() {
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port_);
    builder.RegisterService(&ingest_);
    builder.RegisterService(&fx_);
    server_ = builder.BuildAndStart();
  }

  struct Result {
    int code;
    std::string out;
    std::string err;
    std::vector<std::chrono::milliseconds> waits;
  };

  Result Import(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "import");
    return Run(std::move(arguments));
  }

  Result Run(std::vector<std::string> arguments) {
    TestSession test;
    arguments.insert(arguments.end(), {"--gateway", fmt::format("127.0.0.1:{}", port_)});
    const int code = RunCli(arguments, {}, test.session);
    return {code, test.out.str(), test.err.str(), test.waits};
  }

  std::string Write(const std::string& name, const std::string& content) const {
    const std::filesystem::path path = folder_.path() / name;
    tests::WriteFile(path, content);
    return path.string();
  }

  tests::TemporaryFolder folder_;
  FakeIngest ingest_;
  FakeFx fx_;
  int port_ = 0;
  std::unique_ptr<grpc::Server> server_;
};

inline std::string Line(const std::string& organization, int number) {
  return fmt::format("{{\"organizationId\": \"{}\", \"scope\": \"s{}\"}}\n", organization, number);
}

// The columns that FakeIngest needs, and those that every table has.
inline constexpr const char* kHeader =
    "organization_id,scope,measure,basis,published_at,source_id,source_class\n";

inline std::string CsvLine(const std::string& organization, const std::string& scope) {
  return fmt::format("{},{},revenue,ACTUAL,2025-01-01,s,PRESS\n", organization, scope);
}

}  // namespace outlay::cli

#endif  // OUTLAY_TESTS_GATEWAY_CLI_IMPORT_FIXTURE_H_
