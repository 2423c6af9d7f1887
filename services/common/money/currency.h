// The currencies of ISO 4217, current and historic, with what replaced the historic ones.
#ifndef OUTLAY_SERVICES_COMMON_MONEY_CURRENCY_H_
#define OUTLAY_SERVICES_COMMON_MONEY_CURRENCY_H_

#include <optional>
#include <span>
#include <string_view>

#include "absl/status/statusor.h"

namespace outlay::money {

struct Currency {
  std::string_view code;  // "KRW"
  int numeric = 0;        // 410
  // Decimal places of the smallest unit: KRW 0, USD 2, KWD 3. Absent for metals and units of
  // account (XAU, XDR), which have none: their amounts are shown with the digits they have, never
  // padded or rounded to a minor unit.
  std::optional<int> minor_units;
  std::string_view name;         // English
  std::string_view korean_name;  // empty for the less usual ones
  std::string_view symbol;       // "₩"; empty where there is no widely known one

  // Historic currencies only; else empty.
  std::string_view replaced_on;  // "2023-01-01": the first day on which the successor holds and the
                                 // ratio applies
  std::string_view successor;    // "EUR"
  std::string_view ratio;  // units of this currency per 1 of the successor, a decimal: "7.53450"

  bool IsHistoric() const { return !replaced_on.empty(); }
};

// Every known currency, ordered by code. XXX (no currency) and XTS (testing) are left out: no
// amount is in them.
std::span<const Currency> AllCurrencies();

// The currency with exactly this code (upper case), or null. O(log n). The pointer stays valid for
// ever.
const Currency* FindCurrency(std::string_view code);

// The first day on which the currency held, where it took the place of others: "1999-01-01" for the
// euro. Empty where none is known. O(currencies).
std::string_view ValidFrom(const Currency& currency);

// As FindCurrency, with an INVALID_ARGUMENT error that has an empty field path (callers put theirs
// on with Under): MALFORMED_CURRENCY where it is not three upper-case letters, UNKNOWN_CURRENCY
// where no currency has that code. Either one names what was probably meant: "usd", "$" and "달러"
// all suggest "USD".
absl::StatusOr<const Currency*> RequireCurrency(std::string_view code);

}  // namespace outlay::money

#endif  // OUTLAY_SERVICES_COMMON_MONEY_CURRENCY_H_
