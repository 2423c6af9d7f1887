// Decimals from and to text.
#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "services/common/money/decimal.h"
#include "services/common/money/decimal_internal.h"
#include "services/common/money/errors.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"

namespace outlay::money {
namespace {

constexpr bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// The whole UTF-8 character at `offset`, so that a message can show it.
std::string_view CharacterAt(std::string_view text, size_t offset) {
  size_t size = 1;
  while (offset + size < text.size() &&
         (static_cast<uint8_t>(text[offset + size]) & 0xC0) == 0x80) {
    ++size;
  }
  return text.substr(offset, size);
}

std::string_view Hint(char c) {
  switch (c) {
    case ',':
    case '_':
    case '\'':
      return "write digits without grouping and with a point for decimals, such as 1234.56";
    case ' ':
    case '\t':
    case '\n':
    case '\r':
      return "leave blanks out";
    case '+':
      return "leave the plus sign out";
    default:
      return "write a decimal number such as -1234.56";
  }
}

// Reads the grammar given in decimal.h, from left to right.
class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  absl::StatusOr<Decimal> Run() {
    if (text_.empty()) return MalformedDecimal("is empty; write a decimal number such as 1234.56");
    if (text_.size() > Decimal::kMaxParseLength) {
      return DecimalOutOfRange(text_, fmt::format("has {} characters; at most {} are read",
                                                  text_.size(), Decimal::kMaxParseLength));
    }
    const bool negative = Skip('-');
    RETURN_IF_ERROR(ReadDigits());
    if (Skip('.')) {
      const size_t start = position_;
      RETURN_IF_ERROR(ReadDigits());
      fraction_digits_ = static_cast<int>(position_ - start);
    }
    if (Skip('e') || Skip('E')) RETURN_IF_ERROR(ReadExponent());
    if (position_ < text_.size()) return Unexpected();
    return Finish(negative);
  }

 private:
  bool Skip(char c) {
    if (position_ >= text_.size() || text_[position_] != c) return false;
    ++position_;
    return true;
  }

  absl::Status Unexpected() const {
    if (position_ >= text_.size()) {
      return MalformedDecimal(fmt::format("{} ends at position {}, where a digit is expected",
                                          Quote(text_), text_.size() + 1));
    }
    return MalformedDecimal(fmt::format("unexpected character {} at position {} of {}; {}",
                                        Quote(CharacterAt(text_, position_)), position_ + 1,
                                        Quote(text_), Hint(text_[position_])));
  }

  absl::Status ReadDigits() {
    const size_t start = position_;
    for (; position_ < text_.size() && IsDigit(text_[position_]); ++position_) {
      AddDigit(text_[position_] - '0');
    }
    return position_ == start ? Unexpected() : absl::OkStatus();
  }

  // Zeros are held back until a later digit shows that they count.
  void AddDigit(int digit) {
    if (digit == 0) {
      if (digits_ > 0) ++zeros_;
      return;
    }
    digits_ += zeros_ + 1;
    if (digits_ <= Decimal::kMaxDigits) {
      magnitude_ = magnitude_ * kPowersOfTen[zeros_ + 1] + static_cast<unsigned>(digit);
    }
    zeros_ = 0;
  }

  absl::Status ReadExponent() {
    const bool negative = Skip('-');
    if (!negative) Skip('+');
    const size_t start = position_;
    for (; position_ < text_.size() && IsDigit(text_[position_]); ++position_) {
      exponent_ =
          std::min(exponent_ * 10 + (text_[position_] - '0'), Decimal::kMaxParseExponent + 1);
    }
    if (position_ == start) return Unexpected();
    if (exponent_ > Decimal::kMaxParseExponent) {
      return DecimalOutOfRange(
          text_, fmt::format("has an exponent beyond ±{}", Decimal::kMaxParseExponent));
    }
    if (negative) exponent_ = -exponent_;
    return absl::OkStatus();
  }

  absl::StatusOr<Decimal> Finish(bool negative) const {
    if (digits_ == 0) return Decimal();
    if (digits_ > Decimal::kMaxDigits) {
      return DecimalOutOfRange(text_, fmt::format("has {} significant digits; at most {} are held",
                                                  digits_, Decimal::kMaxDigits));
    }
    const int scale = fraction_digits_ - zeros_ - exponent_;
    if (scale > Decimal::kMaxScale) {
      return DecimalOutOfRange(text_, fmt::format("has {} decimal places; at most {} are held",
                                                  scale, Decimal::kMaxScale));
    }
    if (digits_ - scale > Decimal::kMaxDigits) {
      return DecimalOutOfRange(text_, "is not between -10^38 and 10^38");
    }
    return Canonical(negative, magnitude_, scale, "number");
  }

  std::string_view text_;
  size_t position_ = 0;
  Magnitude magnitude_ = 0;  // of the digits up to the last that is not zero
  int digits_ = 0;           // how many of them, leading zeros left out
  int zeros_ = 0;            // that followed since
  int fraction_digits_ = 0;
  int exponent_ = 0;
};

std::string Digits(Magnitude magnitude) {
  constexpr uint64_t kChunk = 10'000'000'000'000'000'000u;  // 10^19, the largest power in 64 bits
  if (magnitude < kChunk) return fmt::format_int(static_cast<uint64_t>(magnitude)).str();
  const Magnitude high = magnitude / kChunk;
  // 128 bits hold at most 39 digits: three chunks.
  return Digits(high) + fmt::format("{:019}", static_cast<uint64_t>(magnitude - high * kChunk));
}

// ±digits with the last `places` of them behind the point.
std::string WithPoint(bool negative, std::string digits, int places) {
  if (places > 0) {
    const auto wanted = static_cast<size_t>(places) + 1;
    if (digits.size() < wanted) digits.insert(0, wanted - digits.size(), '0');
    digits.insert(digits.size() - static_cast<size_t>(places), 1, '.');
  }
  if (negative) digits.insert(0, 1, '-');
  return digits;
}

}  // namespace

absl::StatusOr<Decimal> Decimal::Parse(std::string_view text) { return Parser(text).Run(); }

std::string Decimal::ToString() const {
  return WithPoint(coefficient_ < 0, Digits(MagnitudeOf(coefficient_)), scale_);
}

std::string Decimal::ToStringFixed(int scale, Rounding rounding) const {
  const bool negative = coefficient_ < 0;
  Magnitude magnitude = MagnitudeOf(coefficient_);
  int places = scale_;
  if (scale < places) {
    magnitude = DropPlaces(negative, magnitude, places - scale, rounding);
    places = scale;
  }
  if (magnitude == 0) return WithPoint(false, "0", std::max(scale, 0));
  std::string digits = Digits(magnitude);
  digits.append(static_cast<size_t>(std::max(scale, 0) - places), '0');
  return WithPoint(negative, std::move(digits), std::max(scale, 0));
}

}  // namespace outlay::money
