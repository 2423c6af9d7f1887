#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>

#include "tests/ingest/service_support.h"

namespace outlay::ingest {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class ReadTest : public ::testing::Test {
 protected:
  explicit ReadTest(std::map<std::string, std::string> settings = {})
      : server_(std::move(settings)) {
    AddCompanies(server_);
  }

  std::string RecordNumbered(int number) {
    v1::Disclosure disclosure = AmazonGuidance();
    disclosure.set_quote(std::to_string(number));
    return Record(server_, disclosure);
  }

  // The quotes of all pages from here on.
  std::vector<std::string> Quotes(v1::ListDisclosuresRequest request) {
    std::vector<std::string> quotes;
    while (true) {
      const auto page = Ask(server_, &Stub::ListDisclosures, request);
      for (const v1::Disclosure& found : page.disclosures()) quotes.push_back(found.quote());
      if (page.next_page_token().empty()) return quotes;
      request.set_page_token(page.next_page_token());
    }
  }

  IngestServer server_;
};

TEST_F(ReadTest, SaysWhyARecordCannotBeReadAsOfThen) {
  v1::GetDisclosureRequest request;
  request.set_disclosure_id(RecordNumbered(1));
  request.mutable_as_of()->set_published("2025-02-09");
  Failure failure = Refused(server_, &Stub::GetDisclosure, request);
  EXPECT_EQ(failure.code, absl::StatusCode::kNotFound);
  EXPECT_EQ(failure.reason, "NOT_VISIBLE_AS_OF");
  EXPECT_THAT(failure.message, HasSubstr("was published after 2025-02-09T23:59:59.999999Z"));
  request.mutable_as_of()->set_published("2025-02-10");
  EXPECT_EQ(Ask(server_, &Stub::GetDisclosure, request).stamp().ingest_sequence(), 4u);
  request.mutable_as_of()->set_recorded_sequence(3);
  failure = Refused(server_, &Stub::GetDisclosure, request);
  EXPECT_EQ(failure.reason, "NOT_VISIBLE_AS_OF");
  EXPECT_THAT(failure.message, HasSubstr("recorded after sequence 3"));
}

TEST_F(ReadTest, ARecordedTimeIsTheSequenceOfThen) {
  server_.clock().Set(time::ParseInstant("2025-03-16T00:00:00Z").value());
  v1::GetDisclosureRequest request;
  request.set_disclosure_id(RecordNumbered(1));
  request.mutable_as_of()->mutable_recorded_time()->set_seconds(1742083200);  // that instant
  EXPECT_EQ(Ask(server_, &Stub::GetDisclosure, request).stamp().ingest_sequence(), 4u);
  request.mutable_as_of()->mutable_recorded_time()->set_seconds(1742083199);
  EXPECT_EQ(Refused(server_, &Stub::GetDisclosure, request).reason, "NOT_VISIBLE_AS_OF");
  v1::ListDisclosuresRequest list;
  list.mutable_as_of()->mutable_recorded_time()->set_seconds(0);
  EXPECT_EQ(Ask(server_, &Stub::ListDisclosures, list).stamp().ingest_sequence(), 0u);
}

TEST_F(ReadTest, AsOfSequence0NothingWasStoredWhichIsNotTheSameAsNoSequence) {
  v1::GetDisclosureRequest request;
  request.set_disclosure_id(RecordNumbered(1));
  request.mutable_as_of()->set_recorded_sequence(0);
  EXPECT_EQ(Refused(server_, &Stub::GetDisclosure, request).reason, "NOT_VISIBLE_AS_OF");
  v1::ListOrganizationsRequest list;
  list.mutable_as_of()->set_recorded_sequence(0);
  const auto nothing = Ask(server_, &Stub::ListOrganizations, list);
  EXPECT_EQ(nothing.organizations_size(), 0);
  EXPECT_EQ(nothing.stamp().ingest_sequence(), 0u);
  // The stamp of an answer as of a time before the first entry repeats it.
  list.mutable_as_of()->mutable_recorded_time()->set_seconds(0);
  const auto before = Ask(server_, &Stub::ListOrganizations, list);
  list.mutable_as_of()->set_recorded_sequence(before.stamp().ingest_sequence());
  EXPECT_EQ(Ask(server_, &Stub::ListOrganizations, list).SerializeAsString(),
            before.SerializeAsString());
  list.mutable_as_of()->clear_recorded();
  EXPECT_EQ(Ask(server_, &Stub::ListOrganizations, list).organizations_size(), 3);
}

TEST_F(ReadTest, ANowStandsForItsDayWhereThePublishedAxisIsLeftOut) {
  v1::GetDisclosureRequest request;
  request.set_disclosure_id(RecordNumbered(1));                     // published on 2025-02-10
  request.mutable_as_of()->mutable_now()->set_seconds(1739145600);  // 2025-02-10T00:00:00Z
  EXPECT_EQ(Ask(server_, &Stub::GetDisclosure, request).stamp().ingest_sequence(), 4u);
  request.mutable_as_of()->mutable_now()->set_seconds(1739145599);
  EXPECT_EQ(Refused(server_, &Stub::GetDisclosure, request).reason, "NOT_VISIBLE_AS_OF");
  request.mutable_as_of()->set_published("2025-02-10");
  Ask(server_, &Stub::GetDisclosure, request);
}

TEST_F(ReadTest, ANowToComeOrOfNoTimeIsRefused) {
  v1::ListDisclosuresRequest request;
  request.mutable_as_of()->mutable_now()->set_seconds(1742040061);  // the clock's 12:00 and 61 s
  Failure failure = Refused(server_, &Stub::ListDisclosures, request);
  EXPECT_EQ(failure.code, absl::StatusCode::kOutOfRange);
  EXPECT_EQ(failure.reason, "NOW_TO_COME");
  EXPECT_THAT(failure.fields, ElementsAre("as_of.now"));
  request.mutable_as_of()->mutable_now()->set_nanos(-1);
  failure = Refused(server_, &Stub::ListDisclosures, request);
  EXPECT_EQ(failure.code, absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(failure.fields, ElementsAre("as_of.now"));
}

TEST_F(ReadTest, BatchGetKeepsTheOrderAskedAndListsWhatIsMissing) {
  const std::string first = RecordNumbered(1);
  const std::string second = RecordNumbered(2);
  v1::BatchGetDisclosuresRequest request;
  for (const std::string& id : {second, std::string("d-00000000000000ff"), first}) {
    request.add_disclosure_ids(id);
  }
  request.add_organization_ids("microsoft");
  request.add_organization_ids("nobody");
  const auto batch = Ask(server_, &Stub::BatchGetDisclosures, request);
  ASSERT_EQ(batch.disclosures_size(), 2);
  EXPECT_EQ(batch.disclosures(0).disclosure_id(), second);
  EXPECT_EQ(batch.disclosures(1).disclosure_id(), first);
  EXPECT_THAT(batch.missing_ids(), ElementsAre("d-00000000000000ff"));
  ASSERT_EQ(batch.organizations_size(), 2);
  EXPECT_EQ(batch.organizations(0).organization_id(), "amazon");
  EXPECT_EQ(batch.organizations(1).organization_id(), "microsoft");
}

TEST_F(ReadTest, BatchGetGivesTheClaimsOfTheRecordsSourcesWhenAsked) {
  v1::BatchGetDisclosuresRequest request;
  request.add_disclosure_ids(RecordNumbered(1));
  v1::Disclosure claim = AmazonGuidance();
  claim.set_claim_kind(v1::CLAIM_KIND_TOTAL);
  claim.set_quote("all in all");
  const std::string claimed = Record(server_, claim);
  claim.mutable_source()->set_source_id("another-source");
  Record(server_, claim);
  EXPECT_EQ(Ask(server_, &Stub::BatchGetDisclosures, request).claims_size(), 0);

  request.set_include_claims(true);
  const auto batch = Ask(server_, &Stub::BatchGetDisclosures, request);
  ASSERT_EQ(batch.claims_size(), 1);
  EXPECT_EQ(batch.claims(0).disclosure_id(), claimed);
  EXPECT_EQ(batch.claims(0).quote(), "all in all");

  v1::VoidDisclosureRequest voided;
  voided.mutable_change()->set_actor("a");
  voided.mutable_change()->set_reason("r");
  voided.set_disclosure_id(claimed);
  voided.set_expected_revision(1);
  Ask(server_, &Stub::VoidDisclosure, voided);
  EXPECT_EQ(Ask(server_, &Stub::BatchGetDisclosures, request).claims_size(), 0);
  request.mutable_as_of()->set_recorded_sequence(batch.stamp().ingest_sequence());
  EXPECT_EQ(Ask(server_, &Stub::BatchGetDisclosures, request).claims_size(), 1);
}

TEST_F(ReadTest, BatchGetGivesOrganizationsAlone) {
  v1::BatchGetDisclosuresRequest request;
  request.add_organization_ids("microsoft");
  const auto batch = Ask(server_, &Stub::BatchGetDisclosures, request);
  EXPECT_EQ(batch.disclosures_size(), 0);
  ASSERT_EQ(batch.organizations_size(), 1);
  EXPECT_EQ(batch.organizations(0).organization_id(), "microsoft");
}

TEST_F(ReadTest, PagesDoNotShiftWhileOthersWrite) {
  for (int i = 1; i <= 5; ++i) RecordNumbered(i);
  v1::ListDisclosuresRequest request;
  request.set_page_size(2);
  const auto page = Ask(server_, &Stub::ListDisclosures, request);
  ASSERT_EQ(page.disclosures_size(), 2);
  RecordNumbered(6);
  v1::VoidDisclosureRequest voided;
  voided.mutable_change()->set_actor("a");
  voided.mutable_change()->set_reason("r");
  voided.set_disclosure_id("d-0000000000000006");  // number 3
  voided.set_expected_revision(1);
  Ask(server_, &Stub::VoidDisclosure, voided);

  request.set_page_token(page.next_page_token());
  request.set_page_size(100);
  const auto rest = Ask(server_, &Stub::ListDisclosures, request);
  EXPECT_EQ(rest.stamp().ingest_sequence(), page.stamp().ingest_sequence());
  EXPECT_THAT(rest.next_page_token(), IsEmpty());
  EXPECT_THAT(Quotes(request), ElementsAre("3", "4", "5"));
  EXPECT_THAT(Quotes({}), ElementsAre("1", "2", "4", "5", "6"));
}

TEST_F(ReadTest, ATokenBelongsToItsRequest) {
  for (int i = 1; i <= 3; ++i) RecordNumbered(i);
  v1::ListDisclosuresRequest request;
  request.set_page_size(1);
  const std::string token = Ask(server_, &Stub::ListDisclosures, request).next_page_token();
  const auto refuse = [&](v1::ListDisclosuresRequest wrong) {
    return Refused(server_, &Stub::ListDisclosures, wrong);
  };
  request.set_page_token("garbage");
  EXPECT_EQ(refuse(request).reason, "PAGE_TOKEN_INVALID");
  request.set_page_token(token);
  request.add_organization_ids("amazon");
  Failure failure = refuse(request);
  EXPECT_EQ(failure.code, absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(failure.reason, "PAGE_TOKEN_INVALID");
  EXPECT_THAT(failure.fields, ElementsAre("page_token"));
  v1::ListOrganizationsRequest other;
  other.set_page_size(1);
  other.set_page_token(token);
  EXPECT_EQ(Refused(server_, &Stub::ListOrganizations, other).reason, "PAGE_TOKEN_INVALID");
}

TEST_F(ReadTest, ATokenBelongsToItsJournal) {
  IngestServer other;
  AddCompanies(other);
  for (int i = 1; i <= 3; ++i) RecordNumbered(i);
  // Longer, so that the token's sequence is there.
  for (int i = 1; i <= 5; ++i) {
    v1::Disclosure disclosure = AmazonGuidance();
    disclosure.set_scope("part-" + std::to_string(i));
    Record(other, disclosure);
  }
  v1::ListDisclosuresRequest request;
  request.set_page_size(1);
  request.set_page_token(Ask(server_, &Stub::ListDisclosures, request).next_page_token());
  v1::ListOrganizationsRequest organizations;
  organizations.set_page_size(1);
  organizations.set_page_token(
      Ask(server_, &Stub::ListOrganizations, organizations).next_page_token());
  for (IngestServer* const server : {&other, &server_}) {
    // The same journal opened again goes on.
    server->Restart();
  }
  EXPECT_EQ(Ask(server_, &Stub::ListDisclosures, request).disclosures_size(), 1);
  EXPECT_EQ(Ask(server_, &Stub::ListOrganizations, organizations).organizations_size(), 1);
  EXPECT_EQ(Refused(other, &Stub::ListDisclosures, request).reason, "PAGE_TOKEN_INVALID");
  EXPECT_EQ(Refused(other, &Stub::ListOrganizations, organizations).reason, "PAGE_TOKEN_INVALID");
}

TEST_F(ReadTest, APageIsCutBeforeItGrowsTooLarge) {
  v1::Disclosure large = AmazonGuidance();
  std::vector<v1::Disclosure> many;
  for (int i = 0; i < 1'000; ++i) {
    large.set_quote(std::string(1'990, 'q') + std::to_string(i));
    large.mutable_source()->set_title(std::string(500, 't'));
    large.mutable_source()->set_url("https://a/" + std::string(1'900, 'u'));
    many.push_back(large);
  }
  Ask(server_, &Stub::RecordDisclosures, RecordRequest(many));
  v1::ListDisclosuresRequest request;
  request.set_page_size(1'000);
  const auto page = Ask(server_, &Stub::ListDisclosures, request);
  EXPECT_LT(page.ByteSizeLong(), size_t{4} << 20);
  EXPECT_GT(page.disclosures_size(), 500);
  EXPECT_EQ(Quotes(request).size(), 1'000u);
}

TEST_F(ReadTest, OrganizationsAreListedByIdAsOfThen) {
  v1::ListOrganizationsRequest request;
  request.set_page_size(2);
  const auto first = Ask(server_, &Stub::ListOrganizations, request);
  ASSERT_EQ(first.organizations_size(), 2);
  EXPECT_EQ(first.organizations(0).organization_id(), "alphabet");
  v1::UpsertOrganizationsRequest upsert;
  upsert.mutable_change()->set_actor("test");
  *upsert.add_organizations() = Company("meta", "Meta");
  Ask(server_, &Stub::UpsertOrganizations, upsert);
  request.set_page_token(first.next_page_token());
  const auto second = Ask(server_, &Stub::ListOrganizations, request);
  ASSERT_EQ(second.organizations_size(), 1);
  EXPECT_EQ(second.organizations(0).organization_id(), "microsoft");
  EXPECT_THAT(second.next_page_token(), IsEmpty());

  v1::GetOrganizationRequest get;
  get.set_organization_id("meta");
  EXPECT_EQ(Ask(server_, &Stub::GetOrganization, get).organization().sequence(), 4u);
  get.mutable_as_of()->set_recorded_sequence(3);
  EXPECT_EQ(Refused(server_, &Stub::GetOrganization, get).reason, "NOT_VISIBLE_AS_OF");
}

TEST_F(ReadTest, MeasuresComeWithTheirDefinitionsAndSigns) {
  const auto measures = Ask(server_, &Stub::ListMeasures, v1::ListMeasuresRequest());
  ASSERT_EQ(measures.measures_size(), 7);
  const v1::Measure& capital = measures.measures(1);
  EXPECT_EQ(capital.measure_id(), "capital_expenditure");
  EXPECT_EQ(capital.names(1).language(), "ko");
  EXPECT_EQ(capital.names(1).name(), "자본 지출");
  EXPECT_TRUE(capital.non_negative());
  ASSERT_EQ(capital.definitions_size(), 5);
  EXPECT_EQ(capital.definitions(1).definition_id(), "purchases_net_of_proceeds_and_incentives");
  EXPECT_TRUE(capital.definitions(1).may_be_negative());
}

TEST_F(ReadTest, AReadWaitsForItsMinimum) {
  v1::ListDisclosuresRequest request;
  request.set_minimum_sequence(4);
  auto waiting = std::async(std::launch::async, [&] { return Quotes(request); });
  RecordNumbered(1);
  EXPECT_THAT(waiting.get(), ElementsAre("1"));
}

class ImpatientReadTest : public ReadTest {
 protected:
  ImpatientReadTest() : ReadTest({{"minimum-sequence-wait-ms", "20"}}) {}
};

TEST_F(ImpatientReadTest, AMinimumThatDoesNotComeIsUnavailable) {
  v1::GetDisclosureRequest request;
  request.set_disclosure_id("d-0000000000000004");
  request.set_minimum_sequence(9);
  const Failure failure = Refused(server_, &Stub::GetDisclosure, request);
  EXPECT_EQ(failure.code, absl::StatusCode::kUnavailable);
  EXPECT_EQ(failure.reason, "BEHIND_MINIMUM");
  EXPECT_EQ(failure.metadata.at("minimum_sequence"), "9");
  EXPECT_EQ(failure.metadata.at("applied_sequence"), "3");
}

class SmallMessageReadTest : public ReadTest {
 protected:
  SmallMessageReadTest() : ReadTest({{"max-message-bytes", "4194304"}}) {}
};

TEST_F(SmallMessageReadTest, AnAnswerThatNobodyCouldReceiveIsRefused) {
  v1::Disclosure wordy = AmazonGuidance();
  wordy.set_quote(std::string(1'000, 'x'));
  const std::string id = Record(server_, wordy);
  v1::BatchGetDisclosuresRequest request;
  for (int i = 0; i < 10'000; ++i) request.add_disclosure_ids(id);
  const Failure failure = Refused(server_, &Stub::BatchGetDisclosures, request);
  EXPECT_EQ(failure.code, absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(failure.reason, "RESPONSE_TOO_LARGE");
}

}  // namespace
}  // namespace outlay::ingest
