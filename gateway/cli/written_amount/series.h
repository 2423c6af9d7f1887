// The sum of a number with units of ten thousands, piece by piece: 145조 6,300억, 17조8천억, 3천800억, 백만.
#ifndef OUTLAY_GATEWAY_CLI_WRITTEN_AMOUNT_SERIES_H_
#define OUTLAY_GATEWAY_CLI_WRITTEN_AMOUNT_SERIES_H_

#include <cstddef>
#include <optional>

#include "absl/status/statusor.h"
#include "gateway/cli/written_amount/magnitudes.h"
#include "services/common/money/decimal.h"

namespace outlay::cli {

struct SeriesNumber {
  money::Decimal value;
  size_t start = 0;          // where it stands, in characters from 0
  bool is_fraction = false;  // it has digits after the point
};

// Positions are in characters from 0. After an error it is of no more use. All errors are MALFORMED_AMOUNT with the place, or AMOUNT_OUT_OF_RANGE.
class Series {
 public:
  // Digits. Not after a fraction, nor after digits without a unit.
  absl::Status AddNumber(const SeriesNumber& number);
  // 십, 백 or 천: of the number before it, or of one.
  absl::Status AddSmall(int exponent, size_t at);
  // 만, 억, 조 or 경: of what stands before it since the last of them.
  absl::Status AddMyriad(int exponent, size_t at);
  // The sum, with a rest that has no unit.
  absl::StatusOr<money::Decimal> Finish();

 private:
  absl::Status AddToSection(const money::Decimal& value, int exponent, size_t start);
  void OpenSection(size_t start);

  money::Decimal total_;
  money::Decimal section_;               // since the last myriad
  std::optional<size_t> section_start_;  // none: nothing stands in it yet
  std::optional<SeriesNumber> number_;   // that has no unit yet
  std::optional<int> last_myriad_;       // exponents
  std::optional<int> last_small_;        // in the section
  bool had_fraction_ = false;
};

// value × 10^exponent, exactly; AMOUNT_OUT_OF_RANGE.
absl::StatusOr<money::Decimal> TimesPowerOfTen(const money::Decimal& value, int exponent);

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_WRITTEN_AMOUNT_SERIES_H_
