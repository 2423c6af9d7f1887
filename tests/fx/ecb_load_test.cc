// The ECB's whole history through the real service: recorded in batches, replayed at a restart.
#include <gtest/gtest.h>

#include "tests/fx/ecb_history.h"
#include "tests/fx/running_fx.h"

namespace outlay::fx {
namespace {

using Stub = v1::FxService::Stub;

constexpr size_t kBatch = 10'000;

v1::RecordRatesRequest MakeBatch(const std::vector<EcbFigure>& figures, size_t start) {
  v1::RecordRatesRequest request;
  request.mutable_change()->set_actor("tester");
  for (size_t i = start; i < std::min(start + kBatch, figures.size()); ++i) {
    v1::Rate& rate = *request.add_rates();
    rate.set_provider("ecb");
    rate.set_base_currency("EUR");
    rate.set_quote_currency(figures[i].currency);
    rate.set_fixing_date(figures[i].date);
    rate.mutable_value()->set_value(figures[i].value);
  }
  return request;
}

TEST(EcbLoadTest, TheWholeHistoryIsRecordedReplayedAndRead) {
  const std::filesystem::path file = FxDataFile("eurofxref-hist.csv");
  if (!std::filesystem::exists(file)) GTEST_SKIP() << file << " is not there";
  const std::vector<EcbFigure> figures = ReadEcbHistory(file);
  RunningFx fx;
  for (size_t start = 0; start < figures.size(); start += kBatch) {
    const auto response = fx.Call(&Stub::RecordRates, MakeBatch(figures, start));
    ASSERT_TRUE(response.ok()) << response.status();
  }
  const auto again = fx.Call(&Stub::RecordRates, MakeBatch(figures, 0));
  ASSERT_TRUE(again.ok()) << again.status();
  for (const v1::RateResult& result : again->results()) {
    EXPECT_EQ(result.status(), journal::v1::RECORD_STATUS_REPLAYED);
  }
  fx.Restart();
  const auto providers = fx.Call(&Stub::ListProviders, v1::ListProvidersRequest());
  ASSERT_TRUE(providers.ok()) << providers.status();
  EXPECT_EQ(providers->providers(0).rate_count(), figures.size());
  const auto converted = fx.Call(&Stub::ConvertMoney, Parse<v1::ConvertMoneyRequest>(R"(
      amount { currency_code: "USD" units: 320000000000 } to_currency: "KRW"
      spec { average { start_date: "2024-01-01" end_date: "2025-01-01" } })"));
  ASSERT_TRUE(converted.ok()) << converted.status();
  EXPECT_EQ(converted->rate().fixing_count(), 256);
  EXPECT_EQ(converted->rate().value().value().substr(0, 7), "1363.52");
}

}  // namespace
}  // namespace outlay::fx
