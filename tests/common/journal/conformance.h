// The fixture of the cases that every engine passes. A new engine is one line in engines.h.
#ifndef OUTLAY_TESTS_COMMON_JOURNAL_CONFORMANCE_H_
#define OUTLAY_TESTS_COMMON_JOURNAL_CONFORMANCE_H_

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "tests/common/journal/engines.h"

namespace outlay::journal {
inline constexpr Instant kStart{std::chrono::seconds(1'740'000'000)};

inline std::vector<RecordResult> Results(const absl::StatusOr<AppendResult>& result) {
  EXPECT_TRUE(result.ok()) << result.status();
  return result.ok() ? result->results : std::vector<RecordResult>();
}

inline RecordResult Appended(uint64_t sequence) { return {Disposition::kAppended, sequence, ""}; }
inline RecordResult Replayed(uint64_t sequence) { return {Disposition::kReplayed, sequence, ""}; }
inline RecordResult Conflict(uint64_t sequence) { return {Disposition::kConflict, sequence, ""}; }
inline RecordResult Rejected(std::string why) {
  return {Disposition::kRejected, 0, std::move(why)};
}
inline RecordResult NotAttempted() { return {Disposition::kNotAttempted, 0, ""}; }

class JournalConformance : public testing::TestWithParam<EngineKind> {
 protected:
  void SetUp() override {
    if (const std::string why = GetParam().missing(); !why.empty()) GTEST_SKIP() << why;
    engine_ = GetParam().make();
    Open();
  }

  void Open() {
    absl::StatusOr<std::unique_ptr<Journal>> journal = engine_->Open(
        limits_, [this] { return Instant(std::chrono::microseconds(now_us_.load())); });
    ASSERT_TRUE(journal.ok()) << journal.status();
    journal_ = *std::move(journal);
  }

  void Reopen() {
    ASSERT_TRUE(journal_->Close().ok());
    journal_.reset();
    Open();
  }

  void SetNow(Instant now) { now_us_ = now.time_since_epoch().count(); }

  absl::StatusOr<AppendResult> Append(std::string request_id, std::vector<Record> records) {
    return journal_->Append(MakeBatch(std::move(request_id), std::move(records)));
  }

  std::vector<std::string> Payloads() {
    std::vector<std::string> payloads;
    for (const Entry& entry : ReadAll(*journal_)) payloads.push_back(entry.payload.str());
    return payloads;
  }

  std::atomic<int64_t> now_us_ = kStart.time_since_epoch().count();
  JournalLimits limits_;
  std::unique_ptr<Engine> engine_;
  std::unique_ptr<Journal> journal_;
};

}  // namespace outlay::journal

#endif  // OUTLAY_TESTS_COMMON_JOURNAL_CONFORMANCE_H_
