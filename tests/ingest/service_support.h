// The real ingest service in the test's process, over gRPC, in a directory of its own.
#ifndef OUTLAY_TESTS_INGEST_SERVICE_SUPPORT_H_
#define OUTLAY_TESTS_INGEST_SERVICE_SUPPORT_H_

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "grpcpp/channel.h"
#include "grpcpp/client_context.h"
#include "gtest/gtest.h"
#include "outlay/ingest/v1/ingest_service.grpc.pb.h"
#include "services/common/rpc/run_server.h"
#include "services/common/time/clock.h"

namespace outlay::ingest {

// What a failed call says.
struct Failure {
  absl::StatusCode code = absl::StatusCode::kOk;
  std::string reason;
  std::string message;
  std::vector<std::string> fields;
  std::map<std::string, std::string> metadata;
};

Failure FailureOf(const grpc::Status& status);

// The clock stands at 2025-03-15T12:00:00Z until it is set.
class IngestServer {
 public:
  explicit IngestServer(std::map<std::string, std::string> settings = {});
  ~IngestServer();

  v1::IngestService::Stub& stub() { return *stub_; }
  std::string address() const { return running_->server().address(); }
  time::FakeClock& clock() { return clock_; }
  // Of the journal's files.
  const std::filesystem::path& directory() const { return directory_; }

  void Stop();
  // Stops and starts on the same directory, with another port.
  void Restart();

 private:
  void Start();

  const std::filesystem::path directory_;
  std::map<std::string, std::string> settings_;
  time::FakeClock clock_;
  std::unique_ptr<rpc::RunningServer> running_;
  std::unique_ptr<v1::IngestService::Stub> stub_;
};

// Calls with a deadline of 20 s.
template <typename Request, typename Response>
grpc::Status Call(v1::IngestService::Stub& stub,
                  grpc::Status (v1::IngestService::Stub::*method)(grpc::ClientContext*,
                                                                  const Request&, Response*),
                  const Request& request, Response& response) {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
  return (stub.*method)(&context, request, &response);
}

// The answer of a call that must succeed.
template <typename Request, typename Response>
Response Ask(IngestServer& server,
             grpc::Status (v1::IngestService::Stub::*method)(grpc::ClientContext*, const Request&,
                                                             Response*),
             const Request& request) {
  Response response;
  const Failure failure = FailureOf(Call(server.stub(), method, request, response));
  if (failure.code != absl::StatusCode::kOk) ADD_FAILURE() << failure.message;
  return response;
}

// What a call that must fail says.
template <typename Request, typename Response>
Failure Refused(IngestServer& server,
                grpc::Status (v1::IngestService::Stub::*method)(grpc::ClientContext*,
                                                                const Request&, Response*),
                const Request& request) {
  Response response;
  return FailureOf(Call(server.stub(), method, request, response));
}

using Stub = v1::IngestService::Stub;

v1::Organization Company(std::string_view id, std::string_view name);

// The catalogue: amazon, alphabet (alias Google), microsoft (fiscal year to 06-30): sequences 1 to 3.
void AddCompanies(IngestServer& server);

// "Amazon spends 100 billion dollars on capital expenditure in 2025", published on 2025-02-10.
v1::Disclosure AmazonGuidance();

// A request with an actor and these disclosures, atomic, without keys.
v1::RecordDisclosuresRequest RecordRequest(const std::vector<v1::Disclosure>& disclosures);

// Records one and returns its id.
std::string Record(IngestServer& server, const v1::Disclosure& disclosure);

v1::Disclosure Get(IngestServer& server, const std::string& id);

// The last sequence of the journal.
uint64_t Head(IngestServer& server);

}  // namespace outlay::ingest

#endif  // OUTLAY_TESTS_INGEST_SERVICE_SUPPORT_H_
