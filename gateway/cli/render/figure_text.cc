#include "gateway/cli/render/figure_text.h"

#include "fmt/format.h"
#include "gateway/cli/render/readable_amount.h"

namespace outlay::cli {
namespace {

using money::Rational;
using money::Rounding;

// What a figure or an amount says about its value.
struct Bounds {
  std::optional<Rational> low;
  std::optional<Rational> high;
  bool low_implied = false;
  bool low_strict = false;
  bool high_strict = false;
  bool approximate = false;
};

Bounds BoundsOf(const gateway::v1::Figure& figure) {
  const money::v1::Interval& interval = figure.interval();
  return {Number(interval.low()), Number(interval.high()), interval.low_implied(),
          interval.low_strict(),  interval.high_strict(),  figure.approximate()};
}

Bounds BoundsOf(const money::v1::Amount& amount) {
  Bounds bounds = {Number(amount.low()), Number(amount.high()), amount.low_implied()};
  if (amount.bound() == money::v1::BOUND_POINT) {
    bounds.low = bounds.high = Number(amount.stated());
  }
  bounds.low_strict = amount.bound() == money::v1::BOUND_MORE_THAN;
  bounds.high_strict = amount.bound() == money::v1::BOUND_LESS_THAN;
  bounds.approximate = amount.approximate();
  return bounds;
}

std::string About(bool approximate, std::string text, Language language) {
  if (!approximate || text.empty()) return text;
  return fmt::format("{} {}", In(language, "about", "약"), text);
}

std::string LowerBound(const std::string& amount, bool strict, Language language) {
  if (language == Language::kKorean) return fmt::format("{} {}", amount, strict ? "초과" : "이상");
  return fmt::format("{} {}", strict ? "more than" : "at least", amount);
}

std::string UpperBound(const std::string& amount, bool strict, Language language) {
  if (language == Language::kKorean) {
    return strict ? fmt::format("{} 미만", amount) : fmt::format("최대 {}", amount);
  }
  return fmt::format("{} {}", strict ? "less than" : "up to", amount);
}

std::string BoundsText(const Bounds& bounds, const std::string& currency, Language language) {
  const auto amount = [&](const Rational& value) {
    return About(bounds.approximate, ReadableAmount(value, currency, language), language);
  };
  const bool has_low = bounds.low && !bounds.low_implied;
  if (has_low && bounds.high) {
    if (*bounds.low == *bounds.high) return amount(*bounds.low);
    return About(bounds.approximate, ReadableRange(*bounds.low, *bounds.high, currency, language),
                 language);
  }
  if (bounds.high) return UpperBound(amount(*bounds.high), bounds.high_strict, language);
  if (has_low) return LowerBound(amount(*bounds.low), bounds.low_strict, language);
  return "";
}

std::optional<Rational> FromPercent(const money::v1::Decimal& percent) {
  const std::optional<Rational> number = Number(percent);
  if (!number) return std::nullopt;
  return *number * Rational(money::Decimal::PowerOfTen(-2));
}

// The ends of a ratio that say more than its value does: an end within the rounding of the value is the value.
struct RatioEnds {
  std::optional<Rational> low;
  std::optional<Rational> high;
  bool open_low = false;
  bool open_high = false;
};

RatioEnds EndsOf(const gateway::v1::Ratio& ratio, const Rational& value) {
  const Rational step(money::Decimal::PowerOfTen(-6));
  RatioEnds ends = {FromPercent(ratio.percent_low()), FromPercent(ratio.percent_high()),
                    !ratio.has_percent_low(), !ratio.has_percent_high()};
  if (ends.low && value - *ends.low <= step) ends.low.reset();
  if (ends.high && *ends.high - value <= step) ends.high.reset();
  return ends;
}

std::string WithoutUnit(std::string percent) {
  percent.resize(percent.find_first_not_of("-0123456789.,"));
  return percent;
}

}  // namespace

std::optional<Rational> Number(const money::v1::Decimal& proto) {
  const auto value = money::Decimal::Parse(proto.value());
  if (!value.ok()) return std::nullopt;
  return Rational(*value);
}

std::optional<Rational> Number(const gateway::v1::Fraction& proto) {
  auto value = Rational::Parse(proto.numerator(), proto.denominator());
  if (!value.ok()) return std::nullopt;
  return *std::move(value);
}

std::optional<Rational> PointOf(const gateway::v1::Figure& figure) {
  std::optional<Rational> exact = Number(figure.exact_point());
  return exact ? exact : Number(figure.point());
}

std::optional<Rational> ValueOf(const gateway::v1::Ratio& ratio) {
  std::optional<Rational> exact = Number(ratio.exact());
  return exact ? exact : FromPercent(ratio.percent());
}

std::string FigureText(const gateway::v1::Figure& figure, Language language) {
  Bounds bounds = BoundsOf(figure);
  // A point's exact value, in place of the interval's rounded ends.
  const std::optional<Rational> exact = Number(figure.exact_point());
  const std::optional<Rational> rounded = Number(figure.point());
  if (exact && rounded) {
    if (bounds.low == rounded) bounds.low = exact;
    if (bounds.high == rounded) bounds.high = exact;
  }
  return BoundsText(bounds, figure.currency_code(), language);
}

std::string AmountText(const money::v1::Amount& amount, Language language) {
  return BoundsText(BoundsOf(amount), amount.currency_code(), language);
}

std::string PointText(const gateway::v1::Figure& figure, Language language) {
  const std::optional<Rational> point = PointOf(figure);
  if (!point) return FigureText(figure, language);
  return About(figure.approximate(), ReadableAmount(*point, figure.currency_code(), language),
               language);
}

std::string CompositionText(const gateway::v1::Figure& figure, Language language) {
  const std::optional<Rational> whole = PointOf(figure);
  if (!whole) return "";
  struct Part {
    const money::v1::Decimal& value;
    std::string_view name;
  };
  const auto& composition = figure.composition();
  const Part parts[] = {
      {composition.stated(), In(language, "stated", "명시")},
      {composition.floors(), In(language, "floor", "하한")},
      {composition.ceilings(), In(language, "ceiling", "상한")},
      {composition.midpoints(), In(language, "midpoint", "중간값")},
  };
  std::string text;
  bool all_stated = true;
  for (const Part& part : parts) {
    const std::optional<Rational> value = Number(part.value);
    if (!value || value->IsZero()) continue;
    if (&part != &parts[0]) all_stated = false;
    const std::string number = ReadablePart(*value, *whole, figure.currency_code(), language);
    if (!text.empty()) text += " + ";
    text += language == Language::kKorean ? fmt::format("{} {}", part.name, number)
                                          : fmt::format("{} {}", number, part.name);
  }
  return all_stated ? "" : text;
}

std::string IntervalText(const gateway::v1::Figure& figure, Language language) {
  Bounds bounds = BoundsOf(figure);
  // Here an implied end is an end like others.
  bounds.low_implied = false;
  bounds.approximate = false;
  if (bounds.low && bounds.low == bounds.high) return "";
  std::string text = BoundsText(bounds, figure.currency_code(), language);
  if (text.empty()) return std::string(In(language, "open on both sides", "양쪽 모두 열림"));
  if (!bounds.high) return text + std::string(In(language, ", no upper end", ", 상한 없음"));
  if (!bounds.low) return text + std::string(In(language, ", no lower end", ", 하한 없음"));
  return text;
}

std::string RatioText(const gateway::v1::Ratio& ratio, int places, Language language) {
  const std::optional<Rational> value = ValueOf(ratio);
  if (!value) return "";
  const RatioEnds ends = EndsOf(ratio, *value);
  std::string text = ReadablePercent(*value, places, language);
  const auto low = [&] { return ReadablePercent(*ends.low, 1, language, Rounding::kFloor); };
  const auto high = [&] { return ReadablePercent(*ends.high, 1, language, Rounding::kCeiling); };
  const bool is_korean = language == Language::kKorean;
  if (ends.low && ends.high) {
    text += fmt::format(" ({} {} {})", low(), is_korean ? "~" : "to", high());
  } else if (ends.low) {
    text += fmt::format(fmt::runtime(is_korean ? " (최소 {})" : " (at least {})"), low());
  } else if (ends.high) {
    text += fmt::format(fmt::runtime(is_korean ? " (최대 {})" : " (at most {})"), high());
  } else if (ends.open_high) {
    text += In(language, " (at least)", " (이상)");
  }
  return text;
}

std::string ShortRatioText(const gateway::v1::Ratio& ratio, Language language) {
  const std::optional<Rational> value = ValueOf(ratio);
  if (!value) return "";
  const RatioEnds ends = EndsOf(ratio, *value);
  std::string text = ReadablePercent(*value, 1, language);
  const auto low = [&] {
    return WithoutUnit(ReadablePercent(*ends.low, 1, language, Rounding::kFloor));
  };
  const auto high = [&] {
    return WithoutUnit(ReadablePercent(*ends.high, 1, language, Rounding::kCeiling));
  };
  const bool is_korean = language == Language::kKorean;
  if (ends.low && ends.high) {
    text += fmt::format(" ({}–{})", low(), high());
  } else if (ends.low) {
    text += fmt::format(fmt::runtime(is_korean ? " ({}부터)" : " (from {})"), low());
  } else if (ends.high) {
    text += fmt::format(fmt::runtime(is_korean ? " ({}까지)" : " (to {})"), high());
  }
  return text;
}

std::string GrowthText(const gateway::v1::Ratio& ratio, Language language) {
  const std::optional<Rational> value = ValueOf(ratio);
  return value ? ReadableGrowth(*value, 1, language) : "";
}

}  // namespace outlay::cli
