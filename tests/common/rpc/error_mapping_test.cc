#include "services/common/rpc/error_mapping.h"

#include <string>

#include "gmock/gmock.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "gtest/gtest.h"
#include "services/common/rpc/errors.h"
#include "services/common/status/error.h"
#include "tests/common/rpc/test_server.h"

namespace outlay::rpc {
namespace {

using ::testing::SizeIs;
using ::testing::StartsWith;

absl::Status FullError() {
  return MakeError(absl::StatusCode::kFailedPrecondition, "the amount is void",
                   {.reason = "DISCLOSURE_VOID",
                    .metadata = {{"id", "d-17"}, {"sequence", "12"}},
                    .violations = {{"id", "names a void disclosure"}, {"amount.low", "is 5"}},
                    .retry_after_ms = 1'250});
}

TEST(ErrorMapping, OkStaysOk) {
  EXPECT_TRUE(ToGrpcStatus(absl::OkStatus()).ok());
  EXPECT_TRUE(FromGrpcStatus(grpc::Status::OK).ok());
  EXPECT_TRUE(FromGrpcStatus(grpc::Status::OK, "fx").ok());
}

TEST(ErrorMapping, DetailBecomesGoogleRpcDetails) {
  const grpc::Status status = ToGrpcStatus(FullError());
  EXPECT_EQ(status.error_code(), grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(status.error_message(), "the amount is void");
  google::rpc::Status details;
  ASSERT_TRUE(details.ParseFromString(status.error_details()));
  EXPECT_EQ(details.code(), 9);
  EXPECT_EQ(details.message(), "the amount is void");
  ASSERT_EQ(details.details_size(), 3);
  google::rpc::ErrorInfo info;
  ASSERT_TRUE(details.details(0).UnpackTo(&info));
  EXPECT_EQ(info.reason(), "DISCLOSURE_VOID");
  EXPECT_EQ(info.domain(), "outlay");
  EXPECT_EQ(info.metadata().at("id"), "d-17");
  google::rpc::BadRequest request;
  ASSERT_TRUE(details.details(1).UnpackTo(&request));
  EXPECT_EQ(request.field_violations(1).field(), "amount.low");
  EXPECT_EQ(request.field_violations(1).description(), "is 5");
  google::rpc::RetryInfo retry;
  ASSERT_TRUE(details.details(2).UnpackTo(&retry));
  EXPECT_EQ(retry.retry_delay().seconds(), 1);
  EXPECT_EQ(retry.retry_delay().nanos(), 250'000'000);
}

TEST(ErrorMapping, RoundTripKeepsCodeMessageAndDetail) {
  const absl::Status back = FromGrpcStatus(ToGrpcStatus(FullError()));
  EXPECT_EQ(back.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(back.message(), "the amount is void");
  EXPECT_EQ(GetErrorDetail(back), GetErrorDetail(FullError()));
}

TEST(ErrorMapping, EveryCodeRoundTrips) {
  for (int code = 1; code <= 16; ++code) {
    const absl::Status status(static_cast<absl::StatusCode>(code), "x");
    EXPECT_EQ(FromGrpcStatus(ToGrpcStatus(status)), status) << code;
  }
}

TEST(ErrorMapping, CodeThatDoesNotExistBecomesUnknown) {
  EXPECT_EQ(FromGrpcStatus(grpc::Status(static_cast<grpc::StatusCode>(30), "x")).code(),
            absl::StatusCode::kUnknown);
}

TEST(ErrorMapping, RoundTripThroughARealCall) {
  testing::TestServer server;
  server.service().handler = [](const CallContext&, const auto&, auto&) { return FullError(); };
  server.Start();
  const testing::Reply reply = testing::CallEcho(server.stub(), "x");
  const absl::Status back = FromGrpcStatus(reply.status);
  EXPECT_EQ(back.message(), "the amount is void");
  EXPECT_EQ(GetErrorDetail(back), GetErrorDetail(FullError()));
}

// gRPC refuses trailers of more than 8 KiB, which would hide the error behind another.
TEST(ErrorMapping, LargestErrorStillGetsThroughARealCall) {
  ErrorDetail detail{.reason = "BAD_BATCH"};
  for (int i = 0; i < 1000; ++i) {
    detail.violations.push_back({"disclosures[" + std::to_string(i) + "]", std::string(300, 'x')});
    detail.metadata["key" + std::to_string(i)] = std::string(300, 'y');
  }
  testing::TestServer server;
  server.service().handler = [&](const CallContext&, const auto&, auto&) {
    // In the trailer each of these characters takes nine bytes.
    std::string message;
    for (int i = 0; i < 2000; ++i) message += "원";
    return MakeError(absl::StatusCode::kInvalidArgument, message, detail);
  };
  server.Start();
  const absl::Status back = FromGrpcStatus(testing::CallEcho(server.stub(), "x").status);
  EXPECT_EQ(back.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(back.message()), StartsWith("원원"));
  const ErrorDetail received = GetErrorDetail(back);
  EXPECT_EQ(received.reason, "BAD_BATCH");
  ASSERT_FALSE(received.violations.empty());
  EXPECT_EQ(received.violations[0], detail.violations[0]);
  EXPECT_EQ(received.metadata.at("violations_omitted"),
            std::to_string(1000 - received.violations.size()));
}

TEST(ErrorMapping, BytesThatAreNotUtf8AreReplaced) {
  const grpc::Status status = ToGrpcStatus(
      MakeError(absl::StatusCode::kInvalidArgument, "bad \xff byte, 원", {.reason = "BAD_TEXT"}));
  EXPECT_EQ(status.error_message(), "bad \xef\xbf\xbd byte, 원");
}

TEST(ErrorMapping, DetailOfAnotherDomainIsDropped) {
  google::rpc::ErrorInfo info;
  info.set_reason("QUOTA");
  info.set_domain("example.com");
  google::rpc::Status details;
  details.add_details()->PackFrom(info);
  const grpc::Status status(grpc::StatusCode::UNAVAILABLE, "x", details.SerializeAsString());
  EXPECT_EQ(GetErrorDetail(FromGrpcStatus(status)), ErrorDetail());
}

TEST(ErrorMapping, DetailsThatDoNotParseAreDropped) {
  const grpc::Status status(grpc::StatusCode::UNAVAILABLE, "x", "\xff\xff\xff");
  EXPECT_EQ(FromGrpcStatus(status), absl::UnavailableError("x"));
}

TEST(ErrorMapping, FailureOfTheTransportNamesTheService) {
  const absl::Status status =
      FromGrpcStatus(grpc::Status(grpc::StatusCode::UNAVAILABLE, "failed to connect"), "fx");
  EXPECT_EQ(status.message(), "fx: failed to connect");
  EXPECT_EQ(GetErrorDetail(status), (ErrorDetail{.reason = "BACKEND_UNAVAILABLE",
                                                 .metadata = {{"service", "fx"}},
                                                 .retry_after_ms = 100}));
  EXPECT_EQ(GetErrorDetail(
                FromGrpcStatus(grpc::Status(grpc::StatusCode::DEADLINE_EXCEEDED, "late"), "fx"))
                .reason,
            "BACKEND_DEADLINE_EXCEEDED");
  EXPECT_EQ(
      GetErrorDetail(FromGrpcStatus(grpc::Status(grpc::StatusCode::INTERNAL, "?"), "fx")).reason,
      "BACKEND_FAILED");
}

TEST(ErrorMapping, ErrorOfTheServiceItselfIsNotRenamed) {
  const absl::Status status = FromGrpcStatus(ToGrpcStatus(FullError()), "ingest");
  EXPECT_EQ(status.message(), "the amount is void");
  EXPECT_EQ(GetErrorDetail(status), GetErrorDetail(FullError()));
}

}  // namespace
}  // namespace outlay::rpc
