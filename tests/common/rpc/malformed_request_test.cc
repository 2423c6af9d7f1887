// Requests that no handler sees because they do not parse.
#include <gtest/gtest.h>

#include "grpcpp/impl/codegen/client_unary_call.h"
#include "services/common/status/error.h"
#include "tests/common/rpc/test_server.h"

namespace outlay::rpc::testing {
namespace {

absl::Status Send(TestServer& server, const grpc::ByteBuffer& request) {
  const grpc::internal::RpcMethod method("/outlay.rpc.testing.EchoService/Echo",
                                         grpc::internal::RpcMethod::NORMAL_RPC, server.channel());
  grpc::ClientContext context;
  grpc::ByteBuffer response;
  return FromGrpcStatus(grpc::internal::BlockingUnaryCall(server.channel().get(), method, &context,
                                                          request, &response));
}

grpc::ByteBuffer Bytes(const std::string& bytes) {
  const grpc::Slice slice(bytes);
  return grpc::ByteBuffer(&slice, 1);
}

TEST(MalformedRequest, IsInvalidAndNamesTheMethod) {
  TestServer server;
  server.Start();
  for (const char* const bytes : {"\x0a\x05xy", "\x0a\x02\xff\xfe", "\xff\xff\xff"}) {
    const absl::Status status = Send(server, Bytes(bytes));
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << status;
    EXPECT_EQ(GetErrorDetail(status).reason, "MALFORMED_REQUEST");
    EXPECT_EQ(GetErrorDetail(status).metadata.at("method"), "outlay.rpc.testing.EchoService/Echo");
  }
}

TEST(MalformedRequest, WhatAHandlerSaysIsLeftAlone) {
  TestServer server;
  server.service().handler = [](const CallContext&, const EchoRequest&, EchoResponse&) {
    return absl::UnimplementedError("not here");
  };
  server.Start();
  const absl::Status status = Send(server, Bytes(""));
  EXPECT_EQ(status.code(), absl::StatusCode::kUnimplemented);
  EXPECT_EQ(status.message(), "not here");
}

}  // namespace
}  // namespace outlay::rpc::testing
