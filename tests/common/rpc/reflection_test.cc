// Reflection as clients such as grpcurl use it. Its protos are linked into gRPC but not packaged,
// so the messages are built by name.
#include <memory>
#include <string>

#include "gmock/gmock.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/descriptor.pb.h"
#include "google/protobuf/message.h"
#include "google/protobuf/text_format.h"
#include "grpcpp/generic/generic_stub.h"
#include "gtest/gtest.h"
#include "services/common/rpc/forwarding.h"
#include "tests/common/rpc/test_server.h"

namespace outlay::rpc::testing {
namespace {

using google::protobuf::Message;
using ::testing::HasSubstr;

std::unique_ptr<Message> NewMessage(const std::string& name) {
  const auto* const descriptor =
      google::protobuf::DescriptorPool::generated_pool()->FindMessageTypeByName(name);
  return std::unique_ptr<Message>(
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(descriptor)->New());
}

struct Answer {
  grpc::Status status;
  std::unique_ptr<Message> message;
};

// One request on a reflection stream of the given version.
Answer Ask(TestServer& server, const std::string& version, const std::string& request_text) {
  const std::string package = "grpc.reflection.v1alpha.";
  const auto request = NewMessage(package + "ServerReflectionRequest");
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(request_text, request.get()));
  const grpc::Slice slice(request->SerializeAsString());
  const grpc::ByteBuffer request_bytes(&slice, 1);
  grpc::GenericStub stub(server.channel());
  grpc::ClientContext context;
  grpc::CompletionQueue queue;
  const auto call = stub.PrepareCall(
      &context, "/grpc.reflection." + version + ".ServerReflection/ServerReflectionInfo", &queue);
  void* tag = nullptr;
  bool ok = false;
  grpc::ByteBuffer response_bytes;
  Answer answer;
  call->StartCall(nullptr);
  queue.Next(&tag, &ok);
  call->WriteLast(request_bytes, grpc::WriteOptions(), nullptr);
  queue.Next(&tag, &ok);
  call->Read(&response_bytes, nullptr);
  queue.Next(&tag, &ok);
  if (ok) {
    answer.message = NewMessage(package + "ServerReflectionResponse");
    grpc::Slice received;
    EXPECT_TRUE(response_bytes.DumpToSingleSlice(&received).ok());
    EXPECT_TRUE(
        answer.message->ParseFromArray(received.begin(), static_cast<int>(received.size())));
  }
  call->Finish(&answer.status, nullptr);
  queue.Next(&tag, &ok);
  return answer;
}

TEST(Reflection, ListsTheServices) {
  TestServer server;
  server.Start();
  const Answer answer = Ask(server, "v1alpha", "list_services: \"*\"");
  ASSERT_TRUE(answer.status.ok()) << answer.status.error_message();
  const std::string text = answer.message->DebugString();
  EXPECT_THAT(text, HasSubstr("name: \"outlay.rpc.testing.EchoService\""));
  EXPECT_THAT(text, HasSubstr("name: \"grpc.health.v1.Health\""));
}

TEST(Reflection, DescribesHealth) {
  TestServer server;
  server.Start();
  const Answer answer = Ask(server, "v1alpha", "file_containing_symbol: \"grpc.health.v1.Health\"");
  ASSERT_TRUE(answer.status.ok()) << answer.status.error_message();
  EXPECT_THAT(answer.message->DebugString(), HasSubstr("grpc/health/v1/health.proto"));
}

TEST(Reflection, VersionOneIsUnimplementedSoThatClientsFallBack) {
  TestServer server;
  server.Start();
  EXPECT_EQ(Ask(server, "v1", "list_services: \"*\"").status.error_code(),
            grpc::StatusCode::UNIMPLEMENTED);
}

TEST(Reflection, ForwarderLeavesItAsItIs) {
  TestServer server;
  const auto forwarder = Forwarder::Make(server.server().runtime(), {});
  ASSERT_TRUE(forwarder.ok());
  server.server().SetGenericService(**forwarder);
  server.Start();
  EXPECT_EQ(Ask(server, "v1", "list_services: \"*\"").status.error_code(),
            grpc::StatusCode::UNIMPLEMENTED);
  EXPECT_TRUE(Ask(server, "v1alpha", "list_services: \"*\"").status.ok());
  EXPECT_TRUE(CallEcho(server.stub(), "typed methods stay").status.ok());
  ASSERT_TRUE(server.server().Stop().ok());
}

}  // namespace
}  // namespace outlay::rpc::testing
