#include "gateway/cli/csv_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/common/status/error.h"
#include "tests/gateway/cli/failing_stream.h"

namespace outlay::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::vector<CsvRow> Rows(const std::string& text) {
  FileLines lines = FileLines::OfText(text);
  std::vector<CsvRow> rows;
  std::string first;
  if (!lines.NextRecord(&first).value()) return rows;
  CsvTable table(lines, first);
  CsvRow row;
  for (auto more = table.Next(&row); more.ok() && *more; more = table.Next(&row)) {
    rows.push_back(row);
  }
  return rows;
}

std::vector<std::string> Cells(const std::string& text) {
  const std::vector<CsvRow> rows = Rows(text);
  return rows.empty() ? std::vector<std::string>() : rows[0].cells;
}

std::vector<std::string> Problems(const CsvRow& row) {
  std::vector<std::string> problems;
  for (const FieldViolation& problem : GetErrorDetail(row.problems.ToStatus()).violations) {
    problems.push_back(problem.field + ": " + problem.description);
  }
  return problems;
}

TEST(CsvTableTest, CellsAreSeparatedByCommasAndTrimmedUnlessQuoted) {
  EXPECT_THAT(Cells("a, b ,,\" c \"\r\n"), ElementsAre("a", "b", "", " c "));
  EXPECT_THAT(Cells("\"a,b\",\"say \"\"x\"\"\"\n"), ElementsAre("a,b", "say \"x\""));
  EXPECT_THAT(Cells("\"5\"\" disk\", x"), ElementsAre("5\" disk", "x"));
}

TEST(CsvTableTest, AQuotedCellHoldsLineBreaksAsTheyAre) {
  const std::vector<CsvRow> rows = Rows("\"a\nb\",c\n\n# note\n\"d\r\n#e\",f\r\n");
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_THAT(rows[0].cells, ElementsAre("a\nb", "c"));
  EXPECT_EQ(rows[0].line, 1u);
  EXPECT_THAT(rows[1].cells, ElementsAre("d\r\n#e", "f"));
  EXPECT_EQ(rows[1].line, 5u);
  EXPECT_EQ(rows[1].text, "\"d\r\n#e\",f");
}

TEST(CsvTableTest, CommentsAndBlankLinesBetweenRecordsAreSkipped) {
  EXPECT_EQ(Rows("\xEF\xBB\xBF# first\n  # second\n\na,b\n#c\n").size(), 1u);
}

TEST(CsvTableTest, TextAfterAClosingQuoteSpoilsItsRecordAlone) {
  const std::vector<CsvRow> rows = Rows("a,\"b\"c,d\ne,f,g\n");
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_THAT(Problems(rows[0]), ElementsAre(HasSubstr("cell 2: goes on after its closing quote")));
  EXPECT_TRUE(rows[1].problems.empty());
}

TEST(CsvTableTest, AQuoteInACellWithoutQuotesSpoilsItsRecordAlone) {
  const std::vector<CsvRow> rows = Rows("5\" disk,a\nb,c\n x\"\n");
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_THAT(Problems(rows[0]),
              ElementsAre("cell 1: has a quote in it, and does not begin with one: put the cell in "
                          "quotes and double those in it, as in \"say \"\"x\"\"\""));
  EXPECT_THAT(rows[1].cells, ElementsAre("b", "c"));
  EXPECT_FALSE(rows[2].problems.empty());
}

TEST(CsvTableTest, EveryMalformedCellOfARecordIsNamedOnce) {
  const std::vector<CsvRow> rows = Rows("a\"b\"c,d,\"e\" f \"g\",h\"\n");
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_THAT(Problems(rows[0]),
              ElementsAre(HasSubstr("cell 1: has a quote in it"),
                          HasSubstr("cell 3: goes on after"), HasSubstr("cell 4: has a quote")));
}

TEST(CsvTableTest, AQuoteThatIsNeverClosedEndsTheFileNamingItsLine) {
  FileLines lines = FileLines::OfText("a,b\nc,\"d\ne,f\n");
  std::string first;
  ASSERT_TRUE(lines.NextRecord(&first).value());
  CsvTable table(lines, first);
  CsvRow row;
  ASSERT_TRUE(table.Next(&row).ok());
  const ErrorDetail detail = GetErrorDetail(table.Next(&row).status());
  EXPECT_EQ(detail.reason, "QUOTE_NOT_CLOSED");
  EXPECT_EQ(detail.metadata.at("line"), "2");
}

TEST(CsvTableTest, AFileThatCannotBeReadOnIsNotOneThatEnds) {
  FileLines lines = FileLines::Of(std::make_unique<FailingStream>("a,b\nc,\"d\ne,f\n"), "f.csv");
  std::string first;
  ASSERT_TRUE(lines.NextRecord(&first).value());
  CsvTable table(lines, first);
  CsvRow row;
  ASSERT_TRUE(table.Next(&row).ok());
  // Not a quote that is never closed: it may be closed in what could not be read.
  EXPECT_EQ(GetErrorDetail(table.Next(&row).status()).reason, "CANNOT_READ");
}

TEST(CsvTableTest, ALineWithoutEndIsCutAndSaysSo) {
  const std::vector<CsvRow> rows = Rows(std::string(2 << 20, 'x') + "\na\n");
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_THAT(Problems(rows[0]), ElementsAre(HasSubstr("line 1: is longer than")));
  EXPECT_THAT(rows[1].cells, ElementsAre("a"));
}

TEST(CsvTableTest, WhatIsWrittenReadsBackWhateverItIs) {
  const std::vector<std::string> cells = {
      "",     "a",  "a,b", "\"q\"", "x\ny", "x\r\ny",  "#c", " blank ", "=1+1", "'=1",
      "''-x", "-5", "'-5", "+5%",   "@me",  "'quoted", "'",  "-",       "한글", "\t"};
  for (const std::string& cell : cells) {
    EXPECT_THAT(Cells(CsvRowText({cell, "end"})), ElementsAre(cell, "end")) << cell;
  }
  EXPECT_THAT(Cells(CsvRowText(cells)), testing::ElementsAreArray(cells));
}

TEST(CsvTableTest, ASpreadsheetRunsNoCellAsAFormula) {
  EXPECT_EQ(CsvRowText({"=HYPERLINK(1)", "-5", "-x"}), "'=HYPERLINK(1),-5,'-x\n");
}

}  // namespace
}  // namespace outlay::cli
