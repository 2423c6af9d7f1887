#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "tests/ingest/service_support.h"

namespace outlay::ingest {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class RecordTest : public ::testing::Test {
 protected:
  RecordTest() { AddCompanies(server_); }

  IngestServer server_;
};

v1::Disclosure Of(std::string_view organization_id) {
  v1::Disclosure disclosure = AmazonGuidance();
  disclosure.set_organization_id(std::string(organization_id));
  return disclosure;
}

TEST_F(RecordTest, AnswersWithIdsAndSequencesInTheOrderSent) {
  const auto response =
      Ask(server_, &Stub::RecordDisclosures, RecordRequest({Of("microsoft"), Of("amazon")}));
  ASSERT_EQ(response.results_size(), 2);
  EXPECT_EQ(response.results(0).status(), journal::v1::RECORD_STATUS_RECORDED);
  EXPECT_EQ(response.results(0).sequence(), 4u);
  EXPECT_EQ(response.results(0).disclosure_id(), "d-0000000000000004");
  EXPECT_EQ(response.results(1).disclosure_id(), "d-0000000000000005");
  EXPECT_EQ(response.stamp().ingest_sequence(), 5u);
  EXPECT_EQ(response.stamp().rules_version(), "1");
  EXPECT_EQ(response.stamp().fx_sequence(), 0u);
}

TEST_F(RecordTest, AReadAfterTheAnswerSeesTheRecordWithAllItsFields) {
  server_.clock().Set(time::ParseInstant("2025-03-15T12:00:01Z").value());
  const v1::Disclosure stored = Get(server_, Record(server_, AmazonGuidance()));
  EXPECT_EQ(stored.disclosure_id(), "d-0000000000000004");
  EXPECT_EQ(stored.organization_id(), "amazon");
  EXPECT_EQ(stored.period().label(), "2025");
  EXPECT_EQ(stored.period().start_date(), "2025-01-01");
  EXPECT_EQ(stored.period().end_date(), "2026-01-01");
  EXPECT_EQ(stored.period().kind(), time::v1::PERIOD_KIND_YEAR);
  EXPECT_EQ(stored.amount().low().value(), "100000000000");
  EXPECT_EQ(stored.amount().high().value(), "100000000000");
  EXPECT_EQ(stored.action(), v1::STATEMENT_ACTION_STATED);
  EXPECT_EQ(stored.quote(), "1,000억 달러");
  EXPECT_EQ(stored.revision(), 1u);
  EXPECT_EQ(stored.sequence(), 4u);
  EXPECT_EQ(stored.recorded_time().seconds(), 1742040001);
  EXPECT_EQ(stored.change().actor(), "analyst@example.org");
  EXPECT_FALSE(stored.voided());
}

TEST_F(RecordTest, TheSameStatementEnteredTwiceIsStoredOnce) {
  Record(server_, AmazonGuidance());
  v1::Disclosure again = AmazonGuidance();
  again.mutable_amount()->mutable_stated()->set_value("1e11");
  const auto response = Ask(server_, &Stub::RecordDisclosures, RecordRequest({again}));
  EXPECT_EQ(response.results(0).status(), journal::v1::RECORD_STATUS_REPLAYED);
  EXPECT_EQ(response.results(0).disclosure_id(), "d-0000000000000004");
  EXPECT_EQ(Head(server_), 4u);
}

TEST_F(RecordTest, AKeyWithOtherContentNamesTheHolderAndTheFieldsThatDiffer) {
  auto request = RecordRequest({AmazonGuidance()});
  request.mutable_entries(0)->set_idempotency_key("k1");
  Ask(server_, &Stub::RecordDisclosures, request);
  v1::Disclosure* const disclosure = request.mutable_entries(0)->mutable_disclosure();
  disclosure->mutable_amount()->mutable_stated()->set_value("7");
  disclosure->set_quote("7");
  const Failure failure = Refused(server_, &Stub::RecordDisclosures, request);
  EXPECT_EQ(failure.code, absl::StatusCode::kAlreadyExists);
  EXPECT_EQ(failure.reason, "IDEMPOTENCY_KEY_REUSED");
  EXPECT_THAT(failure.fields, ElementsAre("entries[0].idempotency_key"));
  EXPECT_EQ(failure.metadata.at("disclosure_id"), "d-0000000000000004");
  EXPECT_EQ(failure.metadata.at("differing_fields"),
            "amount.low, amount.high, amount.stated, quote");
}

TEST_F(RecordTest, AnAtomicBatchWithARefusedRecordStoresNothingAndNamesAllThatIsWrong) {
  v1::Disclosure wrong_measure = Of("amazon");
  wrong_measure.set_measure("capex");
  v1::Disclosure wrong_organization = Of("google");
  const Failure failure =
      Refused(server_, &Stub::RecordDisclosures,
              RecordRequest({Of("microsoft"), wrong_measure, wrong_organization}));
  EXPECT_EQ(failure.code, absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(failure.reason, "UNKNOWN_MEASURE");
  EXPECT_THAT(failure.fields, ElementsAre("entries[1].disclosure.measure",
                                          "entries[2].disclosure.organization_id"));
  EXPECT_EQ(failure.metadata.at("refused_count"), "2");
  EXPECT_EQ(Head(server_), 3u);
}

TEST_F(RecordTest, ABestEffortBatchStoresWhatItCan) {
  v1::Disclosure wrong = Of("amazon");
  wrong.clear_basis();
  auto request = RecordRequest({Of("microsoft"), wrong, Of("alphabet")});
  request.set_mode(journal::v1::BATCH_MODE_BEST_EFFORT);
  const auto response = Ask(server_, &Stub::RecordDisclosures, request);
  EXPECT_EQ(response.results(0).status(), journal::v1::RECORD_STATUS_RECORDED);
  EXPECT_EQ(response.results(1).status(), journal::v1::RECORD_STATUS_REJECTED);
  EXPECT_EQ(response.results(1).error().code(), 3);
  EXPECT_EQ(response.results(1).error().reason(), "REQUIRED");
  EXPECT_EQ(response.results(1).error().violations(0).field(), "entries[1].disclosure.basis");
  EXPECT_EQ(response.results(1).sequence(), 0u);
  EXPECT_EQ(response.results(2).sequence(), 5u);
}

TEST_F(RecordTest, ARepeatedRequestStoresNothingAndGetsTheStoredResultsRefusalsIncluded) {
  v1::Disclosure wrong = Of("google");
  auto request = RecordRequest({Of("microsoft"), wrong});
  request.set_mode(journal::v1::BATCH_MODE_BEST_EFFORT);
  request.set_request_id("r1");
  const auto first = Ask(server_, &Stub::RecordDisclosures, request);
  ASSERT_EQ(first.results(1).status(), journal::v1::RECORD_STATUS_REJECTED);

  // Now it would be accepted; the answer is what it was.
  v1::UpsertOrganizationsRequest upsert;
  upsert.mutable_change()->set_actor("test");
  *upsert.add_organizations() = Company("google", "Google");
  Ask(server_, &Stub::UpsertOrganizations, upsert);
  const auto second = Ask(server_, &Stub::RecordDisclosures, request);
  ASSERT_EQ(second.results_size(), 2);
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(second.results(i).SerializeAsString(), first.results(i).SerializeAsString());
  }
  EXPECT_EQ(Head(server_), 5u);
}

TEST_F(RecordTest, ARequestIdBelongsToOneContent) {
  auto request = RecordRequest({AmazonGuidance()});
  request.set_request_id("r1");
  Ask(server_, &Stub::RecordDisclosures, request);
  request.mutable_change()->set_reason("another");
  const Failure failure = Refused(server_, &Stub::RecordDisclosures, request);
  EXPECT_EQ(failure.code, absl::StatusCode::kAlreadyExists);
  EXPECT_EQ(failure.reason, "REQUEST_ID_REUSED");
}

TEST_F(RecordTest, ValidateOnlySaysWhatWouldBeRefusedAndStoresNothing) {
  auto held = RecordRequest({AmazonGuidance()});
  held.mutable_entries(0)->set_idempotency_key("k1");
  Ask(server_, &Stub::RecordDisclosures, held);

  v1::Disclosure wrong = Of("amazon");
  wrong.clear_measure();
  auto request = RecordRequest(
      {Of("microsoft"), wrong, AmazonGuidance(), Of("alphabet"), Of("microsoft"), Of("alphabet")});
  request.mutable_entries(2)->set_idempotency_key("k1");
  request.mutable_entries(3)->set_idempotency_key("k1");
  request.mutable_entries(4)->set_idempotency_key("k2");
  request.mutable_entries(5)->set_idempotency_key("k2");
  request.set_validate_only(true);
  const auto response = Ask(server_, &Stub::RecordDisclosures, request);
  std::vector<int> statuses;
  for (const auto& result : response.results()) statuses.push_back(result.status());
  EXPECT_THAT(
      statuses,
      ElementsAre(journal::v1::RECORD_STATUS_NOT_ATTEMPTED, journal::v1::RECORD_STATUS_REJECTED,
                  journal::v1::RECORD_STATUS_REPLAYED, journal::v1::RECORD_STATUS_REJECTED,
                  journal::v1::RECORD_STATUS_NOT_ATTEMPTED, journal::v1::RECORD_STATUS_REJECTED));
  EXPECT_EQ(response.results(3).error().metadata().at("disclosure_id"), "d-0000000000000004");
  EXPECT_THAT(response.results(5).error().message(), HasSubstr("an earlier entry of this batch"));
  EXPECT_EQ(Head(server_), 4u);
}

TEST_F(RecordTest, AClaimOverAGroupIsKept) {
  v1::UpsertGroupsRequest groups;
  groups.mutable_change()->set_actor("test");
  v1::Group* const group = groups.add_groups();
  group->set_group_id("big-tech-2");
  group->add_names()->set_language("en");
  group->mutable_names(0)->set_name("Big Tech");
  group->add_organization_ids("amazon");
  group->add_organization_ids("alphabet");
  Ask(server_, &Stub::UpsertGroups, groups);
  v1::Disclosure claim = AmazonGuidance();
  claim.clear_organization_id();
  claim.set_group_id("big-tech-2");
  claim.set_claim_kind(v1::CLAIM_KIND_TOTAL);
  const v1::Disclosure stored = Get(server_, Record(server_, claim));
  EXPECT_EQ(stored.group_id(), "big-tech-2");
  EXPECT_EQ(stored.claim_kind(), v1::CLAIM_KIND_TOTAL);
}

TEST_F(RecordTest, ManyWritersAtOnceEachGetTheirOwn) {
  constexpr int kWriters = 8;
  constexpr int kEach = 20;
  std::vector<std::thread> writers;
  for (int w = 0; w < kWriters; ++w) {
    writers.emplace_back([&, w] {
      for (int i = 0; i < kEach; ++i) {
        v1::Disclosure disclosure = AmazonGuidance();
        disclosure.set_quote(std::to_string(w * kEach + i));
        const std::string id = Record(server_, disclosure);
        EXPECT_EQ(Get(server_, id).quote(), disclosure.quote());
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  EXPECT_EQ(Head(server_), 3u + kWriters * kEach);
}

}  // namespace
}  // namespace outlay::ingest
