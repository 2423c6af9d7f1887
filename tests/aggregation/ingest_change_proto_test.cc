#include "services/aggregation/ingest_change_proto.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/common/status/error.h"
#include "tests/aggregation/fake_ingest.h"

namespace outlay::aggregation {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

template <class Kind>
Kind Read(const ingest::v1::Change& change) {
  absl::StatusOr<ChangeKind> kind = ReadChange(change);
  EXPECT_TRUE(kind.ok()) << kind.status();
  return std::get<Kind>(*std::move(kind));
}

TEST(ReadChange, ARecordedDisclosure) {
  ingest::v1::Change change = DisclosureRecorded("d-1", "microsoft", "80000000000");
  ingest::v1::Disclosure& message = *change.mutable_disclosure_recorded();
  message.set_scope("azure");
  message.set_definition("with_finance_leases");
  message.mutable_period()->set_label("FY2025");
  message.mutable_period()->set_start_date("2024-07-01");
  message.mutable_period()->set_end_date("2025-07-01");
  message.mutable_period()->set_fiscal(true);
  message.set_period_ambiguous(true);
  message.set_stated_at("2025-02-06T21:00:00Z");
  message.set_claim_kind(ingest::v1::CLAIM_KIND_TOTAL);
  message.mutable_source()->set_publisher("The Daily");
  const DisclosureChanged read = Read<DisclosureChanged>(change);
  EXPECT_EQ(read.revision, 1U);
  const Disclosure& disclosure = read.disclosure;
  EXPECT_EQ(disclosure.disclosure_id, "d-1");
  EXPECT_EQ(disclosure.organization_id, "microsoft");
  EXPECT_EQ(disclosure.scope, "azure");
  EXPECT_EQ(disclosure.definition, "with_finance_leases");
  EXPECT_EQ(disclosure.basis, Basis::kGuidance);
  EXPECT_EQ(disclosure.period.label, "FY2025");
  EXPECT_TRUE(disclosure.period.fiscal);
  EXPECT_EQ(disclosure.period.kind, time::PeriodKind::kYear);
  EXPECT_EQ(time::FormatDate(disclosure.period.end), "2025-07-01");
  EXPECT_TRUE(disclosure.period_ambiguous);
  EXPECT_EQ(disclosure.amount->stated->ToString(), "80000000000");
  EXPECT_EQ(time::FormatMoment(*disclosure.stated_at), "2025-02-06T21:00:00Z");
  EXPECT_EQ(time::FormatMoment(disclosure.published_at), "2025-02-10");
  EXPECT_EQ(disclosure.source_class, SourceClass::kPress);
  EXPECT_EQ(disclosure.source_id, "press-d-1");
  EXPECT_EQ(disclosure.publisher, "The Daily");
  EXPECT_TRUE(disclosure.claim);
  EXPECT_FALSE(disclosure.IsFigure());
}

TEST(ReadChange, AnImpliedLowStaysImplied) {
  ingest::v1::Change change = DisclosureRecorded("d-1", "meta", "65");
  money::v1::Amount& amount = *change.mutable_disclosure_recorded()->mutable_amount();
  amount.set_bound(money::v1::BOUND_UP_TO);
  amount.clear_stated();
  amount.mutable_low()->set_value("0");
  amount.set_low_implied(true);
  const Disclosure disclosure = Read<DisclosureChanged>(change).disclosure;
  EXPECT_EQ(money::ToString(money::ToInterval(*disclosure.amount)), "[0 implied, 65]");
}

TEST(ReadChange, AWithdrawalHasNoAmount) {
  ingest::v1::Change change = DisclosureRecorded("d-1", "meta", "65");
  change.mutable_disclosure_recorded()->set_action(ingest::v1::STATEMENT_ACTION_WITHDRAWN);
  change.mutable_disclosure_recorded()->clear_amount();
  EXPECT_TRUE(Read<DisclosureChanged>(change).disclosure.IsWithdrawal());
}

TEST(ReadChange, AnUndatedPeriod) {
  ingest::v1::Change change = DisclosureRecorded("d-1", "meta", "65");
  time::v1::Period& period = *change.mutable_disclosure_recorded()->mutable_period();
  period.Clear();
  period.set_label("undated");
  period.set_kind(time::v1::PERIOD_KIND_UNDATED);
  EXPECT_EQ(Read<DisclosureChanged>(change).disclosure.period, time::UndatedPeriod());
}

TEST(ReadChange, CorrectionsVoidsAndRedactions) {
  ingest::v1::Change corrected;
  *corrected.mutable_disclosure_corrected() =
      DisclosureRecorded("d-1", "meta", "65").disclosure_recorded();
  corrected.mutable_disclosure_corrected()->set_revision(2);
  EXPECT_EQ(Read<DisclosureChanged>(corrected).revision, 2U);

  ingest::v1::Change voided;
  voided.mutable_disclosure_voided()->set_disclosure_id("d-1");
  voided.mutable_disclosure_voided()->set_revision(3);
  EXPECT_EQ(Read<DisclosureVoided>(voided).disclosure_id, "d-1");
  EXPECT_EQ(Read<DisclosureVoided>(voided).revision, 3U);

  ingest::v1::Change redacted;
  redacted.mutable_source_redacted()->add_disclosure_ids("d-1");
  redacted.mutable_source_redacted()->add_disclosure_ids("d-2");
  EXPECT_THAT(Read<SourceRedacted>(redacted).disclosure_ids, ElementsAre("d-1", "d-2"));
}

TEST(ReadChange, AnOrganizationWithEveryNameItIsKnownBy) {
  ingest::v1::Change change = OrganizationUpserted("alphabet", "Alphabet", "06-30", "parent");
  ingest::v1::Organization& message = *change.mutable_organization_upserted();
  message.add_names()->set_name("알파벳");
  message.add_aliases()->set_name("Google");
  message.set_ticker("GOOGL");
  const Organization organization = Read<OrganizationChanged>(change).organization;
  EXPECT_EQ(organization.name, "Alphabet");
  EXPECT_THAT(organization.known_as, ElementsAre("Alphabet", "알파벳", "Google", "GOOGL"));
  EXPECT_EQ(organization.parent_id, "parent");
  EXPECT_EQ(time::FormatFiscalCalendar(organization.calendar), "06-30");
}

TEST(ReadChange, AnEmptyFiscalYearEndIsDecember) {
  const ingest::v1::Change change = OrganizationUpserted("meta", "Meta", "");
  EXPECT_TRUE(Read<OrganizationChanged>(change).organization.calendar.IsCalendarYear());
}

TEST(ReadChange, AGroup) {
  const Group group = Read<GroupChanged>(GroupUpserted("g", {"a", "b"})).group;
  EXPECT_EQ(group.group_id, "g");
  EXPECT_THAT(group.organization_ids, ElementsAre("a", "b"));
}

TEST(ReadChange, AKindOfALaterVersionChangesNothing) { Read<NothingChanged>(ingest::v1::Change()); }

template <class Damage>
void ExpectUnreadable(Damage damage, std::string_view says) {
  ingest::v1::Change change = DisclosureRecorded("d-1", "meta", "65");
  damage(*change.mutable_disclosure_recorded());
  const absl::Status status = ReadChange(change).status();
  EXPECT_EQ(GetErrorDetail(status).reason, "UNREADABLE_CHANGE");
  EXPECT_THAT(std::string(status.message()), HasSubstr(std::string(says)));
}

TEST(ReadChange, SaysWhatItCannotRead) {
  using ingest::v1::Disclosure;
  ExpectUnreadable([](Disclosure& d) { d.clear_disclosure_id(); }, "without an id");
  ExpectUnreadable([](Disclosure& d) { d.clear_amount(); }, "without an amount");
  ExpectUnreadable([](Disclosure& d) { d.set_basis(static_cast<ingest::v1::Basis>(9)); },
                   "basis 9");
  ExpectUnreadable(
      [](Disclosure& d) {
        d.mutable_source()->set_source_class(static_cast<ingest::v1::SourceClass>(9));
      },
      "source class 9");
  ExpectUnreadable([](Disclosure& d) { d.set_published_at("soon"); }, "soon");
  ExpectUnreadable([](Disclosure& d) { d.mutable_period()->set_end_date("2024-12-31"); },
                   "ends before it starts");
  ExpectUnreadable([](Disclosure& d) { d.mutable_amount()->clear_stated(); }, "stated");
  ExpectUnreadable([](Disclosure& d) { d.mutable_amount()->set_currency_code("US"); }, "currency");
}

}  // namespace
}  // namespace outlay::aggregation
