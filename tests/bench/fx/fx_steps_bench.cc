// ./run bench fx_steps: what a conversion costs by itself, in process: the arithmetic, the look-up, both; an average; a book.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <random>
#include <string>
#include <vector>

#include "fmt/format.h"
#include "services/fx/convert.h"
#include "services/fx/make_rate.h"
#include "services/fx/rate_book.h"
#include "services/fx/resolve_rate.h"

namespace outlay::fx {
namespace {

constexpr uint64_t kSeed = 20'250'207;
constexpr size_t kQuestions = 4'096;
// As many as the ECB has fixed since 1999.
constexpr int kFixingDays = 6'985;
constexpr std::array<std::string_view, 29> kCurrencies = {
    "AUD", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "GBP", "HKD", "HUF",
    "IDR", "ILS", "INR", "ISK", "JPY", "KRW", "MXN", "MYR", "NOK", "NZD",
    "PHP", "PLN", "RON", "SEK", "SGD", "THB", "TRY", "USD", "ZAR"};

time::Instant Now() {
  static const time::Instant kNow = time::ParseInstant("2026-06-01T12:00:00Z").value();
  return kNow;
}

// Fixings of the shape that the ECB's have: weekdays, five significant digits.
std::vector<StoredRate> MakeHistory() {
  std::mt19937_64 random(kSeed);
  std::vector<StoredRate> history;
  time::Date day = time::ParseDate("1999-01-04").value();
  for (int fixed = 0; fixed < kFixingDays; day += std::chrono::days(1)) {
    if (std::chrono::weekday(day).iso_encoding() >= 6) continue;
    ++fixed;
    for (const std::string_view currency : kCurrencies) {
      const uint64_t value = 10'000 + random() % 90'000;
      const RateInput input{.provider = "ecb",
                            .base_currency = "EUR",
                            .quote_currency = std::string(currency),
                            .fixing_date = time::FormatDate(day),
                            .value = fmt::format("{}.{:04}", value / 10'000, value % 10'000)};
      history.push_back({.rate = MakeRate(input, Now()).value(),
                         .sequence = history.size() + 1,
                         .recorded_at = Now()});
    }
  }
  return history;
}

std::shared_ptr<const RateBook> MakeBook(const std::vector<StoredRate>& history) {
  const RateBook empty;
  RateBookBuilder builder(empty);
  for (const StoredRate& stored : history) builder.Add(stored);
  return builder.Build();
}

struct World {
  World() : history(MakeHistory()), book(MakeBook(history)) {
    std::mt19937_64 random(kSeed);
    const time::Date first = history.front().rate.fixing_date;
    const int days = (history.back().rate.fixing_date - first).count();
    for (size_t i = 0; i < kQuestions; ++i) {
      dates.push_back(first + std::chrono::days(7 + random() % (days - 7)));
      amounts.push_back(
          money::Decimal::FromParts(static_cast<int64_t>(1 + random() % 1'000'000'000'000), 2)
              .value());
    }
  }

  absl::StatusOr<RateAnswer> Rate(RateSpec spec) const {
    return ResolveRate(*book, {book->sequence(), Now()},
                       {money::FindCurrency("USD"), money::FindCurrency("KRW"), std::move(spec)});
  }

  const std::vector<StoredRate> history;
  const std::shared_ptr<const RateBook> book;
  std::vector<time::Date> dates;
  std::vector<money::Decimal> amounts;
};

const World& TheWorld() {
  static const World world;
  return world;
}

void Arithmetic(benchmark::State& state) {
  const World& world = TheWorld();
  const RateAnswer rate = world.Rate({"ecb", DateRate{.date = world.dates[0]}}).value();
  size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(money::MultiplyDivide(world.amounts[i++ % kQuestions],
                                                   rate.rate.numerator, rate.rate.denominator, 0,
                                                   money::Rounding::kHalfEven));
  }
}
BENCHMARK(Arithmetic);

void ConvertAtAKnownRate(benchmark::State& state) {
  const World& world = TheWorld();
  const RateAnswer rate = world.Rate({"ecb", DateRate{.date = world.dates[0]}}).value();
  const money::Currency& won = *money::FindCurrency("KRW");
  size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(ConvertAmount(world.amounts[i++ % kQuestions], rate, won, {}));
  }
}
BENCHMARK(ConvertAtAKnownRate);

void LookUpACross(benchmark::State& state) {
  const World& world = TheWorld();
  size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(world.Rate({"ecb", DateRate{.date = world.dates[i++ % kQuestions]}}));
  }
}
BENCHMARK(LookUpACross);

void LookUpAndConvert(benchmark::State& state) {
  const World& world = TheWorld();
  const money::Currency& won = *money::FindCurrency("KRW");
  size_t i = 0;
  for (auto _ : state) {
    const size_t question = i++ % kQuestions;
    const auto rate = world.Rate({"ecb", DateRate{.date = world.dates[question]}});
    benchmark::DoNotOptimize(ConvertAmount(world.amounts[question], *rate, won, {}));
  }
}
BENCHMARK(LookUpAndConvert);

void AverageOfAYear(benchmark::State& state) {
  const World& world = TheWorld();
  const time::Date start = time::ParseDate("2024-01-01").value();
  const AverageRate year{start, time::ParseDate("2025-01-01").value()};
  for (auto _ : state) benchmark::DoNotOptimize(world.Rate({"ecb", year}));
}
BENCHMARK(AverageOfAYear);

void BuildABook(benchmark::State& state) {
  const World& world = TheWorld();
  for (auto _ : state) benchmark::DoNotOptimize(MakeBook(world.history));
  state.counters["rate"] = benchmark::Counter(
      static_cast<double>(world.history.size()),
      benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}
BENCHMARK(BuildABook)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace outlay::fx

BENCHMARK_MAIN();
