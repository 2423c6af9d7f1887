#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "tests/ingest/service_support.h"

namespace outlay::ingest {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class RevisionTest : public ::testing::Test {
 protected:
  RevisionTest() {
    AddCompanies(server_);
    v1::Disclosure typed = AmazonGuidance();
    typed.set_stated_at("");
    typed.set_published_at("2025-02-06");
    typed.mutable_amount()->mutable_stated()->set_value("1000");
    id_ = Record(server_, typed);
  }

  v1::CorrectDisclosureRequest Correction(std::string_view value, uint32_t expected_revision = 1) {
    v1::CorrectDisclosureRequest request;
    request.mutable_change()->set_actor("editor");
    request.mutable_change()->set_reason("typed 1,000 for 100");
    request.set_disclosure_id(id_);
    request.set_expected_revision(expected_revision);
    *request.mutable_disclosure() = Get(server_, id_);
    money::v1::Amount* const amount = request.mutable_disclosure()->mutable_amount();
    amount->clear_low();
    amount->clear_high();
    amount->mutable_stated()->set_value(std::string(value));
    return request;
  }

  v1::VoidDisclosureRequest Void(uint32_t expected_revision = 1) {
    v1::VoidDisclosureRequest request;
    request.mutable_change()->set_actor("editor");
    request.mutable_change()->set_reason("entered twice");
    request.set_disclosure_id(id_);
    request.set_expected_revision(expected_revision);
    return request;
  }

  std::string StatedAsOf(std::string_view published, uint64_t sequence) {
    v1::GetDisclosureRequest request;
    request.set_disclosure_id(id_);
    request.mutable_as_of()->set_published(std::string(published));
    request.mutable_as_of()->set_recorded_sequence(sequence);
    return Ask(server_, &Stub::GetDisclosure, request).disclosure().amount().stated().value();
  }

  IngestServer server_;
  std::string id_;
};

// Typed 1,000 on 6 February, corrected to 100 on 1 March.
TEST_F(RevisionTest, ACeilingCorrectedToARangeKeepsTheLowThatTheCorrectionStates) {
  v1::Disclosure ceiling = AmazonGuidance();
  ceiling.mutable_amount()->clear_stated();
  ceiling.mutable_amount()->set_bound(money::v1::BOUND_UP_TO);
  ceiling.mutable_amount()->mutable_high()->set_value("65");
  id_ = Record(server_, ceiling);
  auto correction = Correction("0");
  *correction.mutable_disclosure() = Get(server_, id_);
  EXPECT_TRUE(correction.disclosure().amount().low_implied());
  correction.mutable_disclosure()->mutable_amount()->set_bound(money::v1::BOUND_RANGE);
  correction.mutable_disclosure()->mutable_amount()->mutable_low()->set_value("60");
  Ask(server_, &Stub::CorrectDisclosure, correction);
  const money::v1::Amount amount = Get(server_, id_).amount();
  EXPECT_EQ(amount.low().value(), "60");
  EXPECT_FALSE(amount.low_implied());
}

TEST_F(RevisionTest, AStatementRecordedAgainAfterItsVoidIsSaidToCountNowhere) {
  const std::string voided = Record(server_, AmazonGuidance());
  id_ = voided;
  Ask(server_, &Stub::VoidDisclosure, Void());
  const auto again = Ask(server_, &Stub::RecordDisclosures, RecordRequest({AmazonGuidance()}));
  EXPECT_EQ(again.results(0).status(), journal::v1::RECORD_STATUS_REPLAYED);
  EXPECT_EQ(again.results(0).disclosure_id(), voided);
  EXPECT_TRUE(again.results(0).voided());
}

TEST_F(RevisionTest, ACorrectionShowsOnTheRecordedAxisOnly) {
  const auto response = Ask(server_, &Stub::CorrectDisclosure, Correction("100"));
  EXPECT_EQ(response.disclosure().disclosure_id(), id_);
  EXPECT_EQ(response.disclosure().revision(), 2u);
  EXPECT_EQ(response.disclosure().sequence(), 5u);
  EXPECT_EQ(response.disclosure().change().reason(), "typed 1,000 for 100");
  EXPECT_EQ(response.disclosure().amount().low().value(), "100");
  EXPECT_EQ(response.stamp().ingest_sequence(), 5u);
  EXPECT_EQ(StatedAsOf("2025-02-09", 5), "100");
  EXPECT_EQ(StatedAsOf("2025-02-09", 4), "1000");
}

TEST_F(RevisionTest, TheHistoryHasEveryRevisionWithItsChange) {
  Ask(server_, &Stub::CorrectDisclosure, Correction("100"));
  Ask(server_, &Stub::VoidDisclosure, Void(2));
  v1::ListDisclosureHistoryRequest request;
  request.set_disclosure_id(id_);
  const auto history = Ask(server_, &Stub::ListDisclosureHistory, request);
  ASSERT_EQ(history.revisions_size(), 3);
  EXPECT_EQ(history.revisions(0).amount().stated().value(), "1000");
  EXPECT_EQ(history.revisions(1).amount().stated().value(), "100");
  EXPECT_TRUE(history.revisions(2).voided());
  EXPECT_EQ(history.revisions(2).amount().stated().value(), "100");
  EXPECT_EQ(history.revisions(2).change().reason(), "entered twice");
  EXPECT_EQ(history.stamp().ingest_sequence(), 6u);
}

TEST_F(RevisionTest, ARecordThatChangedMeanwhileIsNotOverwritten) {
  Ask(server_, &Stub::CorrectDisclosure, Correction("100"));
  Failure failure = Refused(server_, &Stub::CorrectDisclosure, Correction("10"));
  EXPECT_EQ(failure.code, absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(failure.reason, "REVISION_CHANGED");
  EXPECT_EQ(failure.metadata.at("revision"), "2");
  EXPECT_EQ(failure.metadata.at("sequence"), "5");
  EXPECT_THAT(failure.message, HasSubstr("read it again"));
  EXPECT_EQ(Refused(server_, &Stub::VoidDisclosure, Void(1)).reason, "REVISION_CHANGED");
  EXPECT_EQ(Refused(server_, &Stub::VoidDisclosure, Void(7)).reason, "REVISION_CHANGED");
  EXPECT_EQ(Head(server_), 5u);
}

TEST_F(RevisionTest, AVoidedRecordStaysVoided) {
  const auto response = Ask(server_, &Stub::VoidDisclosure, Void());
  EXPECT_TRUE(response.disclosure().voided());
  EXPECT_EQ(response.disclosure().revision(), 2u);
  EXPECT_EQ(Refused(server_, &Stub::CorrectDisclosure, Correction("100", 2)).reason,
            "ALREADY_VOIDED");
  EXPECT_EQ(Refused(server_, &Stub::CorrectDisclosure, Correction("100", 1)).reason,
            "ALREADY_VOIDED");
  EXPECT_EQ(Refused(server_, &Stub::VoidDisclosure, Void(2)).reason, "ALREADY_VOIDED");
}

TEST_F(RevisionTest, TheSameChangeSentTwiceIsMadeOnce) {
  // With the request id, and without it by its content.
  auto correction = Correction("100");
  correction.set_request_id("r1");
  Ask(server_, &Stub::CorrectDisclosure, correction);
  EXPECT_EQ(Ask(server_, &Stub::CorrectDisclosure, correction).disclosure().revision(), 2u);
  correction.clear_request_id();
  EXPECT_EQ(Ask(server_, &Stub::CorrectDisclosure, correction).disclosure().revision(), 2u);
  Ask(server_, &Stub::VoidDisclosure, Void(2));
  EXPECT_EQ(Ask(server_, &Stub::VoidDisclosure, Void(2)).disclosure().revision(), 3u);
  EXPECT_EQ(Head(server_), 6u);
}

TEST_F(RevisionTest, ARefusalIsKeptWithTheRequestId) {
  auto early = Correction("100", 2);
  early.set_request_id("early");
  EXPECT_EQ(Refused(server_, &Stub::CorrectDisclosure, early).reason, "REVISION_CHANGED");
  Ask(server_, &Stub::CorrectDisclosure, Correction("50"));
  // By now it would be right.
  EXPECT_EQ(Refused(server_, &Stub::CorrectDisclosure, early).reason, "REVISION_CHANGED");
  EXPECT_EQ(Head(server_), 5u);
}

TEST_F(RevisionTest, WhatNamesTheStatementStays) {
  auto request = Correction("100");
  request.mutable_disclosure()->set_published_at("2025-02-07");
  request.mutable_disclosure()->mutable_source()->set_source_id("other");
  request.mutable_disclosure()->set_organization_id("alphabet");
  const Failure failure = Refused(server_, &Stub::CorrectDisclosure, request);
  EXPECT_EQ(failure.code, absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(failure.reason, "PUBLISHED_AT_FIXED");
  EXPECT_THAT(failure.fields, ElementsAre("disclosure.published_at", "disclosure.source.source_id",
                                          "disclosure.organization_id"));
}

TEST_F(RevisionTest, ACorrectionIsCheckedLikeARecord) {
  auto request = Correction("-1");
  request.mutable_disclosure()->set_measure("capex");
  EXPECT_THAT(Refused(server_, &Stub::CorrectDisclosure, request).fields,
              ElementsAre("disclosure.measure"));
  request.mutable_disclosure()->set_measure("capital_expenditure");
  EXPECT_EQ(Refused(server_, &Stub::CorrectDisclosure, request).reason, "NEGATIVE_AMOUNT");
  EXPECT_EQ(Refused(server_, &Stub::CorrectDisclosure, Correction("1000")).reason,
            "NOTHING_TO_CORRECT");
  auto another = Correction("100");
  another.mutable_disclosure()->set_disclosure_id("d-0000000000000009");
  EXPECT_EQ(Refused(server_, &Stub::CorrectDisclosure, another).reason, "DISCLOSURE_ID_DIFFERS");
  EXPECT_EQ(Head(server_), 4u);
}

// A record is read with its implied low, which no client may state.
TEST_F(RevisionTest, ARecordMayBeSentBackAsItWasRead) {
  v1::Disclosure up_to = AmazonGuidance();
  up_to.mutable_amount()->set_bound(money::v1::BOUND_UP_TO);
  up_to.mutable_amount()->clear_stated();
  up_to.mutable_amount()->mutable_high()->set_value("65");
  id_ = Record(server_, up_to);
  v1::CorrectDisclosureRequest request = Correction("");
  *request.mutable_disclosure() = Get(server_, id_);
  request.mutable_disclosure()->set_quote("최대 65");
  const auto response = Ask(server_, &Stub::CorrectDisclosure, request);
  EXPECT_TRUE(response.disclosure().amount().low_implied());
  EXPECT_EQ(response.disclosure().quote(), "최대 65");
}

// What was FY2025 when it was recorded stays so; a period that the correction gives is read in the calendar of today.
TEST_F(RevisionTest, APeriodThatIsLeftAloneOutlivesItsFiscalCalendar) {
  v1::Disclosure fiscal = AmazonGuidance();
  fiscal.set_organization_id("microsoft");
  fiscal.mutable_period()->set_label("FY2025");
  id_ = Record(server_, fiscal);
  v1::UpsertOrganizationsRequest change;
  change.mutable_change()->set_actor("test");
  *change.add_organizations() = Company("microsoft", "Microsoft");
  Ask(server_, &Stub::UpsertOrganizations, change);

  const v1::Disclosure corrected =
      Ask(server_, &Stub::CorrectDisclosure, Correction("200")).disclosure();
  EXPECT_EQ(corrected.period().label(), "FY2025");
  EXPECT_EQ(corrected.period().start_date(), "2024-07-01");
  auto other_year = Correction("300", 2);
  other_year.mutable_disclosure()->mutable_period()->set_label("FY2024");
  EXPECT_EQ(Refused(server_, &Stub::CorrectDisclosure, other_year).reason, "PERIOD_MISMATCH");
  other_year.mutable_disclosure()->mutable_period()->clear_start_date();
  other_year.mutable_disclosure()->mutable_period()->clear_end_date();
  EXPECT_EQ(Ask(server_, &Stub::CorrectDisclosure, other_year).disclosure().period().start_date(),
            "2024-01-01");
}

TEST_F(RevisionTest, OfTwoCorrectionsAtOnceOneWins) {
  constexpr int kEditors = 8;
  std::vector<v1::CorrectDisclosureRequest> requests;
  for (int i = 0; i < kEditors; ++i) requests.push_back(Correction(std::to_string(i + 1)));
  std::atomic<int> won = 0;
  std::atomic<int> refused = 0;
  std::vector<std::thread> editors;
  for (const v1::CorrectDisclosureRequest& request : requests) {
    editors.emplace_back([&] {
      v1::CorrectDisclosureResponse response;
      const Failure failure =
          FailureOf(Call(server_.stub(), &Stub::CorrectDisclosure, request, response));
      if (failure.code == absl::StatusCode::kOk) ++won;
      if (failure.reason == "REVISION_CHANGED") ++refused;
    });
  }
  for (std::thread& editor : editors) editor.join();
  EXPECT_EQ(won, 1);
  EXPECT_EQ(refused, kEditors - 1);
  EXPECT_EQ(Get(server_, id_).revision(), 2u);
}

TEST_F(RevisionTest, AnUnknownRecordIsNotFound) {
  auto request = Correction("100");
  request.set_disclosure_id("d-00000000000000ff");
  request.mutable_disclosure()->clear_disclosure_id();
  EXPECT_EQ(Refused(server_, &Stub::CorrectDisclosure, request).reason, "DISCLOSURE_NOT_FOUND");
  // An organization's sequence is no disclosure's id.
  request.set_disclosure_id("d-0000000000000001");
  EXPECT_EQ(Refused(server_, &Stub::CorrectDisclosure, request).reason, "DISCLOSURE_NOT_FOUND");
}

}  // namespace
}  // namespace outlay::ingest
