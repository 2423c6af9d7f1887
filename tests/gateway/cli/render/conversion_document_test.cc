#include "gateway/cli/render/conversion_document.h"

#include <gtest/gtest.h>

#include "google/protobuf/text_format.h"

namespace outlay::cli {
namespace {

gateway::v1::ConvertMoneyRequest Request() {
  gateway::v1::ConvertMoneyRequest request;
  request.mutable_amount()->set_currency_code("USD");
  request.mutable_amount()->set_units(320000000000);
  request.set_to_currency("KRW");
  return request;
}

gateway::v1::ConvertMoneyResponse Response(const std::string& rate) {
  gateway::v1::ConvertMoneyResponse response;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(
      "converted { currency_code: 'KRW' units: 463070251517780 } rate { " + rate + " }",
      &response));
  return response;
}

constexpr const char* kCross =
    "from_currency: 'USD' to_currency: 'KRW' requested_date: '2025-02-09' used_date: '2025-02-07' "
    "age_days: 2 "
    "provider: 'ecb' derivation: DERIVATION_CROSS "
    "legs { rate { base_currency: 'EUR' quote_currency: 'KRW' fixing_date: '2025-02-07' value { "
    "value: '1501.65' } } } "
    "legs { rate { base_currency: 'EUR' quote_currency: 'USD' fixing_date: '2025-02-07' value { "
    "value: '1.0377' } } "
    "inverted: true } "
    "numerator { value: '1668500' } denominator { value: '1153' } value { value: '1447.09453599' } "
    "warnings { code: 'STALE_RATE' message: 'the fixing is 2 days old' }";

TEST(ConversionDocumentTest, ShowsEveryDigitTheRateItsLegsItsFractionAndItsAge) {
  EXPECT_EQ(RenderText(ConversionDocument(Request(), Response(kCross), Language::kEnglish), {}),
            "320,000,000,000 USD = 463,070,251,517,780 KRW\n"
            "\n"
            "$320 bn = ₩463.07 tn\n"
            "\n"
            "  1 USD = 1,447.0945 KRW: the cross of two rates that ecb published for 2025-02-07\n"
            "    EUR/KRW 1501.65 (2025-02-07); EUR/USD 1.0377 (2025-02-07), divided by\n"
            "    exactly 1668500/1153\n"
            "    asked for 2025-02-09, used 2025-02-07: 2 days apart\n"
            "    STALE_RATE: the fixing is 2 days old\n");
}

TEST(ConversionDocumentTest, AnImpliedRateShowsTheTwoAmountsAndItsRange) {
  const auto response = Response(
      "from_currency: 'USD' to_currency: 'KRW' provider: 'brunch-2025-02-10' derivation: "
      "DERIVATION_IMPLIED "
      "legs { rate { provider: 'brunch-2025-02-10' base_currency: 'USD' quote_currency: 'KRW' "
      "implied_by { base_amount { value: '100000000000' } quote_amount { value: '145630000000000' "
      "} } } } "
      "numerator { value: '14563' } denominator { value: '10' } value { value: '1456.3' } "
      "low { value: '1455.57135' } high { value: '1457.02915' }");
  EXPECT_EQ(RenderText(ConversionDocument(Request(), response, Language::kKorean), {}),
            "320,000,000,000 USD = 463,070,251,517,780 KRW\n"
            "\n"
            "3,200억 달러 = 463조 703억 원\n"
            "\n"
            "  1 USD = 1,456.3 KRW: brunch-2025-02-10의 금액에서 도출\n"
            "    1,000억 달러 = 145조 6,300억 원\n"
            "    표기 정밀도상 1,455.5714에서 1,457.0292 사이\n");
}

TEST(ConversionDocumentTest, CsvHasTheFractionInFull) {
  EXPECT_EQ(ConversionCsv(Request(), Response(kCross)),
            "amount,currency,converted,to_currency,rate,numerator,denominator,provider,requested_"
            "date,used_date,age_days,"
            "warnings\n"
            "320000000000,USD,463070251517780,KRW,1447.09453599,1668500,1153,ecb,2025-02-09,2025-"
            "02-07,2,STALE_RATE\n");
}

}  // namespace
}  // namespace outlay::cli
