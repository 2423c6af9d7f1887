#include "tests/bench/fx/fx_measures.h"

#include <atomic>
#include <memory>
#include <random>
#include <stdexcept>

#include "fmt/format.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "outlay/fx/v1/fx_service.pb.h"
#include "tests/bench/echo_server.h"
#include "tests/bench/process_figures.h"
#include "tests/bench/report_table.h"

namespace outlay::bench {
namespace {

namespace v1 = fx::v1;

constexpr uint64_t kSeed = 20'250'207;
constexpr size_t kOutstanding = 64;
constexpr int kConversions = 1'000;  // a message
// Distinct messages, sent over and over.
constexpr size_t kDistinct = 64;
constexpr char kNodeConvertMethod[] = "/outlay.bench.v1.CurrencyService/Convert";
constexpr char kNodeBatchMethod[] = "/outlay.bench.v1.CurrencyService/ConvertMany";

grpc::ByteBuffer ToBuffer(std::string bytes) {
  const grpc::Slice slice(std::move(bytes));
  return grpc::ByteBuffer(&slice, 1);
}

std::vector<grpc::ByteBuffer> Repeat(const std::vector<grpc::ByteBuffer>& messages, size_t count) {
  std::vector<grpc::ByteBuffer> repeated;
  repeated.reserve(count);
  for (size_t i = 0; i < count; ++i) repeated.push_back(messages[i % messages.size()]);
  return repeated;
}

// The questions, for both servers: the requests of the peer's contract have the same first two fields.
class Questions {
 public:
  explicit Questions(const RateHistory& history) : history_(history), random_(kSeed) {}

  void FillAmount(money::v1::Money& amount) {
    amount.set_currency_code("USD");
    amount.set_units(static_cast<int64_t>(random_() % 1'000'000'000));
    amount.set_nanos(static_cast<int32_t>(random_() % 100) * 10'000'000);
  }

  std::vector<grpc::ByteBuffer> Unary() {
    std::vector<grpc::ByteBuffer> messages;
    for (size_t i = 0; i < kDistinct; ++i) {
      v1::ConvertMoneyRequest request;
      FillAmount(*request.mutable_amount());
      request.set_to_currency("KRW");
      FillSpec(*request.mutable_spec());
      messages.push_back(ToBuffer(request.SerializeAsString()));
    }
    return messages;
  }

  std::vector<grpc::ByteBuffer> NodeUnary() {
    std::vector<grpc::ByteBuffer> messages;
    for (size_t i = 0; i < kDistinct; ++i) messages.push_back(ToBuffer(PlainConversion()));
    return messages;
  }

  // StreamConvertRequests; `spec_count` is 1 or kConversions.
  std::vector<grpc::ByteBuffer> Stream(int spec_count) {
    std::vector<grpc::ByteBuffer> messages;
    for (size_t i = 0; i < kDistinct; ++i) {
      v1::StreamConvertRequest request;
      v1::BatchConvertRequest& batch = *request.mutable_batch();
      for (int spec = 0; spec < spec_count; ++spec) FillSpec(*batch.add_specs());
      for (int k = 0; k < kConversions; ++k) {
        v1::Conversion& conversion = *batch.add_conversions();
        FillAmount(*conversion.mutable_amount());
        conversion.set_to_currency("KRW");
        conversion.set_spec_index(k % spec_count);
      }
      messages.push_back(ToBuffer(request.SerializeAsString()));
    }
    return messages;
  }

  std::vector<grpc::ByteBuffer> NodeBatches() {
    std::vector<grpc::ByteBuffer> messages;
    for (size_t i = 0; i < kDistinct; ++i) {
      std::string bytes;
      {
        google::protobuf::io::StringOutputStream output(&bytes);
        google::protobuf::io::CodedOutputStream coded(&output);
        constexpr uint32_t kFirstFieldOfBytes = 1 << 3 | 2;
        for (int k = 0; k < kConversions; ++k) {
          const std::string conversion = PlainConversion();
          coded.WriteTag(kFirstFieldOfBytes);
          coded.WriteVarint32(static_cast<uint32_t>(conversion.size()));
          coded.WriteString(conversion);
        }
      }
      messages.push_back(ToBuffer(std::move(bytes)));
    }
    return messages;
  }

 private:
  void FillSpec(v1::RateSpec& spec) {
    spec.mutable_on_date()->set_date(history_.dates()[random_() % history_.dates().size()]);
  }

  std::string PlainConversion() {
    v1::Conversion conversion;
    FillAmount(*conversion.mutable_amount());
    conversion.set_to_currency("KRW");
    return conversion.SerializeAsString();
  }

  const RateHistory& history_;
  std::mt19937_64 random_;
};

// The server on Node, where it is there.
class NodePeer {
 public:
  explicit NodePeer(const FxMeasureOptions& options) {
    if (options.node_peer.empty()) return;
    process_ = std::make_unique<tests::Process>(
        tests::Process::Options{.arguments = {"/usr/bin/env", "node",
                                              (options.node_peer / "currency_server.js").string(),
                                              (options.node_peer / "currency.proto").string()}},
        scratch_.path());
    client_ = std::make_unique<ByteClient>(WaitForAddress(*process_, "listening on "));
  }

  // Null where it is not.
  ByteClient* client() { return client_.get(); }

 private:
  tests::TemporaryFolder scratch_;
  std::unique_ptr<tests::Process> process_;
  std::unique_ptr<ByteClient> client_;
};

std::filesystem::path FreshFolder(const FxMeasureOptions& options, const std::string& name) {
  const std::filesystem::path folder = options.directory / name;
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  return folder;
}

void RequireConverted(const v1::BatchConvertResponse& batch) {
  if (batch.results_size() != kConversions) throw std::runtime_error("results are missing");
  for (const v1::ConversionResult& result : batch.results()) {
    if (!result.has_converted()) {
      throw std::runtime_error("a conversion was refused: " + result.error().message());
    }
  }
}

// The first answer is read whole, so that what is counted is known to be right in kind.
double StreamRate(FxServer& server, const std::vector<grpc::ByteBuffer>& messages) {
  std::atomic<uint64_t> answers{0};
  const double seconds =
      server.client().Stream(kStreamConvertMethod, messages, [&](grpc::ByteBuffer& response) {
        if (answers++ != 0) return;
        v1::StreamConvertResponse message;
        if (!grpc::SerializationTraits<v1::StreamConvertResponse>::Deserialize(&response, &message)
                 .ok()) {
          throw std::runtime_error("a response cannot be read");
        }
        RequireConverted(message.batch());
      });
  if (answers != messages.size()) throw std::runtime_error("answers are missing");
  return static_cast<double>(messages.size() * kConversions) / seconds;
}

}  // namespace

void MeasureLoading(const FxMeasureOptions& options, const RateHistory& history) {
  PrintHeading(fmt::format("A history of {} rates", history.rate_count()));
  const std::filesystem::path folder = FreshFolder(options, "loading");
  int64_t empty_bytes = 0;
  {
    FxServer server(folder);
    empty_bytes = ResidentBytes(server.pid());
    PrintFigure("recorded by RecordRates in", fmt::format("{:.2f} s", server.Load(history)));
    server.Stop();
  }
  FxServer server(folder);
  PrintFigure("start, verified and read back", fmt::format("{:.2f} s", server.start_seconds()));
  const int64_t bytes = ResidentBytes(server.pid()) - empty_bytes;
  PrintFigure("resident after a start",
              fmt::format("{:.0f} bytes a rate ({} MiB; an empty server's {} MiB taken off)",
                          static_cast<double>(bytes) / static_cast<double>(history.rate_count()),
                          bytes >> 20, empty_bytes >> 20));
}

void MeasureUnary(const FxMeasureOptions& options, const RateHistory& history) {
  PrintHeading(fmt::format("Unary ConvertMoney, {} outstanding, {} a run", kOutstanding,
                           options.unary_calls));
  tests::Process echo({.arguments = {"/proc/self/exe", "--echo-server"}}, options.directory);
  ByteClient echo_client(WaitForAddress(echo, "listening on "));
  NodePeer node(options);
  FxServer server(FreshFolder(options, "unary"));
  server.Load(history);
  Questions questions(history);
  const auto own = Repeat(questions.Unary(), options.unary_calls);
  const auto empty = Repeat({ToBuffer("")}, options.unary_calls);
  const auto plain = Repeat(questions.NodeUnary(), options.unary_calls);
  Comparison against_echo{
      .subject = "ConvertMoney", .peer = "empty echo", .unit = "calls/s", .wanted_ratio = 0.85};
  Comparison against_node{.subject = "ConvertMoney",
                          .peer = "currency server on grpc-js",
                          .unit = "calls/s",
                          .wanted_ratio = 2.5};
  const auto ignore = [](grpc::ByteBuffer&) {};
  const auto rate = [&](ByteClient& client, const char* method,
                        const std::vector<grpc::ByteBuffer>& messages) {
    return static_cast<double>(messages.size()) /
           client.CallAll(method, messages, kOutstanding, ignore);
  };
  for (uint64_t run = 0; run <= options.runs; ++run) {
    const double converted = rate(server.client(), kConvertMethod, own);
    const double echoed = rate(echo_client, kEchoMethod, empty);
    const double node_rate =
        node.client() == nullptr ? 0 : rate(*node.client(), kNodeConvertMethod, plain);
    if (run == 0) continue;  // connections and caches are made
    for (Comparison* const comparison : {&against_echo, &against_node}) {
      comparison->subject_rates.push_back(converted);
    }
    against_echo.peer_rates.push_back(echoed);
    against_node.peer_rates.push_back(node_rate);
  }
  PrintComparison(against_echo);
  if (node.client() != nullptr) PrintComparison(against_node);
}

void MeasureStream(const FxMeasureOptions& options, const RateHistory& history) {
  PrintHeading(fmt::format("StreamConvert, one stream, {} conversions a message, {} messages a run",
                           kConversions, options.stream_messages));
  NodePeer node(options);
  FxServer server(FreshFolder(options, "stream"));
  server.Load(history);
  Questions questions(history);
  const auto shared = Repeat(questions.Stream(1), options.stream_messages);
  const auto each = Repeat(questions.Stream(kConversions), options.stream_messages);
  const auto plain = Repeat(questions.NodeBatches(), options.stream_messages / 10);
  Comparison with_shared{.subject = "StreamConvert, one rate a message",
                         .peer = node.client() == nullptr ? "" : "grpc-js, batches of 1,000",
                         .unit = "conversions/s",
                         .wanted_ratio = 6};
  Comparison with_each{.subject = "StreamConvert, a rate each with its provenance",
                       .unit = "conversions/s"};
  const auto ignore = [](grpc::ByteBuffer&) {};
  for (uint64_t run = 0; run <= options.runs; ++run) {
    const double shared_rate = StreamRate(server, shared);
    const double each_rate = StreamRate(server, each);
    const double node_rate = node.client() == nullptr
                                 ? 0
                                 : static_cast<double>(plain.size() * kConversions) /
                                       node.client()->CallAll(kNodeBatchMethod, plain, 8, ignore);
    if (run == 0) continue;
    with_shared.subject_rates.push_back(shared_rate);
    with_each.subject_rates.push_back(each_rate);
    if (node.client() != nullptr) with_shared.peer_rates.push_back(node_rate);
  }
  PrintComparison(with_shared);
  PrintComparison(with_each);
  PrintFigure("wanted", "1 M conversions/s with shared rates, 250 k with a rate each");
}

}  // namespace outlay::bench
