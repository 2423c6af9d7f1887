#include "tests/bench/ingest/ingest_server.h"

#include <atomic>
#include <future>
#include <stdexcept>

#include "fmt/format.h"
#include "tests/bench/report_table.h"

namespace outlay::bench {
namespace {

namespace v1 = ingest::v1;

template <typename Message>
Message Parse(grpc::ByteBuffer& buffer) {
  Message message;
  if (!grpc::SerializationTraits<Message>::Deserialize(&buffer, &message).ok()) {
    throw std::runtime_error("a response cannot be read");
  }
  return message;
}

}  // namespace

IngestServer::IngestServer(const std::filesystem::path& directory, const std::string& store,
                           size_t streams)
    : streams_(streams),
      server_("outlay-ingest", directory,
              store.empty() ? std::vector<std::string>() : std::vector{"--store=" + store}),
      client_(std::make_unique<ByteClient>(server_.address())) {}

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
  client_.reset();
  server_.Stop();
}

}  // namespace outlay::bench
