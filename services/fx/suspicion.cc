#include "services/fx/suspicion.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>
#include <utility>

#include "services/common/money/rational.h"
#include "services/fx/make_rate.h"

namespace outlay::fx {
namespace {

using money::Decimal;

constexpr std::chrono::days kNear{kNeighbourDays};

// The fixings of a series as a reading sees them: one a date.
class Neighbours {
 public:
  Neighbours(std::span<const Fixing> entries, const Reading& reading)
      : begin_(entries.data()), end_(entries.data() + entries.size()), reading_(reading) {}

  // The nearest of an earlier (later) date; null where there is none near enough.
  const Fixing* Before(const Fixing& fixing) const {
    // A day can have many figures.
    const Fixing* const own_day = std::partition_point(
        begin_, &fixing, [&](const Fixing& entry) { return entry.date < fixing.date; });
    for (const Fixing* entry = own_day; entry != begin_;) {
      --entry;
      if (fixing.date - entry->date > kNear) return nullptr;
      if (reading_.Sees(*entry)) return entry;
    }
    return nullptr;
  }
  const Fixing* After(const Fixing& fixing) const {
    const Fixing* found = nullptr;
    const Fixing* const later_day = std::partition_point(
        &fixing, end_, [&](const Fixing& entry) { return entry.date == fixing.date; });
    for (const Fixing* entry = later_day; entry != end_; ++entry) {
      if (entry->date - fixing.date > kNear) break;
      if (found != nullptr && entry->date != found->date) break;
      if (reading_.Sees(*entry)) found = entry;
    }
    return found;
  }

 private:
  const Fixing* begin_;
  const Fixing* end_;
  const Reading& reading_;
};

// Nothing is before `first`: it is the odd one where the two after it agree with each other.
bool IsOddFirst(const Neighbours& neighbours, const Fixing& first, int percent) {
  const Fixing* const next = neighbours.After(first);
  if (next == nullptr || !MovesBeyond(percent, first, *next)) return false;
  const Fixing* const next_but_one = neighbours.After(*next);
  return next_but_one != nullptr && !MovesBeyond(percent, *next, *next_but_one);
}

// Figures as they are published are short: an average of a year asks about hundreds of them.
constexpr __int128 kShortCoefficientMax = __int128{1} << 53;
constexpr std::array<int64_t, 10> kPowersOfTen = {
    1, 10, 100, 1'000, 10'000, 100'000, 1'000'000, 10'000'000, 100'000'000, 1'000'000'000};

// The answer in whole numbers below 2^127; absent where these might be larger.
std::optional<bool> MovesBeyondShort(int percent, const Fixing& a, const Fixing& b) {
  const auto power = static_cast<size_t>(std::abs(a.value.scale() - b.value.scale()));
  __int128 smaller = a.value.coefficient();
  __int128 larger = b.value.coefficient();
  if (a.unit != b.unit || power >= kPowersOfTen.size() || smaller > kShortCoefficientMax ||
      larger > kShortCoefficientMax) {
    return std::nullopt;
  }
  (a.value.scale() < b.value.scale() ? smaller : larger) *= kPowersOfTen[power];
  if (larger < smaller) std::swap(smaller, larger);
  return larger * 100 > smaller * (100 + percent);
}

}  // namespace

bool MovesBeyond(int percent, const Fixing& a, const Fixing& b) {
  if (const std::optional<bool> moves = MovesBeyondShort(percent, a, b)) return *moves;
  // Checked when the rates were made: they can be divided by their units.
  Decimal smaller = ValuePerUnit(a.value, a.unit).value();
  Decimal larger = ValuePerUnit(b.value, b.unit).value();
  if (larger < smaller) std::swap(smaller, larger);
  const Decimal hundred = Decimal::FromInt(100);
  const Decimal bound = Decimal::FromInt(100 + int64_t{percent});
  const absl::StatusOr<Decimal> moved = money::Multiply(larger, hundred);
  const absl::StatusOr<Decimal> allowed = money::Multiply(smaller, bound);
  if (moved.ok() && allowed.ok()) return *moved > *allowed;
  using money::Rational;
  return Rational(larger) * Rational(hundred) > Rational(smaller) * Rational(bound);
}

bool IsSuspicious(std::span<const Fixing> entries, const Fixing& fixing, const Reading& reading,
                  int percent) {
  if (percent == 0) return false;
  const Neighbours neighbours(entries, reading);
  // The row of moves that leads to the fixing, itself first.
  std::array<const Fixing*, kMovesFollowedMax + 1> row = {&fixing};
  size_t last = 0;
  bool is_first_of_series = false;
  while (last < kMovesFollowedMax) {
    const Fixing* const before = neighbours.Before(*row[last]);
    is_first_of_series = before == nullptr;
    if (before == nullptr || !MovesBeyond(percent, *row[last], *before)) break;
    row[++last] = before;
  }
  // Where the row begins nobody knows, nor which of its levels is the right one.
  if (last == kMovesFollowedMax) return true;
  bool flagged = is_first_of_series && IsOddFirst(neighbours, *row[last], percent);
  for (size_t i = last; i-- > 0;) {
    const bool comes_back =
        flagged && (i + 2 > last || !MovesBeyond(percent, *row[i], *row[i + 2]));
    flagged = !comes_back;
  }
  return flagged;
}

}  // namespace outlay::fx
