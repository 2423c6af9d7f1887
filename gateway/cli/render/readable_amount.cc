#include "gateway/cli/render/readable_amount.h"

#include <array>
#include <optional>

#include "fmt/format.h"
#include "services/common/money/currency.h"

namespace outlay::cli {
namespace {

using money::Decimal;
using money::Rational;
using money::Rounding;

struct Unit {
  int exponent;
  std::string_view suffix;
};

constexpr std::array kUnits = {Unit{12, " tn"}, Unit{9, " bn"}, Unit{6, " m"}};
constexpr Unit kOnes = {0, ""};

// More digits than these are rounded away, down to the shorter form.
constexpr int kMostPlaces = 4;
constexpr int kRoundedPlaces = 2;
// Of a currency without a minor unit.
constexpr int kMostMinorPlaces = 9;

struct ShortName {
  std::string_view code;
  std::string_view korean;
};

// What sources write, rather than the full names of the currency table.
constexpr std::array kKoreanNames = {ShortName{"USD", "달러"}, ShortName{"KRW", "원"},
                                     ShortName{"JPY", "엔"},   ShortName{"EUR", "유로"},
                                     ShortName{"CNY", "위안"}, ShortName{"GBP", "파운드"}};

std::string_view KoreanName(std::string_view currency_code) {
  for (const ShortName& name : kKoreanNames) {
    if (name.code == currency_code) return name.korean;
  }
  const money::Currency* const currency = money::FindCurrency(currency_code);
  if (currency == nullptr || currency->korean_name.empty()) return currency_code;
  return currency->korean_name;
}

std::string Grouped(std::string_view digits) {
  const size_t point = std::min(digits.find('.'), digits.size());
  const size_t first = digits.starts_with('-') ? 1 : 0;
  std::string text(digits.substr(0, first));
  for (size_t i = first; i < point; ++i) {
    if (i > first && (point - i) % 3 == 0) text += ',';
    text += digits[i];
  }
  text += digits.substr(point);
  return text;
}

std::optional<int> MinorUnits(std::string_view currency_code) {
  const money::Currency* const currency = money::FindCurrency(currency_code);
  return currency == nullptr ? std::nullopt : currency->minor_units;
}

Rational InUnits(const Rational& value, int exponent) {
  return value * Rational(Decimal::PowerOfTen(-exponent));
}

// Of a value that no Decimal holds.
std::string TooLarge(const Rational& value) { return value.ToString(); }

// Whole units, padded to the minor unit where the value has a fraction.
std::string FullNumber(const Rational& value, std::string_view currency_code) {
  const std::optional<int> minor = MinorUnits(currency_code);
  const int places = minor.value_or(kMostMinorPlaces);
  const auto rounded = value.ToDecimal(places, Rounding::kHalfUp);
  if (!rounded.ok()) return TooLarge(value);
  if (rounded->IsInteger() || !minor) return Grouped(rounded->ToString());
  return Grouped(rounded->ToStringFixed(places, Rounding::kHalfUp));
}

// The value divided by the unit, with at most kMostPlaces; rounded where it has more.
std::optional<Decimal> ShortNumber(const Rational& value, const Unit& unit) {
  const Rational scaled = InUnits(value, unit.exponent);
  const std::optional<Decimal> exact = scaled.ToExactDecimal();
  if (exact && exact->scale() <= kMostPlaces) return exact;
  // Beside a larger one, a number below 1 would lose its only digits.
  const int places = scaled.Abs() < Rational(1) ? kMostPlaces : kRoundedPlaces;
  const auto rounded = scaled.ToDecimal(places, Rounding::kHalfUp);
  if (!rounded.ok()) return std::nullopt;
  return *rounded;
}

// The largest unit of which the value, as it will be shown, has at least one.
Unit UnitFor(const Rational& value) {
  Unit larger = kOnes;
  for (const Unit& unit : kUnits) {
    if (value.Abs() >= Rational(Decimal::PowerOfTen(unit.exponent))) {
      // 999,999.999 million would be rounded to 1,000,000 million.
      const std::optional<Decimal> number = ShortNumber(value.Abs(), unit);
      const bool is_full = number && *number >= Decimal::FromInt(1000);
      return is_full && larger.exponent != 0 ? larger : unit;
    }
    larger = unit;
  }
  return kOnes;
}

std::string NumberIn(const Unit& unit, const Rational& value, std::string_view currency_code) {
  if (unit.exponent == 0) return FullNumber(value, currency_code);
  const std::optional<Decimal> number = ShortNumber(value, unit);
  return number ? Grouped(number->ToString()) : TooLarge(value);
}

// "$" or "CHF ".
std::string Prefix(std::string_view currency_code) {
  const money::Currency* const currency = money::FindCurrency(currency_code);
  if (currency != nullptr && !currency->symbol.empty()) return std::string(currency->symbol);
  return currency_code.empty() ? "" : fmt::format("{} ", currency_code);
}

std::string English(const Unit& unit, std::string number, std::string_view currency_code) {
  std::string_view sign;
  if (number.starts_with('-')) {
    sign = "-";
    number.erase(0, 1);
  }
  return fmt::format("{}{}{}{}", sign, Prefix(currency_code), number, unit.suffix);
}

struct Myriad {
  int exponent;
  std::string_view name;
};

constexpr std::array kMyriads = {Myriad{16, "경"}, Myriad{12, "조"}, Myriad{8, "억"},
                                 Myriad{4, "만"}};

// The last decimal place that a Korean number of this size shows.
int KoreanPlaces(const Rational& size, std::string_view currency_code) {
  if (size >= Rational(Decimal::PowerOfTen(12))) return -8;
  if (size >= Rational(Decimal::PowerOfTen(8))) return -4;
  return MinorUnits(currency_code).value_or(kMostMinorPlaces);
}

// "466조 160억".
std::string KoreanNumber(const Rational& value, std::string_view currency_code) {
  const int places = KoreanPlaces(value.Abs(), currency_code);
  const auto rounded = value.Abs().ToDecimal(places, Rounding::kHalfUp);
  if (!rounded.ok()) return TooLarge(value);
  const __int128 whole = Rational(*rounded).ToDecimal(0, Rounding::kDown)->coefficient();
  __int128 rest = whole;
  std::string text;
  for (const Myriad& myriad : kMyriads) {
    const __int128 unit = Decimal::PowerOfTen(myriad.exponent).coefficient();
    if (rest < unit) continue;
    const auto count = Decimal::FromParts(rest / unit, 0);
    if (!text.empty()) text += ' ';
    text += Grouped(count->ToString()) + std::string(myriad.name);
    rest %= unit;
  }
  const Rational ones =
      Rational(*rounded) - Rational(*Decimal::FromParts(whole, 0)) + Rational(int64_t(rest));
  if (!ones.IsZero() || text.empty()) {
    if (!text.empty()) text += ' ';
    text += FullNumber(ones, currency_code);
  }
  const bool negative = value.Sign() < 0 && !rounded->IsZero();
  return (negative ? "-" : "") + text;
}

}  // namespace

std::string ReadableAmount(const Rational& value, std::string_view currency_code,
                           Language language) {
  if (language == Language::kKorean) {
    return fmt::format("{} {}", KoreanNumber(value, currency_code), KoreanName(currency_code));
  }
  const Unit unit = UnitFor(value);
  return English(unit, NumberIn(unit, value, currency_code), currency_code);
}

std::string ReadableRange(const Rational& low, const Rational& high, std::string_view currency_code,
                          Language language) {
  if (language == Language::kKorean) {
    return fmt::format("{}–{} {}", KoreanNumber(low, currency_code),
                       KoreanNumber(high, currency_code), KoreanName(currency_code));
  }
  const Unit unit = UnitFor(high);
  const std::string numbers =
      fmt::format("{}–{}", NumberIn(unit, low, currency_code), NumberIn(unit, high, currency_code));
  // A sign in front of the symbol would seem to hold for both.
  if (low.Sign() < 0) return Prefix(currency_code) + numbers + std::string(unit.suffix);
  return English(unit, numbers, currency_code);
}

std::string ReadablePart(const Rational& value, const Rational& whole,
                         std::string_view currency_code, Language language) {
  if (language == Language::kKorean) return KoreanNumber(value, currency_code);
  return NumberIn(UnitFor(whole), value, currency_code);
}

std::string GroupedDigits(const Decimal& value) { return Grouped(value.ToString()); }

std::string ReadablePercent(const Rational& ratio, int places, Language language,
                            Rounding rounding) {
  const auto percent = (ratio * Rational(100)).ToDecimal(places, rounding);
  if (!percent.ok()) return ratio.ToString();
  return fmt::format("{}{}", Grouped(percent->ToStringFixed(places, rounding)),
                     In(language, " %", "%"));
}

std::string ReadableGrowth(const Rational& ratio, int places, Language language) {
  std::string text = ReadablePercent(ratio, places, language);
  const bool is_zero = text.find_first_of("123456789") == std::string::npos;
  return ratio.Sign() > 0 && !is_zero ? "+" + text : text;
}

}  // namespace outlay::cli
