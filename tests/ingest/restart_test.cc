// What is acknowledged is there after a restart, and a request sent again then is known.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/ingest/service_support.h"

namespace outlay::ingest {
namespace {

class RestartTest : public ::testing::Test {
 protected:
  RestartTest() { AddCompanies(server_); }

  IngestServer server_;
};

TEST_F(RestartTest, RecordsRevisionsAndCatalogueAreAsTheyWere) {
  const std::string id = Record(server_, AmazonGuidance());
  v1::VoidDisclosureRequest voided;
  voided.mutable_change()->set_actor("editor");
  voided.mutable_change()->set_reason("entered twice");
  voided.set_disclosure_id(id);
  voided.set_expected_revision(1);
  Ask(server_, &Stub::VoidDisclosure, voided);
  v1::ListDisclosureHistoryRequest request;
  request.set_disclosure_id(id);
  const std::string before =
      Ask(server_, &Stub::ListDisclosureHistory, request).SerializeAsString();
  const std::string organizations =
      Ask(server_, &Stub::ListOrganizations, v1::ListOrganizationsRequest()).SerializeAsString();
  server_.Restart();
  EXPECT_EQ(Ask(server_, &Stub::ListDisclosureHistory, request).SerializeAsString(), before);
  EXPECT_EQ(
      Ask(server_, &Stub::ListOrganizations, v1::ListOrganizationsRequest()).SerializeAsString(),
      organizations);
}

TEST_F(RestartTest, FiguresAtTheEndsOfWhatIsTakenAreReadAgain) {
  int count = 0;
  for (const char* const label : {"1900", "2200", "2199..2200", "FY1900", "TTM-1900-03-31"}) {
    for (const char* const number : {"999999999999999999999999.999999999", "0.000000001"}) {
      v1::Disclosure disclosure = AmazonGuidance();
      disclosure.set_organization_id("microsoft");
      disclosure.mutable_period()->Clear();
      disclosure.mutable_period()->set_label(label);
      disclosure.mutable_amount()->mutable_stated()->set_value(number);
      Record(server_, disclosure);
      ++count;
    }
  }
  v1::ListDisclosuresRequest request;
  const std::string before = Ask(server_, &Stub::ListDisclosures, request).SerializeAsString();
  server_.Restart();
  const auto after = Ask(server_, &Stub::ListDisclosures, request);
  EXPECT_EQ(after.disclosures_size(), count);
  EXPECT_EQ(after.SerializeAsString(), before);
}

TEST_F(RestartTest, ARequestSentAgainGetsItsResultsRefusalsIncluded) {
  v1::Disclosure wrong = AmazonGuidance();
  wrong.set_measure("capex");
  auto request = RecordRequest({AmazonGuidance(), wrong});
  request.set_mode(journal::v1::BATCH_MODE_BEST_EFFORT);
  request.set_request_id("r1");
  const auto first = Ask(server_, &Stub::RecordDisclosures, request);
  server_.Restart();
  const auto second = Ask(server_, &Stub::RecordDisclosures, request);
  EXPECT_EQ(second.SerializeAsString(), first.SerializeAsString());
  EXPECT_EQ(second.results(1).error().reason(), "UNKNOWN_MEASURE");
  EXPECT_EQ(Head(server_), 4u);
}

TEST_F(RestartTest, ARefusedAtomicRequestIsRefusedInTheSameWords) {
  v1::Disclosure wrong = AmazonGuidance();
  wrong.set_measure("capex");
  auto request = RecordRequest({AmazonGuidance(), wrong});
  request.set_request_id("r1");
  const Failure first = Refused(server_, &Stub::RecordDisclosures, request);
  server_.Restart();
  const Failure second = Refused(server_, &Stub::RecordDisclosures, request);
  EXPECT_EQ(second.message, first.message);
  EXPECT_EQ(second.fields, first.fields);
  EXPECT_EQ(second.reason, "UNKNOWN_MEASURE");
  EXPECT_EQ(Head(server_), 3u);
}

TEST_F(RestartTest, AKeyIsRemembered) {
  auto request = RecordRequest({AmazonGuidance()});
  request.mutable_entries(0)->set_idempotency_key("k1");
  Ask(server_, &Stub::RecordDisclosures, request);
  server_.Restart();
  EXPECT_EQ(Ask(server_, &Stub::RecordDisclosures, request).results(0).status(),
            journal::v1::RECORD_STATUS_REPLAYED);
  request.set_validate_only(true);
  EXPECT_EQ(Ask(server_, &Stub::RecordDisclosures, request).results(0).status(),
            journal::v1::RECORD_STATUS_REPLAYED);
}

TEST_F(RestartTest, APageTokenOutlivesTheProcess) {
  for (int i = 0; i < 3; ++i) {
    v1::Disclosure disclosure = AmazonGuidance();
    disclosure.set_quote(std::to_string(i));
    Record(server_, disclosure);
  }
  v1::ListDisclosuresRequest request;
  request.set_page_size(2);
  request.set_page_token(Ask(server_, &Stub::ListDisclosures, request).next_page_token());
  server_.Restart();
  const auto rest = Ask(server_, &Stub::ListDisclosures, request);
  ASSERT_EQ(rest.disclosures_size(), 1);
  EXPECT_EQ(rest.disclosures(0).quote(), "2");
}

}  // namespace
}  // namespace outlay::ingest
