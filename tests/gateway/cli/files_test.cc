#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "gateway/cli/concept_timeline.h"
#include "gateway/cli/file_lines.h"
#include "gateway/cli/import_catalog.h"
#include "gateway/cli/import_tally.h"
#include "gateway/cli/progress.h"
#include "gateway/cli/terminal.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"
#include "services/common/wire/journal_proto.h"
#include "tests/gateway/cli/failing_stream.h"
#include "tests/gateway/cli/test_session.h"
#include "tests/support/process.h"

namespace outlay::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class FilesTest : public testing::Test {
 protected:
  std::string Write(const std::string& name, const std::string& content) const {
    const std::filesystem::path path = folder_.path() / name;
    tests::WriteFile(path, content);
    return path.string();
  }

  tests::TemporaryFolder folder_;
};

std::string MessageOf(const absl::Status& status) {
  return std::string(FromAbsl(status.message()));
}

TEST_F(FilesTest, LinesAreNumberedAndCommentsAndBlankLinesSkipped) {
  auto lines =
      FileLines::Open(Write("a.jsonl", "# comment\n\n{\"a\": 1}\r\n   # another\n{\"b\": 2}"));
  ASSERT_TRUE(lines.ok()) << lines.status();
  std::string line;
  ASSERT_TRUE(lines->NextRecord(&line).value());
  EXPECT_EQ(line, "{\"a\": 1}");
  EXPECT_EQ(lines->number(), 3u);
  ASSERT_TRUE(lines->NextRecord(&line).value());
  EXPECT_EQ(line, "{\"b\": 2}");
  EXPECT_EQ(lines->number(), 5u);
  EXPECT_FALSE(lines->NextRecord(&line).value());
}

TEST_F(FilesTest, WhatCannotBeReadSaysWhy) {
  EXPECT_THAT(MessageOf(FileLines::Open("/nowhere/x").status()), HasSubstr("No such file"));
  EXPECT_THAT(MessageOf(FileLines::Open(folder_.path()).status()), HasSubstr("it is a folder"));
  EXPECT_THAT(MessageOf(FileLines::Open(Write("a.zip", "PK\x03\x04")).status()),
              HasSubstr("unpack it first"));
}

TEST_F(FilesTest, AReadErrorIsNoEndOfTheFile) {
  FileLines lines = FileLines::Of(std::make_unique<FailingStream>("one\ntwo\nthr"), "f.jsonl");
  std::string line;
  ASSERT_TRUE(lines.Next(&line).value());
  ASSERT_TRUE(lines.NextRecord(&line).value());
  const absl::StatusOr<bool> third = lines.NextRecord(&line);
  EXPECT_EQ(MessageOf(third.status()), "cannot read f.jsonl: line 3: Input/output error");
  EXPECT_EQ(GetErrorDetail(third.status()).reason, "CANNOT_READ");
  EXPECT_EQ(GetErrorDetail(third.status()).metadata.at("line"), "3");
  // Nor is it one when it is tried again.
  EXPECT_FALSE(lines.Next(&line).ok());
}

TEST_F(FilesTest, TheSystemsOwnReadErrorIsSaid) {
  // Nothing is mapped at its beginning.
  const std::string path = "/proc/self/mem";
  auto lines = FileLines::Open(path);
  ASSERT_TRUE(lines.ok()) << lines.status();
  std::string line;
  EXPECT_EQ(MessageOf(lines->Next(&line).status()),
            "cannot read /proc/self/mem: line 1: Input/output error");
  EXPECT_EQ(MessageOf(ReadConceptTimeline(path).status()),
            "cannot read /proc/self/mem: line 1: Input/output error");
  EXPECT_EQ(MessageOf(ReadCatalog({path}).status()),
            "cannot read /proc/self/mem: line 1: Input/output error");
}

TEST_F(FilesTest, TheCatalogueIsReadFromFoldersByName) {
  Write("organizations.jsonl", "# all\n{\"organizationId\": \"amazon\"}\n");
  Write("groups.jsonl", "{\"groupId\": \"g\", \"organizationIds\": [\"amazon\"]}\n");
  Write("notes.txt", "no part of it");
  const auto records = ReadCatalog({folder_.path().string()});
  ASSERT_TRUE(records.ok()) << records.status();
  ASSERT_EQ(records->organizations.size(), 1u);
  EXPECT_EQ(records->organization_places[0].line, 2u);
  ASSERT_EQ(records->groups.size(), 1u);
  EXPECT_EQ(records->groups[0].organization_ids(0), "amazon");
}

TEST_F(FilesTest, EveryMalformedLineOfTheCatalogueIsNamed) {
  const std::string path =
      Write("o.jsonl", "{\"organizationId\": \"a\"}\n{\"organizationId\" \"b\"}\n{\"nmae\": 1}\n");
  const absl::Status error = ReadCatalog({path}).status();
  const ErrorDetail detail = GetErrorDetail(error);
  EXPECT_EQ(detail.reason, "CATALOG_MALFORMED");
  EXPECT_EQ(MessageOf(error), "2 lines of the catalogue are malformed; nothing was recorded");
  ASSERT_EQ(detail.violations.size(), 2u);
  EXPECT_THAT(detail.violations[0].field, testing::StartsWith(path + ":2:"));
  EXPECT_THAT(detail.violations[1].field, testing::StartsWith(path + ":3:"));
}

TEST_F(FilesTest, AFolderWithoutACatalogueIsNone) {
  EXPECT_THAT(MessageOf(ReadCatalog({folder_.path().string()}).status()),
              HasSubstr("no file in it ends in .jsonl"));
}

ImportTally SampleTally() {
  ImportTally tally;
  tally.read = 12'345;
  tally.recorded = 12'000;
  tally.already_there = 343;
  tally.rejections.push_back({3, 14, "is no valid JSON", "MALFORMED_JSON", {}, "{\"a\" 1}"});
  tally.rejections.push_back(
      {9, 0, "amount.low: is missing", "MISSING_AMOUNT", {"basis: is missing"}, "{}"});
  return tally;
}

TEST(ImportTallyTest, TheSummaryCountsEverything) {
  EXPECT_EQ(SummaryLine(SampleTally(), kRates, false, Language::kEnglish),
            "12,345 rates read, 12,000 recorded, 343 already there, 2 rejected");
  EXPECT_EQ(SummaryLine(SampleTally(), kRates, true, Language::kEnglish),
            "12,345 rates read, 12,000 would be recorded, 343 already there, 2 rejected");
}

TEST(ImportTallyTest, TheSummaryOfOneIsInTheSingular) {
  ImportTally tally;
  tally.read = tally.already_there = tally.voided = 1;
  EXPECT_EQ(SummaryLine(tally, kFigures, false, Language::kEnglish),
            "1 figure read, 0 recorded, 1 already there, 0 rejected");
  EXPECT_EQ(VoidedLine(tally, Language::kEnglish),
            "1 of those already there was voided since: it counts no more, and an import does not "
            "bring it back");
  tally.voided = 2;
  EXPECT_THAT(VoidedLine(tally, Language::kEnglish),
              testing::StartsWith("2 of those already there were voided since"));
  EXPECT_EQ(VoidedLine(ImportTally(), Language::kEnglish), "");
}

TEST(ImportTallyTest, TheSummaryIsSaidInKoreanToo) {
  ImportTally tally = SampleTally();
  EXPECT_EQ(SummaryLine(tally, kRates, false, Language::kKorean),
            "환율 12,345건 읽음, 기록 12,000건, 이미 있음 343건, 거부 2건");
  tally.read += 1'500;
  tally.voided = 3;
  EXPECT_EQ(SummaryLine(tally, kDisclosures, true, Language::kKorean),
            "발표 13,845건 읽음, 기록 예정 12,000건, 이미 있음 343건, 거부 2건, 미확정 1,500건");
  EXPECT_THAT(VoidedLine(tally, Language::kKorean), HasSubstr("3건은 그 뒤 무효"));
}

TEST(ImportTallyTest, TheSummaryOfAnImportThatStoppedSaysWhatIsNotSettled) {
  ImportTally tally = SampleTally();
  tally.read += 1'500;
  EXPECT_EQ(SummaryLine(tally, kRates, false, Language::kEnglish),
            "13,845 rates read, 12,000 recorded, 343 already there, 2 rejected, 1,500 not settled");
}

TEST(ImportTallyTest, ARejectionNamesFileLineAndColumn) {
  EXPECT_EQ(RejectionText("f.jsonl", SampleTally().rejections[0]),
            "f.jsonl:3:14: is no valid JSON (MALFORMED_JSON)\n");
  EXPECT_EQ(RejectionText("f.jsonl", SampleTally().rejections[1]),
            "f.jsonl:9: amount.low: is missing (MISSING_AMOUNT)\n  basis: is missing\n");
}

TEST(ImportTallyTest, AServersRefusalLosesTheIndexOfItsBatch) {
  journal::v1::RecordError error;
  wire::ToProto(Under("entries[7]", InvalidField("MISSING_AMOUNT", "disclosure.amount.low",
                                                 "is missing: AT_LEAST takes low")),
                &error);
  const Rejection rejection = MakeRejection(12, error, "{}");
  EXPECT_EQ(rejection.message, "disclosure.amount.low: is missing: AT_LEAST takes low");
  EXPECT_EQ(rejection.reason, "MISSING_AMOUNT");
  EXPECT_TRUE(rejection.details.empty());
}

TEST_F(FilesTest, RejectedRecordsAreWrittenBelowTheirReasons) {
  const std::string path = (folder_.path() / "rejected.jsonl").string();
  ASSERT_TRUE(WriteRejected(path, "f.jsonl", SampleTally()).ok());
  EXPECT_EQ(tests::ReadFile(path),
            "# f.jsonl:3:14: is no valid JSON (MALFORMED_JSON) \n{\"a\" 1}\n"
            "# f.jsonl:9: amount.low: is missing (MISSING_AMOUNT)   basis: is missing \n{}\n");
  EXPECT_FALSE(WriteRejected("/nowhere/x", "f", SampleTally()).ok());
}

TEST(ProgressTest, ElsewhereThanOnATerminalALineAppearsForEveryTenth) {
  std::ostringstream out;
  {
    Progress progress(out, {}, "rates", 1000);
    for (const uint64_t done : {50, 120, 180, 560, 1000}) progress.Update(done, done * 10);
  }
  EXPECT_EQ(out.str(), " 12 %  1,200 rates\n 56 %  5,600 rates\n");
}

TEST(ProgressTest, OnATerminalABarComesAndGoes) {
  std::ostringstream out;
  {
    Progress progress(out, {.is_terminal = true}, "rates", 4);
    progress.Update(2, 7);
  }
  EXPECT_EQ(out.str(), "\r\x1b[K[############            ]  50 %  7 rates\r\x1b[K");
}

TEST(ProgressTest, TheBarIsDrawnAtMostTenTimesASecond) {
  std::ostringstream out;
  std::chrono::steady_clock::time_point now;
  Progress progress(out, {.is_terminal = true}, "rates", 0, [&] { return now; });
  for (uint64_t i = 0; i < 1'000; ++i) {
    progress.Update(i, i);
    now += std::chrono::milliseconds(1);
  }
  const std::string text = out.str();
  EXPECT_EQ(std::count(text.begin(), text.end(), '\r'), 10);
  EXPECT_THAT(text, testing::StartsWith("\r\x1b[K0 rates\r\x1b[K100 rates\r"));
}

TEST(TerminalTest, AFileIsNoTerminalAndHasNoColours) {
  const Terminal terminal =
      DetectTerminal(-1, [](const std::string&) { return std::optional<std::string>("80"); });
  EXPECT_FALSE(terminal.is_terminal);
  EXPECT_FALSE(terminal.colour);
  EXPECT_EQ(terminal.width, 120u);
}

}  // namespace
}  // namespace outlay::cli
