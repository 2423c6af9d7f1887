#include "services/common/journal/plan.h"

#include <optional>
#include <utility>

#include "services/common/status/error.h"

namespace outlay::journal {
namespace {

class Planner {
 public:
  Planner(const Batch& batch, KeyIndex& keys, uint64_t next_sequence,
          const FindFingerprint& find_fingerprint)
      : batch_(batch),
        keys_(keys),
        first_sequence_(next_sequence),
        uncommitted_before_(keys.uncommitted()),
        find_fingerprint_(find_fingerprint) {}

  absl::StatusOr<Plan> Make() && {
    std::vector<KeyHash> hashes;
    hashes.reserve(batch_.records.size());
    for (const Record& record : batch_.records) {
      keys_.Prefetch(hashes.emplace_back(keys_.HashOf(record.key)));
    }
    plan_.results.reserve(batch_.records.size());
    appended_.reserve(batch_.records.size());
    bool failed = false;
    for (size_t i = 0; i < batch_.records.size(); ++i) {
      ASSIGN_OR_RETURN(RecordResult result, Decide(batch_.records[i], hashes[i]));
      failed = failed || result.disposition == Disposition::kConflict ||
               result.disposition == Disposition::kRejected;
      plan_.results.push_back(std::move(result));
    }
    if (batch_.dry_run || (batch_.atomic && failed)) Withdraw();
    plan_.appended = appended_.size();
    return std::move(plan_);
  }

 private:
  absl::StatusOr<RecordResult> Decide(const Record& record, const KeyHash& hash) {
    if (!record.rejection.empty()) {
      return RecordResult{.disposition = Disposition::kRejected, .rejection = record.rejection};
    }
    const uint64_t sequence = first_sequence_ + appended_.size();
    if (!record.key.empty()) {
      if (const std::optional<uint64_t> holder = keys_.Claim(hash, sequence)) {
        ASSIGN_OR_RETURN(const uint64_t fingerprint, FingerprintOf(*holder));
        const bool same = fingerprint == record.fingerprint;
        return RecordResult{.disposition = same ? Disposition::kReplayed : Disposition::kConflict,
                            .sequence = *holder};
      }
    }
    appended_.push_back(&record);
    return RecordResult{.disposition = Disposition::kAppended, .sequence = sequence};
  }

  absl::StatusOr<uint64_t> FingerprintOf(uint64_t sequence) const {
    if (sequence < first_sequence_) return find_fingerprint_(sequence);
    return appended_[sequence - first_sequence_]->fingerprint;
  }

  // The atomic batch fails, or only asks: nothing that it would have stored has a sequence.
  void Withdraw() {
    for (RecordResult& result : plan_.results) {
      if (result.sequence < first_sequence_) continue;
      result.sequence = 0;
      if (result.disposition != Disposition::kConflict) {
        result.disposition = Disposition::kNotAttempted;
      }
    }
    appended_.clear();
    keys_.RollbackTo(uncommitted_before_);
  }

  const Batch& batch_;
  KeyIndex& keys_;
  const uint64_t first_sequence_;
  const size_t uncommitted_before_;
  const FindFingerprint& find_fingerprint_;
  std::vector<const Record*> appended_;
  Plan plan_;
};

}  // namespace

absl::StatusOr<Plan> MakePlan(const Batch& batch, KeyIndex& keys, uint64_t next_sequence,
                              const FindFingerprint& find_fingerprint) {
  return Planner(batch, keys, next_sequence, find_fingerprint).Make();
}

}  // namespace outlay::journal
