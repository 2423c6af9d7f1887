#include "gateway/cli/report_pages.h"

#include <gtest/gtest.h>

namespace outlay::cli {
namespace {

TEST(MergePageTest, RowsFollowWithTheirRatesAndSourcesStandOnce) {
  gateway::v1::Report report;
  report.add_rows()->set_rate_index(0);
  report.add_rates()->set_provider("ecb");
  report.add_sources()->set_source_id("a");
  report.add_disclosures()->set_disclosure_id("d-1");
  gateway::v1::Report page;
  page.add_rows()->set_rate_index(1);
  page.add_rows()->set_rate_index(-1);
  page.add_rates()->set_provider("x");
  page.add_rates()->set_provider("y");
  page.add_sources()->set_source_id("a");
  page.add_sources()->set_source_id("b");
  page.add_disclosures()->set_disclosure_id("d-2");
  MergePage(page, &report);
  ASSERT_EQ(report.rows_size(), 3);
  EXPECT_EQ(report.rates(report.rows(1).rate_index()).provider(), "y");
  EXPECT_EQ(report.rows(2).rate_index(), -1);
  EXPECT_EQ(report.sources_size(), 2);
  EXPECT_EQ(report.disclosures_size(), 2);
}

TEST(MergePageTest, WhatIsSaidOfTheWholeStandsOnce) {
  gateway::v1::Report report;
  const auto add = [](const std::string& code, const std::string& message,
                      gateway::v1::Report* to) {
    to->add_warnings()->set_code(code);
    to->mutable_warnings()->rbegin()->set_message(message);
  };
  add("PARTIAL", "Ingest has not been heard for 31 s", &report);
  add("STALE_RATE", "of 2025-02-07", &report);
  gateway::v1::Report page;
  add("PARTIAL", "Ingest has not been heard for 32 s", &page);
  add("STALE_RATE", "of 2025-02-07", &page);
  add("STALE_RATE", "of 2024-02-07", &page);
  MergePage(page, &report);
  ASSERT_EQ(report.warnings_size(), 3);
  EXPECT_EQ(report.warnings(2).message(), "of 2024-02-07");
}

TEST(IsPartialTest, AReportIsPartialWhereItSaysSoOfTheWhole) {
  gateway::v1::Report report;
  report.add_rows()->add_warnings()->set_code("PARTIAL");
  report.add_warnings()->set_code("ROUNDED");
  EXPECT_FALSE(IsPartial(report));
  report.add_warnings()->set_code("PARTIAL");
  EXPECT_TRUE(IsPartial(report));
  report.clear_warnings();
  report.add_missing()->set_service("fx");
  EXPECT_TRUE(IsPartial(report));
}

}  // namespace
}  // namespace outlay::cli
