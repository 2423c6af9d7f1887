#include "tests/bench/fx/fx_server.h"

#include <array>
#include <random>
#include <stdexcept>
#include <string_view>

#include "fmt/format.h"
#include "outlay/fx/v1/fx_service.pb.h"
#include "services/common/time/date.h"
#include "tests/bench/report_table.h"

namespace outlay::bench {
namespace {

namespace v1 = fx::v1;

constexpr char kRecordRatesMethod[] = "/outlay.fx.v1.FxService/RecordRates";
constexpr uint64_t kSeed = 20'250'207;
constexpr int kFixingDays = 6'985;
constexpr int kBatchRates = 10'000;
constexpr std::array<std::string_view, 29> kCurrencies = {
    "AUD", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "GBP", "HKD", "HUF",
    "IDR", "ILS", "INR", "ISK", "JPY", "KRW", "MXN", "MYR", "NOK", "NZD",
    "PHP", "PLN", "RON", "SEK", "SGD", "THB", "TRY", "USD", "ZAR"};

grpc::ByteBuffer ToBuffer(const google::protobuf::MessageLite& message) {
  const grpc::Slice slice(message.SerializeAsString());
  return grpc::ByteBuffer(&slice, 1);
}

}  // namespace

RateHistory::RateHistory() {
  std::mt19937_64 random(kSeed);
  v1::RecordRatesRequest batch;
  const auto finish = [&] {
    batch.mutable_change()->set_actor("benchmark");
    batches_.push_back(ToBuffer(batch));
    batch.Clear();
  };
  time::Date day = time::ParseDate("1999-01-04").value();
  for (int fixed = 0; fixed < kFixingDays; day += std::chrono::days(1)) {
    if (std::chrono::weekday(day).iso_encoding() >= 6) continue;
    ++fixed;
    dates_.push_back(time::FormatDate(day));
    for (const std::string_view currency : kCurrencies) {
      // Moves a little from day to day: nothing to be suspicious about.
      const uint64_t value = 50'000 + random() % 1'000;
      v1::Rate& rate = *batch.add_rates();
      rate.set_provider("ecb");
      rate.set_base_currency("EUR");
      rate.set_quote_currency(std::string(currency));
      rate.set_fixing_date(dates_.back());
      rate.mutable_value()->set_value(fmt::format("{}.{:04}", value / 10'000, value % 10'000));
      ++rate_count_;
      if (batch.rates_size() == kBatchRates) finish();
    }
  }
  if (batch.rates_size() > 0) finish();
}

double FxServer::Load(const RateHistory& history) {
  const Stopwatch watch;
  uint64_t recorded = 0;
  for (const grpc::ByteBuffer& batch : history.batches()) {
    grpc::ByteBuffer response = client_.Call(kRecordRatesMethod, batch);
    v1::RecordRatesResponse message;
    if (!grpc::SerializationTraits<v1::RecordRatesResponse>::Deserialize(&response, &message)
             .ok()) {
      throw std::runtime_error("a response cannot be read");
    }
    recorded += message.results_size();
  }
  if (recorded != history.rate_count()) throw std::runtime_error("not every rate was recorded");
  return watch.Seconds();
}

}  // namespace outlay::bench
