// What imports of rates send and say, format by format.
#include "tests/gateway/cli/import_fixture.h"

namespace outlay::cli {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

class ImportRatesTest : public ImportTest {
 protected:
  // "ecb EUR/USD 1.1684 of 2026-04-13".
  std::vector<std::string> Sent() const {
    std::vector<std::string> texts;
    for (const fx::v1::Rate& rate : fx_.rates) {
      texts.push_back(fmt::format("{} {}/{} {} of {}", rate.provider(), rate.base_currency(),
                                  rate.quote_currency(), rate.value().value(), rate.fixing_date()));
    }
    return texts;
  }
};

constexpr const char* kXml =
    R"(<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">)"
    R"(<Cube><Cube time="2018-06-29"><Cube currency="USD" rate="1.1658"/><Cube currency="KRW" rate="nil"/></Cube></Cube></gesmes:Envelope>)";

TEST_F(ImportRatesTest, TheNameOfAFileDecidesNothing) {
  EXPECT_EQ(Import({"rates", Write("a.json", "Date, USD, \n13 April 2026, 1.1684, \n")}).code,
            kSuccess);
  EXPECT_EQ(
      Import({"rates", Write("b.xml", "observation_date,DEXKOUS\n2024-12-03,1427.83\n")}).code,
      kSuccess);
  EXPECT_EQ(
      Import({"rates", Write("c.csv", R"({"date":"2025-02-10","usd":{"krw":1455.15}})")}).code,
      kSuccess);
  EXPECT_EQ(Import({"rates", Write("d.txt", kXml)}).out,
            "2 rates read, 1 recorded, 0 already there, 1 rejected\n");
  EXPECT_THAT(
      Sent(),
      ElementsAre("ecb EUR/USD 1.1684 of 2026-04-13", "fed-h10 USD/KRW 1427.83 of 2024-12-03",
                  "fawazahmed0 USD/KRW 1455.15 of 2025-02-10", "ecb EUR/USD 1.1658 of 2018-06-29"));
}

TEST_F(ImportRatesTest, AProviderThatIsGivenHoldsInsteadOfTheFormats) {
  for (const std::string& content :
       {std::string("Date,USD\n2026-04-13,1\n"), std::string("DATE,DEXKOUS\n2024-12-03,1427.83\n"),
        std::string(R"({"date":"2025-02-10","usd":{"krw":1455.15}})")}) {
    Import({"rates", Write("x", content), "--provider", "own"});
  }
  ASSERT_EQ(fx_.rates.size(), 3u);
  for (const fx::v1::Rate& rate : fx_.rates) EXPECT_EQ(rate.provider(), "own");
}

TEST_F(ImportRatesTest, ARejectedFigureIsNamedByItsPlaceWhateverTheFormat) {
  const std::string xml = Write("x.xml", kXml);
  EXPECT_THAT(Import({"rates", xml}).err, HasSubstr(xml + ":1:"));
  const std::string api = Write("x.json", R"({"date":"2025-02-10","usd":{"krw":-1,"eur":0.97}})");
  const Result result = Import({"rates", api});
  EXPECT_EQ(result.code, kFailure);
  EXPECT_THAT(result.err, HasSubstr(api + ": usd.krw: is \"-1\""));
  EXPECT_EQ(result.out, "2 rates read, 1 recorded, 0 already there, 1 rejected\n");
}

// What lies beyond the limit could be the rest of a figure.
TEST_F(ImportRatesTest, ALineBeyondTheLimitIsRejectedWhole) {
  const std::string blanks((size_t{1} << 20) - 14, ' ');
  const std::string ecb =
      Write("x.csv", "Date,USD\n2025-02-08," + blanks + "1.0377\n2025-02-07,1.0377\n");
  EXPECT_EQ(Import({"rates", ecb}).out, "2 rates read, 1 recorded, 0 already there, 1 rejected\n");
  const std::string h10 = Write("y.csv", "DATE,DEXKOUS\n2024-12-03," + blanks + "1427.83\n");
  EXPECT_THAT(Import({"rates", h10}).err, HasSubstr(h10 + ":2: is longer than 1048576 bytes"));
  EXPECT_THAT(Sent(), ElementsAre("ecb EUR/USD 1.0377 of 2025-02-07"));
}

TEST_F(ImportRatesTest, AFileWithoutAnyFigureIsRefused) {
  for (const std::string& content :
       {std::string(R"({"date":"2025-02-10","usd":{}})"), std::string("\xEF\xBB\xBF")}) {
    EXPECT_EQ(Import({"rates", Write("x", content)}).code, kFailure) << content;
  }
}

TEST_F(ImportRatesTest, AWarningOfAColumnNamesTheLineOfTheHeader) {
  const std::string path = Write("x.csv", "# of today\n\nDate,USD,XXQ\n2025-02-07,1.0377,1\n");
  EXPECT_THAT(Import({"rates", path}).err, HasSubstr(path + ":3:10: warning"));
}

TEST_F(ImportRatesTest, SkippedCodesAreCountedInTheSummary) {
  const std::string path =
      Write("x", R"({"date":"2025-02-10","usd":{"btc":1e-5,"krw":1455.15,"doge":4}})");
  EXPECT_EQ(Import({"rates", path}).out,
            "1 rate read, 1 recorded, 0 already there, 0 rejected, 2 skipped (no currency)\n");
  EXPECT_EQ(Import({"rates", path, "--lang", "ko"}).out,
            "환율 1건 읽음, 기록 1건, 이미 있음 0건, 거부 0건, 제외(통화 아님) 2건\n");
}

TEST_F(ImportRatesTest, AnUnknownSeriesRefusesTheFileAndNamesTheKnownOnes) {
  const std::string path = Write("x.csv", "DATE,DEXKOUS,CPIAUCSL\n2024-12-03,1427.83,315\n");
  const Result result = Import({"rates", path});
  EXPECT_EQ(result.code, kFailure);
  EXPECT_THAT(result.err, AllOf(HasSubstr(path + ":1: there is no series \"CPIAUCSL\""),
                                HasSubstr("DEXJPUS"), HasSubstr("UNKNOWN_SERIES")));
  EXPECT_TRUE(fx_.rates.empty());
}

TEST_F(ImportRatesTest, APlainTableTakesTheProviderOfItsColumnElseOfTheFlag) {
  const std::string path = Write(
      "x.csv",
      "# mine\nvalue,quote,base,date,unit,provider,published,note\n"
      "951.80,KRW,JPY,2025-02-07,100,,2025-02-07T07:00:00Z,x\n1447,KRW,USD,2025-02-07,,bok,,\n");
  const Result result = Import({"rates", path, "--provider", "own"});
  EXPECT_EQ(result.code, kSuccess) << result.err;
  EXPECT_THAT(result.err, HasSubstr(path + ":2: warning: the column \"note\" is left out"));
  EXPECT_THAT(Sent(),
              ElementsAre("own JPY/KRW 951.80 of 2025-02-07", "bok USD/KRW 1447 of 2025-02-07"));
  EXPECT_EQ(fx_.rates[0].unit(), 100);
  EXPECT_EQ(fx_.rates[0].published_at(), "2025-02-07T07:00:00Z");
}

TEST_F(ImportRatesTest, RejectedRowsOfAPlainTableAreATableThatCanBeMended) {
  const std::string path =
      Write("x.csv",
            "date,base,quote,value,unit\n2025-02-07,USD,KRW,1447,1\n2025-02-08,USD,KRW,1448,x\n");
  const std::string rejected = (folder_.path() / "rejected.csv").string();
  const Result nobody = Import({"rates", path});
  EXPECT_EQ(nobody.out, "2 rates read, 0 recorded, 0 already there, 2 rejected\n");
  EXPECT_THAT(nobody.err, HasSubstr(path + ":2: does not say whose rates they are"));
  EXPECT_EQ(Import({"rates", path, "--provider", "own", "--rejected", rejected}).out,
            "2 rates read, 1 recorded, 0 already there, 1 rejected\n");
  std::string mended = tests::ReadFile(rejected);
  EXPECT_THAT(mended, AllOf(testing::StartsWith("date,base,quote,value,unit\n"),
                            HasSubstr("\n2025-02-08,USD,KRW,1448,x\n")));
  mended.replace(mended.find(",x\n"), 2, ",1");
  EXPECT_EQ(Import({"rates", Write("mended.csv", mended), "--provider", "own"}).out,
            "1 rate read, 1 recorded, 0 already there, 0 rejected\n");
}

TEST_F(ImportRatesTest, ARowThatIsNotUtf8IsRejectedAlone) {
  const std::string path = Write("x.csv",
                                 "date,base,quote,value\n2025-02-07,US\xe9,KRW,1447\n"
                                 "2025-02-07,USD,KRW,1447\n");
  const Result result = Import({"rates", path, "--provider", "own"});
  EXPECT_EQ(result.out, "2 rates read, 1 recorded, 0 already there, 1 rejected\n");
  EXPECT_THAT(result.err, HasSubstr(path + ":2: base: \"US\\xe9\" is not UTF-8"));
}

TEST_F(ImportRatesTest, AFormatWithoutLinesStopsWithoutNamingAny) {
  fx_.failures.Add(1, absl::DeadlineExceededError("too late"));
  const std::string path = Write("x", R"({"date":"2025-02-10","usd":{"krw":1455.15,"jpy":150}})");
  const Result result = Import({"rates", path});
  EXPECT_EQ(result.code, kFailure);
  EXPECT_EQ(result.out, "2 rates read, 0 recorded, 0 already there, 0 rejected, 2 not settled\n");
  EXPECT_THAT(result.err, HasSubstr(path + ": stopped in sending figures ("));
}

TEST_F(ImportRatesTest, TheTemplateCanBeImported) {
  const Result printed = Import({"rates", "--template"});
  EXPECT_EQ(printed.code, kSuccess);
  EXPECT_EQ(Import({"rates", Write("t.csv", printed.out)}).out,
            "1 rate read, 1 recorded, 0 already there, 0 rejected\n");
  EXPECT_THAT(Sent(), ElementsAre("example JPY/KRW 951.8 of 2025-02-07"));
}

TEST_F(ImportRatesTest, WhatStandsBeforeTheEndOfABrokenFileIsRecorded) {
  const std::string xml = kXml;
  const std::string path = Write("cut.xml", xml.substr(0, xml.size() - 40));
  const Result result = Import({"rates", path});
  EXPECT_EQ(result.code, kFailure);
  EXPECT_THAT(result.err, HasSubstr(path + ": is not the ECB's XML of reference rates at line 1"));
  EXPECT_THAT(Sent(), ElementsAre("ecb EUR/USD 1.1658 of 2018-06-29"));
}

}  // namespace
}  // namespace outlay::cli
