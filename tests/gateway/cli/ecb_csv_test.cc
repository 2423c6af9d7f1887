#include "gateway/cli/ecb_csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/common/status/error.h"
#include "services/common/status/text.h"

namespace outlay::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// "USD 1.0377 of 2025-02-07 at 12".
std::vector<std::string> Texts(const EcbRow& row) {
  std::vector<std::string> texts;
  for (const EcbRate& rate : row.rates) {
    texts.push_back(fmt::format("{} {} of {} at {}", rate.currency_code, rate.value.ToString(),
                                rate.date, rate.column));
  }
  return texts;
}

EcbCsvReader Reader(std::string_view header) {
  auto reader = EcbCsvReader::FromHeader(header);
  EXPECT_TRUE(reader.ok()) << reader.status();
  return *std::move(reader);
}

std::string HeaderError(std::string_view header) {
  const auto reader = EcbCsvReader::FromHeader(header);
  EXPECT_FALSE(reader.ok());
  return GetErrorDetail(reader.status()).reason + ": " +
         std::string(FromAbsl(reader.status().message()));
}

TEST(EcbCsvTest, ReadsARowBelowItsHeaderWithTheTrailingComma) {
  EcbCsvReader reader = Reader("Date,USD,JPY,KRW,");
  const EcbRow row = reader.Read("2025-02-07,1.0377,157.77,1501.65,", 2);
  EXPECT_THAT(Texts(row),
              ElementsAre("USD 1.0377 of 2025-02-07 at 12", "JPY 157.77 of 2025-02-07 at 19",
                          "KRW 1501.65 of 2025-02-07 at 26"));
  EXPECT_THAT(row.problems, IsEmpty());
  EXPECT_THAT(reader.warnings(), IsEmpty());
}

TEST(EcbCsvTest, ColumnsAreBoundByName) {
  EcbCsvReader reader = Reader("Date,KRW,USD,");
  EXPECT_THAT(Texts(reader.Read("2025-02-07,1501.65,1.0377,", 2)),
              ElementsAre("KRW 1501.65 of 2025-02-07 at 12", "USD 1.0377 of 2025-02-07 at 20"));
}

TEST(EcbCsvTest, NoRateIsNotAvailableOrEmpty) {
  EcbCsvReader reader = Reader("Date,USD,SIT,EEK,ISK,");
  const EcbRow row = reader.Read("2012-01-03,1.3014,N/A,,290,", 2);
  EXPECT_THAT(Texts(row),
              ElementsAre("USD 1.3014 of 2012-01-03 at 12", "ISK 290 of 2012-01-03 at 24"));
  EXPECT_THAT(row.problems, IsEmpty());
}

TEST(EcbCsvTest, SeriesThatEndedAreKnownCurrencies) {
  EXPECT_THAT(Reader("Date,CYP,SIT,MTL,SKK,EEK,LVL,LTL,HRK,BGN,TRL,ROL,RUB,").warnings(),
              IsEmpty());
}

TEST(EcbCsvTest, TheTrailingCommaIsOptionalInEitherLine) {
  EXPECT_THAT(Texts(Reader("Date,USD").Read("2025-02-07,1.0377,", 2)),
              ElementsAre("USD 1.0377 of 2025-02-07 at 12"));
  EXPECT_THAT(Texts(Reader("Date,USD,").Read("2025-02-07,1.0377", 2)),
              ElementsAre("USD 1.0377 of 2025-02-07 at 12"));
}

TEST(EcbCsvTest, AByteOrderMarkAndCarriageReturnsAreNoPartOfCells) {
  EXPECT_TRUE(
      EcbCsvReader::IsHeader("\xEF\xBB\xBF"
                             "Date,USD,\r"));
  EXPECT_THAT(Texts(Reader("\xEF\xBB\xBF"
                           "Date,USD,\r")
                        .Read("2025-02-07,1.0377,\r", 2)),
              ElementsAre("USD 1.0377 of 2025-02-07 at 12"));
}

TEST(EcbCsvTest, AnUnknownColumnIsLeftOutWithAWarning) {
  EcbCsvReader reader = Reader("Date,USD,QQQ,KRW,");
  EXPECT_THAT(reader.warnings(),
              ElementsAre(CsvProblem{
                  1, 10, "the column \"QQQ\" is left out: no currency of ISO 4217 has that code"}));
  EXPECT_THAT(Texts(reader.Read("2025-02-07,1.0377,what,1501.65,", 2)),
              ElementsAre("USD 1.0377 of 2025-02-07 at 12", "KRW 1501.65 of 2025-02-07 at 24"));
}

TEST(EcbCsvTest, ADoubledColumnIsRefused) {
  EXPECT_EQ(HeaderError("Date,USD,KRW,USD,"),
            "DOUBLED_COLUMN: the column \"USD\" stands twice, at 6 and at 14: which one holds?");
}

TEST(EcbCsvTest, OtherFilesAreRefused) {
  EXPECT_FALSE(EcbCsvReader::IsHeader("observation_date,DEXKOUS"));
  EXPECT_FALSE(EcbCsvReader::IsHeader("{\"provider\":\"ecb\"}"));
  EXPECT_FALSE(EcbCsvReader::IsHeader(""));
  EXPECT_THAT(HeaderError("date,USD"), HasSubstr("NOT_ECB_CSV"));
  EXPECT_THAT(HeaderError("Date,DEXKOUS"), HasSubstr("NO_KNOWN_COLUMN"));
}

TEST(EcbCsvTest, AMalformedFigureCostsItsOwnCellOnly) {
  EcbCsvReader reader = Reader("Date,USD,JPY,KRW,");
  const EcbRow row = reader.Read("2025-02-07,1.0377,15x.77,-1,", 7);
  EXPECT_THAT(Texts(row), ElementsAre("USD 1.0377 of 2025-02-07 at 12"));
  EXPECT_THAT(
      row.problems,
      ElementsAre(
          CsvProblem{
              7, 19,
              "JPY of 2025-02-07 is \"15x.77\": a rate is a positive number such as 1.0377, or N/A "
              "where there is none"},
          CsvProblem{
              7, 26,
              "KRW of 2025-02-07 is \"-1\": a rate is a positive number such as 1.0377, or N/A "
              "where there is none"}));
}

TEST(EcbCsvTest, ALineWithTooFewOrTooManyCellsGivesNothing) {
  EcbCsvReader reader = Reader("Date,USD,KRW,");
  EXPECT_THAT(reader.Read("2025-02-07,1.0377", 3).problems,
              ElementsAre(CsvProblem{3, 0, "has 2 cells where the header has 3"}));
  EXPECT_THAT(reader.Read("2025-02-07,1.0377,1501.65,9", 4).problems,
              ElementsAre(CsvProblem{4, 0, "has 4 cells where the header has 3"}));
}

TEST(EcbCsvTest, AnImpossibleDateIsNamed) {
  EcbCsvReader reader = Reader("Date,USD,");
  const EcbRow row = reader.Read("2025-02-30,1.0377,", 5);
  EXPECT_THAT(row.rates, IsEmpty());
  ASSERT_EQ(row.problems.size(), 1u);
  EXPECT_EQ(row.problems[0].line, 5u);
  EXPECT_EQ(row.problems[0].column, 1u);
  EXPECT_THAT(row.problems[0].message, HasSubstr("2025-02-30"));
  EXPECT_EQ(reader.Read("7 Febuary 2025,1.0377,", 6).problems.size(), 1u);
}

TEST(EcbCsvTest, ADayThatStandsTwiceIsRefusedTheSecondTime) {
  EcbCsvReader reader = Reader("Date,USD,");
  EXPECT_EQ(reader.Read("2025-02-07,1.0377,", 2).rates.size(), 1u);
  EXPECT_THAT(reader.Read("2025-02-07,1.0399,", 9).problems,
              ElementsAre(CsvProblem{9, 1, "the day 2025-02-07 stands already at line 2"}));
}

TEST(EcbCsvTest, BlankLinesGiveNothing) {
  EcbCsvReader reader = Reader("Date,USD,");
  const EcbRow row = reader.Read(" \r", 2);
  EXPECT_THAT(row.rates, IsEmpty());
  EXPECT_THAT(row.problems, IsEmpty());
}

}  // namespace
}  // namespace outlay::cli
