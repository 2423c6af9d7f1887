#include "services/aggregation/question_proto.h"

#include <utility>

#include "fmt/format.h"
#include "services/aggregation/errors.h"
#include "services/common/rpc/errors.h"
#include "services/common/status/error.h"
#include "services/common/time/asked_now.h"
#include "services/common/wire/journal_proto.h"
#include "services/common/wire/page_token.h"

namespace outlay::aggregation {
namespace {

absl::Status ReadBases(const v1::Query& message, Query& query) {
  for (int i = 0; i < message.bases_size(); ++i) {
    switch (message.bases(i)) {
      case ingest::v1::BASIS_ACTUAL:
        query.bases.push_back(Basis::kActual);
        break;
      case ingest::v1::BASIS_GUIDANCE:
        query.bases.push_back(Basis::kGuidance);
        break;
      case ingest::v1::BASIS_ESTIMATE:
        query.bases.push_back(Basis::kEstimate);
        break;
      default:
        return UnknownValue(fmt::format("bases[{}]", i), message.bases(i),
                            "BASIS_ACTUAL, BASIS_GUIDANCE or BASIS_ESTIMATE");
    }
  }
  return absl::OkStatus();
}

absl::Status ReadSourceClasses(const v1::Query& message, Query& query) {
  for (int i = 0; i < message.source_classes_size(); ++i) {
    switch (message.source_classes(i)) {
      case ingest::v1::SOURCE_CLASS_FILING:
        query.source_classes.push_back(SourceClass::kFiling);
        break;
      case ingest::v1::SOURCE_CLASS_ORGANIZATION:
        query.source_classes.push_back(SourceClass::kOrganization);
        break;
      case ingest::v1::SOURCE_CLASS_PRESS:
        query.source_classes.push_back(SourceClass::kPress);
        break;
      case ingest::v1::SOURCE_CLASS_OTHER:
        query.source_classes.push_back(SourceClass::kOther);
        break;
      default:
        return UnknownValue(fmt::format("source_classes[{}]", i), message.source_classes(i),
                            "SOURCE_CLASS_FILING, SOURCE_CLASS_ORGANIZATION, SOURCE_CLASS_PRESS or "
                            "SOURCE_CLASS_OTHER");
    }
  }
  return absl::OkStatus();
}

absl::Status ReadDimensions(const v1::Query& message, Query& query) {
  if (message.group_by().empty()) return absl::OkStatus();
  query.group_by = {};
  for (int i = 0; i < message.group_by_size(); ++i) {
    switch (message.group_by(i)) {
      case v1::DIMENSION_ORGANIZATION:
        query.group_by.organization = true;
        break;
      case v1::DIMENSION_GROUP:
        query.group_by.group = true;
        break;
      case v1::DIMENSION_PERIOD:
        query.group_by.period = true;
        break;
      case v1::DIMENSION_MEASURE:
        query.group_by.measure = true;
        break;
      case v1::DIMENSION_DEFINITION:
        query.group_by.definition = true;
        break;
      case v1::DIMENSION_BASIS:
        query.group_by.basis = true;
        break;
      default:
        return UnknownValue(fmt::format("group_by[{}]", i), message.group_by(i),
                            "DIMENSION_ORGANIZATION, DIMENSION_GROUP, DIMENSION_PERIOD, "
                            "DIMENSION_MEASURE, DIMENSION_DEFINITION or DIMENSION_BASIS");
    }
  }
  return absl::OkStatus();
}

absl::Status CheckCalendarization(v1::Calendarization calendarization) {
  switch (calendarization) {
    case v1::CALENDARIZATION_UNSPECIFIED:
    case v1::CALENDARIZATION_AS_STATED:
      return absl::OkStatus();
    case v1::CALENDARIZATION_EXACT:
    case v1::CALENDARIZATION_BY_DAYS:
      return rpc::NotBuiltYet("calendarization other than CALENDARIZATION_AS_STATED");
    default:
      return UnknownValue("calendarization", calendarization, "CALENDARIZATION_AS_STATED");
  }
}

absl::StatusOr<PointRule> ReadPointRule(v1::PointRule rule) {
  switch (rule) {
    case v1::POINT_RULE_UNSPECIFIED:
    case v1::POINT_RULE_DEFAULT:
      return PointRule::kDefault;
    case v1::POINT_RULE_LOW:
      return PointRule::kLow;
    case v1::POINT_RULE_HIGH:
      return PointRule::kHigh;
    default:
      return UnknownValue("point_rule", rule,
                          "POINT_RULE_DEFAULT, POINT_RULE_LOW or POINT_RULE_HIGH");
  }
}

absl::StatusOr<RateDateRule> ReadRateDateRule(v1::RateDateRule rule) {
  switch (rule) {
    case v1::RATE_DATE_RULE_UNSPECIFIED:
    case v1::RATE_DATE_RULE_NONE:
      return RateDateRule::kNone;
    case v1::RATE_DATE_RULE_BY_FIGURE:
      return RateDateRule::kByFigure;
    case v1::RATE_DATE_RULE_PERIOD_AVERAGE:
      return RateDateRule::kPeriodAverage;
    case v1::RATE_DATE_RULE_PERIOD_END:
      return RateDateRule::kPeriodEnd;
    default:
      return UnknownValue("rate_date_rule", rule,
                          "RATE_DATE_RULE_NONE, RATE_DATE_RULE_BY_FIGURE, "
                          "RATE_DATE_RULE_PERIOD_AVERAGE or RATE_DATE_RULE_PERIOD_END");
  }
}

absl::StatusOr<Query> ReadQuery(const v1::Query& message) {
  Query query{.query_id = message.query_id()};
  query.organization_ids = {message.organization_ids().begin(), message.organization_ids().end()};
  query.group_ids = {message.group_ids().begin(), message.group_ids().end()};
  query.measures = {message.measures().begin(), message.measures().end()};
  query.definitions = {message.definitions().begin(), message.definitions().end()};
  RETURN_IF_ERROR(ReadBases(message, query));
  RETURN_IF_ERROR(ReadSourceClasses(message, query));
  if (static_cast<size_t>(message.periods_size()) > kMaxPeriods) {
    return TooManyPeriods(static_cast<size_t>(message.periods_size()));
  }
  for (int i = 0; i < message.periods_size(); ++i) {
    const time::v1::Period& period = message.periods(i);
    absl::StatusOr<WantedPeriod> wanted =
        ParseWantedPeriod(period.label(), period.start_date(), period.end_date());
    if (!wanted.ok()) return Under(fmt::format("periods[{}]", i), wanted.status());
    query.periods.push_back(*std::move(wanted));
  }
  RETURN_IF_ERROR(ReadDimensions(message, query));
  RETURN_IF_ERROR(CheckCalendarization(message.calendarization()));
  ASSIGN_OR_RETURN(query.point_rule, ReadPointRule(message.point_rule()));
  ASSIGN_OR_RETURN(query.rate_date_rule, ReadRateDateRule(message.rate_date_rule()));
  RETURN_IF_ERROR(CompleteQuery(query));
  return query;
}

absl::StatusOr<AsOf> ReadAsOf(const journal::v1::AsOf& message, time::Instant clock) {
  absl::StatusOr<wire::AsOf> as_of = wire::FromProto(message);
  if (!as_of.ok()) return Under("as_of", as_of.status());
  RETURN_IF_ERROR(time::NowFor(as_of->now, clock).status());
  return AsOf{as_of->PublishedByDay(), as_of->recorded_sequence, as_of->recorded_time};
}

absl::StatusOr<PagePosition> ReadPageToken(const v1::AggregateRequest& request) {
  ASSIGN_OR_RETURN(const wire::PageToken token,
                   wire::DecodePageToken(request.page_token(), HashForPages(request)));
  std::optional<PagePosition> position = ParsePlace(token.position, token.sequence);
  if (!position) return PageTokenInvalid("this is no page token");
  return *std::move(position);
}

}  // namespace

uint64_t HashForPages(const v1::AggregateRequest& request) {
  v1::AggregateRequest same = request;
  same.clear_page_token();
  same.clear_minimum_sequence();
  return wire::RequestHash(same);
}

absl::StatusOr<Question> ReadQuestion(const v1::AggregateRequest& request, time::Instant clock) {
  if (request.queries().empty()) return NoQueries();
  if (static_cast<size_t>(request.queries_size()) > kMaxQueries) {
    return TooManyQueries(static_cast<size_t>(request.queries_size()));
  }
  if (request.page_size() < 0 || request.page_size() > kMaxPageSize) {
    return PageSizeOutOfRange(request.page_size());
  }
  Question question{.minimum_sequence = request.minimum_sequence(),
                    .include_contributors = request.include_contributors()};
  for (int i = 0; i < request.queries_size(); ++i) {
    absl::StatusOr<Query> query = ReadQuery(request.queries(i));
    if (!query.ok()) return Under(fmt::format("queries[{}]", i), query.status());
    question.queries.push_back(*std::move(query));
  }
  ASSIGN_OR_RETURN(question.as_of, ReadAsOf(request.as_of(), clock));
  if (request.page_size() != 0) question.page_size = static_cast<size_t>(request.page_size());
  if (!request.page_token().empty()) {
    ASSIGN_OR_RETURN(question.page, ReadPageToken(request));
  }
  return question;
}

}  // namespace outlay::aggregation
