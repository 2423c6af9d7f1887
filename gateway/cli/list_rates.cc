#include "gateway/cli/list_rates.h"

#include "fmt/format.h"
#include "gateway/cli/errors.h"
#include "gateway/cli/rate_option.h"
#include "services/common/money/currency.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"
#include "services/common/time/date.h"

namespace outlay::cli {
namespace {

constexpr int kDigitsMax = 34;

absl::Status SetPair(const std::string& pair, fx::v1::ListRatesRequest* request) {
  const size_t slash = pair.find('/');
  if (slash == pair.npos) {
    return BadFlag("--pair", pair, "give two currencies with a slash, USD/KRW: won for a dollar");
  }
  request->set_from_currency(pair.substr(0, slash));
  request->set_to_currency(pair.substr(slash + 1));
  for (const std::string& code : {request->from_currency(), request->to_currency()}) {
    const auto currency = money::RequireCurrency(code);
    if (!currency.ok()) return BadFlag("--pair", pair, FromAbsl(currency.status().message()));
  }
  return absl::OkStatus();
}

absl::Status SetDays(const RatesFlags& flags, fx::v1::ListRatesRequest* request) {
  if (!flags.first_day.empty()) RETURN_IF_ERROR(CheckDateFlag("--from", flags.first_day));
  request->set_start_date(flags.first_day);
  if (flags.last_day.empty()) return absl::OkStatus();
  RETURN_IF_ERROR(CheckDateFlag("--to", flags.last_day));
  if (!flags.first_day.empty() && flags.last_day < flags.first_day) {
    return BadFlag("--to", flags.last_day,
                   fmt::format("it lies before --from {}", flags.first_day));
  }
  ASSIGN_OR_RETURN(const time::Date last, time::ParseDate(flags.last_day));
  request->set_end_date(time::FormatDate(last + std::chrono::days(1)));
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<fx::v1::ListRatesRequest> MakeListRatesRequest(const RatesFlags& flags) {
  fx::v1::ListRatesRequest request;
  RETURN_IF_ERROR(SetPair(flags.pair, &request));
  RETURN_IF_ERROR(SetDays(flags, &request));
  if (flags.digits < 1 || flags.digits > kDigitsMax) {
    return BadFlag("--digits", std::to_string(flags.digits),
                   fmt::format("give 1 to {} significant digits", kDigitsMax));
  }
  request.set_significant_digits(flags.digits);
  request.set_provider(flags.provider);
  ASSIGN_OR_RETURN(const journal::v1::AsOf as_of, flags.as_of.ToProto());
  if (flags.as_of.IsGiven()) *request.mutable_as_of() = as_of;
  return request;
}

absl::StatusOr<fx::v1::ListRatesResponse> ListAllRates(const Client& client,
                                                       fx::v1::ListRatesRequest request) {
  fx::v1::ListRatesResponse all;
  for (bool first = true;; first = false) {
    ASSIGN_OR_RETURN(fx::v1::ListRatesResponse page,
                     Call(client, *client.fx, &fx::v1::FxService::Stub::ListRates, request));
    const std::string next = page.next_page_token();
    if (first) {
      all = std::move(page);
      all.clear_next_page_token();
    } else {
      all.mutable_rates()->MergeFrom(page.rates());
    }
    if (next.empty()) return all;
    request.set_page_token(next);
  }
}

}  // namespace outlay::cli
