#include "services/fx/rate_spec_proto.h"

#include <array>
#include <utility>

#include "services/common/status/error.h"
#include "services/fx/errors.h"
#include "services/fx/make_rate.h"
#include "services/fx/take_into.h"
#include "services/fx/values_proto.h"

namespace outlay::fx {
namespace {

absl::StatusOr<time::Date> ParseDateField(std::string_view field, const std::string& text,
                                          std::string_view meaning) {
  if (text.empty()) return MissingField(field, meaning);
  absl::StatusOr<time::Date> date = time::ParseDate(text);
  if (!date.ok()) return Under(field, date.status());
  return date;
}

absl::Status CheckMaxAge(int days) {
  if (days >= 0 && days <= kMaxAgeDaysMax) return absl::OkStatus();
  return NumberOutOfRange("max_age_days", days, 0, kMaxAgeDaysMax, "days");
}

absl::StatusOr<DateFallback> ParseFallback(v1::DateFallback fallback) {
  switch (fallback) {
    case v1::DATE_FALLBACK_UNSPECIFIED:
    case v1::DATE_FALLBACK_PREVIOUS:
      return DateFallback::kPrevious;
    case v1::DATE_FALLBACK_EXACT:
      return DateFallback::kExact;
    case v1::DATE_FALLBACK_NEXT:
      return DateFallback::kNext;
    default:
      return UnknownEnumValue("fallback", fallback, "PREVIOUS, EXACT, NEXT");
  }
}

absl::StatusOr<AverageMethod> ParseAverageMethod(v1::AverageMethod method) {
  switch (method) {
    case v1::AVERAGE_METHOD_UNSPECIFIED:
    case v1::AVERAGE_METHOD_MEAN_OF_CROSSES:
      return AverageMethod::kMeanOfCrosses;
    case v1::AVERAGE_METHOD_RATIO_OF_MEANS:
      return AverageMethod::kRatioOfMeans;
    case v1::AVERAGE_METHOD_HARMONIC:
      return AverageMethod::kHarmonic;
    default:
      return UnknownEnumValue("method", method, "MEAN_OF_CROSSES, RATIO_OF_MEANS, HARMONIC");
  }
}

absl::StatusOr<DateRate> ParseMethod(const v1::DateRate& message) {
  DateRate method{.date = {}, .max_age_days = message.max_age_days()};
  Violations errors;
  TakeInto(errors, "", ParseDateField("date", message.date(), "the day: \"2025-02-07\""),
           method.date);
  TakeInto(errors, "", ParseFallback(message.fallback()), method.fallback);
  errors.Add("", CheckMaxAge(message.max_age_days()));
  RETURN_IF_ERROR(errors.ToStatus());
  return method;
}

absl::StatusOr<AverageRate> ParseMethod(const v1::AverageRate& message) {
  AverageRate method{.start = {}, .end = {}, .to_date = message.to_date()};
  Violations errors;
  const bool start_ok =
      TakeInto(errors, "",
               ParseDateField("start_date", message.start_date(), "the first day: \"2024-01-01\""),
               method.start);
  const bool end_ok = TakeInto(
      errors, "",
      ParseDateField("end_date", message.end_date(), "the day after the last: \"2025-01-01\""),
      method.end);
  if (start_ok && end_ok && method.end <= method.start) {
    errors.Add("", EmptyPeriod(method.start, method.end));
  }
  TakeInto(errors, "", ParseAverageMethod(message.method()), method.method);
  RETURN_IF_ERROR(errors.ToStatus());
  return method;
}

absl::StatusOr<PeriodEndRate> ParseMethod(const v1::PeriodEndRate& message) {
  PeriodEndRate method{.end = {}, .max_age_days = message.max_age_days()};
  Violations errors;
  TakeInto(errors, "",
           ParseDateField("end_date", message.end_date(),
                          "the day after the period's last: \"2025-01-01\""),
           method.end);
  errors.Add("", CheckMaxAge(message.max_age_days()));
  RETURN_IF_ERROR(errors.ToStatus());
  return method;
}

absl::StatusOr<FixedRate> ParseMethod(const v1::FixedRate& message) {
  FixedRate method{.value = {},
                   .base_currency = message.base_currency(),
                   .quote_currency = message.quote_currency()};
  Violations errors;
  if (!message.has_value()) {
    errors.Add("", MissingField("value", "the rate: \"1456.3\""));
  } else if (TakeInto(errors, "value", money::Decimal::Parse(message.value().value()),
                      method.value) &&
             method.value.Sign() <= 0) {
    errors.Add("", NotPositive("value", method.value.ToString()));
  }
  if (!method.base_currency.empty()) {
    errors.Add("", ParseCurrency("base_currency", method.base_currency).status());
  }
  if (!method.quote_currency.empty()) {
    errors.Add("", ParseCurrency("quote_currency", method.quote_currency).status());
  }
  RETURN_IF_ERROR(errors.ToStatus());
  return method;
}

absl::StatusOr<ImpliedRate> ParseMethod(const v1::ImpliedRate& message) {
  if (message.source_id().empty()) {
    return MissingField("source_id", "the source that implies the rate");
  }
  if (message.source_id().size() > kSourceIdBytesMax) {
    return TooLong("source_id", message.source_id().size(), kSourceIdBytesMax);
  }
  return ImpliedRate{message.source_id()};
}

constexpr std::array<std::string_view, 5> kMethodFields = {"on_date", "average", "period_end",
                                                           "fixed", "implied"};

template <typename Message>
absl::Status TakeMethod(std::string_view field, const Message& message, RateSpec& spec) {
  auto method = ParseMethod(message);
  if (!method.ok()) return Under(field, method.status());
  spec.method = *std::move(method);
  return absl::OkStatus();
}

absl::Status ParseMethodOf(const v1::RateSpec& message, RateSpec& spec) {
  switch (message.method_case()) {
    case v1::RateSpec::kOnDate:
      return TakeMethod("on_date", message.on_date(), spec);
    case v1::RateSpec::kAverage:
      return TakeMethod("average", message.average(), spec);
    case v1::RateSpec::kPeriodEnd:
      return TakeMethod("period_end", message.period_end(), spec);
    case v1::RateSpec::kFixed:
      return TakeMethod("fixed", message.fixed(), spec);
    case v1::RateSpec::kImplied:
      return TakeMethod("implied", message.implied(), spec);
    case v1::RateSpec::METHOD_NOT_SET:
      break;
  }
  return MissingField("method", "one of on_date, average, period_end, fixed, implied");
}

absl::StatusOr<std::string> ParseProvider(const v1::RateSpec& message,
                                          const std::string& default_provider) {
  const bool has_no_provider = message.method_case() == v1::RateSpec::kFixed ||
                               message.method_case() == v1::RateSpec::kImplied;
  if (has_no_provider) {
    if (message.provider().empty()) return std::string();
    return UnexpectedField("provider", "a fixed rate is the caller's, an implied one its source's");
  }
  if (message.provider().empty()) return default_provider;
  RETURN_IF_ERROR(CheckProviderSlug("provider", message.provider()));
  return message.provider();
}

}  // namespace

absl::StatusOr<RateSpec> ParseRateSpec(const v1::RateSpec& message,
                                       const std::string& default_provider) {
  RateSpec spec;
  Violations errors;
  TakeInto(errors, "", ParseProvider(message, default_provider), spec.provider);
  errors.Add("", ParseMethodOf(message, spec));
  RETURN_IF_ERROR(errors.ToStatus());
  return spec;
}

absl::StatusOr<RateQuery> ParseRateQuery(const v1::RateQuery& message,
                                         const std::string& default_provider) {
  RateQuery query;
  Violations errors;
  TakeInto(errors, "", ParseCurrency("from_currency", message.from_currency()), query.from);
  TakeInto(errors, "", ParseCurrency("to_currency", message.to_currency()), query.to);
  if (!message.has_spec()) {
    errors.Add("",
               MissingField("spec", "which rate: on_date, average, period_end, fixed or implied"));
  } else {
    TakeInto(errors, "spec", ParseRateSpec(message.spec(), default_provider), query.spec);
  }
  RETURN_IF_ERROR(errors.ToStatus());
  return query;
}

std::string_view MethodField(const RateSpec& spec) { return kMethodFields[spec.method.index()]; }

}  // namespace outlay::fx
