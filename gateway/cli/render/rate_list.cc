#include "gateway/cli/render/rate_list.h"

#include "fmt/format.h"
#include "gateway/cli/render/csv.h"
#include "gateway/cli/render/words.h"

namespace outlay::cli {
namespace {

std::string DerivationName(fx::v1::Derivation derivation, Language language) {
  switch (derivation) {
    case fx::v1::DERIVATION_IDENTITY:
      return std::string(In(language, "the same currency", "같은 통화"));
    case fx::v1::DERIVATION_DIRECT:
      return std::string(In(language, "as published", "고시값"));
    case fx::v1::DERIVATION_INVERSE:
      return std::string(In(language, "reciprocal", "역수"));
    case fx::v1::DERIVATION_CROSS:
      return std::string(In(language, "cross", "교차환율"));
    case fx::v1::DERIVATION_JOINED:
      return std::string(In(language, "irrevocable ratio", "확정 전환 비율"));
    default:
      return "";
  }
}

std::string Pair(const fx::v1::ListRatesRequest& request) {
  return request.from_currency() + "/" + request.to_currency();
}

// Whose rates, where nobody asked for a provider: the answers say.
std::string Provider(const fx::v1::ListRatesRequest& request,
                     const fx::v1::ListRatesResponse& rates) {
  return rates.rates().empty() ? request.provider() : rates.rates(0).provider();
}

std::string WarningCodes(const fx::v1::RateAnswer& rate) {
  std::string codes;
  for (const fx::v1::RateWarning& warning : rate.warnings()) {
    codes += (codes.empty() ? "" : " ") + warning.code();
  }
  return codes;
}

}  // namespace

std::string RateListTitle(const fx::v1::ListRatesRequest& request,
                          const fx::v1::ListRatesResponse& rates, Language language) {
  const std::string provider = Provider(request, rates);
  std::string title = Pair(request) + (provider.empty() ? "" : ", " + provider) + ": " +
                      CountedIn(language, rates.rates_size(), "rate", "건");
  if (rates.rates().empty()) return title;
  return title + fmt::format(fmt::runtime(In(language, ", {} to {}", ", {}~{}")),
                             rates.rates(0).used_date(), rates.rates().rbegin()->used_date());
}

Document RateListDocument(const fx::v1::ListRatesRequest& request,
                          const fx::v1::ListRatesResponse& rates, Language language) {
  Document document;
  document.emplace_back(Paragraph{RateListTitle(request, rates, language), true});
  if (rates.rates().empty()) return document;
  bool any_warning = false;
  for (const fx::v1::RateAnswer& rate : rates.rates()) {
    any_warning = any_warning || !rate.warnings().empty();
  }
  Table table;
  table.columns = {{std::string(In(language, "date", "날짜"))},
                   {Pair(request), Align::kRight},
                   {std::string(In(language, "derivation", "산출"))}};
  if (any_warning) table.columns.push_back({std::string(In(language, "warnings", "경고"))});
  for (const fx::v1::RateAnswer& rate : rates.rates()) {
    Row row = {
        {rate.used_date(), rate.value().value(), DerivationName(rate.derivation(), language)}};
    if (any_warning) row.cells.push_back(WarningCodes(rate));
    table.rows.push_back(std::move(row));
  }
  document.emplace_back(std::move(table));
  return document;
}

std::string RateListCsv(const fx::v1::ListRatesRequest& request,
                        const fx::v1::ListRatesResponse& rates) {
  std::string text = CsvRecord({"date", "base", "quote", "value", "numerator", "denominator",
                                "derivation", "provider", "warnings"});
  constexpr std::string_view kPrefix = "DERIVATION_";
  for (const fx::v1::RateAnswer& rate : rates.rates()) {
    text += CsvRecord({rate.used_date(), request.from_currency(), request.to_currency(),
                       rate.value().value(), rate.numerator().value(), rate.denominator().value(),
                       fx::v1::Derivation_Name(rate.derivation()).substr(kPrefix.size()),
                       rate.provider(), WarningCodes(rate)});
  }
  return text;
}

std::vector<ChartPoint> RateListPoints(const fx::v1::ListRatesResponse& rates) {
  std::vector<ChartPoint> points;
  for (const fx::v1::RateAnswer& rate : rates.rates()) {
    const auto date = time::ParseDate(rate.used_date());
    const auto value = money::Decimal::Parse(rate.value().value());
    // A server's answer is well formed; anything else is not drawn.
    if (date.ok() && value.ok()) points.push_back({*date, *value});
  }
  return points;
}

}  // namespace outlay::cli
