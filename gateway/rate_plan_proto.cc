#include "gateway/rate_plan_proto.h"

#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gateway/errors.h"
#include "gateway/report_errors.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"
#include "services/common/wire/journal_proto.h"
#include "services/common/wire/money_proto.h"

namespace outlay::gateway {
namespace {

using money::Decimal;
using money::Rational;

std::string KeyText(const std::string& currency_code, const aggregation::v1::RateDate& date) {
  return fmt::format("{}|{}|{}|{}|{}|{}", currency_code, date.on_date(),
                     date.average_of().start_date(), date.average_of().end_date(),
                     date.end_of().start_date(), date.end_of().end_date());
}

fx::v1::RateSpec SpecFor(const ReportRequest& request, const aggregation::v1::RateDate& wanted) {
  const v1::RateChoice& choice = request.query.rate();
  fx::v1::RateSpec spec;
  spec.set_provider(choice.provider());
  switch (choice.kind_case()) {
    case v1::RateChoice::kOnDate:
      spec.mutable_on_date()->set_date(choice.on_date());
      return spec;
    case v1::RateChoice::kLatest:
      spec.mutable_on_date()->set_date(time::FormatDate(request.latest_rate_date));
      return spec;
    case v1::RateChoice::kFixed:
      *spec.mutable_fixed()->mutable_value() = choice.fixed();
      return spec;
    case v1::RateChoice::kAsStatedSourceId:
      spec.mutable_implied()->set_source_id(choice.as_stated_source_id());
      return spec;
    default:
      break;
  }
  switch (wanted.kind_case()) {
    case aggregation::v1::RateDate::kAverageOf:
      spec.mutable_average()->set_start_date(wanted.average_of().start_date());
      spec.mutable_average()->set_end_date(wanted.average_of().end_date());
      break;
    case aggregation::v1::RateDate::kEndOf:
      spec.mutable_period_end()->set_end_date(wanted.end_of().end_date());
      break;
    default:
      spec.mutable_on_date()->set_date(
          wanted.on_date().empty() ? time::FormatDate(request.latest_rate_date) : wanted.on_date());
      break;
  }
  return spec;
}

// The field of the report's request that made this error of fx; empty where none did.
std::string FieldAtFault(const v1::RateChoice& choice, const std::string& reason) {
  const bool of_provider = reason == "UNKNOWN_PROVIDER" || reason == "MALFORMED_PROVIDER";
  if (of_provider && !choice.provider().empty()) return "query.rate.provider";
  if (reason == "UNKNOWN_IMPLIED_RATE" && choice.kind_case() == v1::RateChoice::kAsStatedSourceId)
    return "query.rate.as_stated_source_id";
  return "";
}

absl::StatusOr<Rational> FractionOf(const fx::v1::RateAnswer& answer) {
  ASSIGN_OR_RETURN(const Decimal numerator, wire::FromProto(answer.numerator()));
  ASSIGN_OR_RETURN(const Decimal denominator, wire::FromProto(answer.denominator()));
  return Rational::FromFraction(numerator, denominator);
}

}  // namespace

absl::StatusOr<RatePlan> RatePlan::Make(const ReportRequest& request,
                                        const aggregation::v1::AggregateResponse& cells) {
  RatePlan plan;
  plan.report_currency_ = request.query.currency_code();
  if (plan.report_currency_.empty()) return plan;
  std::set<std::string> currencies;
  const auto need = [&](const std::string& currency_code, const aggregation::v1::RateDate& wanted) {
    if (currency_code == plan.report_currency_) return;
    currencies.insert(currency_code);
    if (!plan.query_of_.emplace(KeyText(currency_code, wanted), plan.queries_.size()).second)
      return;
    fx::v1::RateQuery query;
    query.set_from_currency(currency_code);
    query.set_to_currency(plan.report_currency_);
    *query.mutable_spec() = SpecFor(request, wanted);
    plan.queries_.push_back(std::move(query));
  };
  for (const aggregation::v1::QueryResult& result : cells.results()) {
    for (const aggregation::v1::Cell& cell : result.cells()) {
      need(cell.key().currency_code(), cell.key().rate_date());
      if (result.query_id() != kReferenceQuery) continue;
      // What conflicts with the reference is compared too, each figure at its own rate.
      for (const aggregation::v1::Contributor& contributor : cell.contributors()) {
        if (contributor.role() == aggregation::v1::CONTRIBUTOR_ROLE_CONFLICTS)
          need(contributor.amount().currency_code(), contributor.rate_date());
      }
    }
    for (const aggregation::v1::CoveredCell& covered : result.covered())
      need(covered.cell().key().currency_code(), covered.cell().key().rate_date());
  }
  if (request.query.rate().has_fixed() && currencies.size() > 1) {
    return InvalidField("FIXED_RATE_AMBIGUOUS", "query.rate.fixed",
                        fmt::format("is one rate, but the figures are in {}; ask for organizations "
                                    "of one currency, or for another kind of rate",
                                    fmt::join(currencies, ", ")));
  }
  plan.outcomes_.resize(plan.queries_.size());
  return plan;
}

fx::v1::BatchGetRatesRequest RatePlan::Request(const ReportRequest& request) const {
  fx::v1::BatchGetRatesRequest batch;
  batch.mutable_queries()->Add(queries_.begin(), queries_.end());
  *batch.mutable_as_of() = request.fx_as_of;
  batch.set_minimum_sequence(request.minimum.fx_sequence());
  return batch;
}

absl::Status RatePlan::Accept(const ReportRequest& request,
                              const fx::v1::BatchGetRatesResponse& response) {
  if (static_cast<size_t>(response.results_size()) != queries_.size()) {
    return AnswerMalformed("fx", fmt::format("it has {} rates for {} queries",
                                             response.results_size(), queries_.size()));
  }
  for (size_t i = 0; i < queries_.size(); ++i) {
    const fx::v1::RateQueryResult& result = response.results(static_cast<int>(i));
    Outcome& outcome = outcomes_[i];
    if (result.has_rate()) {
      const absl::StatusOr<Rational> value = FractionOf(result.rate());
      if (!value.ok()) return AnswerMalformed("fx", FromAbsl(value.status().message()));
      outcome.rate.value = *value;
      outcome.index = static_cast<int>(rates_.size());
      rates_.push_back(result.rate());
      continue;
    }
    const absl::Status error = wire::FromProto(result.error());
    const std::string field = FieldAtFault(request.query.rate(), GetErrorDetail(error).reason);
    if (!field.empty()) return AboutField(field, error);
    outcome.rate.error = MessageWithoutField(error);
  }
  return absl::OkStatus();
}

void RatePlan::Fail(const std::string& message) {
  for (Outcome& outcome : outcomes_) outcome.rate.error = message;
}

std::optional<size_t> RatePlan::QueryOf(const std::string& currency_code,
                                        const aggregation::v1::RateDate& wanted) const {
  const auto found = query_of_.find(KeyText(currency_code, wanted));
  if (found == query_of_.end()) return std::nullopt;
  return found->second;
}

std::optional<RateInput> RatePlan::RateOf(const aggregation::v1::CellKey& key) const {
  return RateOf(key.currency_code(), key.rate_date());
}

std::optional<RateInput> RatePlan::RateOf(const std::string& currency_code,
                                          const aggregation::v1::RateDate& wanted) const {
  const std::optional<size_t> query = QueryOf(currency_code, wanted);
  if (!query) return std::nullopt;
  return outcomes_[*query].rate;
}

int RatePlan::IndexOf(const aggregation::v1::CellKey& key) const {
  const std::optional<size_t> query = QueryOf(key.currency_code(), key.rate_date());
  return query ? outcomes_[*query].index : -1;
}

}  // namespace outlay::gateway
