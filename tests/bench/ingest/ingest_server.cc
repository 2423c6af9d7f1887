#include "tests/bench/ingest/ingest_server.h"

#include <signal.h>

#include <atomic>
#include <future>
#include <stdexcept>

#include "fmt/format.h"
#include "tests/bench/report_table.h"

namespace outlay::bench {
namespace {

namespace v1 = ingest::v1;

constexpr std::chrono::minutes kStartLimit{10};
constexpr std::chrono::minutes kStopLimit{5};

std::filesystem::path Program() {
  return std::filesystem::read_symlink("/proc/self/exe").parent_path().parent_path() / "bin" /
         "outlay-ingest";
}

template <typename Message>
Message Parse(grpc::ByteBuffer& buffer) {
  Message message;
  if (!grpc::SerializationTraits<Message>::Deserialize(&buffer, &message).ok()) {
    throw std::runtime_error("a response cannot be read");
  }
  return message;
}

}  // namespace

std::string WaitForAddress(tests::Process& process, const std::string& before) {
  if (!process.WaitForText(before, kStartLimit)) {
    throw std::runtime_error("a server did not start: " + process.StandardError());
  }
  const std::string text = process.StandardOutput() + process.StandardError();
  const size_t start = text.find(before) + before.size();
  return text.substr(start, text.find_first_of("\"\n", start) - start);
}

IngestServer::IngestServer(const std::filesystem::path& directory, const std::string& store,
                           size_t streams)
    : streams_(streams) {
  tests::Process::Options options{.arguments = {Program().string(), "--log-format=json",
                                                "--listen-address=127.0.0.1:0", "--drain-ms=0",
                                                "--data-dir=" + directory.string()}};
  if (!store.empty()) options.arguments.push_back("--store=" + store);
  const Stopwatch watch;
  process_ = std::make_unique<tests::Process>(options, scratch_.path());
  const std::string address = WaitForAddress(*process_, "\"address\":\"");
  start_seconds_ = watch.Seconds();
  client_ = std::make_unique<ByteClient>(address);
}

IngestServer::~IngestServer() {
  try {
    Stop();
  } catch (const std::exception& exception) {
    PrintFigure("stopping failed", exception.what());
  }
}

void IngestServer::AddOrganizations(const DisclosureGenerator& generator) {
  client_->Call("/outlay.ingest.v1.IngestService/UpsertOrganizations",
                ToBuffer(generator.organizations()));
}

double IngestServer::Load(const std::vector<grpc::ByteBuffer>& messages, uint64_t records) {
  std::atomic<uint64_t> recorded{0};
  std::atomic<uint64_t> last_sequence{0};
  const auto on_response = [&](grpc::ByteBuffer& response) {
    const auto acknowledgement = Parse<v1::StreamDisclosuresResponse>(response);
    recorded += acknowledgement.recorded_count();
    last_sequence = acknowledgement.first_sequence() + acknowledgement.recorded_count() - 1;
  };
  std::vector<std::vector<grpc::ByteBuffer>> shares(streams_);
  for (size_t i = 0; i < messages.size(); ++i) shares[i % streams_].push_back(messages[i]);
  const Stopwatch watch;
  std::vector<std::future<double>> others;
  for (size_t i = 1; i < shares.size(); ++i) {
    others.push_back(std::async(std::launch::async, [&, i] {
      return client_->Stream(kStreamMethod, shares[i], on_response);
    }));
  }
  client_->Stream(kStreamMethod, shares[0], on_response);
  for (std::future<double>& other : others) other.get();
  const double seconds = watch.Seconds();
  if (recorded != records) {
    throw std::runtime_error(
        fmt::format("{} records of {} were recorded", recorded.load(), records));
  }
  RequireListed(last_sequence);
  return seconds;
}

void IngestServer::RequireListed(uint64_t sequence) {
  v1::GetDisclosureRequest request;
  request.set_disclosure_id(fmt::format("d-{:016x}", sequence));
  grpc::ByteBuffer response =
      client_->Call("/outlay.ingest.v1.IngestService/GetDisclosure", ToBuffer(request));
  if (Parse<v1::GetDisclosureResponse>(response).disclosure().disclosure_id() !=
      request.disclosure_id()) {
    throw std::runtime_error("an acknowledged record is not there");
  }
}

uint64_t IngestServer::Head() {
  v1::ListOrganizationsRequest request;
  request.set_page_size(1);
  grpc::ByteBuffer response =
      client_->Call("/outlay.ingest.v1.IngestService/ListOrganizations", ToBuffer(request));
  return Parse<v1::ListOrganizationsResponse>(response).stamp().ingest_sequence();
}

void IngestServer::Stop() {
  if (process_ == nullptr) return;
  client_.reset();
  process_->Signal(SIGTERM);
  const auto result = process_->Wait(kStopLimit);
  process_.reset();
  if (!result || result->exit_code != 0)
    throw std::runtime_error("outlay-ingest did not stop well");
}

}  // namespace outlay::bench
