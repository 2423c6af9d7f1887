#include "services/common/journal/plan.h"

#include "services/common/status/error.h"

namespace outlay::journal {
namespace {

class Planner {
 public:
  Planner(const Batch& batch, const KeyIndex& keys, uint64_t next_sequence,
          const FindHolder& find_holder)
      : batch_(batch), keys_(keys), first_sequence_(next_sequence), find_holder_(find_holder) {}

  absl::StatusOr<Plan> Make() && {
    plan_.results.reserve(batch_.records.size());
    plan_.hashes.reserve(batch_.records.size());
    for (const Record& record : batch_.records) {
      const KeyHash& hash = plan_.hashes.emplace_back(keys_.HashOf(record.key));
      keys_.Prefetch(hash);
    }
    if (batch_.records.size() > 1) own_.reserve(batch_.records.size());
    bool failed = false;
    for (size_t i = 0; i < batch_.records.size(); ++i) {
      ASSIGN_OR_RETURN(RecordResult result, Decide(batch_.records[i], plan_.hashes[i]));
      failed = failed || result.disposition == Disposition::kConflict ||
               result.disposition == Disposition::kRejected;
      plan_.results.push_back(std::move(result));
    }
    if (batch_.atomic && failed) Withdraw();
    return std::move(plan_);
  }

 private:
  absl::StatusOr<RecordResult> Decide(const Record& record, const KeyHash& hash) {
    if (!record.rejection.empty()) {
      return RecordResult{.disposition = Disposition::kRejected, .rejection = record.rejection};
    }
    if (!record.key.empty()) {
      ASSIGN_OR_RETURN(const std::optional<Holder> holder, HolderOf(hash));
      if (holder) {
        const bool same = holder->fingerprint == record.fingerprint;
        return RecordResult{.disposition = same ? Disposition::kReplayed : Disposition::kConflict,
                            .sequence = holder->sequence};
      }
    }
    const uint64_t sequence = first_sequence_ + plan_.appended++;
    if (!record.key.empty()) own_.emplace(hash, Holder{sequence, record.fingerprint});
    return RecordResult{.disposition = Disposition::kAppended, .sequence = sequence};
  }

  absl::StatusOr<std::optional<Holder>> HolderOf(const KeyHash& hash) const {
    if (const auto found = own_.find(hash); found != own_.end()) return found->second;
    return find_holder_(hash);
  }

  // The atomic batch fails: nothing that it would have stored has a sequence.
  void Withdraw() {
    for (RecordResult& result : plan_.results) {
      if (result.sequence < first_sequence_) continue;
      result.sequence = 0;
      if (result.disposition != Disposition::kConflict) {
        result.disposition = Disposition::kNotAttempted;
      }
    }
    plan_.appended = 0;
  }

  const Batch& batch_;
  const KeyIndex& keys_;
  const uint64_t first_sequence_;
  const FindHolder& find_holder_;
  KeyHashMap<Holder> own_;  // keys that earlier records of this batch take
  Plan plan_;
};

}  // namespace

absl::StatusOr<Plan> MakePlan(const Batch& batch, const KeyIndex& keys, uint64_t next_sequence,
                              const FindHolder& find_holder) {
  return Planner(batch, keys, next_sequence, find_holder).Make();
}

}  // namespace outlay::journal
