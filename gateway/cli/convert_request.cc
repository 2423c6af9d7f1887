#include "gateway/cli/convert_request.h"

#include <algorithm>
#include <cctype>

#include "fmt/format.h"
#include "gateway/cli/errors.h"
#include "gateway/cli/rate_option.h"
#include "gateway/cli/written_amount/written_amount.h"
#include "services/common/money/currency.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"
#include "services/common/time/period.h"
#include "services/common/wire/money_proto.h"

namespace outlay::cli {
namespace {

absl::Status CheckCurrency(std::string_view argument, const std::string& code) {
  const auto currency = money::RequireCurrency(code);
  return currency.ok() ? absl::OkStatus()
                       : BadFlag(argument, code, FromAbsl(currency.status().message()));
}

// The currencies of a conversion; of two arguments beside the amount the first is what it is in, of one it is what is wanted.
struct Currencies {
  std::string from;  // empty: as the amount says
  std::string to;
};

absl::StatusOr<Currencies> TakeCurrencies(const ConvertFlags& flags) {
  const Currencies currencies =
      flags.to.empty() ? Currencies{"", flags.from} : Currencies{flags.from, flags.to};
  if (currencies.to.empty()) {
    return Usage("TO is required: outlay convert AMOUNT [FROM] TO, such as '$80bn' KRW");
  }
  if (!currencies.from.empty()) RETURN_IF_ERROR(CheckCurrency("FROM", currencies.from));
  RETURN_IF_ERROR(CheckCurrency("TO", currencies.to));
  return currencies;
}

// What the amount is in: FROM, or what it says itself.
absl::StatusOr<std::string> CurrencyOf(const WrittenAmount& written, const std::string& amount,
                                       const std::string& from) {
  if (from.empty() && written.currency_code.empty()) {
    return Usage(
        fmt::format("AMOUNT is {}, which names no currency: write one, as in '$80bn', or "
                    "give FROM and TO",
                    Quote(amount)));
  }
  if (from.empty() || from == written.alternative_currency) {
    return from.empty() ? written.currency_code : from;
  }
  if (written.currency_code.empty() || from == written.currency_code) return from;
  return BadFlag("FROM", from,
                 fmt::format("AMOUNT is {}, which is {}: leave one of the two out", Quote(amount),
                             written.currency_code));
}

absl::StatusOr<money::v1::Money> ParseAmount(const std::string& amount, const std::string& from) {
  const absl::StatusOr<WrittenAmount> written = ReadWrittenAmount(amount);
  if (!written.ok()) return BadFlag("AMOUNT", amount, FromAbsl(written.status().message()));
  ASSIGN_OR_RETURN(const std::string currency, CurrencyOf(*written, amount, from));
  const auto money = wire::ToProto(wire::Money{currency, written->value});
  if (!money.ok()) {
    return BadFlag("AMOUNT", amount,
                   "at most nine places after the point and 9223372036854775807 units");
  }
  return *money;
}

absl::StatusOr<time::Period> ParseRatePeriod(const std::string& label) {
  auto period = time::ParsePeriod(label, nullptr);
  if (period.ok() && period->HasDates()) return *std::move(period);
  return BadFlag(
      "--rate", label,
      "the period of a rate is a calendar one, such as 2024, 2024-Q4 or 2024-01-15..2024-02-14");
}

absl::Status SetSpec(const RateOption& option, const ConvertFlags& flags, fx::v1::RateSpec* spec) {
  switch (option.kind) {
    case RateKind::kSpot:
      if (flags.on_date.empty()) return Usage("--rate spot needs its day: give --on DATE");
      spec->mutable_on_date()->set_date(flags.on_date);
      break;
    case RateKind::kAverage: {
      ASSIGN_OR_RETURN(const time::Period period, ParseRatePeriod(option.value));
      spec->mutable_average()->set_start_date(time::FormatDate(period.start));
      spec->mutable_average()->set_end_date(time::FormatDate(period.end));
      break;
    }
    case RateKind::kPeriodEnd: {
      ASSIGN_OR_RETURN(const time::Period period, ParseRatePeriod(option.value));
      spec->mutable_period_end()->set_end_date(time::FormatDate(period.end));
      break;
    }
    case RateKind::kAsStated:
      spec->mutable_implied()->set_source_id(option.value);
      break;
    case RateKind::kFixed:
      spec->mutable_fixed()->mutable_value()->set_value(option.value);
      break;
  }
  return absl::OkStatus();
}

absl::Status SetRate(const ConvertFlags& flags, gateway::v1::ConvertMoneyRequest* request) {
  if (!flags.on_date.empty()) RETURN_IF_ERROR(CheckDateFlag("--on", flags.on_date));
  RateOption option;
  if (!flags.rate.empty()) {
    ASSIGN_OR_RETURN(option, ParseConversionRate(flags.rate));
  } else if (flags.on_date.empty()) {
    // The service takes the last day that the as-of allows; a provider alone cannot be asked for.
    if (flags.provider.empty()) return absl::OkStatus();
    return Usage("--provider needs a day or a rate: give --on DATE or --rate");
  }
  if (option.kind != RateKind::kSpot && !flags.on_date.empty()) {
    return Usage("--on names the day of a spot rate: it goes with --rate spot, or without --rate");
  }
  if (!flags.provider.empty() &&
      (option.kind == RateKind::kAsStated || option.kind == RateKind::kFixed)) {
    return Usage("--provider names whose fixings are used: it does not go with as-stated or fixed");
  }
  request->mutable_spec()->set_provider(flags.provider);
  return SetSpec(option, flags, request->mutable_spec());
}

absl::Status SetRounding(const ConvertFlags& flags, gateway::v1::ConvertMoneyRequest* request) {
  if (flags.scale) {
    if (*flags.scale < 0 || *flags.scale > 9) {
      return BadFlag("--scale", std::to_string(*flags.scale), "give 0 to 9 places after the point");
    }
    request->mutable_rounding()->set_scale(*flags.scale);
  }
  if (flags.rounding.empty()) return absl::OkStatus();
  std::string name = "ROUNDING_MODE_" + flags.rounding;
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return c == '-' ? '_' : std::toupper(c); });
  money::v1::RoundingMode mode = money::v1::ROUNDING_MODE_UNSPECIFIED;
  if (!money::v1::RoundingMode_Parse(name, &mode) || mode == money::v1::ROUNDING_MODE_UNSPECIFIED) {
    return BadFlag(
        "--rounding", flags.rounding,
        "give half-even, half-up, down (toward zero), up (away from zero), floor or ceiling");
  }
  request->mutable_rounding()->set_mode(mode);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<gateway::v1::ConvertMoneyRequest> MakeConvertRequest(const ConvertFlags& flags) {
  gateway::v1::ConvertMoneyRequest request;
  ASSIGN_OR_RETURN(const Currencies currencies, TakeCurrencies(flags));
  ASSIGN_OR_RETURN(*request.mutable_amount(), ParseAmount(flags.amount, currencies.from));
  request.set_to_currency(currencies.to);
  RETURN_IF_ERROR(SetRate(flags, &request));
  RETURN_IF_ERROR(SetRounding(flags, &request));
  ASSIGN_OR_RETURN(const journal::v1::AsOf as_of, flags.as_of.ToProto());
  if (flags.as_of.IsGiven()) *request.mutable_as_of() = as_of;
  return request;
}

}  // namespace outlay::cli
