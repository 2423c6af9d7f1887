#include "gateway/cli/rate_option.h"

#include <array>

#include "fmt/format.h"
#include "gateway/cli/errors.h"
#include "services/common/money/decimal.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"
#include "services/common/time/date.h"

namespace outlay::cli {
namespace {

enum class Use { kNever, kAlways };

struct Form {
  std::string_view name;
  RateKind kind;
  Use report_value;
  Use conversion_value;
};

constexpr std::array kForms = {
    Form{"spot", RateKind::kSpot, Use::kNever, Use::kNever},
    Form{"average", RateKind::kAverage, Use::kNever, Use::kAlways},
    Form{"period-end", RateKind::kPeriodEnd, Use::kNever, Use::kAlways},
    Form{"as-stated", RateKind::kAsStated, Use::kAlways, Use::kAlways},
    Form{"fixed", RateKind::kFixed, Use::kAlways, Use::kAlways},
};

constexpr std::string_view kReportForms =
    "give spot, average, period-end, as-stated=SOURCE or fixed=1456.3";
constexpr std::string_view kConversionForms =
    "give spot, average=2024, period-end=2024, as-stated=SOURCE or fixed=1456.3";

absl::StatusOr<RateOption> Parse(const std::string& text, Use Form::*use, std::string_view right) {
  const size_t equals = text.find('=');
  const std::string name = text.substr(0, equals);
  const bool has_value = equals != std::string::npos && equals + 1 < text.size();
  for (const Form& form : kForms) {
    if (form.name != name) continue;
    const bool wants_value = form.*use == Use::kAlways;
    if (wants_value != has_value || (!wants_value && equals != std::string::npos)) break;
    RateOption option = {form.kind, has_value ? text.substr(equals + 1) : ""};
    if (option.kind == RateKind::kFixed) {
      const auto number = money::Decimal::Parse(option.value);
      if (!number.ok() || number->Sign() <= 0) {
        return BadFlag("--rate", text, "a fixed rate is a positive number, such as fixed=1456.3");
      }
    }
    return option;
  }
  return BadFlag("--rate", text, right);
}

}  // namespace

absl::StatusOr<RateOption> ParseReportRate(const std::string& text) {
  return Parse(text, &Form::report_value, kReportForms);
}

absl::StatusOr<RateOption> ParseConversionRate(const std::string& text) {
  return Parse(text, &Form::conversion_value, kConversionForms);
}

absl::Status CheckDateFlag(std::string_view flag, const std::string& text) {
  const auto date = time::ParseDate(text);
  if (date.ok()) return absl::OkStatus();
  return BadFlag(flag, text, fmt::format("{}", FromAbsl(date.status().message())));
}

}  // namespace outlay::cli
