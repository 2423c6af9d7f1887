#include "gateway/report_proto.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "gateway/errors.h"
#include "gateway/figure_proto.h"
#include "gateway/report/warning_list.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"
#include "services/common/wire/money_proto.h"
#include "services/common/wire/time_proto.h"

namespace outlay::gateway {
namespace {

using Cell = aggregation::v1::Cell;
using Contributors = google::protobuf::RepeatedPtrField<aggregation::v1::Contributor>;

// The cells behind one row; none where there is no figure.
struct RowCells {
  const Cell* current = nullptr;
  const Cell* prior = nullptr;
  bool withdrawn = false;
  std::string counted_in;  // the organization above that holds it; empty: it counts itself
};

const aggregation::v1::QueryResult* FindResult(const ReportAnswers& answers,
                                               std::string_view query_id) {
  for (const aggregation::v1::QueryResult& result : answers.cells.results()) {
    if (result.query_id() == query_id) return &result;
  }
  return nullptr;
}

std::map<std::string, RowCells> CollectRows(const ReportAnswers& answers) {
  std::map<std::string, RowCells> rows;
  if (const aggregation::v1::QueryResult* current = FindResult(answers, kCurrentQuery)) {
    for (const Cell& cell : current->cells()) rows[cell.key().organization_id()].current = &cell;
    for (const aggregation::v1::AbsentFigure& absent : current->absent())
      rows[absent.organization_id()].withdrawn = absent.withdrawn();
    for (const aggregation::v1::CoveredCell& covered : current->covered()) {
      RowCells& row = rows[covered.cell().key().organization_id()];
      row.current = &covered.cell();
      row.counted_in = covered.counted_in_organization_id();
    }
  }
  if (const aggregation::v1::QueryResult* prior = FindResult(answers, kPriorQuery)) {
    const auto take = [&rows](const Cell& cell) {
      const auto row = rows.find(cell.key().organization_id());
      if (row != rows.end()) row->second.prior = &cell;
    };
    for (const Cell& cell : prior->cells()) take(cell);
    // A row is compared with its own figure, whoever held it then.
    for (const aggregation::v1::CoveredCell& covered : prior->covered()) take(covered.cell());
  }
  return rows;
}

const ingest::v1::Organization* FindOrganization(const ReportAnswers& answers,
                                                 const std::string& id) {
  // In the order of their ids, as ingest's contract says.
  const auto& organizations = answers.disclosures.organizations();
  const auto found =
      std::lower_bound(organizations.begin(), organizations.end(), id,
                       [](const ingest::v1::Organization& organization, const std::string& wanted) {
                         return organization.organization_id() < wanted;
                       });
  return found != organizations.end() && found->organization_id() == id ? &*found : nullptr;
}

std::string EnglishName(const ReportAnswers& answers, const std::string& id) {
  if (const ingest::v1::Organization* organization = FindOrganization(answers, id)) {
    for (const ingest::v1::LocalizedName& name : organization->names()) {
      if (name.language() == "en") return name.name();
    }
  }
  return id;
}

// The period that the figure itself was reported for, where the cell stands under another label.
const time::v1::Period& OwnPeriod(const Cell& cell) {
  return cell.periods().empty() ? cell.key().period() : cell.periods(0);
}

// What the one figure of a cell is of. Not in the key: these are no dimensions of the queries.
std::string MeasureOf(const Cell& cell) { return cell.measures().empty() ? "" : cell.measures(0); }
std::string DefinitionOf(const Cell& cell) {
  return cell.definitions().empty() ? "" : cell.definitions(0);
}
ingest::v1::Basis BasisOf(const Cell& cell) {
  return cell.bases().empty() ? ingest::v1::BASIS_UNSPECIFIED : cell.bases(0);
}

std::string BasisName(ingest::v1::Basis basis) {
  const std::string name = ingest::v1::Basis_Name(basis);
  return name.substr(std::string_view("BASIS_").size());
}

absl::StatusOr<FigureInput> FigureInputFrom(const Cell& cell, const RatePlan& rates) {
  FigureInput input{.measure = MeasureOf(cell),
                    .definition = DefinitionOf(cell),
                    .basis = BasisName(BasisOf(cell)),
                    .rate = rates.RateOf(cell.key())};
  ASSIGN_OR_RETURN(input.figure, FigureFromCell(cell));
  ASSIGN_OR_RETURN(input.period, wire::StoredPeriodFromProto(OwnPeriod(cell)));
  return input;
}

// The figures that sources state for the reference: the selected one, then each that conflicts with it.
struct ReferenceCells {
  const Cell* cell = nullptr;
  std::vector<const aggregation::v1::Contributor*> contributors;
};

ReferenceCells CollectReference(const ReportAnswers& answers) {
  ReferenceCells reference;
  const aggregation::v1::QueryResult* result = FindResult(answers, kReferenceQuery);
  if (result == nullptr || result->cells().empty()) return reference;
  reference.cell = &result->cells(0);
  for (aggregation::v1::ContributorRole role :
       {aggregation::v1::CONTRIBUTOR_ROLE_SELECTED, aggregation::v1::CONTRIBUTOR_ROLE_CONFLICTS}) {
    for (const aggregation::v1::Contributor& contributor : reference.cell->contributors()) {
      if (contributor.role() == role) reference.contributors.push_back(&contributor);
    }
  }
  return reference;
}

// What conflicts stands by itself: by the query's point rule and at its own rate, both of which aggregation knows.
absl::StatusOr<FigureInput> ConflictingFigureFrom(const aggregation::v1::Contributor& contributor,
                                                  const RatePlan& rates) {
  ASSIGN_OR_RETURN(const money::Amount amount, wire::StoredAmountFromProto(contributor.amount()));
  FigureInput input{.figure = {.currency_code = amount.currency_code,
                               .interval = money::ToRational(money::ToInterval(amount)),
                               .approximate = amount.approximate},
                    .measure = contributor.measure(),
                    .definition = contributor.definition(),
                    .basis = BasisName(contributor.basis()),
                    .rate = rates.RateOf(amount.currency_code, contributor.rate_date())};
  if (contributor.has_point()) {
    ASSIGN_OR_RETURN(const money::Decimal point, wire::FromProto(contributor.point()));
    input.figure.point = money::Rational(point);
  }
  ASSIGN_OR_RETURN(input.period, wire::StoredPeriodFromProto(contributor.period()));
  return input;
}

absl::StatusOr<ReferenceInput> ReferenceInputFrom(const v1::Reference& asked,
                                                  const ReportAnswers& answers,
                                                  const ReferenceCells& cells) {
  const time::v1::Period& period = asked.period();
  ReferenceInput input{
      .name = EnglishName(answers, asked.organization_id()),
      .measure = asked.measure(),
      .period = period.label().empty()
                    ? fmt::format("{} to {}", period.start_date(), period.end_date())
                    : period.label()};
  for (const aggregation::v1::Contributor* contributor : cells.contributors) {
    const bool is_selected = contributor->role() == aggregation::v1::CONTRIBUTOR_ROLE_SELECTED;
    ASSIGN_OR_RETURN(FigureInput figure, is_selected
                                             ? FigureInputFrom(*cells.cell, answers.rates)
                                             : ConflictingFigureFrom(*contributor, answers.rates));
    input.figures.push_back(std::move(figure));
  }
  return input;
}

absl::StatusOr<ReportInput> MakeInput(const ReportRequest& request, const ReportAnswers& answers,
                                      const std::map<std::string, RowCells>& rows,
                                      const ReferenceCells& reference) {
  ReportInput input{.report_currency = request.query.currency_code(),
                    .period = request.period,
                    .with_growth = request.with_growth};
  for (const auto& [id, cells] : rows) {
    RowInput row{.organization_id = id, .name = EnglishName(answers, id)};
    if (!cells.counted_in.empty()) row.counted_in = EnglishName(answers, cells.counted_in);
    if (cells.current != nullptr) {
      ASSIGN_OR_RETURN(row.current, FigureInputFrom(*cells.current, answers.rates));
    }
    if (cells.prior != nullptr) {
      ASSIGN_OR_RETURN(row.prior, FigureInputFrom(*cells.prior, answers.rates));
    }
    input.rows.push_back(std::move(row));
  }
  if (request.query.has_reference()) {
    ASSIGN_OR_RETURN(input.reference,
                     ReferenceInputFrom(request.query.reference(), answers, reference));
  }
  return input;
}

template <typename Value, typename Proto>
absl::Status OptionalToProto(const std::optional<Value>& value, Proto* (v1::ReportRow::*field)(),
                             v1::ReportRow& row) {
  return value ? ToProto(*value, (row.*field)()) : absl::OkStatus();
}

void AddCellWarnings(const Cell& cell,
                     google::protobuf::RepeatedPtrField<v1::ReportWarning>* warnings) {
  for (const aggregation::v1::CellWarning& warning : cell.warnings()) {
    ToProto(Warning{warning.code(), warning.message(), cell.key().organization_id()},
            warnings->Add());
  }
}

absl::Status PriorToProto(const RowCells& cells, const RowInput& input, const RowFigures& figures,
                          v1::PriorFigure* proto) {
  *proto->mutable_period() = OwnPeriod(*cells.prior);
  RETURN_IF_ERROR(ToProto(input.prior->figure, proto->mutable_figure()));
  if (figures.prior_converted)
    RETURN_IF_ERROR(ToProto(*figures.prior_converted, proto->mutable_converted()));
  *proto->mutable_contributors() = cells.prior->contributors();
  proto->set_contributors_left_out(cells.prior->contributors_left_out());
  proto->set_comparable(figures.comparable);
  return absl::OkStatus();
}

absl::StatusOr<v1::ReportRow> RowToProto(const ReportAnswers& answers, const RowCells& cells,
                                         const RowInput& input, const RowFigures& figures) {
  v1::ReportRow row;
  row.set_organization_id(input.organization_id);
  if (const ingest::v1::Organization* organization =
          FindOrganization(answers, input.organization_id))
    *row.mutable_names() = organization->names();
  row.set_withdrawn(cells.withdrawn);
  row.set_counted_in_organization_id(cells.counted_in);
  row.set_rate_index(-1);
  if (cells.current == nullptr) return row;
  const Cell& cell = *cells.current;
  row.set_measure(MeasureOf(cell));
  row.set_definition(DefinitionOf(cell));
  row.set_basis(BasisOf(cell));
  *row.mutable_period() = OwnPeriod(cell);
  RETURN_IF_ERROR(ToProto(input.current->figure, row.mutable_figure()));
  RETURN_IF_ERROR(OptionalToProto(figures.converted, &v1::ReportRow::mutable_converted, row));
  RETURN_IF_ERROR(OptionalToProto(figures.growth, &v1::ReportRow::mutable_growth, row));
  RETURN_IF_ERROR(OptionalToProto(figures.share, &v1::ReportRow::mutable_share, row));
  row.set_rate_index(answers.rates.IndexOf(cell.key()));
  if (cells.prior != nullptr)
    RETURN_IF_ERROR(PriorToProto(cells, input, figures, row.mutable_prior()));
  *row.mutable_contributors() = cell.contributors();
  row.set_contributors_left_out(cell.contributors_left_out());
  AddCellWarnings(cell, row.mutable_warnings());
  for (const Warning& warning : figures.warnings) ToProto(warning, row.add_warnings());
  return row;
}

absl::Status TotalToProto(const TotalFigures& total, v1::ReportTotal* proto) {
  if (total.own) RETURN_IF_ERROR(ToProto(*total.own, proto->mutable_figure()));
  if (total.converted) RETURN_IF_ERROR(ToProto(*total.converted, proto->mutable_converted()));
  proto->set_organization_count(total.organization_count);
  proto->set_absent_count(total.absent_count);
  if (!total.growth) return absl::OkStatus();
  RETURN_IF_ERROR(ToProto(total.growth->growth, proto->mutable_growth()->mutable_growth()));
  proto->mutable_growth()->set_organization_count(total.growth->organization_count);
  proto->mutable_growth()->set_organization_total(total.growth->organization_total);
  if (total.growth->coverage)
    RETURN_IF_ERROR(ToProto(*total.growth->coverage, proto->mutable_growth()->mutable_coverage()));
  return absl::OkStatus();
}

absl::Status ReferenceToProto(const ReportRequest& request, const ReportAnswers& answers,
                              const ReferenceCells& cells, const ReferenceInput& input,
                              const ReferenceFigures& figures, v1::ReferenceComparison* proto) {
  *proto->mutable_reference() = request.query.reference();
  if (const ingest::v1::Organization* organization =
          FindOrganization(answers, request.query.reference().organization_id())) {
    *proto->mutable_names() = organization->names();
  }
  for (size_t i = 0; i < figures.entries.size(); ++i) {
    v1::ReferenceFigure* figure = proto->add_figures();
    RETURN_IF_ERROR(ToProto(input.figures[i].figure, figure->mutable_figure()));
    if (figures.entries[i].converted)
      RETURN_IF_ERROR(ToProto(*figures.entries[i].converted, figure->mutable_converted()));
    if (figures.entries[i].ratio)
      RETURN_IF_ERROR(ToProto(*figures.entries[i].ratio, figure->mutable_ratio()));
    *figure->mutable_contributor() = *cells.contributors[i];
  }
  for (const Warning& warning : figures.warnings) ToProto(warning, proto->add_warnings());
  return absl::OkStatus();
}

// Disclosures by id, their sources by id and those sources' claims, of the shown rows only.
void AddSources(const ReportAnswers& answers, v1::Report& report) {
  std::set<std::string> shown;
  const auto show = [&](const Contributors& contributors) {
    for (const aggregation::v1::Contributor& contributor : contributors)
      shown.insert(contributor.disclosure_id());
  };
  for (const v1::ReportRow& row : report.rows()) {
    show(row.contributors());
    show(row.prior().contributors());
  }
  for (const v1::ReferenceFigure& figure : report.reference().figures())
    shown.insert(figure.contributor().disclosure_id());
  std::map<std::string, const ingest::v1::Disclosure*> disclosures;
  std::map<std::string, const ingest::v1::Source*> sources;
  for (const ingest::v1::Disclosure& disclosure : answers.disclosures.disclosures()) {
    if (shown.count(disclosure.disclosure_id()) == 0) continue;
    disclosures[disclosure.disclosure_id()] = &disclosure;
    sources[disclosure.source().source_id()] = &disclosure.source();
  }
  for (const auto& [id, disclosure] : disclosures) *report.add_disclosures() = *disclosure;
  for (const auto& [id, source] : sources) *report.add_sources() = *source;
  for (const ingest::v1::Disclosure& claim : answers.disclosures.claims()) {
    if (sources.count(claim.source().source_id()) != 0) *report.add_claims() = claim;
  }
}

// What is said of whole parts: aggregation's own warnings, rates' warnings, parts that are missing.
void AddWarnings(const ReportAnswers& answers, const ReportFigures& figures, v1::Report& report) {
  WarningList list;
  for (const v1::MissingPart& part : answers.missing) {
    list.Add({"PARTIAL",
              fmt::format("{} are missing, for {} gave none: {}", part.what(), part.service(),
                          part.message()),
              ""});
  }
  for (const aggregation::v1::CellWarning& warning : answers.cells.warnings()) {
    list.Add({warning.code(), warning.message(), warning.organization_id()});
  }
  for (const Warning& warning : figures.warnings) list.Add(warning);
  // One a rate, and there may be a rate a row.
  for (const fx::v1::RateAnswer& rate : answers.rates.rates()) {
    for (const fx::v1::RateWarning& warning : rate.warnings())
      list.Add({warning.code(), warning.message(), ""});
  }
  for (const Warning& warning : std::move(list).Take()) ToProto(warning, report.add_warnings());
}

}  // namespace

absl::StatusOr<v1::GetReportResponse> MakeReport(const ReportRequest& request,
                                                 const ReportAnswers& answers,
                                                 const CheckLive& check_live) {
  const std::map<std::string, RowCells> rows = CollectRows(answers);
  const ReferenceCells reference = CollectReference(answers);
  const absl::StatusOr<ReportInput> made = MakeInput(request, answers, rows, reference);
  if (!made.ok()) return AnswerMalformed("aggregation", FromAbsl(made.status().message()));
  const ReportInput& input = *made;
  ASSIGN_OR_RETURN(const ReportFigures figures, ComputeReport(input, check_live));

  v1::GetReportResponse response;
  v1::Report& report = *response.mutable_report();
  *report.mutable_query() = request.query;
  const size_t end = std::min(figures.rows.size(), request.offset + request.page_size);
  for (size_t i = request.offset; i < end; ++i) {
    RETURN_IF_ERROR(check_live());
    const RowInput& row = input.rows[figures.rows[i].input_index];
    ASSIGN_OR_RETURN(*report.add_rows(),
                     RowToProto(answers, rows.at(row.organization_id), row, figures.rows[i]));
  }
  if (figures.total) RETURN_IF_ERROR(TotalToProto(*figures.total, report.mutable_total()));
  if (figures.reference) {
    RETURN_IF_ERROR(ReferenceToProto(request, answers, reference, *input.reference,
                                     *figures.reference, report.mutable_reference()));
  }
  AddWarnings(answers, figures, report);
  AddSources(answers, report);
  for (const fx::v1::RateAnswer& rate : answers.rates.rates()) *report.add_rates() = rate;
  for (const v1::MissingPart& part : answers.missing) *report.add_missing() = part;
  *report.mutable_stamp() = answers.stamp;
  if (end < figures.rows.size())
    response.set_next_page_token(NextPageToken(request, answers.stamp));
  return response;
}

}  // namespace outlay::gateway
