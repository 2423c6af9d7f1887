// The calls of the service's tests, in text format.
#ifndef OUTLAY_TESTS_FX_FX_CALLS_H_
#define OUTLAY_TESTS_FX_FX_CALLS_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "fmt/format.h"
#include "tests/fx/running_fx.h"

namespace outlay::fx {

inline std::string EcbRate(std::string_view quote, std::string_view date, std::string_view value) {
  return fmt::format(
      R"(rates {{ provider: "ecb" base_currency: "EUR" quote_currency: "{}" fixing_date: "{}"
                  value {{ value: "{}" }} }} )",
      quote, date, value);
}

inline constexpr std::string_view kNote = R"(change { actor: "tester" } )";

inline v1::RecordRatesRequest RecordRequest(const std::string& text) {
  return Parse<v1::RecordRatesRequest>(std::string(kNote) + text);
}

inline absl::StatusOr<v1::RecordRatesResponse> Record(RunningFx& fx, const std::string& text) {
  return fx.Call(&v1::FxService::Stub::RecordRates, RecordRequest(text));
}

inline void RecordFebruary(RunningFx& fx) {
  ASSERT_TRUE(Record(fx, EcbRate("USD", "2025-02-06", "1.0360") +
                             EcbRate("KRW", "2025-02-06", "1502.98") +
                             EcbRate("USD", "2025-02-07", "1.0377") +
                             EcbRate("KRW", "2025-02-07", "1501.65"))
                  .ok());
}

inline absl::StatusOr<v1::GetRateResponse> Get(RunningFx& fx, const std::string& spec,
                                               const std::string& rest = "",
                                               const std::string& from = "USD",
                                               const std::string& to = "KRW") {
  return fx.Call(&v1::FxService::Stub::GetRate,
                 Parse<v1::GetRateRequest>(fmt::format(
                     R"(query {{ from_currency: "{}" to_currency: "{}" spec {{ {} }} }} {})", from,
                     to, spec, rest)));
}

inline absl::StatusOr<v1::ConvertMoneyResponse> Convert(RunningFx& fx, const std::string& text) {
  return fx.Call(&v1::FxService::Stub::ConvertMoney, Parse<v1::ConvertMoneyRequest>(text));
}

inline void ExpectError(const absl::Status& status, absl::StatusCode code, std::string_view reason,
                        std::string_view field, std::string_view text = "") {
  EXPECT_EQ(status.code(), code) << status;
  const ErrorDetail detail = GetErrorDetail(status);
  EXPECT_EQ(detail.reason, reason) << status;
  EXPECT_THAT(std::string(status.message()), testing::HasSubstr(std::string(text)));
  if (field.empty()) return;
  ASSERT_FALSE(detail.violations.empty()) << status;
  EXPECT_EQ(detail.violations.front().field, field);
}

inline void ExpectInvalid(const absl::Status& status, std::string_view reason,
                          std::string_view field, std::string_view text = "") {
  ExpectError(status, absl::StatusCode::kInvalidArgument, reason, field, text);
}

}  // namespace outlay::fx

#endif  // OUTLAY_TESTS_FX_FX_CALLS_H_
