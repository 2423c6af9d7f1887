#include "gateway/cli/written_amount/series.h"

#include "gateway/cli/written_amount/errors.h"
#include "services/common/status/error.h"

namespace outlay::cli {
namespace {

using money::Decimal;

constexpr const char* kFractionIsLast = "a number with a fraction is the last one";
constexpr const char* kLargerFirst = "the larger unit stands first";

absl::Status Misplaced(size_t at, std::string_view why) { return MalformedAmount(at + 1, why); }

absl::StatusOr<Decimal> Sum(const Decimal& a, const Decimal& b) {
  absl::StatusOr<Decimal> sum = money::Add(a, b);
  if (!sum.ok()) return WrittenAmountOutOfRange();
  return sum;
}

// What follows a unit must be less than one of it. `limit` is its exponent.
absl::Status CheckRoom(const Decimal& value, size_t start, const std::optional<int>& limit) {
  if (!limit || value < Decimal::PowerOfTen(*limit)) return absl::OkStatus();
  return Misplaced(start,
                   "what follows a unit is less than one of it: 1조 2,000억, not 1조 12,000억");
}

}  // namespace

absl::StatusOr<Decimal> TimesPowerOfTen(const Decimal& value, int exponent) {
  absl::StatusOr<Decimal> product =
      Decimal::FromParts(value.coefficient(), value.scale() - exponent);
  if (!product.ok()) return WrittenAmountOutOfRange();
  return product;
}

void Series::OpenSection(size_t start) {
  if (!section_start_) section_start_ = start;
}

absl::Status Series::AddNumber(const SeriesNumber& number) {
  if (had_fraction_) return Misplaced(number.start, kFractionIsLast);
  if (number_) {
    return Misplaced(number.start, "digits stand together, or in groups of three with commas");
  }
  number_ = number;
  had_fraction_ = number.is_fraction;
  OpenSection(number.start);
  return absl::OkStatus();
}

absl::Status Series::AddToSection(const Decimal& value, int exponent, size_t start) {
  ASSIGN_OR_RETURN(const Decimal part, TimesPowerOfTen(value, exponent));
  RETURN_IF_ERROR(CheckRoom(part, start, last_small_));
  ASSIGN_OR_RETURN(section_, Sum(section_, part));
  return absl::OkStatus();
}

absl::Status Series::AddSmall(int exponent, size_t at) {
  if (last_small_ && exponent >= *last_small_) return Misplaced(at, kLargerFirst);
  if (!number_ && had_fraction_) return Misplaced(at, kFractionIsLast);
  const SeriesNumber count = number_.value_or(SeriesNumber{Decimal::FromInt(1), at});
  OpenSection(at);
  RETURN_IF_ERROR(AddToSection(count.value, exponent, count.start));
  last_small_ = exponent;
  number_.reset();
  return absl::OkStatus();
}

absl::Status Series::AddMyriad(int exponent, size_t at) {
  if (!section_start_) return Misplaced(at, "a number is expected before it");
  if (last_myriad_ && exponent >= *last_myriad_) return Misplaced(at, kLargerFirst);
  if (number_) RETURN_IF_ERROR(AddToSection(number_->value, 0, number_->start));
  ASSIGN_OR_RETURN(const Decimal part, TimesPowerOfTen(section_, exponent));
  RETURN_IF_ERROR(CheckRoom(part, *section_start_, last_myriad_));
  ASSIGN_OR_RETURN(total_, Sum(total_, part));
  section_ = Decimal();
  section_start_.reset();
  number_.reset();
  last_small_.reset();
  last_myriad_ = exponent;
  return absl::OkStatus();
}

absl::StatusOr<Decimal> Series::Finish() {
  if (number_) RETURN_IF_ERROR(AddToSection(number_->value, 0, number_->start));
  if (section_start_) RETURN_IF_ERROR(CheckRoom(section_, *section_start_, last_myriad_));
  return Sum(total_, section_);
}

}  // namespace outlay::cli
