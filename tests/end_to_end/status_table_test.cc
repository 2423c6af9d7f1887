// docs/status.md says of every method of the contracts whether it answers; the running services agree with it.
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include <gtest/gtest.h>
#include "grpcpp/generic/generic_stub.h"

#include "services/common/rpc/error_mapping.h"
#include "services/common/status/error.h"
#include "tests/end_to_end/cluster.h"

namespace outlay::tests {
namespace {

using Methods = std::map<std::string, bool>;  // by full name; true: answers

std::vector<std::string> Split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::istringstream in(text);
  for (std::string part; std::getline(in, part, separator);) {
    const size_t first = part.find_first_not_of(' ');
    const size_t last = part.find_last_not_of(' ');
    parts.push_back(first == std::string::npos ? "" : part.substr(first, last - first + 1));
  }
  return parts;
}

// Rows of three columns: | service | methods that answer | methods that do not |.
Methods ReadTable(const std::filesystem::path& page) {
  Methods methods;
  std::ifstream in(page);
  for (std::string line; std::getline(in, line);) {
    const std::vector<std::string> cells = Split(line, '|');
    if (cells.size() != 4 || cells[1].rfind("outlay.", 0) != 0) continue;
    for (const bool answers : {true, false}) {
      for (const std::string& method : Split(cells[answers ? 2 : 3], ',')) {
        const bool is_new = methods.emplace(cells[1] + "/" + method, answers).second;
        EXPECT_TRUE(is_new) << cells[1] << "/" << method << " is listed twice";
      }
    }
  }
  return methods;
}

std::set<std::string> MethodsOf(const google::protobuf::ServiceDescriptor& service) {
  std::set<std::string> names;
  for (int i = 0; i < service.method_count(); ++i)
    names.insert(service.full_name() + "/" + service.method(i)->name());
  return names;
}

// Calls a method of any kind with one empty message: the first answer, or the end.
absl::Status CallWithNothing(const std::shared_ptr<grpc::Channel>& channel,
                             const std::string& method) {
  grpc::GenericStub stub(channel);
  grpc::CompletionQueue queue;
  const auto next = [&queue] {
    void* tag = nullptr;
    bool ok = false;
    return queue.Next(&tag, &ok) && ok;
  };
  const std::unique_ptr<grpc::ClientContext> context = Context();
  const auto call = stub.PrepareCall(context.get(), "/" + method, &queue);
  call->StartCall(nullptr);
  next();
  const grpc::Slice nothing;
  call->WriteLast(grpc::ByteBuffer(&nothing, 1), grpc::WriteOptions(), nullptr);
  next();
  grpc::ByteBuffer answer;
  call->Read(&answer, nullptr);
  const bool answered = next();
  if (answered) context->TryCancel();
  grpc::Status status;
  call->Finish(&status, nullptr);
  next();
  queue.Shutdown();
  while (next()) {
  }
  return answered ? absl::OkStatus() : rpc::FromGrpcStatus(status, method);
}

class StatusTable : public testing::Test {
 protected:
  void SetUp() override {
    table_ = ReadTable(SourceDirectory() / "docs/status.md");
    for (const auto& [service, descriptor] : services_)
      for (const std::string& method : MethodsOf(*descriptor)) channels_[method] = service;
  }

  Methods table_;
  std::map<std::string, std::string> channels_;  // service by method
  const std::map<std::string, const google::protobuf::ServiceDescriptor*> services_ = {
      {"ingest", ingest::v1::SubscribeChangesRequest::descriptor()->file()->service(0)},
      {"fx", fx::v1::GetRateRequest::descriptor()->file()->service(0)},
      {"aggregation", aggregation::v1::AggregateRequest::descriptor()->file()->service(0)},
      {"gateway", gateway::v1::GetReportRequest::descriptor()->file()->service(0)},
  };
};

TEST_F(StatusTable, NamesEveryMethodOfTheContracts) {
  std::set<std::string> of_contracts;
  for (const auto& [method, service] : channels_) of_contracts.insert(method);
  std::set<std::string> of_table;
  for (const auto& [method, answers] : table_) of_table.insert(method);
  EXPECT_EQ(of_table, of_contracts);
}

TEST_F(StatusTable, SaysOfEveryMethodWhatTheServicesSay) {
  Cluster cluster;
  for (const auto& [method, answers] : table_) {
    const auto service = channels_.find(method);
    if (service == channels_.end()) continue;  // the test above tells
    const absl::Status status = CallWithNothing(cluster.Server(service->second).Channel(), method);
    const bool refused = status.code() == absl::StatusCode::kUnimplemented;
    EXPECT_EQ(refused, !answers) << method << ": " << status;
    if (refused) {
      EXPECT_EQ(GetErrorDetail(status).reason, "NOT_BUILT_YET") << method;
    }
    EXPECT_NE(status.code(), absl::StatusCode::kDeadlineExceeded) << method << ": " << status;
  }
}

}  // namespace
}  // namespace outlay::tests
