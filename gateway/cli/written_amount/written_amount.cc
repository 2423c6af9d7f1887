#include "gateway/cli/written_amount/written_amount.h"

#include <algorithm>
#include <optional>
#include <string>

#include "fmt/format.h"
#include "gateway/cli/written_amount/characters.h"
#include "gateway/cli/written_amount/currency_words.h"
#include "gateway/cli/written_amount/errors.h"
#include "gateway/cli/written_amount/magnitudes.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"

namespace outlay::cli {
namespace {

using money::Decimal;

bool IsDigit(char32_t c) { return c >= U'0' && c <= U'9'; }

// The grammar of written_amount.h, from left to right, each character looked at a fixed number of times.
class Reader {
 public:
  explicit Reader(std::u32string_view text) : text_(text) {}

  absl::StatusOr<WrittenAmount> Run() {
    SkipBlanks();
    if (AtEnd()) return MalformedAmount("is empty: write an amount such as $80bn or 1,000억 달러");
    bool negative = Skip(U'-');
    SkipBlanks();
    RETURN_IF_ERROR(ReadCurrency());
    SkipBlanks();
    if (!negative) negative = Skip(U'-');
    ASSIGN_OR_RETURN(const Decimal figure, ReadFigure());
    SkipBlanks();
    RETURN_IF_ERROR(ReadCurrency());
    SkipBlanks();
    if (!AtEnd()) return Unexpected("the amount has ended before it");
    amount_.value = negative ? -figure : figure;
    return amount_;
  }

 private:
  struct Number {
    Decimal value;
    size_t start = 0;
    bool is_fraction = false;  // it has digits after the point
  };

  bool AtEnd() const { return at_ >= text_.size(); }
  std::u32string_view Rest() const { return text_.substr(at_); }
  bool AtDigit() const { return !AtEnd() && IsDigit(text_[at_]); }
  bool Skip(char32_t c) {
    if (AtEnd() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  void SkipBlanks() {
    while (Skip(U' ')) {
    }
  }

  absl::Status Unexpected(std::string_view why) const {
    if (AtEnd()) return MalformedAmount(at_ + 1, fmt::format("the text ends, where {}", why));
    return MalformedAmount(
        at_ + 1, fmt::format("{} has no place here: {}", Quote(ToUtf8(text_.substr(at_, 1))), why));
  }

  absl::Status ReadCurrency() {
    const std::optional<FoundCurrency> found = FindCurrencyWord(Rest());
    if (!found) return absl::OkStatus();
    const std::string word = ToUtf8(text_.substr(at_, found->length));
    if (found->code.empty()) {
      return MalformedAmount(
          at_ + 1, fmt::format("{} may be {}: write the code", Quote(word), found->choices));
    }
    at_ += found->length;
    const std::string before = amount_.currency_code;
    if (before.empty() || amount_.alternative_currency == found->code) {
      amount_.currency_code = found->code;
      amount_.alternative_currency = found->alternative;
      return absl::OkStatus();
    }
    if (before != found->code && before != found->alternative) {
      return MalformedAmount(at_ - found->length + 1,
                             fmt::format("{} is {}, while {} stands before: which one is it?",
                                         Quote(word), found->code, before));
    }
    // Said twice: one of the two leaves nothing open.
    if (found->alternative.empty()) amount_.alternative_currency.clear();
    return absl::OkStatus();
  }

  absl::StatusOr<Decimal> ReadFigure() {
    // A series may begin with its unit: 천억, 백만.
    const std::optional<Magnitude> first = FindMagnitude(Rest());
    if (first && first->kind == MagnitudeKind::kSmall) return ReadSeries(std::nullopt);
    if (!AtDigit()) return Unexpected("a digit is expected");
    ASSIGN_OR_RETURN(const Number number, ReadNumber());
    if (!AtEnd() && (text_[at_] == U'e' || text_[at_] == U'E') && IsExponent()) {
      return WithExponent(number);
    }
    const size_t end = at_;
    SkipBlanks();
    const std::optional<Magnitude> magnitude = FindMagnitude(Rest());
    if (magnitude && magnitude->kind == MagnitudeKind::kWestern) {
      at_ += magnitude->characters;
      return Times(number.value, magnitude->exponent);
    }
    if (magnitude) return ReadSeries(number);
    at_ = end;
    return number.value;
  }

  // "e9", "e+9", "e-9"; not the beginning of a word such as "euros".
  bool IsExponent() const {
    const size_t sign = at_ + 1;
    if (sign >= text_.size()) return false;
    const bool is_signed = text_[sign] == U'+' || text_[sign] == U'-';
    const size_t digit = is_signed ? sign + 1 : sign;
    return digit < text_.size() && IsDigit(text_[digit]);
  }

  absl::StatusOr<Decimal> WithExponent(const Number& number) {
    ++at_;
    const bool negative = Skip(U'-');
    if (!negative) Skip(U'+');
    int exponent = 0;
    for (; AtDigit(); ++at_) {
      // Beyond it nothing but zero could be held.
      exponent = std::min(exponent * 10 + static_cast<int>(text_[at_] - U'0'), 1000);
    }
    return Times(number.value, negative ? -exponent : exponent);
  }

  static absl::StatusOr<Decimal> Times(const Decimal& value, int exponent) {
    absl::StatusOr<Decimal> product =
        Decimal::FromParts(value.coefficient(), value.scale() - exponent);
    if (!product.ok()) return WrittenAmountOutOfRange();
    return product;
  }

  // Digits, plain or in groups of three, and a fraction.
  absl::StatusOr<Number> ReadNumber() {
    Number number;
    number.start = at_;
    std::string digits;
    TakeDigits(&digits);
    if (const size_t before = digits.size(); !AtEnd() && text_[at_] == U',') {
      if (before > 3) return Unexpected("digits stand in groups of three, or without commas");
      while (Skip(U',')) {
        const size_t group = digits.size();
        const size_t start = at_;
        TakeDigits(&digits);
        if (digits.size() - group != 3) {
          return MalformedAmount(start + 1, "three digits are expected after a comma, as in 1,234");
        }
      }
    }
    if (Skip(U'.')) {
      if (!AtDigit()) return Unexpected("a digit is expected after the point");
      digits += '.';
      TakeDigits(&digits);
      number.is_fraction = true;
    }
    absl::StatusOr<Decimal> value = Decimal::Parse(digits);
    if (!value.ok()) return WrittenAmountOutOfRange();
    number.value = *value;
    return number;
  }

  void TakeDigits(std::string* digits) {
    for (; AtDigit(); ++at_) *digits += static_cast<char>(text_[at_]);
  }

  absl::StatusOr<Decimal> Sum(const Decimal& a, const Decimal& b) const {
    absl::StatusOr<Decimal> sum = money::Add(a, b);
    if (!sum.ok()) return WrittenAmountOutOfRange();
    return sum;
  }

  // What follows must be less than one unit of what stands before it.
  static absl::Status CheckRoom(const Decimal& value, int exponent, size_t start,
                                const std::optional<int>& limit) {
    if (!limit) return absl::OkStatus();
    const absl::StatusOr<Decimal> whole = Times(value, exponent);
    if (whole.ok() && *whole < Decimal::PowerOfTen(*limit)) return absl::OkStatus();
    return MalformedAmount(
        start + 1, "what follows a unit is less than one of it: 1조 2,000억, not 1조 12,000억");
  }

  // From the number that was read, or from a unit.
  absl::StatusOr<Decimal> ReadSeries(std::optional<Number> number) {
    Decimal total;
    Decimal section;  // of the myriad that is being read
    bool section_is_open = number.has_value();
    size_t section_start = number ? number->start : at_;
    std::optional<int> last_myriad;
    std::optional<int> last_small;
    bool had_fraction = number && number->is_fraction;
    while (true) {
      SkipBlanks();
      const std::optional<Magnitude> unit = FindMagnitude(Rest());
      if (unit && unit->kind == MagnitudeKind::kWestern) {
        return Unexpected("English and Korean units do not go together");
      }
      if (unit && unit->kind == MagnitudeKind::kSmall) {
        if (last_small && unit->exponent >= *last_small)
          return Unexpected("the larger unit stands first");
        if (!number && had_fraction) return Unexpected("a number with a fraction is the last one");
        const Decimal count = number ? number->value : Decimal::FromInt(1);
        RETURN_IF_ERROR(CheckRoom(count, unit->exponent, number ? number->start : at_, last_small));
        if (!section_is_open) section_start = at_;
        ASSIGN_OR_RETURN(const Decimal part, Times(count, unit->exponent));
        ASSIGN_OR_RETURN(section, Sum(section, part));
        section_is_open = true;
        last_small = unit->exponent;
        number.reset();
      } else if (unit) {
        if (!section_is_open) return Unexpected("a number is expected before it");
        if (last_myriad && unit->exponent >= *last_myriad) {
          return Unexpected("the larger unit stands first");
        }
        if (number) {
          RETURN_IF_ERROR(CheckRoom(number->value, 0, number->start, last_small));
          ASSIGN_OR_RETURN(section, Sum(section, number->value));
        }
        RETURN_IF_ERROR(CheckRoom(section, unit->exponent, section_start, last_myriad));
        ASSIGN_OR_RETURN(const Decimal part, Times(section, unit->exponent));
        ASSIGN_OR_RETURN(total, Sum(total, part));
        section = Decimal();
        section_is_open = false;
        last_myriad = unit->exponent;
        last_small.reset();
        number.reset();
      }
      if (unit) {
        at_ += unit->characters;
        continue;
      }
      if (!AtDigit()) break;
      if (had_fraction) return Unexpected("a number with a fraction is the last one");
      if (number) return Unexpected("digits stand together, or in groups of three with commas");
      ASSIGN_OR_RETURN(number, ReadNumber());
      had_fraction = number->is_fraction;
      if (!section_is_open) section_start = number->start;
      section_is_open = true;
    }
    // A rest without a unit.
    if (number) {
      RETURN_IF_ERROR(CheckRoom(number->value, 0, number->start, last_small));
      ASSIGN_OR_RETURN(section, Sum(section, number->value));
    }
    RETURN_IF_ERROR(CheckRoom(section, 0, section_start, last_myriad));
    return Sum(total, section);
  }

  const std::u32string_view text_;
  size_t at_ = 0;
  WrittenAmount amount_;
};

}  // namespace

absl::StatusOr<WrittenAmount> ReadWrittenAmount(std::string_view text) {
  ASSIGN_OR_RETURN(const std::u32string characters, AmountCharacters(text));
  return Reader(characters).Run();
}

}  // namespace outlay::cli
