#include "gateway/cli/disclosure_columns.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/cli/import_disclosures.h"
#include "gateway/cli/stored_disclosure.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"

namespace outlay::cli {
namespace {

using ingest::v1::Disclosure;
using ingest::v1::DisclosureEntry;
using testing::HasSubstr;

absl::StatusOr<DisclosureEntry> ReadRow(const std::vector<std::string>& names,
                                        const std::vector<std::string>& cells) {
  const auto columns = DisclosureColumns::FromHeader(names);
  if (!columns.ok()) return columns.status();
  return columns->Read(cells);
}

std::vector<std::string> With(std::vector<std::string> more) {
  more.insert(more.begin(), {"measure", "basis", "published_at", "source_id", "source_class"});
  return more;
}

std::vector<std::string> CellsWith(std::vector<std::string> more) {
  more.insert(more.begin(), {"revenue", "ACTUAL", "2025-01-01", "s", "PRESS"});
  return more;
}

// A record with every field that a client can set.
DisclosureEntry FullEntry() {
  DisclosureEntry entry;
  entry.set_idempotency_key("key");
  Disclosure& disclosure = *entry.mutable_disclosure();
  disclosure.set_disclosure_id("d-0000000000000001");
  disclosure.set_organization_id("amazon");
  disclosure.set_group_id("g");
  disclosure.set_scope("aws");
  disclosure.set_measure("capital_expenditure");
  disclosure.set_definition("purchases");
  disclosure.set_basis(ingest::v1::BASIS_GUIDANCE);
  disclosure.mutable_period()->set_label("2025");
  disclosure.mutable_period()->set_start_date("2025-01-01");
  disclosure.mutable_period()->set_end_date("2026-01-01");
  disclosure.mutable_period()->set_fiscal(true);
  disclosure.set_period_ambiguous(true);
  money::v1::Amount& amount = *disclosure.mutable_amount();
  amount.set_currency_code("USD");
  amount.set_bound(money::v1::BOUND_RANGE);
  amount.mutable_low()->set_value("-60");
  amount.mutable_high()->set_value("65");
  amount.mutable_stated()->set_value("62.5");
  amount.set_approximate(true);
  amount.mutable_written_unit()->set_value("0.1");
  disclosure.set_action(ingest::v1::STATEMENT_ACTION_RESTATED);
  disclosure.set_claim_kind(ingest::v1::CLAIM_KIND_TOTAL);
  disclosure.set_stated_at("2025-02-06");
  disclosure.set_published_at("2025-02-09T12:00:00Z");
  ingest::v1::Source& source = *disclosure.mutable_source();
  source.set_source_id("s");
  source.set_source_class(ingest::v1::SOURCE_CLASS_FILING);
  source.set_title("=title, \"quoted\"");
  source.set_publisher("p");
  source.set_url("https://example.org");
  source.set_language("ko");
  source.set_accession("0001018724-25-000004");
  source.set_form("10-K");
  disclosure.set_quote("최대\n650억");
  return entry;
}

TEST(DisclosureColumnsTest, EveryFieldThatAClientSetsHasAColumn) {
  const DisclosureEntry entry = FullEntry();
  const auto read = ReadRow(DisclosureColumnNames(), CellsOf(entry));
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->SerializeAsString(), entry.SerializeAsString());
  for (const std::string& cell : CellsOf(entry)) EXPECT_NE(cell, "");
}

TEST(DisclosureColumnsTest, EmptyCellsLeaveTheirFieldsAbsent) {
  const auto entry = ReadRow(With({"low", "currency", "quote"}), CellsWith({"", "", ""}));
  ASSERT_TRUE(entry.ok()) << entry.status();
  EXPECT_FALSE(entry->disclosure().has_amount());
  EXPECT_EQ(entry->disclosure().measure(), "revenue");
}

TEST(DisclosureColumnsTest, ValuesMayHaveTheirFullNames) {
  const auto entry = ReadRow(With({"bound"}), CellsWith({"BOUND_UP_TO"}));
  ASSERT_TRUE(entry.ok()) << entry.status();
  EXPECT_EQ(entry->disclosure().amount().bound(), money::v1::BOUND_UP_TO);
}

TEST(DisclosureColumnsTest, AHeaderIsCheckedBeforeAnythingIsRead) {
  const auto reason = [](const std::vector<std::string>& names) {
    return GetErrorDetail(DisclosureColumns::FromHeader(names).status()).reason;
  };
  EXPECT_EQ(reason(With({"ammount"})), "UNKNOWN_COLUMN");
  EXPECT_EQ(reason(With({"measure"})), "DOUBLED_COLUMN");
  EXPECT_EQ(reason({"measure"}), "MISSING_COLUMN");
  const absl::Status near = DisclosureColumns::FromHeader(With({"organisation_id"})).status();
  EXPECT_THAT(std::string(FromAbsl(near.message())), HasSubstr("did you mean \"organization_id\""));
}

TEST(DisclosureColumnsTest, EveryMalformedCellIsNamedByItsColumn) {
  const absl::Status status = ReadRow(With({"bound", "approximate", "action"}),
                                      CellsWith({"ATLEAST", "yes", "UNSPECIFIED"}))
                                  .status();
  const ErrorDetail detail = GetErrorDetail(status);
  EXPECT_EQ(detail.reason, "MALFORMED_CELL");
  ASSERT_EQ(detail.violations.size(), 3u);
  EXPECT_EQ(detail.violations[0].field, "bound");
  EXPECT_THAT(detail.violations[0].description, HasSubstr("did you mean \"AT_LEAST\""));
  EXPECT_EQ(detail.violations[1].description, "\"yes\" is neither true nor false");
}

TEST(DisclosureColumnsTest, TextThatIsNotUtf8IsAMalformedCell) {
  const absl::Status status =
      ReadRow(With({"quote", "period"}), CellsWith({"caf\xe9", "2025"})).status();
  const ErrorDetail detail = GetErrorDetail(status);
  EXPECT_EQ(detail.reason, "MALFORMED_CELL");
  ASSERT_EQ(detail.violations.size(), 1u);
  EXPECT_EQ(detail.violations[0].field, "quote");
  EXPECT_THAT(detail.violations[0].description, HasSubstr("\"caf\\xe9\" is not UTF-8"));
}

TEST(DisclosureColumnsTest, ARecordHasAsManyCellsAsTheHeader) {
  const absl::Status status = ReadRow(With({}), CellsWith({"more"})).status();
  EXPECT_EQ(GetErrorDetail(status).reason, "CELL_COUNT");
  EXPECT_THAT(std::string(FromAbsl(status.message())), HasSubstr("6 cells where the header has 5"));
}

TEST(FormatOfTest, TheContentDecidesThenTheName) {
  EXPECT_EQ(*FormatOf("x.csv", "  {\"a\": 1}", ""), DisclosureFormat::kJsonLines);
  EXPECT_EQ(*FormatOf("x.jsonl", "measure,basis", ""), DisclosureFormat::kCsv);
  EXPECT_EQ(*FormatOf("x.csv", "what,is,this", ""), DisclosureFormat::kCsv);
  EXPECT_EQ(*FormatOf("x.jsonl", "what", ""), DisclosureFormat::kJsonLines);
  EXPECT_EQ(*FormatOf("x", "{", "csv"), DisclosureFormat::kCsv);
  EXPECT_EQ(GetErrorDetail(FormatOf("x.txt", "what", "").status()).reason, "UNKNOWN_FORMAT");
}

// As the server gives it.
Disclosure Stored(uint32_t revision) {
  Disclosure stored = FullEntry().disclosure();
  stored.set_idempotency_key("key");
  stored.mutable_period()->set_kind(time::v1::PERIOD_KIND_YEAR);
  stored.set_revision(revision);
  stored.set_sequence(9);
  stored.mutable_recorded_time()->set_seconds(1);
  stored.mutable_change()->set_actor("a");
  stored.set_quote_redacted(true);
  return stored;
}

TEST(StoredDisclosureTest, WhatTheServerFillsInIsLeftOut) {
  const DisclosureEntry entry = ToEntry(Stored(2));
  EXPECT_EQ(entry.SerializeAsString(), FullEntry().SerializeAsString());
}

TEST(StoredDisclosureTest, OnlyAChangedRecordKeepsItsId) {
  EXPECT_EQ(ToEntry(Stored(1)).disclosure().disclosure_id(), "");
  EXPECT_EQ(ToEntry(Stored(2)).disclosure().disclosure_id(), "d-0000000000000001");
}

TEST(StoredDisclosureTest, BoundsThatFollowFromTheFigureAreLeftOut) {
  Disclosure stored = Stored(1);
  stored.mutable_amount()->set_bound(money::v1::BOUND_POINT);
  EXPECT_FALSE(ToEntry(stored).disclosure().amount().has_low());
  EXPECT_FALSE(ToEntry(stored).disclosure().amount().has_high());
  stored.mutable_amount()->set_bound(money::v1::BOUND_UP_TO);
  stored.mutable_amount()->set_low_implied(true);
  EXPECT_FALSE(ToEntry(stored).disclosure().amount().has_low());
  EXPECT_TRUE(ToEntry(stored).disclosure().amount().has_high());
}

}  // namespace
}  // namespace outlay::cli
