#include "gateway/report_request_proto.h"

#include <charconv>
#include <utility>

#include <fmt/format.h>

#include "services/common/money/currency.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"
#include "services/common/status/violations.h"
#include "services/common/wire/journal_proto.h"
#include "services/common/wire/money_proto.h"
#include "services/common/wire/page_token.h"
#include "services/common/wire/time_proto.h"

namespace outlay::gateway {
namespace {

constexpr int kScopeIdsMax = 10'000;
constexpr int kListMax = 100;
constexpr int32_t kDefaultPageSize = 1'000;
constexpr int32_t kPageSizeMax = 10'000;

// Fiscal labels mean other dates for each organization, so their year is counted in the label; others by their dates.
std::string PriorLabel(const time::Period& period) {
  if (!period.fiscal) {
    const std::optional<time::Period> prior = time::PriorYear(period, nullptr);
    return prior ? prior->label : "";
  }
  absl::StatusOr<time::PeriodLabel> label = time::ParsePeriodLabel(period.label);
  if (!label.ok() || label->kind == time::PeriodKind::kSeveralYears) return "";
  --label->year;
  const std::string text = time::FormatPeriodLabel(*label);
  return time::ParsePeriodLabel(text).ok() ? text : "";
}

absl::StatusOr<time::Period> ParsePeriodField(const time::v1::Period& period) {
  static const time::FiscalCalendar kAnyFiscalCalendar = time::FiscalCalendar::Calendar();
  return wire::FromProto(period, &kAnyFiscalCalendar);
}

void CheckLists(const v1::ReportQuery& query, Violations& violations) {
  if (query.organization_ids().empty() && query.group_ids().empty()) {
    violations.Add("MISSING_SCOPE", "query.organization_ids",
                   "give at least one organization or group");
  }
  const auto check = [&](int size, int max, std::string_view field) {
    if (size > max)
      violations.Add("TOO_MANY", field, fmt::format("has {} entries; give at most {}", size, max));
  };
  check(query.organization_ids_size(), kScopeIdsMax, "query.organization_ids");
  check(query.group_ids_size(), kScopeIdsMax, "query.group_ids");
  check(query.measures_size(), kListMax, "query.measures");
  check(query.definitions_size(), kListMax, "query.definitions");
  check(query.bases_size(), kListMax, "query.bases");
  check(query.source_classes_size(), kListMax, "query.source_classes");
}

void CheckCurrency(const v1::ReportQuery& query, Violations& violations) {
  if (query.currency_code().empty()) {
    if (query.has_rate() && query.rate().kind_case() != v1::RateChoice::KIND_NOT_SET) {
      violations.Add("RATE_WITHOUT_CURRENCY", "query.currency_code",
                     "is empty, but a rate is given; name the currency to convert to");
    }
    return;
  }
  violations.Take("query.currency_code", money::RequireCurrency(query.currency_code()));
}

void CheckRate(const ReportRequest& request, Violations& violations) {
  const v1::RateChoice& rate = request.query.rate();
  const bool is_given = rate.has_fixed() || rate.kind_case() == v1::RateChoice::kAsStatedSourceId;
  if (is_given && !rate.provider().empty()) {
    violations.Add("UNEXPECTED_PROVIDER", "query.rate.provider",
                   "is given, but a fixed rate is the caller's and a stated one its source's; "
                   "leave it out");
  }
  if (rate.kind_case() == v1::RateChoice::kOnDate) {
    const std::optional<time::Date> date =
        violations.Take("query.rate.on_date", time::ParseDate(rate.on_date()));
    if (date && *date > request.latest_rate_date) {
      violations.Add("DATE_TO_COME", "query.rate.on_date",
                     fmt::format("is {}, later than {}, the last day that the as-of allows",
                                 rate.on_date(), time::FormatDate(request.latest_rate_date)));
    }
  }
  if (rate.kind_case() == v1::RateChoice::kFixed) {
    const std::optional<money::Decimal> value =
        violations.Take("query.rate.fixed", wire::FromProto(rate.fixed()));
    if (value && value->Sign() <= 0) {
      violations.Add("RATE_NOT_POSITIVE", "query.rate.fixed.value",
                     fmt::format("is {}; a rate is positive", value->ToString()));
    }
  }
  if (rate.kind_case() == v1::RateChoice::kAsStatedSourceId && rate.as_stated_source_id().empty()) {
    violations.Add("MISSING_SOURCE", "query.rate.as_stated_source_id",
                   "is empty; name the source whose rate to use");
  }
}

void CheckReference(const v1::ReportQuery& query, Violations& violations) {
  if (!query.has_reference()) return;
  const v1::Reference& reference = query.reference();
  if (reference.organization_id().empty()) {
    violations.Add("MISSING_REFERENCE", "query.reference.organization_id",
                   "is empty; name whose figure to compare with");
  }
  if (reference.measure().empty()) {
    violations.Add("MISSING_REFERENCE", "query.reference.measure",
                   "is empty; name which figure to compare with, such as government_budget");
  }
  violations.Take("query.reference.period", ParsePeriodField(reference.period()));
}

void FillDefaults(v1::ReportQuery& query) {
  if (query.measures().empty()) {
    for (const char* measure : {"capital_expenditure", "ai_investment", "data_center_investment"})
      query.add_measures(measure);
  }
  if (query.bases().empty()) {
    for (ingest::v1::Basis basis :
         {ingest::v1::BASIS_ACTUAL, ingest::v1::BASIS_GUIDANCE, ingest::v1::BASIS_ESTIMATE})
      query.add_bases(basis);
  }
  if (query.point_rule() == aggregation::v1::POINT_RULE_UNSPECIFIED)
    query.set_point_rule(aggregation::v1::POINT_RULE_DEFAULT);
}

// A later page continues at the first one's stamp: "offset/fx sequence" is the token's position.
void ApplyPageToken(const v1::GetReportRequest& original, ReportRequest& request,
                    Violations& violations) {
  v1::GetReportRequest bare = original;
  bare.clear_page_token();
  bare.clear_page_size();
  request.request_hash = wire::RequestHash(bare);
  if (original.page_token().empty()) return;
  const std::optional<wire::PageToken> token =
      violations.Take("", wire::DecodePageToken(original.page_token(), request.request_hash));
  if (!token) return;
  uint64_t fx_sequence = 0;
  const char* const end = token->position.data() + token->position.size();
  const auto [slash, error] = std::from_chars(token->position.data(), end, request.offset);
  if (error != std::errc() || slash == end ||
      std::from_chars(slash + 1, end, fx_sequence).ec != std::errc()) {
    violations.Add("PAGE_TOKEN_INVALID", "page_token",
                   "is not a page token; use next_page_token as it was given");
    return;
  }
  request.as_of.set_recorded_sequence(token->sequence);
  // 0: the first page had no rates, so there is no state of fx to keep to.
  if (fx_sequence != 0) request.fx_as_of.set_recorded_sequence(fx_sequence);
}

aggregation::v1::RateDateRule RateDateRuleFor(const v1::ReportQuery& query) {
  if (query.currency_code().empty()) return aggregation::v1::RATE_DATE_RULE_NONE;
  switch (query.rate().kind_case()) {
    case v1::RateChoice::KIND_NOT_SET:
      return aggregation::v1::RATE_DATE_RULE_BY_FIGURE;
    case v1::RateChoice::kAverage:
      return aggregation::v1::RATE_DATE_RULE_PERIOD_AVERAGE;
    case v1::RateChoice::kPeriodEnd:
      return aggregation::v1::RATE_DATE_RULE_PERIOD_END;
    default:
      return aggregation::v1::RATE_DATE_RULE_NONE;
  }
}

// One cell an organization. By measure, definition or basis too there would be one for each of its figures, preferred or not.
void GroupByOrganization(aggregation::v1::Query& query) {
  query.add_group_by(aggregation::v1::DIMENSION_ORGANIZATION);
  query.add_group_by(aggregation::v1::DIMENSION_PERIOD);
}

}  // namespace

absl::StatusOr<ReportRequest> ParseReportRequest(const v1::GetReportRequest& request,
                                                 time::Date today) {
  ReportRequest parsed{.query = request.query(),
                       .as_of = request.as_of(),
                       .fx_as_of = request.as_of(),
                       .minimum = request.minimum(),
                       .with_growth = !request.query().without_growth()};
  Violations violations;
  // An ingest sequence means nothing to fx.
  if (parsed.fx_as_of.has_recorded_sequence()) parsed.fx_as_of.clear_recorded();
  if (request.fx_recorded_sequence() != 0)
    parsed.fx_as_of.set_recorded_sequence(request.fx_recorded_sequence());
  const std::optional<wire::AsOf> as_of =
      violations.Take("as_of", wire::FromProto(request.as_of()));
  parsed.latest_rate_date =
      as_of && as_of->published ? std::min(today, time::DateOf(as_of->published->instant)) : today;
  CheckLists(request.query(), violations);
  if (std::optional<time::Period> period =
          violations.Take("query.period", ParsePeriodField(request.query().period()))) {
    parsed.period = *std::move(period);
    parsed.query.mutable_period()->set_label(parsed.period.label);
    parsed.with_growth = parsed.with_growth && !PriorLabel(parsed.period).empty();
  }
  CheckCurrency(request.query(), violations);
  CheckRate(parsed, violations);
  CheckReference(request.query(), violations);
  if (request.page_size() < 0 || request.page_size() > kPageSizeMax) {
    violations.Add("PAGE_SIZE_OUT_OF_RANGE", "page_size",
                   fmt::format("is {}; give 1 to {}, or 0 for {}", request.page_size(),
                               kPageSizeMax, kDefaultPageSize));
  }
  parsed.page_size = static_cast<size_t>(
      request.page_size() == 0 ? kDefaultPageSize : std::max(request.page_size(), 1));
  ApplyPageToken(request, parsed, violations);
  RETURN_IF_ERROR(violations.ToStatus());
  FillDefaults(parsed.query);
  return parsed;
}

aggregation::v1::AggregateRequest AggregateRequestFor(const ReportRequest& request) {
  aggregation::v1::AggregateRequest aggregate;
  *aggregate.mutable_as_of() = request.as_of;
  aggregate.set_minimum_sequence(request.minimum.ingest_sequence());
  aggregate.set_include_contributors(true);

  aggregation::v1::Query& current = *aggregate.add_queries();
  current.set_query_id(kCurrentQuery);
  *current.mutable_organization_ids() = request.query.organization_ids();
  *current.mutable_group_ids() = request.query.group_ids();
  *current.mutable_measures() = request.query.measures();
  *current.mutable_definitions() = request.query.definitions();
  *current.mutable_bases() = request.query.bases();
  *current.mutable_source_classes() = request.query.source_classes();
  current.set_point_rule(request.query.point_rule());
  current.set_rate_date_rule(RateDateRuleFor(request.query));
  GroupByOrganization(current);
  current.add_periods()->set_label(request.period.label);

  if (request.with_growth) {
    aggregation::v1::Query& prior = *aggregate.add_queries();
    prior = aggregate.queries(0);
    prior.set_query_id(kPriorQuery);
    prior.mutable_periods(0)->set_label(PriorLabel(request.period));
  }
  if (request.query.has_reference()) {
    aggregation::v1::Query& reference = *aggregate.add_queries();
    reference.set_query_id(kReferenceQuery);
    reference.add_organization_ids(request.query.reference().organization_id());
    reference.add_measures(request.query.reference().measure());
    *reference.add_periods() = request.query.reference().period();
    reference.set_point_rule(request.query.point_rule());
    reference.set_rate_date_rule(RateDateRuleFor(request.query));
    GroupByOrganization(reference);
  }
  return aggregate;
}

std::string NextPageToken(const ReportRequest& request, const journal::v1::Stamp& stamp) {
  return wire::EncodePageToken(
      {.sequence = stamp.ingest_sequence(),
       .position = fmt::format("{}/{}", request.offset + request.page_size, stamp.fx_sequence()),
       .request_hash = request.request_hash});
}

}  // namespace outlay::gateway
