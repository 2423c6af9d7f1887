// What stands for the wire format and the store where a test has more than one writer.
#ifndef OUTLAY_TESTS_FX_MEMORY_JOURNAL_H_
#define OUTLAY_TESTS_FX_MEMORY_JOURNAL_H_

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "services/common/journal/journal.h"
#include "services/common/status/text.h"
#include "services/fx/change_codec.h"

namespace outlay::fx {

// Keeps rates by number, so that no wire format is needed.
class TableCodec final : public ChangeCodec {
 public:
  std::string EncodeRate(const Rate& rate, const ChangeNote&) const override {
    const std::string name = std::to_string(rates_.size());
    rates_.emplace(name, rate);
    return name;
  }
  std::string EncodeRelease(const RateRelease& release, const ChangeNote&) const override {
    return std::string(kRelease) + std::to_string(release.rate_sequence);
  }
  absl::StatusOr<std::optional<RateChange>> DecodeChange(std::string_view payload) const override {
    if (payload.starts_with(kRelease)) {
      return RateRelease{std::stoull(std::string(payload.substr(kRelease.size())))};
    }
    if (payload == "newer") return std::nullopt;
    const auto found = rates_.find(std::string(payload));
    if (found == rates_.end()) return absl::DataLossError("no such rate");
    return found->second;
  }
  std::string EncodeRefusal(const absl::Status& refusal) const override {
    return std::string(refusal.message());
  }
  absl::Status DecodeRefusal(std::string_view bytes) const override {
    return absl::InvalidArgumentError(ToAbsl(bytes));
  }

 private:
  static constexpr std::string_view kRelease = "release ";

  mutable std::map<std::string, Rate> rates_;
};

// A journal in memory, with what its engines promise as far as the recorder and the releaser need it. Before each
// batch another writer may come first.
class MemoryJournal final : public journal::Journal {
 public:
  ~MemoryJournal() override = default;

  std::function<void()> before_submit;

  void Submit(journal::Batch batch, Done done) override {
    if (before_submit) std::exchange(before_submit, nullptr)();
    done(Take(batch));
  }
  absl::StatusOr<std::vector<journal::Entry>> ReadFrom(uint64_t after, size_t, size_t) override {
    return std::vector<journal::Entry>(entries_.begin() + after, entries_.end());
  }
  uint64_t Head() const override { return entries_.size(); }
  absl::StatusOr<std::optional<uint64_t>> SequenceAt(journal::Instant) override { return Head(); }
  journal::Tail& tail() override { return tail_; }
  absl::Status Close() override { return absl::OkStatus(); }

  void Put(const std::string& key, std::string payload) {
    entries_.push_back(
        {.sequence = entries_.size() + 1, .key = key, .payload = std::move(payload)});
  }
  const std::vector<journal::Entry>& entries() const { return entries_; }
  const std::vector<std::string>& request_ids() const { return request_ids_; }

 private:
  journal::AppendResult Take(const journal::Batch& batch) {
    request_ids_.push_back(batch.request_id);
    journal::AppendResult result;
    const std::vector<journal::Entry> before = entries_;
    bool refused = false;
    for (const journal::Record& record : batch.records) {
      result.results.push_back(TakeRecord(record));
      refused |= result.results.back().disposition == journal::Disposition::kConflict;
    }
    if (refused && batch.atomic) {
      entries_ = before;
      for (journal::RecordResult& each : result.results) {
        if (each.disposition == journal::Disposition::kConflict) continue;
        each = {.disposition = journal::Disposition::kNotAttempted};
      }
    }
    result.head = Head();
    return result;
  }

  journal::RecordResult TakeRecord(const journal::Record& record) {
    if (!record.rejection.empty()) {
      return {.disposition = journal::Disposition::kRejected, .rejection = record.rejection};
    }
    for (const journal::Entry& entry : entries_) {
      if (entry.key != record.key) continue;
      const bool same = entry.fingerprint == record.fingerprint;
      return {
          .disposition = same ? journal::Disposition::kReplayed : journal::Disposition::kConflict,
          .sequence = entry.sequence};
    }
    entries_.push_back({.sequence = entries_.size() + 1,
                        .key = record.key,
                        .fingerprint = record.fingerprint,
                        .payload = record.payload});
    return {.disposition = journal::Disposition::kAppended, .sequence = entries_.size()};
  }

  std::vector<journal::Entry> entries_;
  std::vector<std::string> request_ids_;
  journal::Tail tail_{0};
};

}  // namespace outlay::fx

#endif  // OUTLAY_TESTS_FX_MEMORY_JOURNAL_H_
