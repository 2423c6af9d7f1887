#include "gateway/cli/render/conversion_document.h"

#include "fmt/format.h"
#include "gateway/cli/render/csv.h"
#include "gateway/cli/render/rate_text.h"
#include "gateway/cli/render/readable_amount.h"

namespace outlay::cli {
namespace {

money::Decimal ValueOf(const money::v1::Money& money) {
  // A server's answer is well formed; anything else shows as zero beside its currency.
  return money::Decimal::FromUnitsNanos(money.units(), money.nanos()).value_or(money::Decimal());
}

std::string Digits(const money::v1::Money& money) {
  return fmt::format("{} {}", GroupedDigits(ValueOf(money)), money.currency_code());
}

std::string Readable(const money::v1::Money& money, Language language) {
  return ReadableAmount(money::Rational(ValueOf(money)), money.currency_code(), language);
}

}  // namespace

Document ConversionDocument(const gateway::v1::ConvertMoneyRequest& request,
                            const gateway::v1::ConvertMoneyResponse& response, Language language) {
  Document document;
  document.emplace_back(Paragraph{
      fmt::format("{} = {}", Digits(request.amount()), Digits(response.converted())), true});
  document.emplace_back(Paragraph{fmt::format("{} = {}", Readable(request.amount(), language),
                                              Readable(response.converted(), language))});
  document.emplace_back(ItemList{{RateItem(response.rate(), language)}, false});
  return document;
}

std::string ConversionCsv(const gateway::v1::ConvertMoneyRequest& request,
                          const gateway::v1::ConvertMoneyResponse& response) {
  const fx::v1::RateAnswer& rate = response.rate();
  std::string warnings;
  for (const fx::v1::RateWarning& warning : rate.warnings()) {
    warnings += (warnings.empty() ? "" : " ") + warning.code();
  }
  return CsvRecord({"amount", "currency", "converted", "to_currency", "rate", "numerator",
                    "denominator", "provider", "requested_date", "used_date", "age_days",
                    "warnings"}) +
         CsvRecord({ValueOf(request.amount()).ToString(), request.amount().currency_code(),
                    ValueOf(response.converted()).ToString(), response.converted().currency_code(),
                    rate.value().value(), rate.numerator().value(), rate.denominator().value(),
                    rate.provider(), rate.requested_date(), rate.used_date(),
                    std::to_string(rate.age_days()), warnings});
}

}  // namespace outlay::cli
