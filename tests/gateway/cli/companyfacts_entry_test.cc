#include "gateway/cli/companyfacts_entry.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace outlay::cli {
namespace {

using ingest::v1::Disclosure;

TimelineEntry Entry(const std::string& restates = "") {
  return *ConceptTimeline::ParseEntry(
      R"({"organizationId":"meta","measure":"capital_expenditure","definition":"purchases",)"
      R"("concepts":["us-gaap:Payments"])" +
      restates + "}");
}

Disclosure DisclosureOf(const TimelineEntry& entry, const std::string& form,
                        const std::string& end = "2023-12-31") {
  const CompanyFact fact = {.number = 17,
                            .concept_name = "us-gaap:Payments",
                            .unit = "USD",
                            .start = "2023-01-01",
                            .end = end,
                            .value = "27266000000",
                            .accession = "0001326801-24-000012",
                            .form = form,
                            .filed = "2024-02-02"};
  const CheckedFact checked = *CheckFact(fact);
  return ToEntry({&entry, checked, checked.value, "us-gaap:Payments 27266000000"},
                 {"0001326801", "Meta"})
      .disclosure();
}

TEST(CompanyFactsEntry, TheFilingIsTheSourceAndItsDayThatOfPublication) {
  const TimelineEntry entry = Entry();
  const Disclosure disclosure = DisclosureOf(entry, "10-K");
  EXPECT_EQ(disclosure.organization_id(), "meta");
  EXPECT_EQ(disclosure.basis(), ingest::v1::BASIS_ACTUAL);
  EXPECT_EQ(disclosure.published_at(), "2024-02-02");
  EXPECT_EQ(disclosure.source().source_id(), "0001326801-24-000012");
  EXPECT_EQ(disclosure.source().accession(), "0001326801-24-000012");
  EXPECT_EQ(disclosure.source().source_class(), ingest::v1::SOURCE_CLASS_FILING);
  EXPECT_EQ(disclosure.source().url(),
            "https://www.sec.gov/Archives/edgar/data/1326801/000132680124000012/"
            "0001326801-24-000012-index.htm");
  EXPECT_EQ(disclosure.amount().stated().value(), "27266000000");
  EXPECT_EQ(disclosure.quote(), "us-gaap:Payments 27266000000");
}

TEST(CompanyFactsEntry, AFactsEndIsTheLastDayOfItsPeriod) {
  const TimelineEntry entry = Entry();
  EXPECT_EQ(DisclosureOf(entry, "10-K").period().start_date(), "2023-01-01");
  EXPECT_EQ(DisclosureOf(entry, "10-K").period().end_date(), "2024-01-01");
  EXPECT_EQ(DisclosureOf(entry, "10-K").period().label(), "");
}

TEST(CompanyFactsEntry, EveryFormIsAFilingOfItsOwn) {
  const TimelineEntry entry = Entry();
  for (const char* const form : {"8-K", "10-K/A", "10-Q", "20-F"}) {
    EXPECT_EQ(DisclosureOf(entry, form).source().form(), form);
    EXPECT_EQ(DisclosureOf(entry, form).action(), ingest::v1::STATEMENT_ACTION_STATED);
  }
}

TEST(CompanyFactsEntry, WhatTheTimelineCallsRestatedIsSoForItsPeriodsOnly) {
  const TimelineEntry entry =
      Entry(R"(,"restates":{"action":"DEFINITION_CHANGE","periodsUntil":"2023-06-30"})");
  EXPECT_EQ(DisclosureOf(entry, "10-Q", "2023-06-30").action(),
            ingest::v1::STATEMENT_ACTION_DEFINITION_CHANGE);
  EXPECT_EQ(DisclosureOf(entry, "10-Q", "2023-09-30").action(),
            ingest::v1::STATEMENT_ACTION_STATED);
}

}  // namespace
}  // namespace outlay::cli
