// Which format a file of rates has, and the lines of those that have lines.
#include "gateway/cli/rate_format.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/cli/ecb_csv.h"
#include "gateway/cli/file_lines.h"
#include "gateway/cli/h10_csv.h"
#include "gateway/cli/rate_columns.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"
#include "tests/gateway/cli/rate_sink.h"

namespace outlay::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string ReasonOf(const absl::Status& status) { return GetErrorDetail(status).reason; }

TEST(RateFormatTest, IsSeenByTheContent) {
  using enum RateFormat;
  const std::vector<std::pair<std::string, RateFormat>> cases = {
      {"", kEmpty},
      {"Date,USD,JPY,\n2025-02-07,1,2,\n", kEcbCsv},
      {"Date, USD, JPY, \n13 April 2026, 1, 2, \n", kEcbCsv},
      {"\xEF\xBB\xBF"
       "Date,USD\n",
       kEcbCsv},
      {"<?xml version=\"1.0\"?><gesmes:Envelope", kEcbXml},
      {"\n  <gesmes:Envelope", kEcbXml},
      {"observation_date,DEXKOUS\n", kH10},
      {"DATE,DEXKOUS,DEXUSEU\r\n", kH10},
      {"{\"date\":\"2025-02-10\",\"usd\":{", kCurrencyApi},
      {"{\n\t\"date\": \"2025-02-10\",\n\t\"usd\": {", kCurrencyApi},
      {"{\"usd\": {\"krw\": 1}, \"date\": \"2025-02-10\"}", kCurrencyApi},
      {"# mine\ndate,base,quote,value\n", kPlainCsv},
      {"\"Quote\",\"Base\",\"Date\",\"Value\"\n", kPlainCsv},
      {"{\"provider\":\"ecb\"}\n", kJsonLines},
      {"{\"value\":{\"value\":\"1\"}}\n", kJsonLines},
      {"# rates\n\n{\"impliedBy\":{}}\n", kJsonLines},
      {"{}\n", kJsonLines},
      {"name,colour\n", kUnknown},
      {"PK\x03\x04", kUnknown},
  };
  for (const auto& [head, format] : cases) EXPECT_EQ(RateFormatOf(head), format) << head;
}

std::vector<std::string> Texts(const FileRateRow& row) {
  std::vector<std::string> texts;
  for (const FileRate& rate : row.rates) texts.push_back(TextOf(rate));
  return texts;
}

TEST(EcbDailyCsvTest, ItsDateIsWrittenOutAndItsZerosCountForNothing) {
  auto reader = EcbCsvReader::FromHeader("Date, USD, HUF, ");
  ASSERT_TRUE(reader.ok());
  const EcbRow row = reader->Read("13 April 2026, 1.1684, 366.90, ", 2);
  ASSERT_EQ(row.rates.size(), 2u);
  EXPECT_EQ(row.rates[0].date, "2026-04-13");
  EXPECT_EQ(row.rates[1].value.ToString(), "366.9");
  // The same day in the other form is the same day.
  const EcbRow again = reader->Read("2026-04-13,1,1,", 3);
  EXPECT_THAT(again.rates, IsEmpty());
  ASSERT_EQ(again.problems.size(), 1u);
  EXPECT_THAT(again.problems[0].message, HasSubstr("2026-04-13 stands already at line 2"));
}

TEST(EcbDailyCsvTest, WrongDatesAreRefused) {
  for (const std::string date : {"31 April 2026", "0 April 2026", "13 Aprl 2026", "13 April 26",
                                 "-3 April 2026", "13  April 2026", "April 13 2026", "13 April"}) {
    auto reader = EcbCsvReader::FromHeader("Date, USD, ");
    const EcbRow row = reader->Read(date + ", 1.1684, ", 2);
    EXPECT_THAT(row.rates, IsEmpty()) << date;
    EXPECT_EQ(row.problems.size(), 1u) << date;
  }
}

TEST(H10CsvTest, SomeSeriesPriceTheDollarAndFourAreTheOtherWayRound) {
  auto reader =
      H10CsvReader::FromHeader("observation_date,DEXKOUS,DEXUSEU,DEXUSUK,DEXUSAL,DEXUSNZ");
  ASSERT_TRUE(reader.ok()) << reader.status();
  EXPECT_THAT(Texts(reader->Read("2024-12-03,1427.83,1.0505,1.2664,0.6480,.,", 2)), IsEmpty());
  EXPECT_THAT(Texts(reader->Read("2024-12-03,1427.83,1.0505,1.2664,0.6480,.", 3)),
              ElementsAre("USD/KRW 1427.83 of 2024-12-03", "EUR/USD 1.0505 of 2024-12-03",
                          "GBP/USD 1.2664 of 2024-12-03", "AUD/USD 0.648 of 2024-12-03"));
  EXPECT_THAT(Texts(reader->Read("2024-12-04,,,,,0.5860", 4)),
              ElementsAre("NZD/USD 0.586 of 2024-12-04"));
}

TEST(H10CsvTest, AHolidayGivesNothingAndAWrongCellCostsItself) {
  auto reader = H10CsvReader::FromHeader("DATE,DEXKOUS,DEXJPUS\r");
  ASSERT_TRUE(reader.ok()) << reader.status();
  const FileRateRow holiday = reader->Read("2024-12-25,,", 2);
  EXPECT_THAT(holiday.rates, IsEmpty());
  EXPECT_THAT(holiday.problems, IsEmpty());
  const FileRateRow wrong = reader->Read("2024-12-26,ND,157.9", 3);
  EXPECT_THAT(Texts(wrong), ElementsAre("USD/JPY 157.9 of 2024-12-26"));
  ASSERT_EQ(wrong.problems.size(), 1u);
  EXPECT_THAT(wrong.problems[0].message, HasSubstr("DEXKOUS of 2024-12-26 is \"ND\""));
  EXPECT_EQ(wrong.problems[0].column, 12u);
  EXPECT_EQ(reader->Read("2024-12-26,1,1", 4).problems.size(), 1u);
  EXPECT_EQ(reader->Read("2024-13-26,1,1", 5).problems.size(), 1u);
}

TEST(H10CsvTest, AnUnknownSeriesIsRefusedWithTheKnownOnes) {
  const auto unknown = H10CsvReader::FromHeader("DATE,DEXKOSU");
  EXPECT_EQ(ReasonOf(unknown.status()), "UNKNOWN_SERIES");
  EXPECT_THAT(std::string(unknown.status().message()),
              testing::AllOf(HasSubstr("did you mean \"DEXKOUS\"?"), HasSubstr("DEXUSNZ")));
  EXPECT_EQ(ReasonOf(H10CsvReader::FromHeader("DATE,DEXVZUS").status()), "UNKNOWN_SERIES");
  EXPECT_EQ(ReasonOf(H10CsvReader::FromHeader("DATE,DEXKOUS,DEXKOUS").status()), "DOUBLED_COLUMN");
}

TEST(RateColumnsTest, AreBoundByName) {
  const auto columns =
      RateColumns::FromHeader({"Quote", "value", "BASE", "date", "published", "unit", "provider"});
  ASSERT_TRUE(columns.ok()) << columns.status();
  const auto rate = columns->Read({"KRW", "951.80", "JPY", "2025-02-07", "", "100", "own"});
  ASSERT_TRUE(rate.ok()) << rate.status();
  EXPECT_EQ(TextOf(*rate), "JPY/KRW 951.80 of 2025-02-07");
  EXPECT_EQ(rate->unit, 100);
  EXPECT_EQ(rate->provider, "own");
  EXPECT_EQ(rate->published_at, "");
}

TEST(RateColumnsTest, AnUnknownColumnIsLeftOutADoubledAndAMissingOneRefused) {
  const auto columns = RateColumns::FromHeader({"date", "base", "quote", "value", "providr"});
  ASSERT_TRUE(columns.ok());
  ASSERT_EQ(columns->warnings().size(), 1u);
  EXPECT_THAT(columns->warnings()[0],
              HasSubstr("\"providr\" is left out (did you mean \"provider\"?)"));
  EXPECT_EQ(columns->Read({"2025-02-07", "USD", "KRW", "1447", "x"})->provider, "");
  EXPECT_EQ(ReasonOf(RateColumns::FromHeader({"date", "base", "quote", "value", "Base"}).status()),
            "DOUBLED_COLUMN");
  EXPECT_EQ(
      ReasonOf(RateColumns::FromHeader({"date", "base", "quote", "x", "value", "x"}).status()),
      "DOUBLED_COLUMN");
  EXPECT_EQ(ReasonOf(RateColumns::FromHeader({"date", "base", "quote"}).status()),
            "MISSING_COLUMN");
}

TEST(RateColumnsTest, WrongCellsAreSaid) {
  const auto columns = RateColumns::FromHeader({"date", "base", "quote", "value", "unit"});
  ASSERT_TRUE(columns.ok());
  EXPECT_EQ(ReasonOf(columns->Read({"2025-02-07", "USD", "KRW", "1"}).status()), "CELL_COUNT");
  EXPECT_THAT(std::string(columns->Read({"2025-02-07", "USD", "KRW", "", "1"}).status().message()),
              HasSubstr("value is empty"));
  for (const std::string unit : {"0", "-1", "1.5", "x", "99999999999"}) {
    EXPECT_FALSE(columns->Read({"2025-02-07", "USD", "KRW", "1", unit}).ok()) << unit;
  }
}

TEST(RateColumnsTest, TheTemplateIsATableOfThisFormat) {
  const std::string text = RateTemplate();
  EXPECT_EQ(RateFormatOf(text), RateFormat::kPlainCsv);
  FileLines lines = FileLines::OfText(text);
  std::string line;
  ASSERT_TRUE(*lines.NextRecord(&line));
  EXPECT_EQ(line, "date,base,quote,value,unit,provider,published");
}

}  // namespace
}  // namespace outlay::cli
