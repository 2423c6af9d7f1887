#include "gateway/cli/concept_timeline.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/common/status/error.h"
#include "services/common/status/text.h"
#include "tests/support/process.h"

namespace outlay::cli {
namespace {

using testing::HasSubstr;

std::string MessageOf(const absl::Status& status) {
  EXPECT_EQ(GetErrorDetail(status).reason, "CONCEPT_ENTRY");
  return std::string(FromAbsl(status.message()));
}

TEST(ConceptTimelineTest, AnEntrySaysWhatAConceptMeansFromWhenUntilWhen) {
  const auto entry = ConceptTimeline::ParseEntry(
      R"({"organizationId":"meta","measure":"capital_expenditure","definition":"d",)"
      R"("concepts":["us-gaap:A","-us-gaap:B"],"filedFrom":"2024-04-25","filedUntil":"2025-01-30",)"
      R"("restates":{"action":"DEFINITION_CHANGE","periodsUntil":"2023-12-31","why":"w"}})");
  ASSERT_TRUE(entry.ok()) << entry.status();
  EXPECT_EQ(entry->organization_id, "meta");
  EXPECT_THAT(entry->parts, testing::ElementsAre(ConceptPart{"us-gaap:A", false},
                                                 ConceptPart{"us-gaap:B", true}));
  EXPECT_FALSE(entry->HoldsOn(*time::ParseDate("2024-04-24")));
  EXPECT_TRUE(entry->HoldsOn(*time::ParseDate("2024-04-25")));
  EXPECT_TRUE(entry->HoldsOn(*time::ParseDate("2025-01-30")));
  EXPECT_FALSE(entry->HoldsOn(*time::ParseDate("2025-01-31")));
  EXPECT_EQ(entry->restates->action, "DEFINITION_CHANGE");
}

TEST(ConceptTimelineTest, AMalformedEntrySaysWhichField) {
  const auto message = [](const std::string& rest) {
    return MessageOf(
        ConceptTimeline::ParseEntry(R"({"organizationId":"m","measure":"c",)" + rest + "}")
            .status());
  };
  EXPECT_THAT(message(R"("concepts":[])"), HasSubstr("concepts must be a list"));
  EXPECT_THAT(message(R"("concepts":["Revenues"])"), HasSubstr("is no taxonomy:Concept"));
  EXPECT_THAT(message(R"("concepts":["-us-gaap:A"])"), HasSubstr("the first one"));
  EXPECT_THAT(message(R"("concepts":["us-gaap:A","us-gaap:A"])"), HasSubstr("stands twice"));
  EXPECT_THAT(message(R"("concepts":["us-gaap:A"],"filedfrom":"2024-01-01")"),
              HasSubstr("did you mean \"filedFrom\""));
  EXPECT_THAT(message(R"("concepts":["us-gaap:A"],"filedFrom":"2024-13-01")"),
              HasSubstr("filedFrom: "));
  EXPECT_THAT(
      message(R"("concepts":["us-gaap:A"],"filedFrom":"2024-02-01","filedUntil":"2024-01-01")"),
      HasSubstr("filedUntil is before filedFrom"));
  EXPECT_THAT(message(R"("concepts":["us-gaap:A"],"restates":{"action":"x"})"),
              HasSubstr("restates.action"));
  EXPECT_THAT(MessageOf(ConceptTimeline::ParseEntry("{").status()), HasSubstr("no JSON object"));
  EXPECT_THAT(MessageOf(ConceptTimeline::ParseEntry(R"({"measure":"c"})").status()),
              HasSubstr("organizationId is required"));
}

TEST(ConceptTimelineTest, OneFactIsNeverTwoFiguresNorTwoFactsOne) {
  const auto add_both = [](const std::string& first, const std::string& second) {
    ConceptTimeline timeline;
    const std::string start = R"({"organizationId":"m","measure":"c",)";
    EXPECT_TRUE(timeline.Add(*ConceptTimeline::ParseEntry(start + first)).ok());
    return timeline.Add(*ConceptTimeline::ParseEntry(start + second));
  };
  EXPECT_THAT(MessageOf(add_both(R"("definition":"a","concepts":["x:A"]})",
                                 R"("definition":"b","concepts":["x:A"]})")),
              HasSubstr("one fact is one figure"));
  EXPECT_THAT(MessageOf(add_both(R"("definition":"a","concepts":["x:A"]})",
                                 R"("definition":"a","concepts":["x:B","x:C"]})")),
              HasSubstr("composed"));
  EXPECT_TRUE(add_both(R"("definition":"a","concepts":["x:A"],"filedUntil":"2024-01-01"})",
                       R"("definition":"b","concepts":["x:A"],"filedFrom":"2024-01-02"})")
                  .ok());
}

TEST(ConceptTimelineTest, TheCataloguesOwnTimelineIsValidAndKnowsItsIssuers) {
  const auto timeline =
      ReadConceptTimeline((tests::SourceDirectory() / "deploy/catalog" / kConceptsFile).string());
  ASSERT_TRUE(timeline.ok()) << timeline.status();
  for (const char* const id : {"amazon", "microsoft", "alphabet", "meta", "apple"}) {
    EXPECT_FALSE(timeline->Of(id).empty()) << id;
  }
}

TEST(ConceptTimelineTest, AFilesErrorNamesItsLine) {
  const tests::TemporaryFolder folder;
  const std::string path = (folder.path() / "c.jsonl").string();
  tests::WriteFile(path, "# comment\n\n{\"measure\": 5}\n");
  EXPECT_THAT(MessageOf(ReadConceptTimeline(path).status()), HasSubstr(path + ":3: "));
}

}  // namespace
}  // namespace outlay::cli
