#include "tests/soak/load.h"

#include <chrono>
#include <random>

#include <grpcpp/grpcpp.h>

#include "fmt/format.h"
#include "tests/support/guidance.h"

namespace outlay::tests {
namespace {

using namespace std::chrono_literals;

constexpr auto kCallLimit = 10s;
constexpr auto kPause = 20ms;

std::unique_ptr<grpc::ClientContext> Limited(std::chrono::milliseconds limit) {
  auto context = std::make_unique<grpc::ClientContext>();
  context->set_deadline(std::chrono::system_clock::now() + limit);
  return context;
}

ingest::v1::Disclosure MakeDisclosure(const std::string& name, int64_t amount) {
  ingest::v1::Disclosure disclosure = Guidance(amount);
  disclosure.set_quote(name);
  return disclosure;
}

void AddEntry(const std::string& name, int64_t amount, Account& account,
              google::protobuf::RepeatedPtrField<ingest::v1::DisclosureEntry>* entries) {
  ingest::v1::DisclosureEntry* const entry = entries->Add();
  entry->set_idempotency_key(name);
  *entry->mutable_disclosure() = MakeDisclosure(name, amount);
  account.Asked(entry->disclosure());
}

template <typename Request>
void SetChange(Request& request) {
  request.mutable_change()->set_actor("soak");
  request.mutable_change()->set_reason("load");
}

// Every entry must be stored, now or before.
grpc::Status Book(const ingest::v1::RecordDisclosuresRequest& request,
                  const ingest::v1::RecordDisclosuresResponse& response, Account& account) {
  for (int i = 0; i < response.results_size(); ++i) {
    const ingest::v1::DisclosureResult& result = response.results(i);
    if (result.sequence() == 0) {
      return {grpc::StatusCode::INTERNAL, "refused: " + result.ShortDebugString()};
    }
    account.Recorded(request.entries(i).disclosure(), result.sequence());
  }
  return response.results_size() == request.entries_size()
             ? grpc::Status::OK
             : grpc::Status(grpc::StatusCode::INTERNAL, "results are missing");
}

// Sends a request once and books its answer.
struct Sender {
  IngestStub& stub;
  Account& account;

  grpc::Status operator()(const ingest::v1::RecordDisclosuresRequest& request) const {
    ingest::v1::RecordDisclosuresResponse response;
    const grpc::Status status =
        stub.RecordDisclosures(Limited(kCallLimit).get(), request, &response);
    return status.ok() ? Book(request, response, account) : status;
  }
  grpc::Status operator()(const ingest::v1::CorrectDisclosureRequest& request) const {
    ingest::v1::CorrectDisclosureResponse response;
    const grpc::Status status =
        stub.CorrectDisclosure(Limited(kCallLimit).get(), request, &response);
    if (status.ok()) account.Corrected(response.disclosure());
    return status;
  }
  grpc::Status operator()(const ingest::v1::VoidDisclosureRequest& request) const {
    ingest::v1::VoidDisclosureResponse response;
    const grpc::Status status = stub.VoidDisclosure(Limited(kCallLimit).get(), request, &response);
    if (status.ok()) account.Voided(response.disclosure());
    return status;
  }
};

FeedEvent ToEvent(const ingest::v1::SequencedChange& change) {
  FeedEvent event{.sequence = change.sequence(), .kind = "other"};
  const auto fill = [&event](const char* kind, const auto& message) {
    event.kind = kind;
    event.id = message.disclosure_id();
    event.revision = message.revision();
  };
  if (change.change().has_disclosure_recorded()) {
    fill("recorded", change.change().disclosure_recorded());
    event.quote = change.change().disclosure_recorded().quote();
  } else if (change.change().has_disclosure_corrected()) {
    fill("corrected", change.change().disclosure_corrected());
    event.quote = change.change().disclosure_corrected().quote();
  } else if (change.change().has_disclosure_voided()) {
    fill("voided", change.change().disclosure_voided());
  }
  return event;
}

grpc::Status ReadFeedIn(grpc::ClientContext& context, IngestStub& stub, bool once,
                        std::vector<FeedEvent>& feed, uint64_t& checksum) {
  ingest::v1::SubscribeChangesRequest request;
  request.set_after_sequence(feed.empty() ? 0 : feed.back().sequence);
  request.set_after_checksum(feed.empty() ? 0 : checksum);
  const auto stream = stub.SubscribeChanges(&context, request);
  ingest::v1::SubscribeChangesResponse response;
  while (stream->Read(&response)) {
    for (const auto& change : response.batch().changes()) feed.push_back(ToEvent(change));
    if (response.has_batch()) checksum = response.batch().last_checksum();
    if (once && response.has_caught_up_sequence()) {
      context.TryCancel();
      return grpc::Status::OK;
    }
  }
  return stream->Finish();
}

}  // namespace

std::unique_ptr<IngestStub> ConnectIngest(const std::string& address) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 20);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 20);
  return ingest::v1::IngestService::NewStub(
      grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments));
}

void AddOrganization(IngestStub& stub) {
  ingest::v1::UpsertOrganizationsRequest request;
  SetChange(request);
  ingest::v1::Organization* const amazon = request.add_organizations();
  amazon->set_organization_id("amazon");
  amazon->set_kind(ingest::v1::ORGANIZATION_KIND_COMPANY);
  ingest::v1::LocalizedName* const name = amazon->add_names();
  name->set_language("en");
  name->set_name("Amazon");
  ingest::v1::UpsertOrganizationsResponse response;
  const grpc::Status status =
      stub.UpsertOrganizations(Limited(kCallLimit).get(), request, &response);
  if (!status.ok()) throw std::runtime_error("catalogue: " + status.error_message());
}

grpc::Status Settle(IngestStub& stub, const Doubt& doubt, Account& account) {
  const auto end = std::chrono::steady_clock::now() + 30s;
  while (true) {
    const grpc::Status status = std::visit(Sender{stub, account}, doubt);
    const bool again = status.error_code() == grpc::StatusCode::UNAVAILABLE ||
                       status.error_code() == grpc::StatusCode::RESOURCE_EXHAUSTED ||
                       status.error_code() == grpc::StatusCode::DEADLINE_EXCEEDED;
    if (!again || std::chrono::steady_clock::now() > end) return status;
    std::this_thread::sleep_for(kPause);
  }
}

grpc::Status ReadFeed(IngestStub& stub, bool once, std::vector<FeedEvent>& feed,
                      uint64_t& checksum) {
  const std::unique_ptr<grpc::ClientContext> context = Limited(60s);
  context->set_wait_for_ready(true);
  return ReadFeedIn(*context, stub, once, feed, checksum);
}

Load::Load(const std::string& address, const std::string& name, uint64_t seed, Account& account,
           std::vector<FeedEvent>& followed, uint64_t& followed_checksum)
    : address_(address),
      name_(name),
      account_(account),
      feed_context_(std::make_unique<grpc::ClientContext>()) {
  for (int client = 0; client < 2; ++client) {
    clients_.emplace_back([=, this] { RecordBatches(client, seed + client); });
  }
  clients_.emplace_back([=, this] { Stream(seed + 2); });
  clients_.emplace_back([=, this] { Revise(seed + 3); });
  clients_.emplace_back([&, this] { Follow(followed, followed_checksum); });
}

Load::~Load() { Stop(); }

void Load::Stop() {
  stopping_ = true;
  feed_context_->TryCancel();
  for (std::thread& client : clients_) {
    if (client.joinable()) client.join();
  }
}

void Load::RecordBatches(int client, uint64_t seed) {
  std::mt19937_64 random(seed);
  const std::unique_ptr<IngestStub> stub = ConnectIngest(address_);
  for (uint64_t batch = 0; !stopping_; ++batch) {
    ingest::v1::RecordDisclosuresRequest request;
    SetChange(request);
    request.set_request_id(fmt::format("{}-{}-{}", name_, client, batch));
    if (random() % 2 == 0) request.set_mode(journal::v1::BATCH_MODE_BEST_EFFORT);
    const uint64_t count = 1 + random() % 8;
    for (uint64_t i = 0; i < count; ++i) {
      AddEntry(fmt::format("{}-{}-{}-{}", name_, client, batch, i), random() % 1'000'000, account_,
               request.mutable_entries());
    }
    if (Sender{*stub, account_}(request).ok()) continue;
    account_.InDoubt(std::move(request));
    std::this_thread::sleep_for(kPause);
  }
}

void Load::Stream(uint64_t seed) {
  std::mt19937_64 random(seed);
  const std::unique_ptr<IngestStub> stub = ConnectIngest(address_);
  for (uint64_t opened = 0; !stopping_; ++opened) {
    const std::unique_ptr<grpc::ClientContext> context = Limited(kCallLimit);
    const auto stream = stub->StreamDisclosures(context.get());
    std::vector<ingest::v1::StreamDisclosuresRequest> sent;  // not acknowledged
    for (uint64_t number = 1; !stopping_; ++number) {
      ingest::v1::StreamDisclosuresRequest batch;
      SetChange(batch);
      batch.set_batch_number(number);
      for (uint64_t i = 0; i < 20; ++i) {
        AddEntry(fmt::format("{}-s-{}-{}-{}", name_, opened, number, i), random() % 1'000'000,
                 account_, batch.mutable_entries());
      }
      sent.push_back(batch);
      if (!stream->Write(batch)) break;
      if (sent.size() < 3) continue;
      ingest::v1::StreamDisclosuresResponse response;
      if (!stream->Read(&response)) break;
      // All are new: what is not stored now is sent again, and the refusal shows.
      if (response.recorded_count() != static_cast<uint32_t>(sent.front().entries_size())) break;
      for (int i = 0; i < sent.front().entries_size(); ++i) {
        account_.Recorded(sent.front().entries(i).disclosure(), response.first_sequence() + i);
      }
      sent.erase(sent.begin());
    }
    context->TryCancel();
    stream->Finish();
    for (const auto& batch : sent) {
      ingest::v1::RecordDisclosuresRequest request;
      SetChange(request);
      *request.mutable_entries() = batch.entries();
      account_.InDoubt(std::move(request));
    }
    std::this_thread::sleep_for(kPause);
  }
}

void Load::Revise(uint64_t seed) {
  std::mt19937_64 random(seed);
  const std::unique_ptr<IngestStub> stub = ConnectIngest(address_);
  for (uint64_t change = 0; !stopping_; ++change) {
    std::optional<Target> target = account_.TakeTarget(random);
    Doubt request;
    if (!target) {
      std::this_thread::sleep_for(kPause);
      continue;
    }
    const auto fill = [&](auto& message) {
      SetChange(message);
      message.set_request_id(fmt::format("{}-c-{}", name_, change));
      message.set_disclosure_id(target->id);
      message.set_expected_revision(target->revision);
    };
    if (random() % 4 == 0) {
      fill(request.emplace<ingest::v1::VoidDisclosureRequest>());
    } else {
      auto& correction = request.emplace<ingest::v1::CorrectDisclosureRequest>();
      fill(correction);
      *correction.mutable_disclosure() =
          MakeDisclosure(fmt::format("{}-c-{}", name_, change), 1'000'000 + random() % 1'000'000);
    }
    if (std::visit(Sender{*stub, account_}, request).ok()) continue;
    account_.InDoubt(std::move(request));
    std::this_thread::sleep_for(kPause);
  }
}

void Load::Follow(std::vector<FeedEvent>& followed, uint64_t& checksum) {
  const std::unique_ptr<IngestStub> stub = ConnectIngest(address_);
  ReadFeedIn(*feed_context_, *stub, /*once=*/false, followed, checksum);
}

}  // namespace outlay::tests
