#include "gateway/cli/written_amount/written_amount.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fmt/format.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"

namespace outlay::cli {
namespace {

using testing::HasSubstr;

// "80000000000 USD"; "1 JPY|CNY"; or "MALFORMED_AMOUNT@3".
std::string Read(const std::string& text) {
  const auto amount = ReadWrittenAmount(text);
  if (!amount.ok()) {
    const ErrorDetail detail = GetErrorDetail(amount.status());
    const auto position = detail.metadata.find("position");
    return detail.reason +
           (position == detail.metadata.end() ? "" : "@" + std::string(position->second));
  }
  std::string found = amount->value.ToString();
  if (!amount->currency_code.empty()) found += " " + amount->currency_code;
  if (!amount->alternative_currency.empty()) found += "|" + amount->alternative_currency;
  return found;
}

std::string MessageOf(const std::string& text) {
  return std::string(FromAbsl(ReadWrittenAmount(text).status().message()));
}

struct Case {
  const char* text;
  const char* expected;
};

class Accepted : public testing::TestWithParam<Case> {};
TEST_P(Accepted, IsReadExactly) { EXPECT_EQ(Read(GetParam().text), GetParam().expected); }

INSTANTIATE_TEST_SUITE_P(Numbers, Accepted,
                         testing::Values(Case{"0", "0"}, Case{"100000000000", "100000000000"},
                                         Case{"-5", "-5"}, Case{"007", "7"},
                                         Case{"1,234.50", "1234.5"}, Case{"12,345,678", "12345678"},
                                         Case{"26.3e9", "26300000000"},
                                         Case{"1.2E-7", "0.00000012"}, Case{"5e+3 USD", "5000 USD"},
                                         Case{" 12 ", "12"}, Case{"−12", "-12"},
                                         Case{"１，２３４．５", "1234.5"}, Case{"0.1", "0.1"},
                                         Case{"12345678901234567890123456789012345678",
                                              "12345678901234567890123456789012345678"}));

INSTANTIATE_TEST_SUITE_P(
    English, Accepted,
    testing::Values(Case{"100bn", "100000000000"}, Case{"1.5 trillion", "1500000000000"},
                    Case{"$80bn", "80000000000 USD"}, Case{"US$65 billion", "65000000000 USD"},
                    Case{"€1.2 trn", "1200000000000 EUR"}, Case{"A$20bn", "20000000000 AUD"},
                    Case{"C$ 5m", "5000000 CAD"}, Case{"HK$3 mn", "3000000 HKD"},
                    Case{"NT$1.5k", "1500 TWD"}, Case{"R$2B", "2000000000 BRL"},
                    Case{"5 million dollars", "5000000 USD"}, Case{"USD 1,234.50", "1234.5 USD"},
                    Case{"1,234.50 USD", "1234.5 USD"}, Case{"CHF12", "12 CHF"},
                    Case{"-£3m", "-3000000 GBP"}, Case{"£-3m", "-3000000 GBP"},
                    Case{"3 Trillion Won", "3000000000000 KRW"}, Case{"5€", "5 EUR"},
                    Case{"$5 USD", "5 USD"}, Case{"20 thousand euros", "20000 EUR"},
                    Case{"¥5tn", "5000000000000 JPY|CNY"}, Case{"CN¥5tn", "5000000000000 CNY"},
                    Case{"JP¥5", "5 JPY"}, Case{"￥5", "5 JPY|CNY"}, Case{"¥5 JPY", "5 JPY"},
                    Case{"¥5 위안", "5 CNY"}, Case{"CNY 5¥", "5 CNY"}, Case{"5 RMB", "5 CNY"},
                    Case{"3 yuan", "3 CNY"}, Case{"KWD 1.234", "1.234 KWD"}));

INSTANTIATE_TEST_SUITE_P(
    Korean, Accepted,
    testing::Values(
        Case{"₩1,000억", "100000000000 KRW"}, Case{"1,000억 달러", "100000000000 USD"},
        Case{"145조 6,300억 원", "145630000000000 KRW"}, Case{"17조8천억원", "17800000000000 KRW"},
        Case{"3천800억 위안", "380000000000 CNY"}, Case{"5조엔", "5000000000000 JPY"},
        Case{"5조엔화", "5000000000000 JPY"}, Case{"백만 달러", "1000000 USD"},
        Case{"천억 원", "100000000000 KRW"}, Case{"십억 달러", "1000000000 USD"},
        Case{"3천5백억", "350000000000"}, Case{"1.5조", "1500000000000"},
        Case{"3.5천억 원", "350000000000 KRW"}, Case{"1억 5000원", "100005000 KRW"},
        Case{"2천만", "20000000"}, Case{"5천원", "5000 KRW"}, Case{"1만 5천 원", "15000 KRW"},
        Case{"656.6조 원", "656600000000000 KRW"}, Case{"1조 2,000억", "1200000000000"},
        Case{"30000억", "3000000000000"}, Case{"100 million 달러", "100000000 USD"},
        Case{"호주 달러 5억", "500000000 AUD"}, Case{"5억 호주달러", "500000000 AUD"},
        Case{"5억 미국 달러", "500000000 USD"}, Case{"１，０００億円", "100000000000 JPY"},
        Case{"3800亿元", "380000000000 CNY"}, Case{"1경 2조", "10002000000000000"},
        Case{"US$ 3억", "300000000 USD"}, Case{"3억　5천만원", "350000000 KRW"}));

class Refused : public testing::TestWithParam<Case> {};
TEST_P(Refused, WithThePosition) { EXPECT_EQ(Read(GetParam().text), GetParam().expected); }

INSTANTIATE_TEST_SUITE_P(
    Rubbish, Refused,
    testing::Values(Case{"", "MALFORMED_AMOUNT"}, Case{"  ", "MALFORMED_AMOUNT"},
                    Case{"$", "MALFORMED_AMOUNT@2"}, Case{"abc", "MALFORMED_AMOUNT@1"},
                    Case{"bn", "MALFORMED_AMOUNT@1"}, Case{".5", "MALFORMED_AMOUNT@1"},
                    Case{"5.", "MALFORMED_AMOUNT@3"}, Case{"1,00", "MALFORMED_AMOUNT@3"},
                    Case{"1,0000", "MALFORMED_AMOUNT@3"}, Case{"1234,567", "MALFORMED_AMOUNT@5"},
                    Case{"0,500 trillion", "MALFORMED_AMOUNT@2"},
                    Case{"0,123", "MALFORMED_AMOUNT@2"}, Case{"01,234", "MALFORMED_AMOUNT@3"},
                    Case{"０，５００", "MALFORMED_AMOUNT@2"},
                    Case{"1,234,56", "MALFORMED_AMOUNT@7"}, Case{"1.234,5", "MALFORMED_AMOUNT@6"},
                    Case{"1.2.3", "MALFORMED_AMOUNT@4"}, Case{"100 200", "MALFORMED_AMOUNT@5"},
                    Case{"--5", "MALFORMED_AMOUNT@2"}, Case{"-$-5", "MALFORMED_AMOUNT@3"},
                    Case{"+5", "MALFORMED_AMOUNT@1"}, Case{"5e", "MALFORMED_AMOUNT@2"},
                    Case{"5e9bn", "MALFORMED_AMOUNT@4"}, Case{"5bnn", "MALFORMED_AMOUNT@2"},
                    Case{"5 bn bn", "MALFORMED_AMOUNT@6"},
                    Case{"5 wonderful", "MALFORMED_AMOUNT@3"}, Case{"5 ABC", "MALFORMED_AMOUNT@3"},
                    Case{"5 usd", "MALFORMED_AMOUNT@3"}, Case{"100bn억", "MALFORMED_AMOUNT@6"},
                    Case{"1억 bn", "MALFORMED_AMOUNT@4"}, Case{"1억 2조", "MALFORMED_AMOUNT@5"},
                    Case{"1억억", "MALFORMED_AMOUNT@3"}, Case{"1조 12,000억", "MALFORMED_AMOUNT@4"},
                    Case{"3천1,200억", "MALFORMED_AMOUNT@3"}, Case{"3백5천", "MALFORMED_AMOUNT@4"},
                    Case{"1.5조 3억", "MALFORMED_AMOUNT@6"},
                    Case{"1.5조 천억", "MALFORMED_AMOUNT@6"},
                    Case{"1조 5 3억", "MALFORMED_AMOUNT@6"}, Case{"억", "MALFORMED_AMOUNT@1"},
                    Case{"$5 달러 원", "MALFORMED_AMOUNT@7"}, Case{"$5 유로", "MALFORMED_AMOUNT@4"},
                    Case{"C$5 dollars", "MALFORMED_AMOUNT@5"}, Case{"5 kr", "MALFORMED_AMOUNT@3"},
                    Case{"5억 루피", "MALFORMED_AMOUNT@4"}, Case{"\xff", "MALFORMED_AMOUNT@1"},
                    Case{"5\xe2\x82", "MALFORMED_AMOUNT@2"}, Case{"\xc0\xb1", "MALFORMED_AMOUNT@1"},
                    Case{"123456789012345678901234567890123456789", "AMOUNT_OUT_OF_RANGE"},
                    Case{"1e38", "AMOUNT_OUT_OF_RANGE"}, Case{"1e-39", "AMOUNT_OUT_OF_RANGE"},
                    Case{"1e99999999999999999999", "AMOUNT_OUT_OF_RANGE"}));

TEST(WrittenAmountTest, SaysWhatWouldBeRight) {
  EXPECT_THAT(MessageOf("1,00"), HasSubstr("three digits are expected after a comma"));
  EXPECT_THAT(MessageOf("5 kr"), HasSubstr("\"kr\" may be SEK, NOK, DKK or ISK"));
  EXPECT_THAT(MessageOf("$5 유로"), HasSubstr("\"유로\" is EUR, while USD stands before"));
  EXPECT_THAT(MessageOf("100bn억"), HasSubstr("at position 6: \"억\" has no place here"));
  EXPECT_THAT(MessageOf("5."), HasSubstr("the text ends, where a digit is expected"));
}

TEST(WrittenAmountTest, LongTextsAreRefusedBeforeTheyAreRead) {
  EXPECT_EQ(Read(std::string(256, ' ') + "5"), "MALFORMED_AMOUNT");
  EXPECT_EQ(Read(std::string(255, ' ') + "5"), "5");
  EXPECT_EQ(Read(std::string(100'000'000, '1')), "MALFORMED_AMOUNT");
}

}  // namespace
}  // namespace outlay::cli
