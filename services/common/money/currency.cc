#include "services/common/money/currency.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <string>
#include <vector>

#include "services/common/status/error.h"
#include "services/common/status/text.h"

namespace outlay::money {
namespace {

constexpr size_t kCodeLetters = 3;

// What people write for a currency where a code belongs. The bare words mean the usual one.
struct Alias {
  std::string_view text;
  std::string_view code;
};
constexpr Alias kAliases[] = {
    {"dollar", "USD"}, {"dollars", "USD"}, {"euro", "EUR"}, {"euros", "EUR"}, {"pound", "GBP"},
    {"yen", "JPY"},    {"won", "KRW"},     {"yuan", "CNY"}, {"rmb", "CNY"},   {"renminbi", "CNY"},
    {"달러", "USD"},   {"유로", "EUR"},    {"원", "KRW"},   {"엔", "JPY"},    {"위안", "CNY"},
    {"US$", "USD"},    {"￦", "KRW"},      {"￥", "JPY"},   {"円", "JPY"},    {"元", "CNY"},
};

std::string InUpperCase(std::string_view text) {
  std::string upper(text);
  for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return upper;
}

bool IsThreeCapitals(std::string_view code) {
  return code.size() == 3 &&
         std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

// The code that `text` means for sure: a code in another case, a symbol, a name; empty where none.
std::string_view MeantCode(std::string_view text) {
  const std::string upper = InUpperCase(text);
  if (const Currency* currency = FindCurrency(upper)) return currency->code;
  for (const Alias& alias : kAliases) {
    if (InUpperCase(alias.text) == upper) return alias.code;
  }
  if (text.empty()) return {};
  for (const Currency& currency : AllCurrencies()) {
    if (currency.symbol == text || currency.korean_name == text ||
        InUpperCase(currency.name) == upper) {
      return currency.code;
    }
  }
  return {};
}

std::string Suggestion(std::string_view text) {
  if (const std::string_view code = MeantCode(text); !code.empty()) {
    return fmt::format(" (did you mean \"{}\"?)", code);
  }
  if (text.size() < 2 || text.size() > 4) return {};
  std::vector<std::string> codes;
  for (const Currency& currency : AllCurrencies()) codes.emplace_back(currency.code);
  return DidYouMean(text, codes);
}

// A code as one number: every disclosure and every conversion looks one up.
uint32_t OrderOf(std::string_view code) {
  uint32_t order = 0;
  for (const char c : code) order = order << 8 | static_cast<unsigned char>(c);
  return order;
}

std::vector<uint32_t> OrderOfAll() {
  std::vector<uint32_t> orders;
  for (const Currency& currency : AllCurrencies()) orders.push_back(OrderOf(currency.code));
  return orders;
}

}  // namespace

const Currency* FindCurrency(std::string_view code) {
  if (code.size() != kCodeLetters) return nullptr;
  static const std::vector<uint32_t> kOrder = OrderOfAll();
  const auto found = std::lower_bound(kOrder.begin(), kOrder.end(), OrderOf(code));
  if (found == kOrder.end() || *found != OrderOf(code)) return nullptr;
  return &AllCurrencies()[found - kOrder.begin()];
}

std::string_view ValidFrom(const Currency& currency) {
  std::string_view first;
  for (const Currency& other : AllCurrencies()) {
    if (other.successor != currency.code) continue;
    if (first.empty() || other.replaced_on < first) first = other.replaced_on;
  }
  return first;
}

absl::StatusOr<const Currency*> RequireCurrency(std::string_view code) {
  if (const Currency* currency = FindCurrency(code)) return currency;
  if (IsThreeCapitals(code)) {
    return InvalidField(
        "UNKNOWN_CURRENCY", "",
        fmt::format("{} is not a currency of ISO 4217{}", Quote(code), Suggestion(code)));
  }
  return InvalidField("MALFORMED_CURRENCY", "",
                      fmt::format("{} is not a currency code of three capital letters{}",
                                  Quote(code), Suggestion(code)));
}

}  // namespace outlay::money
