// What facts become under a concept timeline: every trap of the format in a small case of its own.
#include "gateway/cli/filed_figures.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/common/status/error.h"
#include "services/common/status/text.h"

namespace outlay::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// One definition under one concept.
constexpr const char* kPurchases =
    R"({"organizationId":"meta","measure":"capital_expenditure","definition":"purchases",)"
    R"("concepts":["us-gaap:Payments"]})";
constexpr const char* kWithLeases =
    R"({"organizationId":"meta","measure":"capital_expenditure","definition":"own",)"
    R"("concepts":["us-gaap:Payments","us-gaap:Leases","-us-gaap:Proceeds"]})";

class FiledFiguresTest : public testing::Test {
 protected:
  void Use(const std::vector<std::string>& lines, size_t waiting_max = FiledFigures::kWaitingMax) {
    ConceptTimeline timeline;
    for (const std::string& line : lines) {
      auto entry = ConceptTimeline::ParseEntry(line);
      ASSERT_TRUE(entry.ok()) << entry.status();
      ASSERT_TRUE(timeline.Add(*entry).ok());
    }
    figures_ = std::make_unique<FiledFigures>(
        timeline.Of("meta"),
        [this](const FiledFigure& figure) {
          taken_.push_back(figure.entry->definition + " " + figure.fact.fact.accession.substr(14) +
                           " " + figure.value.ToString());
          last_key_ = figure.IdempotencyKey();
          last_composition_ = figure.composition;
          return absl::OkStatus();
        },
        [this](const CompanyFact&, const absl::Status& why) {
          EXPECT_EQ(GetErrorDetail(why).reason, "MALFORMED_FACT");
          refused_.emplace_back(FromAbsl(why.message()));
        },
        waiting_max);
  }

  absl::Status Add(const std::string& name, const std::string& value, int filing = 1,
                   const std::string& filed = "2024-02-02") {
    CompanyFact fact = Fact();
    fact.concept_name = "us-gaap:" + name;
    fact.value = value;
    fact.accession = fmt::format("0001326801-24-{:06}", filing);
    fact.filed = filed;
    return figures_->Add(fact);
  }

  static CompanyFact Fact() {
    return {.number = 1,
            .concept_name = "us-gaap:Payments",
            .unit = "USD",
            .start = "2023-01-01",
            .end = "2023-12-31",
            .value = "5",
            .accession = "0001326801-24-000001",
            .form = "10-K",
            .filed = "2024-02-02"};
  }

  std::unique_ptr<FiledFigures> figures_;
  std::vector<std::string> taken_;
  std::vector<std::string> refused_;
  std::string last_key_;
  std::string last_composition_;
};

TEST_F(FiledFiguresTest, EveryFilingThatRepeatsAPeriodIsAFigureOfItsOwn) {
  Use({kPurchases});
  ASSERT_TRUE(Add("Payments", "27266", 1).ok());
  ASSERT_TRUE(Add("Payments", "27045", 2, "2025-01-30").ok());
  ASSERT_TRUE(Add("Payments", "27045", 3, "2026-01-29").ok());
  ASSERT_TRUE(figures_->Finish().ok());
  EXPECT_THAT(taken_, ElementsAre("purchases 000001 27266", "purchases 000002 27045",
                                  "purchases 000003 27045"));
}

TEST_F(FiledFiguresTest, TheKeyNamesAccessionConceptUnitAndDatesAsFiled) {
  Use({kPurchases});
  ASSERT_TRUE(Add("Payments", "5").ok());
  EXPECT_EQ(last_key_, "sec/0001326801-24-000001/us-gaap:Payments/USD/2023-01-01/2023-12-31");
}

TEST_F(FiledFiguresTest, ConceptsWithoutAMeaningAreNotWanted) {
  Use({kPurchases});
  EXPECT_TRUE(figures_->Wants("us-gaap:Payments"));
  EXPECT_FALSE(figures_->Wants("us-gaap:Depreciation"));
  EXPECT_FALSE(figures_->Wants("ifrs-full:Payments"));
}

TEST_F(FiledFiguresTest, AConceptCountsOnlyInFilingsOfItsTime) {
  Use({R"({"organizationId":"meta","measure":"m","definition":"d","concepts":["us-gaap:Old"],)"
       R"("filedUntil":"2024-01-31"})",
       R"({"organizationId":"meta","measure":"m","definition":"d","concepts":["us-gaap:New"],)"
       R"("filedFrom":"2024-02-01"})"});
  ASSERT_TRUE(Add("Old", "1", 1, "2024-01-31").ok());
  ASSERT_TRUE(Add("New", "2", 1, "2024-01-31").ok());
  ASSERT_TRUE(Add("Old", "3", 2, "2024-02-01").ok());
  ASSERT_TRUE(Add("New", "4", 2, "2024-02-01").ok());
  ASSERT_TRUE(figures_->Finish().ok());
  EXPECT_THAT(taken_, ElementsAre("d 000001 1", "d 000002 4"));
  EXPECT_EQ(figures_->outside(), 2u);
}

class DayOfTheSwitch : public FiledFiguresTest {
 protected:
  void SetUp() override {
    Use({R"({"organizationId":"meta","measure":"m","definition":"d","concepts":["us-gaap:Old"],)"
         R"("filedUntil":"2024-02-02"})",
         R"({"organizationId":"meta","measure":"m","definition":"d","concepts":["us-gaap:New"],)"
         R"("filedFrom":"2024-02-02"})"});
  }
};

TEST_F(DayOfTheSwitch, AFilingUsesEitherConcept) {
  ASSERT_TRUE(Add("Old", "1", 1).ok());
  ASSERT_TRUE(Add("New", "2", 2).ok());
  EXPECT_THAT(taken_, IsEmpty());  // it could still have the other one
  ASSERT_TRUE(figures_->Finish().ok());
  EXPECT_THAT(taken_, ElementsAre("d 000001 1", "d 000002 2"));
}

TEST_F(DayOfTheSwitch, AFilingWithBothIsRefusedNeitherAddedNorGuessed) {
  ASSERT_TRUE(Add("Old", "1", 1).ok());
  ASSERT_TRUE(Add("New", "2", 1).ok());
  ASSERT_TRUE(figures_->Finish().ok());
  EXPECT_THAT(taken_, IsEmpty());
  ASSERT_EQ(refused_.size(), 2u);
  EXPECT_THAT(refused_[0], HasSubstr("both us-gaap:Old and us-gaap:New"));
}

TEST_F(FiledFiguresTest, AComposedFigureAddsAndTakesOffThePartsOfOneFiling) {
  Use({kPurchases, kWithLeases});
  ASSERT_TRUE(Add("Leases", "1058").ok());
  ASSERT_TRUE(Add("Payments", "27266").ok());
  EXPECT_THAT(taken_, ElementsAre("purchases 000001 27266"));
  ASSERT_TRUE(Add("Proceeds", "221").ok());
  EXPECT_THAT(taken_, ElementsAre("purchases 000001 27266", "own 000001 28103"));
  EXPECT_EQ(last_composition_,
            "us-gaap:Payments 27266 + us-gaap:Leases 1058 - us-gaap:Proceeds 221");
  EXPECT_EQ(last_key_, "sec/0001326801-24-000001/definition=own/USD/2023-01-01/2023-12-31");
  ASSERT_TRUE(figures_->Finish().ok());
  EXPECT_EQ(figures_->composed(), 1u);
  EXPECT_EQ(figures_->incomplete(), 0u);
}

TEST_F(FiledFiguresTest, PartsOfDifferentFilingsAreNeverComposed) {
  Use({kWithLeases});
  ASSERT_TRUE(Add("Payments", "5", 1).ok());
  ASSERT_TRUE(Add("Leases", "1", 2).ok());
  ASSERT_TRUE(Add("Proceeds", "1", 2).ok());
  ASSERT_TRUE(figures_->Finish().ok());
  EXPECT_THAT(taken_, IsEmpty());
  EXPECT_EQ(figures_->incomplete(), 2u);
}

TEST_F(FiledFiguresTest, PartsOfDifferentPeriodsAreNeverComposed) {
  Use({kWithLeases});
  for (const char* const name : {"us-gaap:Payments", "us-gaap:Leases", "us-gaap:Proceeds"}) {
    CompanyFact fact = Fact();
    fact.concept_name = name;
    if (fact.concept_name == "us-gaap:Leases") fact.start = "2023-10-01";
    ASSERT_TRUE(figures_->Add(fact).ok());
  }
  ASSERT_TRUE(figures_->Finish().ok());
  EXPECT_THAT(taken_, IsEmpty());
}

TEST_F(FiledFiguresTest, APartGivenTwiceDifferentlyIsRefused) {
  Use({kWithLeases});
  ASSERT_TRUE(Add("Payments", "5").ok());
  ASSERT_TRUE(Add("Payments", "5").ok());
  EXPECT_THAT(refused_, IsEmpty());
  ASSERT_TRUE(Add("Payments", "6").ok());
  EXPECT_THAT(refused_, ElementsAre(HasSubstr("the same filing has it with 5 too")));
}

TEST_F(FiledFiguresTest, WhatWaitsIsBounded) {
  Use({kWithLeases}, 3);
  for (int filing = 1; filing <= 3; ++filing) ASSERT_TRUE(Add("Payments", "1", filing).ok());
  const absl::Status status = Add("Payments", "1", 4);
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(GetErrorDetail(status).reason, "TOO_MANY_WAITING");
}

TEST_F(FiledFiguresTest, AMalformedFactIsNamedAndStopsNothing) {
  struct Case {
    std::string CompanyFact::*field;
    std::string value;
    std::string message;
  };
  const Case cases[] = {
      {&CompanyFact::start, "", "start is missing: a balance on a day"},
      {&CompanyFact::start, "2023-02-30", "start: "},
      {&CompanyFact::end, "31.12.2023", "end: "},
      {&CompanyFact::end, "2022-12-31", "end 2022-12-31 is before start"},
      {&CompanyFact::filed, "", "filed: "},
      {&CompanyFact::filed, "2023-12-30", "before its period was over"},
      {&CompanyFact::unit, "USD/shares", "the unit \"USD/shares\" is no currency"},
      {&CompanyFact::value, "", "val: "},
      {&CompanyFact::accession, "24-12", "accn \"24-12\" is no accession number"},
      {&CompanyFact::problem, "val is no number", "val is no number"},
  };
  Use({kPurchases});
  for (const Case& one : cases) {
    CompanyFact fact = Fact();
    fact.*one.field = one.value;
    refused_.clear();
    ASSERT_TRUE(figures_->Add(fact).ok());
    EXPECT_THAT(refused_, ElementsAre(HasSubstr(one.message)));
  }
  EXPECT_THAT(taken_, IsEmpty());
}

}  // namespace
}  // namespace outlay::cli
