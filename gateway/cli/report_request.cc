#include "gateway/cli/report_request.h"

#include <algorithm>
#include <cctype>
#include <optional>

#include "fmt/format.h"
#include "gateway/cli/errors.h"
#include "gateway/cli/rate_option.h"
#include "services/common/money/currency.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"
#include "services/common/time/period_label.h"

namespace outlay::cli {
namespace {

using gateway::v1::GetReportRequest;
using gateway::v1::RateChoice;
using gateway::v1::ReportQuery;

// The label, when it is of the kind that the flag is for.
absl::Status CheckLabel(std::string_view flag, const std::string& text,
                        std::optional<time::PeriodKind> kind, std::string_view right) {
  const auto label = time::ParsePeriodLabel(text);
  if (label.ok() && (!kind || label->kind == *kind)) return absl::OkStatus();
  return BadFlag(flag, text, right);
}

absl::StatusOr<std::string> PeriodOf(const ReportFlags& flags) {
  const int given = !flags.year.empty() + !flags.quarter.empty() + !flags.period.empty();
  if (given != 1) {
    return Usage(given == 0 ? "for when? Give --year 2025 (FY2025 for fiscal years), --quarter "
                              "2025-Q1 or --period LABEL"
                            : "--year, --quarter and --period exclude each other: give one");
  }
  if (!flags.year.empty()) {
    RETURN_IF_ERROR(CheckLabel("--year", flags.year, time::PeriodKind::kYear,
                               "give a calendar year, 2025, or a fiscal one, FY2025"));
    return flags.year;
  }
  if (!flags.quarter.empty()) {
    RETURN_IF_ERROR(CheckLabel("--quarter", flags.quarter, time::PeriodKind::kQuarter,
                               "give a calendar quarter, 2025-Q1, or a fiscal one, FY2025-Q1"));
    return flags.quarter;
  }
  RETURN_IF_ERROR(CheckLabel(
      "--period", flags.period, std::nullopt,
      "give a label such as 2025, FY2025-Q1, 2025-H1, TTM-2025-06-30, 2025..2028 or undated"));
  return flags.period;
}

std::string UpperCase(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return std::toupper(c); });
  return text;
}

// "guidance" → BASIS_GUIDANCE by the enum's own names.
template <typename Enum, typename ParseName>
absl::StatusOr<Enum> ParseEnum(std::string_view flag, std::string_view prefix,
                               const std::string& text, ParseName parse, std::string_view right) {
  Enum value;
  const std::string name = std::string(prefix) + UpperCase(text);
  if (!name.ends_with("_UNSPECIFIED") && parse(name, &value)) return value;
  return BadFlag(flag, text, right);
}

absl::Status SetSelection(const ReportFlags& flags, ReportQuery* query) {
  for (const std::string& measure : flags.measures) query->add_measures(measure);
  for (const std::string& definition : flags.definitions) query->add_definitions(definition);
  for (const std::string& text : flags.bases) {
    ASSIGN_OR_RETURN(const auto basis, ParseEnum<ingest::v1::Basis>(
                                           "--basis", "BASIS_", text,
                                           [](const std::string& name, auto* value) {
                                             return ingest::v1::Basis_Parse(name, value);
                                           },
                                           "give actual, guidance or estimate"));
    query->add_bases(basis);
  }
  for (const std::string& text : flags.source_classes) {
    ASSIGN_OR_RETURN(const auto source_class, ParseEnum<ingest::v1::SourceClass>(
                                                  "--source-class", "SOURCE_CLASS_", text,
                                                  [](const std::string& name, auto* value) {
                                                    return ingest::v1::SourceClass_Parse(name,
                                                                                         value);
                                                  },
                                                  "give filing, organization, press or other"));
    query->add_source_classes(source_class);
  }
  return absl::OkStatus();
}

absl::Status SetRateKind(const RateOption& option, const std::string& on_date, RateChoice* rate) {
  if (option.kind != RateKind::kSpot && !on_date.empty()) {
    return Usage("--on names the day of a spot rate: it goes with --rate spot, or without --rate");
  }
  switch (option.kind) {
    case RateKind::kSpot:
      if (on_date.empty()) {
        rate->set_latest(true);
      } else {
        rate->set_on_date(on_date);
      }
      break;
    case RateKind::kAverage:
      rate->set_average(true);
      break;
    case RateKind::kPeriodEnd:
      rate->set_period_end(true);
      break;
    case RateKind::kAsStated:
      rate->set_as_stated_source_id(option.value);
      break;
    case RateKind::kFixed:
      rate->mutable_fixed()->set_value(option.value);
      break;
  }
  return absl::OkStatus();
}

absl::Status SetRate(const ReportFlags& flags, ReportQuery* query) {
  const bool any = !flags.rate.empty() || !flags.on_date.empty() || !flags.provider.empty();
  if (!any) return absl::OkStatus();
  if (flags.currency.empty()) {
    return Usage(
        "--rate, --on and --provider are for converting: give --currency too, such as --currency "
        "KRW");
  }
  if (!flags.on_date.empty()) RETURN_IF_ERROR(CheckDateFlag("--on", flags.on_date));
  RateChoice* const rate = query->mutable_rate();
  rate->set_provider(flags.provider);
  if (flags.rate.empty()) {
    if (!flags.on_date.empty()) rate->set_on_date(flags.on_date);
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(const RateOption option, ParseReportRate(flags.rate));
  if (!flags.provider.empty() &&
      (option.kind == RateKind::kAsStated || option.kind == RateKind::kFixed)) {
    return Usage("--provider names whose fixings are used: it does not go with as-stated or fixed");
  }
  return SetRateKind(option, flags.on_date, rate);
}

absl::Status SetReference(const std::string& text, ReportQuery* query) {
  if (text.empty()) return absl::OkStatus();
  const size_t first = text.find('/');
  const size_t last = text.rfind('/');
  const bool has_three = first != text.npos && first != last && text.find('/', first + 1) == last &&
                         first > 0 && last > first + 1 && last + 1 < text.size();
  if (!has_three || !time::ParsePeriodLabel(text.substr(last + 1)).ok()) {
    return BadFlag(
        "--share-of", text,
        "give ORGANIZATION/MEASURE/PERIOD, such as republic-of-korea/government_budget/2024");
  }
  gateway::v1::Reference* const reference = query->mutable_reference();
  reference->set_organization_id(text.substr(0, first));
  reference->set_measure(text.substr(first + 1, last - first - 1));
  reference->mutable_period()->set_label(text.substr(last + 1));
  return absl::OkStatus();
}

absl::Status SetCurrency(const std::string& currency, ReportQuery* query) {
  if (currency.empty()) return absl::OkStatus();
  const auto known = money::RequireCurrency(currency);
  if (!known.ok()) return BadFlag("--currency", currency, FromAbsl(known.status().message()));
  query->set_currency_code(currency);
  return absl::OkStatus();
}

absl::Status SetPointRule(const std::string& text, ReportQuery* query) {
  if (text.empty() || text == "default") return absl::OkStatus();
  if (text != "low" && text != "high") return BadFlag("--point", text, "give default, low or high");
  query->set_point_rule(text == "low" ? aggregation::v1::POINT_RULE_LOW
                                      : aggregation::v1::POINT_RULE_HIGH);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<GetReportRequest> MakeReportRequest(const ReportFlags& flags) {
  GetReportRequest request;
  ReportQuery* const query = request.mutable_query();
  if (flags.groups.empty() && flags.organizations.empty()) {
    return Usage("whose spending? Give --group ID or --organization ID; both may be repeated");
  }
  for (const std::string& group : flags.groups) query->add_group_ids(group);
  for (const std::string& organization : flags.organizations)
    query->add_organization_ids(organization);
  ASSIGN_OR_RETURN(const std::string label, PeriodOf(flags));
  query->mutable_period()->set_label(label);
  RETURN_IF_ERROR(SetSelection(flags, query));
  RETURN_IF_ERROR(SetCurrency(flags.currency, query));
  RETURN_IF_ERROR(SetRate(flags, query));
  RETURN_IF_ERROR(SetReference(flags.share_of, query));
  RETURN_IF_ERROR(SetPointRule(flags.point, query));
  query->set_without_growth(flags.without_growth);
  ASSIGN_OR_RETURN(const journal::v1::AsOf as_of, flags.as_of.ToProto());
  if (flags.as_of.IsGiven()) *request.mutable_as_of() = as_of;
  if (!flags.fx_recorded_sequence.empty()) {
    ASSIGN_OR_RETURN(
        const uint64_t sequence,
        ParseSequence("--fx-recorded-as-of", flags.fx_recorded_sequence, "fx", "a report"));
    request.set_fx_recorded_sequence(sequence);
  }
  return request;
}

}  // namespace outlay::cli
