// Random conversions against GMP, which reckons them from the published figures another way.
#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <map>
#include <random>
#include <vector>

#include "services/fx/convert.h"
#include "tests/common/money/gmp_oracle.h"
#include "tests/fx/small_book.h"

namespace outlay::fx {
namespace {

using money::GmpRound;
using money::Rounding;

constexpr std::array<Rounding, 6> kModes = {Rounding::kHalfEven, Rounding::kHalfUp,
                                            Rounding::kDown,     Rounding::kUp,
                                            Rounding::kFloor,    Rounding::kCeiling};
// Without minor units, with two and with three.
constexpr std::array<std::string_view, 6> kCurrencies = {"EUR", "USD", "KRW", "JPY", "GBP", "KWD"};
constexpr int kDays = 20;
constexpr int kRatesOfABook = 2'000;
constexpr uint64_t kSeed = 20250207;

// $OUTLAY_CONVERSIONS; a short run without it.
int ConversionCount() {
  const char* const count = std::getenv("OUTLAY_CONVERSIONS");
  return count != nullptr ? std::atoi(count) : 100'000;
}

// A provider's fixings of twenty days: the book, and the same figures as fractions.
class RandomFixings {
 public:
  explicit RandomFixings(uint64_t seed) : random_(seed) {
    SmallBook figures;
    for (int day = 0; day < kDays; ++day) {
      for (const std::string_view currency : kCurrencies) {
        if (currency == "EUR") continue;
        Publish(figures, std::string(currency), DateOf(day));
      }
    }
    book_ = figures.Build();
  }

  static std::string DateOf(int day) {
    return time::FormatDate(D("2025-01-01") + std::chrono::days(day));
  }

  int Below(int end) { return std::uniform_int_distribution<int>(0, end - 1)(random_); }
  std::string_view AnyCurrency() { return kCurrencies[Below(kCurrencies.size())]; }

  absl::StatusOr<RateAnswer> Rate(std::string_view from, std::string_view to,
                                  const std::string& date) const {
    return ResolveRate(*book_, {book_->sequence(), I(SmallBook::kNow)},
                       {C(from), C(to), {"ecb", DateRate{.date = D(date)}}});
  }

  // How many of the currency one euro is.
  mpq_class PerEuro(std::string_view currency, const std::string& date) const {
    if (currency == "EUR") return 1;
    return per_euro_.at({std::string(currency), date});
  }

 private:
  // 1 to 12 digits, up to 9 of them after the point, per 1, 100 or 1,000 euro.
  void Publish(SmallBook& figures, const std::string& currency, const std::string& date) {
    const int digits = 1 + Below(12);
    std::string text(1, static_cast<char>('1' + Below(9)));
    for (int i = 1; i < digits; ++i) text += static_cast<char>('0' + Below(10));
    const int places = Below(10);
    const std::string value = text + "e-" + std::to_string(places);
    constexpr std::array<int, 3> kUnits = {1, 100, 1'000};
    const int unit = kUnits[Below(3)];
    figures.Add({.provider = "ecb",
                 .base_currency = "EUR",
                 .quote_currency = currency,
                 .fixing_date = date,
                 .value = Dec(value).ToString(),
                 .unit = unit});
    mpq_class exact(mpz_class(text), 1);
    exact *= money::GmpPowerOfTen(-places);
    exact /= unit;
    per_euro_[{currency, date}] = exact;
  }

  std::mt19937_64 random_;
  std::map<std::pair<std::string, std::string>, mpq_class> per_euro_;
  std::shared_ptr<const RateBook> book_;
};

mpq_class ToGmp(const Fraction& fraction) {
  return money::ToGmp(fraction.numerator) / money::ToGmp(fraction.denominator);
}

mpq_class ToGmp(const money::UnitsNanos& amount) {
  return mpq_class(mpz_class(std::to_string(amount.units))) +
         mpq_class(mpz_class(std::to_string(amount.nanos)), 1) * money::GmpPowerOfTen(-9);
}

bool FitsAmount(const mpq_class& value) {
  const mpz_class whole = mpz_class(value.get_num() / value.get_den());
  return whole.fits_slong_p();
}

// The result is `expected`, or AMOUNT_OVERFLOW where no amount can hold that.
testing::AssertionResult IsExactly(const absl::StatusOr<money::UnitsNanos>& result,
                                   const mpq_class& expected) {
  if (!FitsAmount(expected)) {
    if (ReasonOf(result.status()) == "AMOUNT_OVERFLOW") return testing::AssertionSuccess();
    return testing::AssertionFailure() << "no overflow for " << expected;
  }
  if (!result.ok()) return testing::AssertionFailure() << result.status() << " for " << expected;
  if (ToGmp(*result) == expected) return testing::AssertionSuccess();
  return testing::AssertionFailure() << ToGmp(*result) << " instead of " << expected;
}

TEST(ConversionOracle, EveryConversionIsWhatGmpReckonsFromTheFigures) {
  money::DecimalGenerator amounts(kSeed);
  const int count = ConversionCount();
  int converted = 0;
  for (int done = 0; done < count;) {
    RandomFixings fixings(kSeed + static_cast<uint64_t>(done));
    for (int i = 0; i < kRatesOfABook && done < count; ++i, ++done) {
      const std::string_view from = fixings.AnyCurrency();
      const std::string_view to = fixings.AnyCurrency();
      const std::string date = RandomFixings::DateOf(fixings.Below(kDays));
      RoundingChoice rounding{.mode = kModes[fixings.Below(kModes.size())]};
      int scale = *C(to)->minor_units;
      if (fixings.Below(2) == 0) rounding.scale = scale = fixings.Below(kMaxAmountPlaces + 1);
      const money::Decimal amount = amounts.Money();
      const absl::StatusOr<RateAnswer> rate = fixings.Rate(from, to, date);
      ASSERT_TRUE(rate.ok()) << rate.status();
      const mpq_class expected =
          GmpRound(money::ToGmp(amount) * fixings.PerEuro(to, date) / fixings.PerEuro(from, date),
                   scale, rounding.mode);
      const auto result = ConvertAmount(amount, *rate, *C(to), rounding);
      ASSERT_TRUE(IsExactly(result, expected))
          << amount.ToString() << " " << from << " to " << to << " on " << date << ", mode "
          << static_cast<int>(rounding.mode) << ", scale " << scale << ", book "
          << kSeed + static_cast<uint64_t>(done - i);
      converted += result.ok();
    }
  }
  // Were most of them beyond an amount, little would have been compared.
  EXPECT_GT(converted, count / 2);
}

TEST(ConversionOracle, ThereAndBackIsOneAndEveryTriangleCloses) {
  RandomFixings fixings(kSeed);
  for (int i = 0; i < 5'000; ++i) {
    const std::string_view a = fixings.AnyCurrency();
    const std::string_view b = fixings.AnyCurrency();
    const std::string_view c = fixings.AnyCurrency();
    const std::string date = RandomFixings::DateOf(fixings.Below(kDays));
    const auto rate = [&](std::string_view from, std::string_view to) {
      return ToGmp(fixings.Rate(from, to, date).value().rate);
    };
    ASSERT_EQ(rate(a, b) * rate(b, a), 1) << a << b << date;
    ASSERT_EQ(rate(a, b) * rate(b, c), rate(a, c)) << a << b << c << date;
  }
}

// Each way rounds once, by half of the last place at most.
TEST(ConversionOracle, AnAmountComesBackWithinTheTwoRoundings) {
  RandomFixings fixings(kSeed);
  money::DecimalGenerator amounts(kSeed);
  const mpq_class half_place = money::GmpPowerOfTen(-kMaxAmountPlaces) / 2;
  int compared = 0;
  for (int i = 0; i < 5'000; ++i) {
    const std::string_view from = fixings.AnyCurrency();
    const std::string_view to = fixings.AnyCurrency();
    const std::string date = RandomFixings::DateOf(fixings.Below(kDays));
    const RateAnswer there = fixings.Rate(from, to, date).value();
    const RateAnswer back = fixings.Rate(to, from, date).value();
    const money::Decimal amount = amounts.Money();
    const RoundingChoice finest{.scale = kMaxAmountPlaces};
    const auto converted = ConvertAmount(amount, there, *C(to), finest);
    if (!converted.ok()) continue;
    const money::Decimal held =
        money::Decimal::FromUnitsNanos(converted->units, converted->nanos).value();
    const auto returned = ConvertAmount(held, back, *C(from), finest);
    if (!returned.ok()) continue;
    ++compared;
    const mpq_class off = abs(ToGmp(*returned) - money::ToGmp(amount));
    ASSERT_LE(off, half_place * ToGmp(back.rate) + half_place) << amount.ToString();
  }
  EXPECT_GT(compared, 2'500);
}

}  // namespace
}  // namespace outlay::fx
