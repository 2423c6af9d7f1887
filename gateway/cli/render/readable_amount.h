// Amounts and percentages as people read them, from exact values, rounded once, half up.
//
// English: "$100 bn", "₩466.016 tn", "CHF 1,234.50"; in units of a million, billion or trillion, with the digits that the
// value has if they are at most four after the point, else rounded to two.
// Korean: "1,000억 달러", "466조 160억 원"; from a trillion on to the 억, from 억 on to the 만, below it to the minor unit.
#ifndef OUTLAY_GATEWAY_CLI_RENDER_READABLE_AMOUNT_H_
#define OUTLAY_GATEWAY_CLI_RENDER_READABLE_AMOUNT_H_

#include <string>
#include <string_view>

#include "gateway/cli/render/language.h"
#include "services/common/money/decimal.h"
#include "services/common/money/rational.h"

namespace outlay::cli {

std::string ReadableAmount(const money::Rational& value, std::string_view currency_code,
                           Language language);

// Two ends of a range: "$60–65 bn", "600억–650억 달러".
std::string ReadableRange(const money::Rational& low, const money::Rational& high,
                          std::string_view currency_code, Language language);

// The number alone, to stand beside `whole`, whose unit it shares: "255" beside "$320 bn", "2,550억" beside "3,200억 달러".
std::string ReadablePart(const money::Rational& value, const money::Rational& whole,
                         std::string_view currency_code, Language language);

// The exact digits, grouped: "466,016,000,000,000".
std::string GroupedDigits(const money::Decimal& value);

// `ratio` times 100 with `places` after the point: "71.08 %" (Korean: "71.08%").
std::string ReadablePercent(const money::Rational& ratio, int places, Language language,
                            money::Rounding rounding = money::Rounding::kHalfUp);
// The same with a sign: "+20.5 %", "-3.0 %", "0.0 %".
std::string ReadableGrowth(const money::Rational& ratio, int places, Language language);

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_RENDER_READABLE_AMOUNT_H_
