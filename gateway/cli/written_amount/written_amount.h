// An amount as people write it.
//
//   100bn   1.5 trillion   26.3e9   $80bn   US$65 billion   €1.2 trn   A$20bn   5 million dollars   USD 1,234.50   -£3m
//   ₩1,000억   1,000억 달러   145조 6,300억 원   17조8천억원   3천800억 위안   5조엔   백만 달러   １，０００億円
//
// amount   = ['-'] [currency] ['-'] figure [currency]
// figure   = number ['e' ['+' | '-'] digits] | number western | series
// series   = myriads, the larger first, each number or thousands, hundreds and tens before 만, 억, 조 or 경; a rest may follow without one
// number   = digits ['.' digits], plain or in groups of three after the first: 1,234.50
//
// Blanks may stand between the parts. A fraction is the last number of a series: 1.5조, not 1.5조 3억. What follows in a series is less than one
// unit of what stands before it: 1조 2,000억, not 1조 12,000억. Nothing is rounded: what is read is exact.
#ifndef OUTLAY_GATEWAY_CLI_WRITTEN_AMOUNT_WRITTEN_AMOUNT_H_
#define OUTLAY_GATEWAY_CLI_WRITTEN_AMOUNT_WRITTEN_AMOUNT_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "services/common/money/decimal.h"

namespace outlay::cli {

struct WrittenAmount {
  money::Decimal value;
  std::string currency_code;  // empty: the text names none
  std::string
      alternative_currency;  // what the sign may mean instead, where the caller says so; else empty
};

// INVALID_ARGUMENT: MALFORMED_AMOUNT, with the position in characters from 1; AMOUNT_OUT_OF_RANGE. Linear in the length of the text.
absl::StatusOr<WrittenAmount> ReadWrittenAmount(std::string_view text);

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_WRITTEN_AMOUNT_WRITTEN_AMOUNT_H_
