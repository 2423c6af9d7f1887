#include "gateway/report_request_proto.h"

#include <chrono>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "services/common/money/currency.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"
#include "services/common/status/violations.h"
#include "services/common/time/asked_now.h"
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

absl::StatusOr<time::Period> ParsePeriodField(const time::v1::Period& proto) {
  static const time::FiscalCalendar kAnyFiscalCalendar = time::FiscalCalendar::Calendar();
  // A fiscal label alone is checked first: its dates are not those of any calendar at hand.
  time::v1::Period label_alone;
  label_alone.set_label(proto.label());
  const bool has_dates = !proto.start_date().empty() || !proto.end_date().empty();
  if (has_dates && !proto.label().empty()) {
    ASSIGN_OR_RETURN(const time::Period named, wire::FromProto(label_alone, &kAnyFiscalCalendar));
    if (named.fiscal) {
      return InvalidField(
          "PERIOD_DISAGREES", proto.start_date().empty() ? "end_date" : "start_date",
          fmt::format("is given, but the dates of {} are each organization's own; give the label "
                      "alone, or the dates alone",
                      Quote(proto.label())));
    }
  }
  return wire::FromProto(proto, &kAnyFiscalCalendar);
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

// The kind that is chosen by being true, and is not; "" for all others.
std::string_view KindNotChosen(const v1::RateChoice& rate) {
  switch (rate.kind_case()) {
    case v1::RateChoice::kAverage:
      return rate.average() ? "" : "average";
    case v1::RateChoice::kPeriodEnd:
      return rate.period_end() ? "" : "period_end";
    case v1::RateChoice::kLatest:
      return rate.latest() ? "" : "latest";
    default:
      return "";
  }
}

void CheckRate(const v1::RateChoice& rate, Violations& violations) {
  if (const std::string_view kind = KindNotChosen(rate); !kind.empty()) {
    violations.Add("RATE_NOT_CHOSEN", fmt::format("query.rate.{}", kind),
                   "is false, which chooses no rate; give true, another kind, or no rate at all "
                   "for the one that each figure wants");
  }
  const bool is_given = rate.has_fixed() || rate.kind_case() == v1::RateChoice::kAsStatedSourceId;
  if (is_given && !rate.provider().empty()) {
    violations.Add("UNEXPECTED_PROVIDER", "query.rate.provider",
                   "is given, but a fixed rate is the caller's and a stated one its source's; "
                   "leave it out");
  }
  if (rate.kind_case() == v1::RateChoice::kOnDate)
    violations.Take("query.rate.on_date", time::ParseDate(rate.on_date()));
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

// Not malformed, and a good request some day later: told apart by its code, as fx does.
absl::Status CheckRateDate(const ReportRequest& request) {
  const v1::RateChoice& rate = request.query.rate();
  if (rate.kind_case() != v1::RateChoice::kOnDate) return absl::OkStatus();
  ASSIGN_OR_RETURN(const time::Date date, time::ParseDate(rate.on_date()));
  if (date <= request.latest_rate_date) return absl::OkStatus();
  Violations violations;
  violations.Add("DATE_TO_COME", "query.rate.on_date",
                 fmt::format("is {}, later than {}, the last day that the as-of allows",
                             rate.on_date(), time::FormatDate(request.latest_rate_date)));
  return violations.ToStatus(absl::StatusCode::kOutOfRange);
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

// Where a later page begins. In the token, "offset/fx sequence/now in microseconds" is the position.
struct PageStart {
  size_t offset = 0;
  uint64_t ingest_sequence = 0;
  uint64_t fx_sequence =
      0;  // 0: the page before had no rates, so there is no state of fx to keep to
  time::Instant now;
};

absl::StatusOr<PageStart> ReadPageToken(const std::string& text, uint64_t request_hash) {
  ASSIGN_OR_RETURN(const wire::PageToken token, wire::DecodePageToken(text, request_hash));
  PageStart page{.ingest_sequence = token.sequence};
  const std::vector<std::string> parts = absl::StrSplit(token.position, '/');
  int64_t now_us = 0;
  if (parts.size() != 3 || !absl::SimpleAtoi(parts[0], &page.offset) ||
      !absl::SimpleAtoi(parts[1], &page.fx_sequence) || !absl::SimpleAtoi(parts[2], &now_us)) {
    return InvalidField("PAGE_TOKEN_INVALID", "page_token",
                        "is not a page token; use next_page_token as it was given");
  }
  page.now = time::Instant(std::chrono::microseconds(now_us));
  return page;
}

uint64_t HashForPages(const v1::GetReportRequest& request) {
  v1::GetReportRequest bare = request;
  bare.clear_page_token();
  bare.clear_page_size();
  return wire::RequestHash(bare);
}

// Puts both axes of all services in their place, and the last day for rates.
void PlaceInTime(const v1::GetReportRequest& request, const std::optional<wire::AsOf>& as_of,
                 const std::optional<PageStart>& page, ReportRequest& parsed) {
  if (as_of && as_of->now) parsed.now = *as_of->now;
  // An ingest sequence means nothing to fx.
  if (parsed.fx_as_of.has_recorded_sequence()) parsed.fx_as_of.clear_recorded();
  if (request.fx_recorded_sequence() != 0)
    parsed.fx_as_of.set_recorded_sequence(request.fx_recorded_sequence());
  if (page) {
    parsed.is_later_page = true;
    parsed.now = page->now;
    parsed.offset = page->offset;
    parsed.as_of.set_recorded_sequence(page->ingest_sequence);
    if (page->fx_sequence != 0) parsed.fx_as_of.set_recorded_sequence(page->fx_sequence);
  }
  const bool is_placed = as_of && as_of->published;
  if (!is_placed) parsed.as_of.set_published(time::FormatDate(time::DateOf(parsed.now)));
  const bool is_past = is_placed && as_of->published->instant <= parsed.now;
  if (!is_past) parsed.fx_as_of.set_published(time::FormatInstant(parsed.now));
  parsed.latest_rate_date = time::DateOf(is_past ? as_of->published->instant : parsed.now);
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
                                                 time::Instant clock) {
  ReportRequest parsed{.query = request.query(),
                       .now = clock,
                       .as_of = request.as_of(),
                       .fx_as_of = request.as_of(),
                       .minimum = request.minimum(),
                       .with_growth = !request.query().without_growth(),
                       .request_hash = HashForPages(request)};
  Violations violations;
  Violations of_page;
  std::optional<PageStart> page;
  if (!request.page_token().empty())
    page = of_page.Take("", ReadPageToken(request.page_token(), parsed.request_hash));
  const std::optional<wire::AsOf> as_of =
      violations.Take("as_of", wire::FromProto(request.as_of()));
  PlaceInTime(request, as_of, page, parsed);
  CheckLists(request.query(), violations);
  if (std::optional<time::Period> period =
          violations.Take("query.period", ParsePeriodField(request.query().period()))) {
    parsed.period = *std::move(period);
    parsed.query.mutable_period()->set_label(parsed.period.label);
    parsed.with_growth = parsed.with_growth && !PriorLabel(parsed.period).empty();
  }
  CheckCurrency(request.query(), violations);
  CheckRate(request.query().rate(), violations);
  CheckReference(request.query(), violations);
  if (request.page_size() < 0 || request.page_size() > kPageSizeMax) {
    violations.Add("PAGE_SIZE_OUT_OF_RANGE", "page_size",
                   fmt::format("is {}; give 1 to {}, or 0 for {}", request.page_size(),
                               kPageSizeMax, kDefaultPageSize));
  }
  parsed.page_size = static_cast<size_t>(
      request.page_size() == 0 ? kDefaultPageSize : std::max(request.page_size(), 1));
  violations.Add("", of_page.ToStatus());
  RETURN_IF_ERROR(violations.ToStatus());
  RETURN_IF_ERROR(time::NowFor(as_of->now, clock).status());
  RETURN_IF_ERROR(CheckRateDate(parsed));
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

google::protobuf::Timestamp NowOf(const ReportRequest& request) {
  google::protobuf::Timestamp now;
  wire::ToProto(request.now, &now);
  return now;
}

std::string NextPageToken(const ReportRequest& request, const journal::v1::Stamp& stamp) {
  return wire::EncodePageToken(
      {.sequence = stamp.ingest_sequence(),
       .position = fmt::format("{}/{}/{}", request.offset + request.page_size, stamp.fx_sequence(),
                               request.now.time_since_epoch().count()),
       .request_hash = request.request_hash});
}

}  // namespace outlay::gateway
