#include "gateway/cli/render/rate_text.h"

#include <cstdlib>
#include <optional>

#include "fmt/format.h"
#include "gateway/cli/render/figure_text.h"
#include "gateway/cli/render/readable_amount.h"
#include "gateway/cli/render/words.h"
#include "services/common/money/rational.h"

namespace outlay::cli {
namespace {

using money::Decimal;
using money::Rational;
using money::Rounding;

std::optional<Rational> ExactRate(const fx::v1::RateAnswer& rate) {
  const std::optional<Rational> numerator = Number(rate.numerator());
  const std::optional<Rational> denominator = Number(rate.denominator());
  if (!numerator || !denominator) return Number(rate.value());
  auto quotient = money::Divide(*numerator, *denominator);
  if (!quotient.ok()) return std::nullopt;
  return *std::move(quotient);
}

std::string Digits(const Rational& rate) {
  constexpr int kPlaces = 4;
  constexpr int kSignificant = 6;
  const bool is_small = rate.Abs() < Rational(10);
  const auto number = is_small ? rate.ToDecimalSignificant(kSignificant, Rounding::kHalfUp)
                               : rate.ToDecimal(kPlaces, Rounding::kHalfUp);
  return number.ok() ? GroupedDigits(*number) : rate.ToString();
}

std::string Provenance(const fx::v1::RateAnswer& rate, Language language) {
  const std::string& provider = rate.provider();
  switch (rate.derivation()) {
    case fx::v1::DERIVATION_IDENTITY:
      return std::string(In(language, "the same currency", "같은 통화"));
    case fx::v1::DERIVATION_DIRECT:
      return fmt::format(fmt::runtime(In(language, "as {} published it for {}", "{} 고시, {}")),
                         provider, rate.used_date());
    case fx::v1::DERIVATION_INVERSE:
      return fmt::format(fmt::runtime(In(language, "the reciprocal of what {} published for {}",
                                         "{} 고시의 역수, {}")),
                         provider, rate.used_date());
    case fx::v1::DERIVATION_CROSS:
      return fmt::format(
          fmt::runtime(In(language, "the cross of two rates that {} published for {}",
                          "{} 고시 두 환율의 교차환율, {}")),
          provider, rate.used_date());
    case fx::v1::DERIVATION_JOINED:
      return std::string(In(language, "by irrevocable ratio: the one currency became the other",
                            "확정 전환 비율"));
    case fx::v1::DERIVATION_AVERAGE:
      return fmt::format(
          fmt::runtime(In(language, "the average of {1} of {0}", "{0} 고시 {1}의 평균")), provider,
          CountedIn(language, rate.fixing_count(), "fixing", "건"));
    case fx::v1::DERIVATION_FIXED:
      return std::string(In(language, "given with the question", "질문에서 지정한 환율"));
    case fx::v1::DERIVATION_IMPLIED:
      return fmt::format(
          fmt::runtime(In(language, "implied by the amounts that {} states", "{}의 금액에서 도출")),
          provider);
    default:
      return provider;
  }
}

std::string Pair(const fx::v1::Rate& rate) {
  return fmt::format("{}/{}", rate.base_currency(), rate.quote_currency());
}

std::string AgeText(const fx::v1::RateAnswer& rate, Language language) {
  if (rate.requested_date().empty() || rate.age_days() == 0) return "";
  return fmt::format(fmt::runtime(In(language, "asked for {}, used {}: {} apart",
                                     "요청일 {}, 사용일 {}: {} 차이")),
                     rate.requested_date(), rate.used_date(),
                     CountedIn(language, std::abs(rate.age_days()), "day", "일"));
}

std::string ImpliedRange(const fx::v1::RateAnswer& rate, Language language) {
  const std::optional<Rational> low = Number(rate.low());
  const std::optional<Rational> high = Number(rate.high());
  if (!low || !high) return "";
  return fmt::format(
      fmt::runtime(In(language, "between {} and {}, as precisely as they are written",
                      "표기 정밀도상 {}에서 {} 사이")),
      Digits(*low), Digits(*high));
}

}  // namespace

std::string RateEquation(const fx::v1::RateAnswer& rate) {
  const std::optional<Rational> value = ExactRate(rate);
  return fmt::format("1 {} = {} {}", rate.from_currency(),
                     value ? Digits(*value) : rate.value().value(), rate.to_currency());
}

std::string ExactFraction(const fx::v1::RateAnswer& rate) {
  const std::optional<Rational> value = ExactRate(rate);
  if (!value || value->DenominatorString() == "1") return "";
  const std::optional<Decimal> decimal = value->ToExactDecimal();
  constexpr int kShortDecimal = 6;
  if (decimal && decimal->scale() <= kShortDecimal) return "";
  return value->ToString();
}

std::string LegText(const fx::v1::RateLeg& leg, Language language) {
  const fx::v1::Rate& rate = leg.rate();
  if (rate.has_implied_by()) {
    const std::optional<Rational> base = Number(rate.implied_by().base_amount());
    const std::optional<Rational> quote = Number(rate.implied_by().quote_amount());
    if (base && quote) {
      return fmt::format("{} = {}", ReadableAmount(*base, rate.base_currency(), language),
                         ReadableAmount(*quote, rate.quote_currency(), language));
    }
  }
  std::string text = fmt::format("{} {}", Pair(rate), rate.value().value());
  if (rate.unit() > 1) text += fmt::format(" / {}", rate.unit());
  if (leg.irrevocable()) {
    return text + std::string(In(language, ", irrevocable", ", 확정 비율"));
  }
  text += fmt::format(" ({})", rate.fixing_date());
  if (leg.inverted()) text += In(language, ", divided by", ", 나눔");
  return text;
}

Item RateItem(const fx::v1::RateAnswer& rate, Language language) {
  Item item = {RateEquation(rate), Provenance(rate, language), {}};
  std::string legs;
  for (const fx::v1::RateLeg& leg : rate.legs()) {
    if (!legs.empty()) legs += "; ";
    legs += LegText(leg, language);
  }
  const auto add = [&](std::string text) {
    if (!text.empty()) item.details.push_back(std::move(text));
  };
  add(legs);
  if (const std::string exact = ExactFraction(rate);
      !exact.empty() && rate.derivation() != fx::v1::DERIVATION_AVERAGE) {
    add(fmt::format("{} {}", In(language, "exactly", "정확히"), exact));
  }
  add(ImpliedRange(rate, language));
  add(AgeText(rate, language));
  for (const fx::v1::RateWarning& warning : rate.warnings()) {
    add(fmt::format("{}: {}", warning.code(), warning.message()));
  }
  return item;
}

}  // namespace outlay::cli
