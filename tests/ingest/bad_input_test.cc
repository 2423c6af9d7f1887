// Requests that are wrong as a whole: each answered with code, reason, field, and what would be right; nothing stored.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "tests/ingest/service_support.h"

namespace outlay::ingest {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class BadInputTest : public ::testing::Test {
 protected:
  BadInputTest() { AddCompanies(server_); }

  IngestServer server_;
};

using Spoil = std::function<void(v1::RecordDisclosuresRequest&)>;

TEST_F(BadInputTest, OfRecordDisclosures) {
  struct Case {
    const char* reason;
    const char* field;
    const char* would_be_right;
    Spoil spoil;
  };
  const Case cases[] = {
      {"EMPTY_BATCH", "entries", "1 to 1000", [](auto& r) { r.clear_entries(); }},
      {"BATCH_TOO_LARGE", "entries", "1 to 1000",
       [](auto& r) {
         for (int i = 0; i < 1'000; ++i) r.add_entries();
       }},
      {"REQUIRED", "change.actor", "analyst@example.org", [](auto& r) { r.clear_change(); }},
      {"TOO_LONG", "change.actor", "at most 200",
       [](auto& r) { r.mutable_change()->set_actor(std::string(201, 'a')); }},
      {"TOO_LONG", "change.reason", "at most 1000",
       [](auto& r) { r.mutable_change()->set_reason(std::string(1'001, 'a')); }},
      {"TOO_LONG", "request_id", "at most 100",
       [](auto& r) { r.set_request_id(std::string(101, 'a')); }},
      {"UNKNOWN_VALUE", "mode", "BATCH_MODE_BEST_EFFORT",
       [](auto& r) { r.set_mode(static_cast<journal::v1::BatchMode>(9)); }},
      {"TOO_LONG", "entries[0].idempotency_key", "at most 200",
       [](auto& r) { r.mutable_entries(0)->set_idempotency_key(std::string(201, 'a')); }},
      {"REQUIRED", "entries[0].disclosure", "is required",
       [](auto& r) { r.mutable_entries(0)->clear_disclosure(); }},
      {"OUTPUT_ONLY", "entries[0].disclosure.disclosure_id", "leave it out",
       [](auto& r) {
         r.mutable_entries(0)->mutable_disclosure()->set_disclosure_id("d-0000000000000009");
       }},
      {"PUBLISHED_IN_THE_FUTURE", "entries[0].disclosure.published_at", "what has been published",
       [](auto& r) { r.mutable_entries(0)->mutable_disclosure()->set_published_at("2025-03-18"); }},
  };
  for (const Case& wrong : cases) {
    auto request = RecordRequest({AmazonGuidance()});
    wrong.spoil(request);
    const Failure failure = Refused(server_, &Stub::RecordDisclosures, request);
    EXPECT_EQ(failure.code, absl::StatusCode::kInvalidArgument) << wrong.field;
    EXPECT_EQ(failure.reason, wrong.reason) << wrong.field;
    EXPECT_THAT(failure.fields, ElementsAre(wrong.field));
    EXPECT_THAT(failure.message, HasSubstr(wrong.would_be_right));
  }
  EXPECT_EQ(Head(server_), 3u);
}

TEST_F(BadInputTest, EveryOutputOnlyFieldIsNamed) {
  v1::Disclosure disclosure = AmazonGuidance();
  disclosure.mutable_period()->set_kind(time::v1::PERIOD_KIND_YEAR);
  disclosure.mutable_period()->set_fiscal(true);
  disclosure.mutable_amount()->set_low_implied(true);
  disclosure.set_quote_redacted(true);
  disclosure.set_revision(1);
  disclosure.set_voided(true);
  disclosure.set_sequence(1);
  disclosure.mutable_recorded_time();
  disclosure.mutable_change();
  const Failure failure = Refused(server_, &Stub::RecordDisclosures, RecordRequest({disclosure}));
  EXPECT_EQ(failure.reason, "OUTPUT_ONLY");
  EXPECT_EQ(failure.fields.size(), 9u);
}

TEST_F(BadInputTest, AMessageThatIsTooLargeIsRefusedByTheTransport) {
  auto request = RecordRequest({AmazonGuidance()});
  request.mutable_entries(0)->mutable_disclosure()->set_quote(std::string(17 << 20, 'x'));
  EXPECT_EQ(Refused(server_, &Stub::RecordDisclosures, request).code,
            absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(Head(server_), 3u);
}

TEST_F(BadInputTest, OfCorrectAndVoid) {
  v1::CorrectDisclosureRequest correct;
  correct.set_disclosure_id("4");
  const Failure failure = Refused(server_, &Stub::CorrectDisclosure, correct);
  EXPECT_EQ(failure.code, absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(failure.fields, ElementsAre("change.actor", "change.reason", "disclosure_id",
                                          "expected_revision", "disclosure"));
  const Failure of_void = Refused(server_, &Stub::VoidDisclosure, v1::VoidDisclosureRequest());
  EXPECT_THAT(of_void.fields,
              ElementsAre("change.actor", "change.reason", "disclosure_id", "expected_revision"));
}

TEST_F(BadInputTest, OfGetAndBatchGet) {
  v1::GetDisclosureRequest get;
  get.set_disclosure_id("d-4");
  EXPECT_EQ(Refused(server_, &Stub::GetDisclosure, get).reason, "MALFORMED_DISCLOSURE_ID");
  get.set_disclosure_id("d-00000000000000ff");
  Failure failure = Refused(server_, &Stub::GetDisclosure, get);
  EXPECT_EQ(failure.code, absl::StatusCode::kNotFound);
  EXPECT_EQ(failure.reason, "DISCLOSURE_NOT_FOUND");
  get.mutable_as_of()->set_published("yesterday");
  failure = Refused(server_, &Stub::GetDisclosure, get);
  EXPECT_EQ(failure.reason, "MALFORMED_INSTANT");
  EXPECT_THAT(failure.fields, ElementsAre("as_of.published"));
  get.mutable_as_of()->clear_published();
  get.mutable_as_of()->set_recorded_sequence(4);
  failure = Refused(server_, &Stub::GetDisclosure, get);
  EXPECT_EQ(failure.code, absl::StatusCode::kOutOfRange);
  EXPECT_EQ(failure.reason, "SEQUENCE_AHEAD");
  EXPECT_EQ(failure.metadata.at("head_sequence"), "3");

  v1::BatchGetDisclosuresRequest batch;
  EXPECT_EQ(Refused(server_, &Stub::BatchGetDisclosures, batch).reason, "EMPTY_BATCH");
  batch.add_disclosure_ids("d-0000000000000004");
  batch.add_disclosure_ids("4");
  EXPECT_THAT(Refused(server_, &Stub::BatchGetDisclosures, batch).fields,
              ElementsAre("disclosure_ids[1]"));
  for (int i = 0; i < 10'000; ++i) batch.add_disclosure_ids("d-0000000000000004");
  EXPECT_EQ(Refused(server_, &Stub::BatchGetDisclosures, batch).reason, "BATCH_TOO_LARGE");
}

TEST_F(BadInputTest, OfListDisclosures) {
  v1::ListDisclosuresRequest list;
  list.add_organization_ids("구글");
  list.add_measures("capital_expenditur");
  list.add_bases(static_cast<v1::Basis>(7));
  list.add_source_classes(v1::SOURCE_CLASS_UNSPECIFIED);
  list.set_source_id("Brunch 2025");
  list.set_period_start_date("2025");
  const Failure failure = Refused(server_, &Stub::ListDisclosures, list);
  EXPECT_EQ(failure.code, absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(failure.fields, ElementsAre("organization_ids[0]", "measures[0]", "bases[0]",
                                          "source_classes[0]", "source_id", "period_start_date"));
  EXPECT_THAT(failure.message, HasSubstr("\"alphabet\""));

  v1::ListDisclosuresRequest backwards;
  backwards.set_period_start_date("2025-02-01");
  backwards.set_period_end_date("2025-01-01");
  EXPECT_EQ(Refused(server_, &Stub::ListDisclosures, backwards).reason, "EMPTY_RANGE");

  for (const int size : {-1, 1'001}) {
    v1::ListDisclosuresRequest sized;
    sized.set_page_size(size);
    EXPECT_EQ(Refused(server_, &Stub::ListDisclosures, sized).reason, "PAGE_SIZE_OUT_OF_RANGE");
  }
}

TEST_F(BadInputTest, OfTheCatalogue) {
  v1::UpsertOrganizationsRequest organizations;
  organizations.mutable_change()->set_actor("test");
  EXPECT_EQ(Refused(server_, &Stub::UpsertOrganizations, organizations).reason, "EMPTY_BATCH");
  for (int i = 0; i < 1'001; ++i) organizations.add_organizations();
  EXPECT_EQ(Refused(server_, &Stub::UpsertOrganizations, organizations).reason, "BATCH_TOO_LARGE");
  v1::UpsertGroupsRequest groups;
  groups.add_groups();
  EXPECT_THAT(Refused(server_, &Stub::UpsertGroups, groups).fields, ElementsAre("change.actor"));

  v1::GetOrganizationRequest get;
  get.set_organization_id("구글");
  const Failure failure = Refused(server_, &Stub::GetOrganization, get);
  EXPECT_EQ(failure.code, absl::StatusCode::kNotFound);
  EXPECT_EQ(failure.reason, "ORGANIZATION_NOT_FOUND");
  EXPECT_EQ(failure.metadata.at("nearest"), "alphabet");
  EXPECT_EQ(Refused(server_, &Stub::GetGroup, v1::GetGroupRequest()).reason, "GROUP_NOT_FOUND");
  EXPECT_EQ(Head(server_), 3u);
}

}  // namespace
}  // namespace outlay::ingest
