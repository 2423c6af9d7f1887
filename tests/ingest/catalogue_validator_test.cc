#include "services/ingest/catalogue_validator.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "services/common/status/error.h"
#include "tests/ingest/domain_support.h"

namespace outlay::ingest {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

OrganizationInput Meta() {
  return {.organization_id = "meta",
          .kind = OrganizationKind::kCompany,
          .names = {{"en", "Meta Platforms"}, {"ko", "메타"}},
          .aliases = {{"en", "Facebook"}},
          .cik = "0001326801",
          .ticker = "META",
          .country_code = "US"};
}

class CatalogueValidatorTest : public ::testing::Test {
 protected:
  absl::Status Check(const std::vector<OrganizationInput>& inputs) {
    return CheckOrganizations(inputs, *ledger_).status();
  }

  const std::unique_ptr<Ledger> ledger_ = LedgerWithCatalogue();
};

TEST_F(CatalogueValidatorTest, AnEmptyFiscalYearEndIsTheCalendarYears) {
  const auto checked = CheckOrganizations({Meta()}, *ledger_);
  ASSERT_TRUE(checked.ok()) << checked.status();
  EXPECT_EQ(checked->front().fiscal_calendar, time::FiscalCalendar::Calendar());
}

TEST_F(CatalogueValidatorTest, AParentMayStandInTheSameRequestAfterItsChild) {
  OrganizationInput child = Meta();
  child.organization_id = "instagram";
  child.cik = "";
  child.parent_id = "meta";
  EXPECT_TRUE(Check({child, Meta()}).ok());
  const absl::Status alone = Check({child});
  EXPECT_EQ(alone.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(GetErrorDetail(alone).reason, "UNKNOWN_PARENT");
  EXPECT_THAT(Fields(alone), ElementsAre("organizations[0].parent_id"));
}

TEST_F(CatalogueValidatorTest, RefusesCyclesOfParents) {
  OrganizationInput meta = Meta();
  meta.parent_id = "meta";
  EXPECT_EQ(GetErrorDetail(Check({meta})).reason, "PARENT_CYCLE");

  OrganizationInput one = Meta();
  one.parent_id = "two";
  OrganizationInput two = Meta();
  two.organization_id = "two";
  two.cik = "";
  two.parent_id = "meta";
  const absl::Status status = Check({one, two});
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(Fields(status),
              ElementsAre("organizations[0].parent_id", "organizations[1].parent_id"));
}

TEST_F(CatalogueValidatorTest, OneKeyBelongsToOneOrganization) {
  OrganizationInput meta = Meta();
  meta.cik = "0001018724";
  const absl::Status status = Check({meta});
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(GetErrorDetail(status).reason, "DUPLICATE_CIK");
  EXPECT_THAT(std::string(status.message()), HasSubstr("\"amazon\""));

  // Handed over in one request it is free.
  OrganizationInput amazon = Meta();
  amazon.organization_id = "amazon";
  amazon.cik = "";
  EXPECT_TRUE(Check({meta, amazon}).ok());
}

struct Case {
  const char* name;
  std::function<void(OrganizationInput&)> spoil;
  const char* field;
  const char* reason;
};

class OrganizationRulesTest : public CatalogueValidatorTest,
                              public ::testing::WithParamInterface<Case> {};

TEST_P(OrganizationRulesTest, NamesFieldAndReason) {
  OrganizationInput input = Meta();
  GetParam().spoil(input);
  const absl::Status status = Check({input});
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << status;
  EXPECT_EQ(GetErrorDetail(status).reason, GetParam().reason);
  EXPECT_THAT(Fields(status), ElementsAre(GetParam().field)) << status;
}

using In = OrganizationInput;

INSTANTIATE_TEST_SUITE_P(
    Rules, OrganizationRulesTest,
    ::testing::Values(Case{"NoId", [](In& i) { i.organization_id = ""; },
                           "organizations[0].organization_id", "REQUIRED"},
                      Case{"Id", [](In& i) { i.organization_id = "Meta-"; },
                           "organizations[0].organization_id", "MALFORMED_SLUG"},
                      Case{"NoKind", [](In& i) { i.kind = OrganizationKind::kUnspecified; },
                           "organizations[0].kind", "REQUIRED"},
                      Case{"UnknownKind", [](In& i) { i.kind = static_cast<OrganizationKind>(9); },
                           "organizations[0].kind", "UNKNOWN_VALUE"},
                      Case{"NoEnglishName",
                           [](In& i) {
                             i.names = {{"ko", "메타"}};
                           },
                           "organizations[0].names", "REQUIRED"},
                      Case{"TwoNamesOfOneLanguage",
                           [](In& i) {
                             i.names = {{"en", "a"}, {"en", "b"}};
                           },
                           "organizations[0].names[1]", "DUPLICATE_NAME"},
                      Case{"EmptyName",
                           [](In& i) {
                             i.names = {{"en", ""}};
                           },
                           "organizations[0].names[0].name", "REQUIRED"},
                      Case{"LongName",
                           [](In& i) {
                             i.names = {{"en", std::string(201, 'x')}};
                           },
                           "organizations[0].names[0].name", "TOO_LONG"},
                      Case{"NameLanguage",
                           [](In& i) {
                             i.aliases = {{"English", "a"}};
                           },
                           "organizations[0].aliases[0].language", "MALFORMED_LANGUAGE"},
                      Case{"AliasTwice",
                           [](In& i) {
                             i.aliases = {{"en", "a"}, {"en", "a"}};
                           },
                           "organizations[0].aliases[1]", "DUPLICATE_NAME"},
                      Case{"Parent", [](In& i) { i.parent_id = "A B"; },
                           "organizations[0].parent_id", "MALFORMED_SLUG"},
                      Case{"FiscalYearEnd", [](In& i) { i.fiscal_year_end = "06-31"; },
                           "organizations[0].fiscal_year_end", "MALFORMED_FISCAL_CALENDAR"},
                      Case{"ShortCik", [](In& i) { i.cik = "1326801"; }, "organizations[0].cik",
                           "MALFORMED_CIK"},
                      Case{"Ticker", [](In& i) { i.ticker = "meta"; }, "organizations[0].ticker",
                           "MALFORMED_TICKER"},
                      Case{"Country", [](In& i) { i.country_code = "USA"; },
                           "organizations[0].country_code", "MALFORMED_COUNTRY"}),
    [](const auto& wrong) { return std::string(wrong.param.name); });

TEST_F(CatalogueValidatorTest, AnEntryStandsOnceInARequest) {
  OrganizationInput again = Meta();
  again.cik = "";
  const absl::Status status = Check({Meta(), again});
  EXPECT_EQ(GetErrorDetail(status).reason, "DUPLICATE_ENTRY");
  EXPECT_THAT(Fields(status), ElementsAre("organizations[1].organization_id"));
}

TEST_F(CatalogueValidatorTest, AGroupNamesOrganizationsOfTheCatalogue) {
  GroupContent group{
      .group_id = "g", .names = {{"en", "G"}}, .organization_ids = {"amazon", "google"}};
  const absl::Status unknown = CheckGroups({group}, *ledger_);
  EXPECT_EQ(unknown.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(GetErrorDetail(unknown).reason, "UNKNOWN_ORGANIZATION");
  EXPECT_THAT(Fields(unknown), ElementsAre("groups[0].organization_ids[1]"));
  EXPECT_THAT(std::string(unknown.message()), HasSubstr("\"alphabet\""));

  group.organization_ids = {};
  EXPECT_EQ(GetErrorDetail(CheckGroups({group}, *ledger_)).reason, "REQUIRED");
  group.organization_ids = {"amazon", "amazon"};
  EXPECT_EQ(GetErrorDetail(CheckGroups({group}, *ledger_)).reason, "DUPLICATE_ENTRY");
  group.organization_ids = {"amazon"};
  EXPECT_TRUE(CheckGroups({group}, *ledger_).ok());
}

}  // namespace
}  // namespace outlay::ingest
