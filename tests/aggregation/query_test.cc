#include "services/aggregation/query.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/common/status/error.h"
#include "tests/aggregation/world.h"

namespace outlay::aggregation {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(CompleteQuery, FillsInTheDefaults) {
  Query query = About({"amazon"}, {"2025"});
  ASSERT_TRUE(CompleteQuery(query).ok());
  EXPECT_THAT(query.measures,
              ElementsAre("capital_expenditure", "ai_investment", "data_center_investment"));
  EXPECT_THAT(query.definitions, IsEmpty());
  EXPECT_THAT(query.bases, ElementsAre(Basis::kActual, Basis::kGuidance, Basis::kEstimate));
  EXPECT_EQ(query.group_by, (Dimensions{.organization = true, .period = true}));
}

TEST(CompleteQuery, TakesRepetitionsOut) {
  Query query = About({"amazon"}, {"2025", "FY2025", "2025-01-01..2025-12-31", "FY2025", "2025"});
  query.measures = {"revenue", "ai_investment", "revenue"};
  query.bases = {Basis::kEstimate, Basis::kEstimate};
  ASSERT_TRUE(CompleteQuery(query).ok());
  EXPECT_THAT(query.measures, ElementsAre("revenue", "ai_investment"));
  EXPECT_THAT(query.bases, ElementsAre(Basis::kEstimate));
  std::vector<std::string> labels;
  for (const WantedPeriod& wanted : query.periods) labels.push_back(wanted.period.label);
  EXPECT_THAT(labels, ElementsAre("2025", "FY2025", "2025-01-01..2025-12-31"));
}

void ExpectRefused(Query query, std::string_view reason, std::string_view field) {
  const absl::Status status = CompleteQuery(query);
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  const ErrorDetail detail = GetErrorDetail(status);
  EXPECT_EQ(detail.reason, reason);
  ASSERT_EQ(detail.violations.size(), 1U);
  EXPECT_EQ(detail.violations[0].field, field);
}

TEST(CompleteQuery, RefusesWhatCannotBeAnswered) {
  ExpectRefused(About({}, {"2025"}), "EMPTY_SCOPE", "organization_ids");
  ExpectRefused(About({"amazon"}, {}), "NO_PERIODS", "periods");
  ExpectRefused(About({"amazon"}, std::vector<std::string>(201, "2025")), "TOO_MANY_PERIODS",
                "periods");
  for (const char* const bad : {"", "Capex", "capital expenditure", "_capex", "capex_", "a__b"}) {
    Query query = About({"amazon"}, {"2025"});
    query.measures = {"capital_expenditure", bad};
    ExpectRefused(query, "MALFORMED_SLUG", "measures[1]");
  }
  Query query = About({"amazon"}, {"2025"});
  query.measures = {"capital_expenditure", "capital_expenditures"};
  ExpectRefused(query, "UNKNOWN_MEASURE", "measures[1]");
  EXPECT_THAT(std::string(CompleteQuery(query).message()),
              HasSubstr("did you mean \"capital_expenditure\"?"));
  query = About({"amazon"}, {"2025"});
  query.definitions = {"", "Net!"};
  ExpectRefused(query, "MALFORMED_SLUG", "definitions[1]");
}

}  // namespace
}  // namespace outlay::aggregation
