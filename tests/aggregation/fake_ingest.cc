#include "tests/aggregation/fake_ingest.h"

#include <chrono>
#include <utility>

#include "fmt/format.h"
#include "grpcpp/server_builder.h"
#include "services/common/rpc/error_mapping.h"
#include "services/common/status/error.h"

namespace outlay::aggregation {

class FakeIngest::Service final : public ingest::v1::IngestService::Service {
 public:
  grpc::Status SubscribeChanges(
      grpc::ServerContext* context, const ingest::v1::SubscribeChangesRequest* request,
      grpc::ServerWriter<ingest::v1::SubscribeChangesResponse>* writer) override {
    std::unique_lock<std::mutex> lock(mutex_);
    subscriptions_.push_back(request->after_sequence());
    changed_.notify_all();
    if (request->after_sequence() > head_) return SequenceAhead();
    if (request->after_checksum() != 0 &&
        request->after_checksum() != Checksum(request->after_sequence())) {
      return JournalDiffers();
    }
    size_t next = request->after_sequence();
    size_t heartbeats = heartbeats_.size();
    bool told_caught_up = false;
    while (!stopping_ && !context->IsCancelled()) {
      ingest::v1::SubscribeChangesResponse response;
      if (next < journal_.size()) {
        // Two entries a batch, so that there are several.
        for (int i = 0; i < 2 && next < journal_.size(); ++i) {
          *response.mutable_batch()->add_changes() = journal_[next++];
        }
        response.mutable_batch()->set_last_checksum(
            Checksum(response.batch().changes().rbegin()->sequence()));
        told_caught_up = false;
      } else if (!told_caught_up && !hold_catch_up_) {
        response.set_caught_up_sequence(head_);
        told_caught_up = true;
      } else if (heartbeats < heartbeats_.size()) {
        response.set_heartbeat_sequence(heartbeats_[heartbeats++]);
      } else {
        changed_.wait_for(lock, std::chrono::milliseconds(10));
        continue;
      }
      lock.unlock();
      writer->Write(response);
      lock.lock();
    }
    return grpc::Status(grpc::StatusCode::UNAVAILABLE, "draining");
  }

  void Append(uint64_t sequence, const ingest::v1::Change& change) {
    const std::lock_guard<std::mutex> lock(mutex_);
    ingest::v1::SequencedChange entry;
    entry.set_sequence(sequence);
    entry.mutable_recorded_time()->set_seconds(1'700'000'000 + static_cast<int64_t>(sequence));
    *entry.mutable_change() = change;
    journal_.push_back(std::move(entry));
    head_ = sequence;
    changed_.notify_all();
  }

  uint64_t head() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return head_;
  }

  void Clear() {
    const std::lock_guard<std::mutex> lock(mutex_);
    journal_.clear();
    ++generation_;
    heartbeats_.clear();
    head_ = 0;
  }

  void SetHoldCatchUp(bool hold) {
    const std::lock_guard<std::mutex> lock(mutex_);
    hold_catch_up_ = hold;
    changed_.notify_all();
  }

  void Heartbeat(uint64_t head) {
    const std::lock_guard<std::mutex> lock(mutex_);
    heartbeats_.push_back(head);
    changed_.notify_all();
  }

  void SetStopping(bool stopping) {
    const std::lock_guard<std::mutex> lock(mutex_);
    stopping_ = stopping;
    changed_.notify_all();
  }

  std::vector<uint64_t> subscriptions() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return subscriptions_;
  }

  void WaitForSubscriptions(size_t count) {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [&] { return subscriptions_.size() >= count; });
  }

 private:
  // Another one in every journal. With the lock held.
  uint64_t Checksum(uint64_t sequence) const { return generation_ * 1'000'000 + sequence; }

  static grpc::Status JournalDiffers() {
    return rpc::ToGrpcStatus(MakeError(absl::StatusCode::kFailedPrecondition, "another history",
                                       {.reason = "JOURNAL_DIFFERS"}));
  }

  static grpc::Status SequenceAhead() {
    return rpc::ToGrpcStatus(MakeError(absl::StatusCode::kOutOfRange,
                                       "the journal is not that long",
                                       {.reason = "SEQUENCE_AHEAD"}));
  }

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<ingest::v1::SequencedChange> journal_;
  uint64_t generation_ = 1;
  uint64_t head_ = 0;
  std::vector<uint64_t> heartbeats_;
  std::vector<uint64_t> subscriptions_;
  bool hold_catch_up_ = false;
  bool stopping_ = false;
};

FakeIngest::FakeIngest() : service_(std::make_unique<Service>()) { Start(); }

FakeIngest::~FakeIngest() { Stop(); }

std::string FakeIngest::address() const { return fmt::format("127.0.0.1:{}", port_); }

void FakeIngest::Start() {
  service_->SetStopping(false);
  grpc::ServerBuilder builder;
  builder.AddListeningPort(address(), grpc::InsecureServerCredentials(), &port_);
  builder.RegisterService(service_.get());
  server_ = builder.BuildAndStart();
}

void FakeIngest::Stop() {
  if (server_ == nullptr) return;
  service_->SetStopping(true);
  server_->Shutdown();
  server_->Wait();
  server_.reset();
}

uint64_t FakeIngest::Append(const ingest::v1::Change& change) {
  const uint64_t sequence = service_->head() + 1;
  service_->Append(sequence, change);
  return sequence;
}

void FakeIngest::AppendAs(uint64_t sequence, const ingest::v1::Change& change) {
  service_->Append(sequence, change);
}

void FakeIngest::ReplaceJournal() { service_->Clear(); }
void FakeIngest::HoldCatchUp() { service_->SetHoldCatchUp(true); }
void FakeIngest::AllowCatchUp() { service_->SetHoldCatchUp(false); }
void FakeIngest::Heartbeat(uint64_t head_sequence) { service_->Heartbeat(head_sequence); }

std::vector<uint64_t> FakeIngest::subscriptions() const { return service_->subscriptions(); }
void FakeIngest::WaitForSubscriptions(size_t count) { service_->WaitForSubscriptions(count); }

ingest::v1::Change OrganizationUpserted(const std::string& id, const std::string& name,
                                        const std::string& fiscal_year_end,
                                        const std::string& parent_id) {
  ingest::v1::Change change;
  ingest::v1::Organization& organization = *change.mutable_organization_upserted();
  organization.set_organization_id(id);
  organization.set_kind(ingest::v1::ORGANIZATION_KIND_COMPANY);
  ingest::v1::LocalizedName& english = *organization.add_names();
  english.set_language("en");
  english.set_name(name);
  organization.set_fiscal_year_end(fiscal_year_end);
  organization.set_parent_id(parent_id);
  return change;
}

ingest::v1::Change GroupUpserted(const std::string& id, const std::vector<std::string>& members) {
  ingest::v1::Change change;
  change.mutable_group_upserted()->set_group_id(id);
  for (const std::string& member : members) {
    change.mutable_group_upserted()->add_organization_ids(member);
  }
  return change;
}

ingest::v1::Change DisclosureRecorded(const std::string& id, const std::string& organization,
                                      const std::string& amount) {
  ingest::v1::Change change;
  ingest::v1::Disclosure& disclosure = *change.mutable_disclosure_recorded();
  disclosure.set_disclosure_id(id);
  disclosure.set_organization_id(organization);
  disclosure.set_measure("capital_expenditure");
  disclosure.set_basis(ingest::v1::BASIS_GUIDANCE);
  disclosure.mutable_period()->set_label("2025");
  disclosure.mutable_period()->set_start_date("2025-01-01");
  disclosure.mutable_period()->set_end_date("2026-01-01");
  disclosure.mutable_period()->set_kind(time::v1::PERIOD_KIND_YEAR);
  money::v1::Amount& value = *disclosure.mutable_amount();
  value.set_currency_code("USD");
  value.set_bound(money::v1::BOUND_POINT);
  for (money::v1::Decimal* const number :
       {value.mutable_low(), value.mutable_high(), value.mutable_stated()}) {
    number->set_value(amount);
  }
  value.mutable_written_unit()->set_value("1000000000");
  disclosure.set_published_at("2025-02-10");
  disclosure.mutable_source()->set_source_id("press-" + id);
  disclosure.mutable_source()->set_source_class(ingest::v1::SOURCE_CLASS_PRESS);
  disclosure.set_revision(1);
  return change;
}

}  // namespace outlay::aggregation
