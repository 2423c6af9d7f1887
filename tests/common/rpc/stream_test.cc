#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/common/rpc/error_mapping.h"
#include "services/common/rpc/errors.h"
#include "services/common/status/error.h"
#include "tests/common/rpc/test_server.h"

namespace outlay::rpc::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> ReadAll(grpc::ClientReader<EchoResponse>& reader) {
  std::vector<std::string> texts;
  EchoResponse response;
  while (reader.Read(&response)) texts.push_back(response.text());
  return texts;
}

// A server whose next subscription can be had.
class SubscribedServer : public TestServer {
 public:
  explicit SubscribedServer(const ServerOptions& options = QuickOptions()) : TestServer(options) {
    service().on_subscribe = [this](std::shared_ptr<Subscription> stream) {
      const std::lock_guard<std::mutex> lock(mutex_);
      subscribed_ = std::move(stream);
      changed_.notify_all();
    };
    Start();
  }

  ~SubscribedServer() { (void)server().Stop(); }

  std::shared_ptr<Subscription> Next() {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [this] { return subscribed_ != nullptr; });
    return std::exchange(subscribed_, nullptr);
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::shared_ptr<Subscription> subscribed_;
};

TEST(GeneratedStream, SendsEveryMessageInOrderAndEndsOk) {
  TestServer server;
  server.Start();
  grpc::ClientContext context;
  const auto reader = server.stub().Expand(&context, Request("m", 4));
  EXPECT_THAT(ReadAll(*reader), ElementsAre("m0", "m1", "m2", "m3"));
  EXPECT_TRUE(reader->Finish().ok());
}

TEST(GeneratedStream, ErrorEndsItAfterTheMessagesBefore) {
  TestServer server;
  server.service().on_expand = [](int index) {
    return index == 2 ? absl::DataLossError("page 2 is damaged") : absl::OkStatus();
  };
  server.Start();
  grpc::ClientContext context;
  const auto reader = server.stub().Expand(&context, Request("m", 4));
  EXPECT_THAT(ReadAll(*reader), ElementsAre("m0", "m1"));
  const grpc::Status status = reader->Finish();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::DATA_LOSS);
  EXPECT_EQ(status.error_message(), "page 2 is damaged");
}

TEST(GeneratedStream, ExceptionBecomesInternal) {
  TestServer server;
  server.service().on_expand = [](int) -> absl::Status { throw std::runtime_error("broken"); };
  server.Start();
  grpc::ClientContext context;
  const auto reader = server.stub().Expand(&context, Request("m", 4));
  EXPECT_THAT(ReadAll(*reader), IsEmpty());
  EXPECT_EQ(reader->Finish().error_message(), "unexpected exception: broken");
}

TEST(ServerStream, IsFedFromOtherThreads) {
  SubscribedServer server;
  grpc::ClientContext context;
  const auto reader = server.stub().Subscribe(&context, Request(""));
  const std::shared_ptr<Subscription> stream = server.Next();
  std::thread feeder([&] {
    for (int i = 0; i < 100; ++i) EXPECT_TRUE(stream->Send(std::to_string(i)));
    stream->End(absl::OkStatus());
  });
  const std::vector<std::string> texts = ReadAll(*reader);
  feeder.join();
  EXPECT_TRUE(reader->Finish().ok());
  ASSERT_EQ(texts.size(), 100u);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(texts[i], std::to_string(i));
}

TEST(ServerStream, IsReadyAtTheStartAndAfterWhatWasQueuedIsWritten) {
  SubscribedServer server;
  grpc::ClientContext context;
  const auto reader = server.stub().Subscribe(&context, Request(""));
  const std::shared_ptr<Subscription> stream = server.Next();
  EXPECT_EQ(stream->ready_count, 1);
  stream->Send("a");
  while (stream->ready_count != 2) std::this_thread::yield();
  stream->End(absl::OkStatus());
  EXPECT_THAT(ReadAll(*reader), ElementsAre("a"));
}

TEST(ServerStream, ClientThatCancelsIsNoticedAndLateWritesAreRefused) {
  SubscribedServer server;
  grpc::ClientContext context;
  const auto reader = server.stub().Subscribe(&context, Request(""));
  const std::shared_ptr<Subscription> stream = server.Next();
  context.TryCancel();
  stream->cancelled.get_future().wait();
  stream->closed.get_future().wait();
  EXPECT_FALSE(stream->open());
  EXPECT_FALSE(stream->Send("late"));
  stream->End(absl::OkStatus());
  EXPECT_EQ(reader->Finish().error_code(), grpc::StatusCode::CANCELLED);
  EXPECT_EQ(server.server().runtime().streams().size(), 0u);
  // After the call its context still answers.
  EXPECT_EQ(stream->call().peer().substr(0, 15), "ipv4:127.0.0.1:");
  EXPECT_TRUE(stream->call().cancelled());
}

TEST(ServerStream, FirstEndCounts) {
  SubscribedServer server;
  grpc::ClientContext context;
  const auto reader = server.stub().Subscribe(&context, Request(""));
  const std::shared_ptr<Subscription> stream = server.Next();
  stream->End(absl::NotFoundError("first"));
  stream->End(absl::InternalError("second"));
  EXPECT_FALSE(stream->Send("after the end"));
  EXPECT_EQ(reader->Finish().error_message(), "first");
}

TEST(ServerStream, FeederThatIgnoresASlowReaderIsCutOff) {
  SubscribedServer server;
  grpc::ClientContext context;
  const auto reader = server.stub().Subscribe(&context, Request(""));
  const std::shared_ptr<Subscription> stream = server.Next();
  const std::string large(64 * 1024, 'x');
  int taken = 0;
  // Nothing is read, so flow control stops the writes after a few; the queue takes the rest.
  while (stream->Send(large)) ++taken;
  EXPECT_GE(taken, 1024);
  ReadAll(*reader);
  const absl::Status status = FromGrpcStatus(reader->Finish());
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(GetErrorDetail(status).reason, "SLOW_READER");
}

TEST(ServerStream, StreamsBeyondTheLimitAreRefused) {
  ServerOptions options = QuickOptions();
  options.runtime.max_concurrent_streams = 1;
  SubscribedServer server(options);
  grpc::ClientContext first_context;
  const auto first = server.stub().Subscribe(&first_context, Request(""));
  const std::shared_ptr<Subscription> stream = server.Next();
  grpc::ClientContext second_context;
  const auto second = server.stub().Subscribe(&second_context, Request(""));
  EXPECT_THAT(ReadAll(*second), IsEmpty());
  const absl::Status status = FromGrpcStatus(second->Finish());
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(GetErrorDetail(status).reason, "TOO_MANY_STREAMS");
  stream->End(absl::OkStatus());
  EXPECT_TRUE(first->Finish().ok());
}

TEST(BidiStream, AnswersEachMessageAndEndsAfterTheHalfClose) {
  TestServer server;
  server.service().chat = [](const std::string& text) { return "re: " + text; };
  server.Start();
  grpc::ClientContext context;
  const auto chat = server.stub().Chat(&context);
  EchoResponse response;
  for (const std::string text : {"a", "b", "c"}) {
    ASSERT_TRUE(chat->Write(Request(text)));
    ASSERT_TRUE(chat->Read(&response));
    EXPECT_EQ(response.text(), "re: " + text);
  }
  chat->WritesDone();
  EXPECT_FALSE(chat->Read(&response));
  EXPECT_TRUE(chat->Finish().ok());
}

TEST(BidiStream, ManyMessagesInFlightAreAllAnswered) {
  TestServer server;
  server.Start();
  grpc::ClientContext context;
  const auto chat = server.stub().Chat(&context);
  std::thread writer([&] {
    for (int i = 0; i < 500; ++i) chat->Write(Request(std::to_string(i)));
    chat->WritesDone();
  });
  EchoResponse response;
  int next = 0;
  while (chat->Read(&response)) EXPECT_EQ(response.text(), std::to_string(next++));
  writer.join();
  EXPECT_EQ(next, 500);
  EXPECT_TRUE(chat->Finish().ok());
}

TEST(BidiStream, ErrorEndsItAfterTheAnswersBefore) {
  TestServer server;
  server.service().chat = [](const std::string& text) -> absl::StatusOr<std::string> {
    if (text == "bad") return InvalidField("BAD_TEXT", "text", "is bad");
    return text;
  };
  server.Start();
  grpc::ClientContext context;
  const auto chat = server.stub().Chat(&context);
  EchoResponse response;
  chat->Write(Request("good"));
  chat->Write(Request("bad"));
  EXPECT_TRUE(chat->Read(&response));
  EXPECT_EQ(response.text(), "good");
  EXPECT_FALSE(chat->Read(&response));
  EXPECT_EQ(GetErrorDetail(FromGrpcStatus(chat->Finish())).reason, "BAD_TEXT");
}

TEST(BidiStream, ClientThatCancelsLeavesNothingOpen) {
  TestServer server;
  server.Start();
  grpc::ClientContext context;
  const auto chat = server.stub().Chat(&context);
  EchoResponse response;
  chat->Write(Request("a"));
  EXPECT_TRUE(chat->Read(&response));
  context.TryCancel();
  EXPECT_EQ(chat->Finish().error_code(), grpc::StatusCode::CANCELLED);
  while (server.server().runtime().streams().size() != 0) std::this_thread::yield();
}

}  // namespace
}  // namespace outlay::rpc::testing
