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

}  // namespace
}  // namespace outlay::cli
