#include "gateway/cli/written_amount/written_amount.h"

#include <algorithm>
#include <optional>
#include <string>

#include "fmt/format.h"
#include "gateway/cli/written_amount/characters.h"
#include "gateway/cli/written_amount/currency_words.h"
#include "gateway/cli/written_amount/errors.h"
#include "gateway/cli/written_amount/magnitudes.h"
#include "gateway/cli/written_amount/series.h"
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
    ASSIGN_OR_RETURN(const SeriesNumber number, ReadNumber());
    if (!AtEnd() && (text_[at_] == U'e' || text_[at_] == U'E') && IsExponent()) {
      return WithExponent(number);
    }
    const size_t end = at_;
    SkipBlanks();
    const std::optional<Magnitude> magnitude = FindMagnitude(Rest());
    if (magnitude && magnitude->kind == MagnitudeKind::kWestern) {
      at_ += magnitude->characters;
      return TimesPowerOfTen(number.value, magnitude->exponent);
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

  absl::StatusOr<Decimal> WithExponent(const SeriesNumber& number) {
    ++at_;
    const bool negative = Skip(U'-');
    if (!negative) Skip(U'+');
    int exponent = 0;
    for (; AtDigit(); ++at_) {
      // Beyond it nothing but zero could be held.
      exponent = std::min(exponent * 10 + static_cast<int>(text_[at_] - U'0'), 1000);
    }
    return TimesPowerOfTen(number.value, negative ? -exponent : exponent);
  }

  // Digits, plain or in groups of three, and a fraction.
  absl::StatusOr<SeriesNumber> ReadNumber() {
    SeriesNumber number;
    number.start = at_;
    std::string digits;
    TakeDigits(&digits);
    if (const size_t before = digits.size(); !AtEnd() && text_[at_] == U',') {
      if (before > 3) return Unexpected("digits stand in groups of three, or without commas");
      // 0,5 is how others write 0.5; no number in groups begins so.
      if (digits.starts_with('0'))
        return Unexpected("a point is expected before a fraction, as in 0.5");
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

  // From the number that was read, or from a unit.
  absl::StatusOr<Decimal> ReadSeries(const std::optional<SeriesNumber>& number) {
    Series series;
    if (number) RETURN_IF_ERROR(series.AddNumber(*number));
    while (true) {
      SkipBlanks();
      if (AtDigit()) {
        ASSIGN_OR_RETURN(const SeriesNumber next, ReadNumber());
        RETURN_IF_ERROR(series.AddNumber(next));
        continue;
      }
      const std::optional<Magnitude> unit = FindMagnitude(Rest());
      if (!unit) return series.Finish();
      if (unit->kind == MagnitudeKind::kWestern) {
        return Unexpected("English and Korean units do not go together");
      }
      RETURN_IF_ERROR(unit->kind == MagnitudeKind::kSmall ? series.AddSmall(unit->exponent, at_)
                                                          : series.AddMyriad(unit->exponent, at_));
      at_ += unit->characters;
    }
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
