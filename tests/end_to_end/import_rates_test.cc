// Files of rates into a running cluster through the command: what one format has stored is there for the others.
#include <algorithm>

#include "services/common/time/date.h"
#include "tests/end_to_end/import_fixture.h"

namespace outlay::tests {
namespace {

using testing::EndsWith;
using testing::HasSubstr;

class ImportRatesTest : public ImportTest {
 protected:
  std::string Convert(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"convert"});
    const ProcessResult result = cluster_.Outlay(arguments);
    EXPECT_EQ(result.exit_code, 0) << result.standard_error;
    return result.standard_output;
  }
  uint64_t Head() {
    fx::v1::ListProvidersResponse providers;
    EXPECT_TRUE(cluster_.Fx()->ListProviders(Context().get(), {}, &providers).ok());
    return providers.stamp().fx_sequence();
  }
};

constexpr const char* kHistory =
    "Date,USD,HUF,KRW,SIT,\n"
    "2026-04-13,1.1684,366.9,1740.86,N/A,\n"
    "2026-04-10,1.17,367,1741,N/A,\n";
constexpr const char* kDaily = "Date, USD, HUF, KRW, \n13 April 2026, 1.1684, 366.90, 1740.86, \n";
constexpr const char* kXml =
    R"(<?xml version="1.0" encoding="UTF-8"?><gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" )"
    R"(xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref"><gesmes:subject>Reference rates</gesmes:subject>)"
    R"(<gesmes:Sender><gesmes:name>European Central Bank</gesmes:name></gesmes:Sender><Cube><Cube time="2026-04-13">)"
    R"(<Cube currency="USD" rate="1.1684"/><Cube currency="HUF" rate="366.90"/><Cube currency="KRW" rate="1740.8600"/>)"
    R"(</Cube></Cube></gesmes:Envelope>)";

TEST_F(ImportRatesTest, TheEcbsThreeFormatsStoreADayOnce) {
  EXPECT_EQ(Import({"rates", Write("hist.csv", kHistory)}),
            "6 rates read, 6 recorded, 0 already there, 0 rejected\n")
      << errors_;
  const uint64_t head = Head();
  EXPECT_EQ(Import({"rates", Write("day.csv", kDaily)}),
            "3 rates read, 0 recorded, 3 already there, 0 rejected\n")
      << errors_;
  EXPECT_EQ(Import({"rates", Write("day.xml", kXml)}),
            "3 rates read, 0 recorded, 3 already there, 0 rejected\n")
      << errors_;
  EXPECT_EQ(Head(), head);
}

TEST_F(ImportRatesTest, EveryFormatGivesRatesThatConvert) {
  EXPECT_EQ(Import({"rates", Write("h10.csv", "DATE,DEXKOUS,DEXUSUK\n2024-12-03,1427.83,1.25\n")}),
            "2 rates read, 2 recorded, 0 already there, 0 rejected\n")
      << errors_;
  EXPECT_EQ(
      Import(
          {"rates",
           Write(
               "usd.json",
               R"({"date":"2025-02-10","usd":{"btc":1e-5,"krw":1455.15,"xau":3.4e-4,"eur":0.97,"usd":1}})")}),
      "3 rates read, 3 recorded, 0 already there, 0 rejected, 1 skipped (no currency)\n")
      << errors_;
  EXPECT_EQ(
      Import({"rates", "--provider", "house",
              Write("own.csv", "date,base,quote,value,unit\n2025-02-07,JPY,KRW,951.8,100\n")}),
      "1 rate read, 1 recorded, 0 already there, 0 rejected\n")
      << errors_;
  EXPECT_THAT(Convert({"$1bn", "KRW", "--on", "2024-12-03", "--provider", "fed-h10"}),
              HasSubstr("1,427,830,000,000 KRW"));
  EXPECT_THAT(Convert({"£4", "USD", "--on", "2024-12-03", "--provider", "fed-h10"}),
              HasSubstr("5 USD"));
  EXPECT_THAT(Convert({"97유로", "KRW", "--on", "2025-02-10", "--provider", "fawazahmed0"}),
              HasSubstr("145,515 KRW"));
  EXPECT_THAT(Convert({"1,000억 엔", "KRW", "--on", "2025-02-07", "--provider", "house"}),
              HasSubstr("951,800,000,000 KRW"));
}

TEST_F(ImportRatesTest, WhatWasImportedIsListedDayByDayOnBothEnds) {
  std::string content = "DATE,DEXKOUS\n";
  // More than a page of the service.
  for (int i = 0; i < 1'500; ++i) {
    content +=
        time::FormatDate(*time::ParseDate("2020-01-01") + std::chrono::days(i)) + ",1400.5\n";
  }
  ASSERT_THAT(Import({"rates", Write("h10.csv", content)}), HasSubstr("1,500 recorded")) << errors_;
  const auto rates = [this](std::vector<std::string> more) {
    more.insert(more.begin(), {"rates", "--pair", "USD/KRW", "--provider", "fed-h10"});
    const ProcessResult result = cluster_.Outlay(more);
    EXPECT_EQ(result.exit_code, 0) << result.standard_error;
    return result.standard_output;
  };
  EXPECT_EQ(rates({"--format", "csv", "--from", "2020-01-02", "--to", "2020-01-03"}),
            "date,base,quote,value,numerator,denominator,derivation,provider,warnings\n"
            "2020-01-02,USD,KRW,1400.5,2801,2,DIRECT,fed-h10,\n"
            "2020-01-03,USD,KRW,1400.5,2801,2,DIRECT,fed-h10,\n");
  const std::string all = rates({"--format", "csv"});
  EXPECT_EQ(std::count(all.begin(), all.end(), '\n'), 1'501);
  EXPECT_THAT(rates({"--format", "chart"}),
              testing::StartsWith("USD/KRW, fed-h10: 1,500 rates, 2020-01-01 to 2024-02-08\n"));
}

// The real files, which are no part of the project.
class RateFilesData : public ImportRatesTest {
 protected:
  static std::filesystem::path File(const std::string& name) {
    if (const char* const shared = std::getenv("OUTLAY_SHARED_DATA")) {
      return std::filesystem::path(shared) / "fx" / name;
    }
    return SourceDirectory() / "../shared/data/fx" / name;
  }
  void SetUp() override {
    ImportRatesTest::SetUp();
    if (!std::filesystem::exists(File("DEXKOUS.csv"))) {
      GTEST_SKIP() << File("DEXKOUS.csv") << " is not there";
    }
  }
};

TEST_F(RateFilesData, TheEcbsFilesAgree) {
  EXPECT_THAT(Import({"rates", File("eurofxref-hist.csv")}),
              EndsWith(", 0 already there, 0 rejected\n"))
      << errors_;
  const uint64_t head = Head();
  EXPECT_EQ(Import({"rates", File("eurofxref.csv")}),
            "29 rates read, 0 recorded, 29 already there, 0 rejected\n")
      << errors_;
  EXPECT_THAT(
      Import({"rates", File("eurofxref-hist-90d-2018.xml")}),
      testing::MatchesRegex("[0-9,]+ rates read, 0 recorded, [0-9,]+ already there, 0 rejected\n"))
      << errors_;
  EXPECT_EQ(Head(), head);
  EXPECT_THAT(Convert({"$1", "KRW", "--on", "2024-12-03", "--provider", "ecb", "--scale", "2"}),
              HasSubstr("1 USD = 1,403.06 KRW"));
  const ProcessResult listed =
      cluster_.Outlay({"rates", "--pair", "USD/KRW", "--from", "2024-01-01", "--to", "2024-12-31",
                       "--format", "csv"});
  EXPECT_THAT(listed.standard_output, HasSubstr("2024-12-31,USD,KRW,1474.78101838,"));
  EXPECT_EQ(std::count(listed.standard_output.begin(), listed.standard_output.end(), '\n'), 257);
}

TEST_F(RateFilesData, TheFederalReservesAndTheCurrencyApisConvert) {
  EXPECT_THAT(Import({"rates", File("DEXKOUS.csv")}), EndsWith(", 0 already there, 0 rejected\n"))
      << errors_;
  EXPECT_THAT(Convert({"$1", "KRW", "--on", "2024-12-03", "--provider", "fed-h10", "--scale", "2"}),
              HasSubstr("1 USD = 1,427.83 KRW"));
  for (const char* const day : {"2024.12.31", "2025.2.10", "2025.2.12", "2025.12.31"}) {
    const std::string name = fmt::format("fawazahmed0/usd-{}.json", day);
    EXPECT_THAT(
        Import({"rates", File(name)}),
        testing::MatchesRegex(
            "[0-9]+ rates read, [0-9]+ recorded, 0 already there, 0 rejected, [0-9]+ skipped .*\n"))
        << errors_;
  }
}

}  // namespace
}  // namespace outlay::tests
