// Refusals where others write to the store too: given only when it was asked, and then without a commit.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>

#include "services/common/journal/errors.h"
#include "services/common/status/error.h"
#include "services/ingest/catalogue_writer.h"
#include "services/ingest/recorder.h"
#include "services/ingest/redactor.h"
#include "services/ingest/reviser.h"
#include "tests/ingest/domain_support.h"

namespace outlay::ingest {
namespace {

using ::testing::ElementsAre;

// Nobody reads back what it makes.
class NoCodec final : public ChangeCodec {
 public:
  EncodedChange Encode(const Change&) const override { return {}; }
  RecordedSizes AppendRecorded(const DisclosureContent&, const ChangeNote&,
                               std::string&) const override {
    return {};
  }
  absl::StatusOr<Change> Decode(std::string_view, std::string_view) const override {
    return absl::UnimplementedError("nothing is read");
  }
  std::string EncodeError(const absl::Status&) const override { return {}; }
  absl::Status DecodeError(std::string_view) const override {
    return absl::UnimplementedError("nothing is read");
  }
};

// Others may have written to it; it can be asked for that, or not. Takes no batch.
class ClosedToWrites final : public journal::Journal {
 public:
  bool away = false;

  void Submit(journal::Batch, Done done) override {
    done(absl::InternalError("nothing was to be committed"));
  }
  absl::StatusOr<std::vector<journal::Entry>> ReadFrom(uint64_t, size_t, size_t) override {
    return std::vector<journal::Entry>();
  }
  uint64_t Head() const override { return 4; }
  absl::StatusOr<uint64_t> Refresh() override {
    if (away) return journal::StoreAway();
    return Head();
  }
  absl::StatusOr<std::optional<uint64_t>> SequenceAt(journal::Instant) override { return Head(); }
  journal::Tail& tail() override { return tail_; }
  absl::Status Close() override { return absl::OkStatus(); }

 private:
  journal::Tail tail_{4};
};

class RefusalTest : public ::testing::Test {
 protected:
  // Amazon's guidance, and one of an organization that is not there; or the latter alone.
  static RecordCommand Command(size_t count) {
    RecordCommand command{.request = {.note = {"test", ""}}, .atomic = false};
    command.entry_count = count;
    command.entry = [count](size_t i) -> absl::StatusOr<RecordEntry> {
      RecordEntry entry{.disclosure = AmazonGuidance()};
      if (i + 1 == count) entry.disclosure->organization_id = "unknown";
      return entry;
    };
    return command;
  }

  absl::StatusOr<RecordOutcome> Record(RecordCommand command) {
    std::promise<absl::StatusOr<RecordOutcome>> told;
    Recorder(journal_, *ledger_, follower_, codec_, clock_)
        .Record(std::move(command),
                [&](absl::StatusOr<RecordOutcome> outcome) { told.set_value(std::move(outcome)); });
    return told.get_future().get();
  }

  static std::string ReasonOf(const absl::Status& status) { return GetErrorDetail(status).reason; }

  const NoCodec codec_;
  const std::unique_ptr<Ledger> ledger_ = LedgerWithCatalogue();
  const time::FakeClock clock_{At("2025-03-15T12:00:00Z")};
  ClosedToWrites journal_;
  Follower follower_{journal_, *ledger_, codec_, telemetry::Logger(), [] {}};
};

TEST_F(RefusalTest, OfARecordIsNotGivenWhileTheStoreCannotBeAsked) {
  journal_.away = true;
  EXPECT_EQ(ReasonOf(Record(Command(1)).status()), "STORAGE_UNAVAILABLE");
  EXPECT_EQ(ReasonOf(Record(Command(2)).status()), "STORAGE_UNAVAILABLE");
  RecordCommand named = Command(1);
  named.request.request_id = "request";
  EXPECT_EQ(ReasonOf(Record(named).status()), "STORAGE_UNAVAILABLE");
}

TEST_F(RefusalTest, OfARecordThatIsCheckedOnlyIsNotGivenEither) {
  journal_.away = true;
  RecordCommand command = Command(1);
  command.validate_only = true;
  EXPECT_EQ(ReasonOf(Record(command).status()), "STORAGE_UNAVAILABLE");
  journal_.away = false;
  const absl::StatusOr<RecordOutcome> outcome = Record(command);
  ASSERT_TRUE(outcome.ok()) << outcome.status();
  EXPECT_EQ(ReasonOf(outcome->results[0].error), "UNKNOWN_ORGANIZATION");
}

TEST_F(RefusalTest, OfAllRecordsNeedsNoCommit) {
  const absl::StatusOr<RecordOutcome> outcome = Record(Command(1));
  ASSERT_TRUE(outcome.ok()) << outcome.status();
  ASSERT_EQ(outcome->results.size(), 1u);
  EXPECT_EQ(outcome->results[0].status, RecordResult::Status::kRejected);
  EXPECT_EQ(ReasonOf(outcome->results[0].error), "UNKNOWN_ORGANIZATION");
  EXPECT_EQ(outcome->sequence, 4u);
  RecordCommand atomic = Command(1);
  atomic.atomic = true;
  const absl::Status refused = Record(atomic).status();
  EXPECT_EQ(ReasonOf(refused), "UNKNOWN_ORGANIZATION");
  EXPECT_THAT(Fields(refused), ElementsAre("entries[0].disclosure.organization_id"));
}

TEST_F(RefusalTest, WithARequestIdIsKept) {
  RecordCommand named = Command(1);
  named.request.request_id = "request";
  EXPECT_EQ(Record(named).status().code(), absl::StatusCode::kInternal);
}

TEST_F(RefusalTest, OfARevisionIsNotGivenWhileTheStoreCannotBeAsked) {
  Reviser reviser(journal_, *ledger_, follower_, codec_, clock_);
  std::vector<std::string> reasons;
  const Reviser::Done done = [&](const absl::StatusOr<RevisionOutcome>& outcome) {
    reasons.push_back(ReasonOf(outcome.status()));
  };
  const WriteRequest request{.note = {"test", "a misprint"}};
  const RevisionTarget target{.disclosure_id = "d-0000000000000009", .expected_revision = 1};
  for (const bool away : {false, true}) {
    journal_.away = away;
    reviser.Correct({.request = request, .target = target, .disclosure = AmazonGuidance()}, done);
    reviser.Void({.request = request, .target = target}, done);
  }
  EXPECT_THAT(reasons, ElementsAre("DISCLOSURE_NOT_FOUND", "DISCLOSURE_NOT_FOUND",
                                   "STORAGE_UNAVAILABLE", "STORAGE_UNAVAILABLE"));
}

TEST_F(RefusalTest, OfACatalogueEntryIsNotGivenWhileTheStoreCannotBeAsked) {
  CatalogueWriter writer(journal_, *ledger_, follower_, codec_);
  const GroupContent group{
      .group_id = "new", .names = {{"en", "New"}}, .organization_ids = {"unknown"}};
  const WriteRequest request{.note = {"test", ""}};
  EXPECT_EQ(ReasonOf(writer.UpsertGroups(request, {group}).status()), "UNKNOWN_ORGANIZATION");
  journal_.away = true;
  EXPECT_EQ(ReasonOf(writer.UpsertGroups(request, {group}).status()), "STORAGE_UNAVAILABLE");
}

// It would pass over the words of a record that it does not know.
TEST_F(RefusalTest, ARedactionIsNotDecidedWhileTheStoreCannotBeAsked) {
  journal_.away = true;
  Redactor redactor(journal_, *ledger_, follower_, codec_);
  const RedactCommand command{.request = {.note = {"test", "asked to"}}, .source_id = "article"};
  EXPECT_EQ(ReasonOf(redactor.Redact(command).status()), "STORAGE_UNAVAILABLE");
}

}  // namespace
}  // namespace outlay::ingest
