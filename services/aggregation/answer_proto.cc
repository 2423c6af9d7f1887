#include "services/aggregation/answer_proto.h"

#include <optional>

#include "services/aggregation/disclosure_proto.h"
#include "services/common/wire/money_proto.h"
#include "services/common/wire/page_token.h"

namespace outlay::aggregation {
namespace {

void WriteRateDate(const RateDate& rate_date, v1::RateDate& message) {
  switch (rate_date.kind) {
    case RateDate::Kind::kOnDate:
      message.set_on_date(time::FormatDate(rate_date.date));
      return;
    case RateDate::Kind::kAverageOf:
      return WritePeriod(rate_date.period, *message.mutable_average_of());
    case RateDate::Kind::kEndOf:
      return WritePeriod(rate_date.period, *message.mutable_end_of());
  }
}

void WriteKey(const CellKey& key, v1::CellKey& message) {
  message.set_organization_id(key.organization_id);
  message.set_group_id(key.group_id);
  if (key.period) WritePeriod(*key.period, *message.mutable_period());
  message.set_measure(key.measure);
  message.set_definition(key.definition);
  if (key.basis) message.set_basis(WireBasis(*key.basis));
  message.set_currency_code(key.currency_code);
  if (key.rate_date) WriteRateDate(*key.rate_date, *message.mutable_rate_date());
}

void WriteComposition(const Composition& composition, v1::Composition& message) {
  if (composition.stated) wire::ToProto(*composition.stated, message.mutable_stated());
  if (composition.floors) wire::ToProto(*composition.floors, message.mutable_floors());
  if (composition.ceilings) wire::ToProto(*composition.ceilings, message.mutable_ceilings());
  if (composition.midpoints) wire::ToProto(*composition.midpoints, message.mutable_midpoints());
}

v1::ContributorRole WireRole(Role role) {
  switch (role) {
    case Role::kSelected:
      return v1::CONTRIBUTOR_ROLE_SELECTED;
    case Role::kCorroborates:
      return v1::CONTRIBUTOR_ROLE_CORROBORATES;
    case Role::kConflicts:
      return v1::CONTRIBUTOR_ROLE_CONFLICTS;
    case Role::kSuperseded:
      return v1::CONTRIBUTOR_ROLE_SUPERSEDED;
    case Role::kAlternative:
      return v1::CONTRIBUTOR_ROLE_ALTERNATIVE;
  }
  return v1::CONTRIBUTOR_ROLE_UNSPECIFIED;
}

void WriteContributor(const Contributor& judged, v1::Contributor& message) {
  const Disclosure& disclosure = *judged.statement;
  message.set_disclosure_id(disclosure.disclosure_id);
  message.set_revision(judged.statement.revision);
  message.set_role(WireRole(judged.role));
  message.set_organization_id(disclosure.organization_id);
  message.set_measure(disclosure.measure);
  message.set_definition(disclosure.definition);
  message.set_basis(WireBasis(disclosure.basis));
  message.set_source_class(WireSourceClass(disclosure.source_class));
  message.set_source_id(disclosure.source_id);
  WritePeriod(disclosure.period, *message.mutable_period());
  if (disclosure.amount) wire::ToProto(*disclosure.amount, message.mutable_amount());
  if (judged.point) wire::ToProto(*judged.point, message.mutable_point());
  if (judged.rate_date) WriteRateDate(*judged.rate_date, *message.mutable_rate_date());
}

void WriteCell(const Cell& cell, v1::Cell& message) {
  WriteKey(cell.key, *message.mutable_key());
  wire::ToProto(cell.interval, message.mutable_interval());
  if (cell.point) {
    wire::ToProto(*cell.point, message.mutable_point());
    WriteComposition(cell.composition, *message.mutable_composition());
  }
  message.set_approximate(cell.approximate);
  message.set_figure_count(cell.figure_count);
  for (const std::string& measure : cell.measures) message.add_measures(measure);
  for (const std::string& definition : cell.definitions) message.add_definitions(definition);
  for (const Basis basis : cell.bases) message.add_bases(WireBasis(basis));
  for (const time::Period& period : cell.periods) WritePeriod(period, *message.add_periods());
  for (const Contributor& contributor : cell.contributors) {
    WriteContributor(contributor, *message.add_contributors());
  }
  message.set_contributors_left_out(cell.contributors_left_out);
  for (const Warning& warning : cell.warnings) WriteWarning(warning, *message.add_warnings());
}

void WriteResult(const QueryResult& result, v1::QueryResult& message) {
  message.set_query_id(result.query_id);
  for (const Cell& cell : result.cells) WriteCell(cell, *message.add_cells());
  for (const CoveredCell& covered : result.covered) {
    v1::CoveredCell& added = *message.add_covered();
    WriteCell(covered.cell, *added.mutable_cell());
    added.set_counted_in_organization_id(covered.counted_in_organization_id);
  }
  for (const AbsentFigure& absent : result.absent) {
    v1::AbsentFigure& figure = *message.add_absent();
    figure.set_organization_id(absent.organization_id);
    WritePeriod(absent.period, *figure.mutable_period());
    figure.set_withdrawn(absent.withdrawn);
  }
}

}  // namespace

void WriteWarning(const Warning& warning, v1::CellWarning& message) {
  message.set_code(warning.code);
  message.set_message(warning.message);
  message.set_organization_id(warning.organization_id);
}

void WriteAnswer(const Answer& answer, uint64_t hash, v1::AggregateResponse& response) {
  for (const QueryResult& result : answer.results) WriteResult(result, *response.add_results());
  if (answer.next) {
    response.set_next_page_token(wire::EncodePageToken({.sequence = answer.next->sequence,
                                                        .position = FormatPlace(*answer.next),
                                                        .request_hash = hash}));
  }
  response.mutable_stamp()->set_ingest_sequence(answer.sequence());
  response.mutable_stamp()->set_rules_version(std::string(kRulesVersion));
}

}  // namespace outlay::aggregation
