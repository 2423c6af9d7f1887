// Formats of rates without lines: the ECB's XML and the currency API's JSON.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "gateway/cli/currency_api.h"
#include "gateway/cli/ecb_xml.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"
#include "tests/gateway/cli/rate_sink.h"

namespace outlay::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

struct Read {
  absl::Status status;
  CollectedRates found;
  std::string reason() const { return GetErrorDetail(status).reason; }
  std::string message() const { return std::string(FromAbsl(status.message())); }
};

template <typename Reader>
Read ReadWith(Reader reader, const std::string& text) {
  std::istringstream in(text);
  Read read;
  const RateFileSink sink = read.found.Sink();
  read.status = reader(in, sink);
  return read;
}
Read Xml(const std::string& text) { return ReadWith(ReadEcbXml, text); }
Read Api(const std::string& text) { return ReadWith(ReadCurrencyApi, text); }

std::string Envelope(const std::string& days) {
  return R"(<?xml version="1.0" encoding="UTF-8"?><gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01")"
         R"( xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref"><gesmes:subject>Reference rates</gesmes:subject>)"
         R"(<gesmes:Sender><gesmes:name>European Central Bank</gesmes:name></gesmes:Sender><Cube>)" +
         days + "</Cube></gesmes:Envelope>";
}

TEST(EcbXmlTest, ADayIsACubeOfCubesAndAnAbsentCurrencyAnAbsentElement) {
  const Read read = Xml(Envelope(
      R"(<Cube time="2018-06-29"><Cube currency="USD" rate="1.1658"/><Cube currency="HUF" rate="329.770"/></Cube>)"
      R"(<Cube time='2018-06-28'><Cube currency='USD' rate='1.1583'/></Cube>)"));
  EXPECT_TRUE(read.status.ok()) << read.status;
  EXPECT_THAT(read.found.rates,
              ElementsAre("EUR/USD 1.1658 of 2018-06-29", "EUR/HUF 329.77 of 2018-06-29",
                          "EUR/USD 1.1583 of 2018-06-28"));
  EXPECT_THAT(read.found.problems, IsEmpty());
}

TEST(EcbXmlTest, WrongFiguresAndDaysCostThemselvesOnly) {
  const Read read = Xml(Envelope(
      "\n"
      R"(<Cube time="2018-06-29"><Cube currency="USD" rate="x"/><Cube currency="JPY" rate="129.04"/>)"
      R"(<Cube currency="JPY" rate="1"/><Cube currency="QQQ" rate="1"/></Cube>)"
      "\n"
      R"(<Cube time="29 June"><Cube currency="USD" rate="1"/></Cube>)"
      R"(<Cube time="2018-06-29"><Cube currency="KRW" rate="1"/></Cube>)"
      R"(<Cube time="2018-06-27"><Cube currency="KRW" rate="1296"/><Cube currency="QQQ" rate="1"/></Cube>)"));
  EXPECT_TRUE(read.status.ok()) << read.status;
  EXPECT_THAT(read.found.rates,
              ElementsAre("EUR/JPY 129.04 of 2018-06-29", "EUR/KRW 1296 of 2018-06-27"));
  ASSERT_EQ(read.found.problems.size(), 4u);
  EXPECT_THAT(read.found.problems[0], testing::StartsWith("2:25: USD of 2018-06-29 is \"x\""));
  EXPECT_THAT(read.found.problems[1], HasSubstr("JPY stands twice on 2018-06-29"));
  EXPECT_THAT(read.found.problems[2], testing::StartsWith("3:1: "));
  EXPECT_THAT(read.found.problems[3], HasSubstr("2018-06-29 stands already"));
  EXPECT_THAT(read.found.warnings, ElementsAre(HasSubstr("\"QQQ\" is left out")));
}

TEST(EcbXmlTest, WhatIsNotOfTheShapeIsRefusedWithItsPlace) {
  const std::string day = R"(<Cube time="2018-06-29"><Cube currency="USD" rate="1.1658"/>)";
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"<html><body/></html>", "the element \"html\""},
      {Envelope("<Day/>"), "the element \"Day\""},
      {Envelope("<Cube/>"), "a day has no attribute time"},
      {Envelope(R"(<Cube time="2018-06-29" zone="x"/>)"), "the attribute \"zone\""},
      {Envelope(day + R"(<Cube currency="JPY"/></Cube>)"), "no attributes currency and rate"},
      {Envelope(day + "1.5</Cube>"), "the text \"1.5\""},
      {Envelope(day + "<Cube currency=\"JPY\" rate=\"1\"><Cube/></Cube></Cube>"),
       "the element \"Cube\""},
      {Envelope(day), "mismatched tag"},
      {std::string(Envelope(day + "</Cube>"), 0, Envelope(day).size() - 20),
       "no element found|unclosed token"},
      {"<!DOCTYPE a [<!ENTITY b \"1.5\">]><a>&b;</a>", "has a document type"},
      {"<a xmlns=\"http://www.gesmes.org/xml/2002-08-01\"/>", "the element \"a\""},
  };
  for (const auto& [text, what] : cases) {
    const Read read = Xml(text);
    EXPECT_EQ(read.reason(), "NOT_ECB_XML") << text;
    EXPECT_THAT(read.message(), testing::ContainsRegex("at line 1, column [0-9]+: ")) << text;
    EXPECT_THAT(read.message(), testing::ContainsRegex(what)) << text;
  }
  // What stood before the place is handed out.
  EXPECT_THAT(Xml(Envelope(day)).found.rates, ElementsAre("EUR/USD 1.1658 of 2018-06-29"));
}

TEST(EcbXmlTest, MemoryIsBoundedWhateverATagHolds) {
  const Read read = Xml("<" + std::string(5 << 20, 'a'));
  EXPECT_EQ(read.reason(), "NOT_ECB_XML");
  EXPECT_THAT(read.message(), HasSubstr("more than 1048576 bytes"));
}

TEST(CurrencyApiTest, FiguresKeepTheirDigitsAndCryptoCodesAreSkipped) {
  const Read read = Api(
      R"({"date":"2025-02-10","usd":{"1inch":3.9,"btc":1.0289e-5,"kwd":0.30855,"krw":1455.15238967,"usd":1,)"
      R"("vnd":2.5E+4,"xau":1.2e-7,"jpy":12345678901234567890.123456789012345678}})");
  EXPECT_TRUE(read.status.ok()) << read.status;
  EXPECT_THAT(read.found.rates,
              ElementsAre("USD/KWD 0.30855 of 2025-02-10", "USD/KRW 1455.15238967 of 2025-02-10",
                          "USD/VND 25000 of 2025-02-10", "USD/XAU 0.00000012 of 2025-02-10",
                          "USD/JPY 12345678901234567890.123456789012345678 of 2025-02-10"));
  EXPECT_EQ(read.found.skipped, 2u);
}

TEST(CurrencyApiTest, WrongFiguresCostThemselvesOnly) {
  const Read read = Api(
      R"({"usd":{"krw":"1455","jpy":-1,"vnd":0,"eur":0.96,"gbp":null,"eur":0.97,"chf":1e-60},"date":"2025-02-10"})");
  EXPECT_TRUE(read.status.ok()) << read.status;
  EXPECT_THAT(read.found.rates, ElementsAre("USD/EUR 0.96 of 2025-02-10"));
  EXPECT_THAT(read.found.problems,
              ElementsAre(testing::StartsWith("usd.krw: is \"1455\""),
                          testing::StartsWith("usd.jpy: is \"-1\""),
                          testing::StartsWith("usd.vnd: is \"0\""),
                          testing::StartsWith("usd.gbp: is \"null\""), "usd.eur: stands twice",
                          testing::StartsWith("usd.chf: is \"1e-60\"")));
}

TEST(CurrencyApiTest, AnotherJsonIsRefusedWhole) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"[1]", "NOT_CURRENCY_API"},
      {"3", "NOT_CURRENCY_API"},
      {"{}", "NOT_CURRENCY_API"},
      {R"({"usd":{"krw":1}})", "NOT_CURRENCY_API"},
      {R"({"date":"2025-02-10"})", "NOT_CURRENCY_API"},
      {R"({"date":20250210,"usd":{"krw":1}})", "NOT_CURRENCY_API"},
      {R"({"date":"2025-02-10","usd":{"krw":1},"eur":{"krw":1}})", "NOT_CURRENCY_API"},
      {R"({"date":"2025-02-10","usd":{"krw":{"a":1}}})", "NOT_CURRENCY_API"},
      {R"({"date":"2025-02-10","usd":{"krw":[1]}})", "NOT_CURRENCY_API"},
      {R"({"date":"2025-02-10","btc":{"krw":1}})", "NOT_CURRENCY_API"},
      {R"({"date":"2025-02-10","USD":{"krw":1}})", "NOT_CURRENCY_API"},
      {R"({"date":"2025-02-10","usd":{"krw":1},"note":"x"})", "NOT_CURRENCY_API"},
      {R"({"date":"10 Feb","usd":{"krw":1}})", "MALFORMED_DATE"},
      {R"({"date":"2025-02-10","usd":{"krw":1})", "MALFORMED_JSON"},
      {R"({"date":"2025-02-10","usd":{"krw":1}} x)", "MALFORMED_JSON"},
      {R"({"date":"2025-02-10","usd":{"krw":1.}})", "MALFORMED_JSON"},
      {R"({"date":")" + std::string(1 << 16, 'x'), "TOKEN_TOO_LONG"},
  };
  for (const auto& [text, reason] : cases) {
    const Read read = Api(text);
    EXPECT_EQ(read.reason(), reason) << text.substr(0, 80);
    EXPECT_THAT(read.found.rates, IsEmpty()) << text.substr(0, 80);
  }
}

}  // namespace
}  // namespace outlay::cli
