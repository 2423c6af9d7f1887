#include "tests/gateway/canned_answers.h"

#include "services/common/time/period.h"
#include "services/common/wire/time_proto.h"

namespace outlay::gateway::testing {
namespace {

aggregation::v1::Cell CellOf(const std::string& organization_id, int year, const std::string& value,
                             const std::string& currency) {
  aggregation::v1::Cell cell;
  cell.mutable_key()->set_organization_id(organization_id);
  *cell.mutable_key()->mutable_period() = Year(year);
  cell.mutable_key()->set_currency_code(currency);
  cell.mutable_point()->set_value(value);
  cell.set_figure_count(1);
  cell.add_measures("capital_expenditure");
  cell.add_definitions("");
  cell.add_bases(ingest::v1::BASIS_GUIDANCE);
  return cell;
}

ingest::v1::Organization OrganizationNamed(const std::string& id, const std::string& english,
                                           const std::string& korean) {
  ingest::v1::Organization organization;
  organization.set_organization_id(id);
  const auto add = [&](const char* language, const std::string& name) {
    if (name.empty()) return;
    ingest::v1::LocalizedName& added = *organization.add_names();
    added.set_language(language);
    added.set_name(name);
  };
  add("ko", korean);
  add("en", english);
  return organization;
}

void AddDisclosure(ingest::v1::BatchGetDisclosuresResponse& response, const std::string& id,
                   const std::string& organization_id, const std::string& source_id,
                   const std::string& quote) {
  ingest::v1::Disclosure& disclosure = *response.add_disclosures();
  disclosure.set_disclosure_id(id);
  disclosure.set_organization_id(organization_id);
  disclosure.set_quote(quote);
  disclosure.mutable_source()->set_source_id(source_id);
  disclosure.mutable_source()->set_source_class(ingest::v1::SOURCE_CLASS_PRESS);
}

void AddWarning(aggregation::v1::Cell& cell, const std::string& code, const std::string& message) {
  aggregation::v1::CellWarning& warning = *cell.add_warnings();
  warning.set_code(code);
  warning.set_message(message);
  warning.set_organization_id(cell.key().organization_id());
}

aggregation::v1::Cell BudgetCell() {
  aggregation::v1::Cell cell = PointCell("republic-of-korea", 2024, "655600000000000", "KRW");
  cell.set_measures(0, "government_budget");
  AddContributor(cell, "d-0000000000000021", "brunch-2025-02-10");
  aggregation::v1::Contributor& conflicting = AddContributor(
      cell, "d-0000000000000022", "budget-2024", aggregation::v1::CONTRIBUTOR_ROLE_CONFLICTS);
  conflicting.mutable_point()->set_value("656600000000000");
  money::v1::Amount& enacted = *conflicting.mutable_amount();
  enacted.set_currency_code("KRW");
  enacted.set_bound(money::v1::BOUND_POINT);
  for (money::v1::Decimal* number :
       {enacted.mutable_stated(), enacted.mutable_low(), enacted.mutable_high()})
    number->set_value("656600000000000");
  return cell;
}

}  // namespace

time::v1::Period Year(int year) {
  time::v1::Period proto;
  wire::ToProto(time::CalendarYear(year), &proto);
  return proto;
}

aggregation::v1::Cell PointCell(const std::string& organization_id, int year,
                                const std::string& value, const std::string& currency) {
  aggregation::v1::Cell cell = CellOf(organization_id, year, value, currency);
  cell.mutable_interval()->mutable_low()->set_value(value);
  cell.mutable_interval()->mutable_high()->set_value(value);
  cell.mutable_composition()->mutable_stated()->set_value(value);
  return cell;
}

aggregation::v1::Cell UpToCell(const std::string& organization_id, int year,
                               const std::string& value) {
  aggregation::v1::Cell cell = CellOf(organization_id, year, value, "USD");
  cell.mutable_interval()->mutable_low()->set_value("0");
  cell.mutable_interval()->set_low_implied(true);
  cell.mutable_interval()->mutable_high()->set_value(value);
  cell.mutable_composition()->mutable_ceilings()->set_value(value);
  return cell;
}

aggregation::v1::Cell AtLeastCell(const std::string& organization_id, int year,
                                  const std::string& value) {
  aggregation::v1::Cell cell = CellOf(organization_id, year, value, "USD");
  cell.mutable_interval()->mutable_low()->set_value(value);
  cell.mutable_composition()->mutable_floors()->set_value(value);
  return cell;
}

aggregation::v1::Contributor& AddContributor(aggregation::v1::Cell& cell,
                                             const std::string& disclosure_id,
                                             const std::string& source_id,
                                             aggregation::v1::ContributorRole role) {
  aggregation::v1::Contributor& contributor = *cell.add_contributors();
  contributor.set_disclosure_id(disclosure_id);
  contributor.set_revision(1);
  contributor.set_role(role);
  contributor.set_organization_id(cell.key().organization_id());
  contributor.set_measure(cell.measures(0));
  contributor.set_basis(cell.bases(0));
  contributor.set_source_class(ingest::v1::SOURCE_CLASS_PRESS);
  contributor.set_source_id(source_id);
  *contributor.mutable_period() = cell.key().period();
  return contributor;
}

aggregation::v1::AggregateResponse Cells(const std::vector<aggregation::v1::Cell>& current) {
  aggregation::v1::AggregateResponse answer;
  aggregation::v1::QueryResult& result = ResultOf(answer, "current");
  for (const aggregation::v1::Cell& cell : current) *result.add_cells() = cell;
  answer.mutable_stamp()->set_ingest_sequence(kIngestSequence);
  answer.mutable_stamp()->set_rules_version("1");
  return answer;
}

aggregation::v1::QueryResult& ResultOf(aggregation::v1::AggregateResponse& answer,
                                       const std::string& query_id) {
  for (aggregation::v1::QueryResult& result : *answer.mutable_results()) {
    if (result.query_id() == query_id) return result;
  }
  aggregation::v1::QueryResult& added = *answer.add_results();
  added.set_query_id(query_id);
  return added;
}

fx::v1::RateAnswer Rate(const std::string& from, const std::string& to,
                        const std::string& numerator, const std::string& denominator) {
  fx::v1::RateAnswer rate;
  rate.set_from_currency(from);
  rate.set_to_currency(to);
  rate.mutable_numerator()->set_value(numerator);
  rate.mutable_denominator()->set_value(denominator);
  return rate;
}

FakeMethod<fx::v1::BatchGetRatesRequest, fx::v1::BatchGetRatesResponse>::Handler RatesAt(
    const std::string& numerator, const std::string& denominator) {
  return [=](const fx::v1::BatchGetRatesRequest& request) {
    fx::v1::BatchGetRatesResponse response;
    for (const fx::v1::RateQuery& query : request.queries()) {
      *response.add_results()->mutable_rate() =
          Rate(query.from_currency(), query.to_currency(), numerator, denominator);
    }
    response.mutable_stamp()->set_fx_sequence(kFxSequence);
    return response;
  };
}

FakeMethod<ingest::v1::BatchGetDisclosuresRequest, ingest::v1::BatchGetDisclosuresResponse>::Handler
EveryDisclosure() {
  return [](const ingest::v1::BatchGetDisclosuresRequest& request) {
    ingest::v1::BatchGetDisclosuresResponse response;
    for (const std::string& id : request.disclosure_ids())
      AddDisclosure(response, id, "", "source-of-" + id, "");
    for (const std::string& id : request.organization_ids())
      *response.add_organizations() = OrganizationNamed(id, "The " + id, "");
    response.mutable_stamp()->set_ingest_sequence(kIngestSequence);
    return response;
  };
}

v1::GetReportRequest MinimalRequest() {
  v1::GetReportRequest request;
  request.mutable_query()->add_organization_ids("amazon");
  request.mutable_query()->mutable_period()->set_label("2025");
  return request;
}

v1::GetReportRequest ExampleRequest() {
  v1::GetReportRequest request;
  v1::ReportQuery& query = *request.mutable_query();
  query.add_group_ids("big-tech-4");
  query.mutable_period()->set_label("2025");
  query.set_currency_code("KRW");
  query.mutable_rate()->set_as_stated_source_id("brunch-2025-02-10");
  query.mutable_reference()->set_organization_id("republic-of-korea");
  query.mutable_reference()->set_measure("government_budget");
  query.mutable_reference()->mutable_period()->set_label("2024");
  request.mutable_as_of()->set_published("2025-02-10");
  return request;
}

aggregation::v1::AggregateResponse ExampleCells() {
  aggregation::v1::Cell alphabet = PointCell("alphabet", 2025, "75000000000");
  AddContributor(alphabet, "d-0000000000000003", "brunch-2025-02-10");
  aggregation::v1::Cell amazon = PointCell("amazon", 2025, "100000000000");
  AddContributor(amazon, "d-0000000000000001", "brunch-2025-02-10");
  AddContributor(amazon, "d-0000000000000011", "blog-2025-02-09",
                 aggregation::v1::CONTRIBUTOR_ROLE_CORROBORATES);
  aggregation::v1::Cell meta = UpToCell("meta", 2025, "65000000000");
  meta.set_measures(0, "ai_investment");
  AddContributor(meta, "d-0000000000000004", "brunch-2025-02-10");
  AddWarning(meta, "IMPLIED_LOW", "Meta's figure is an upper bound.");
  aggregation::v1::Cell microsoft = PointCell("microsoft", 2025, "80000000000");
  microsoft.set_measures(0, "ai_investment");
  AddContributor(microsoft, "d-0000000000000002", "brunch-2025-02-10");
  AddWarning(microsoft, "PERIOD_AMBIGUOUS", "Microsoft's fiscal year ends in June.");
  aggregation::v1::AggregateResponse answer = Cells({alphabet, amazon, meta, microsoft});

  aggregation::v1::Cell before = PointCell("amazon", 2024, "83000000000");
  AddContributor(before, "d-0000000000000005", "brunch-2025-02-10");
  aggregation::v1::QueryResult& prior = ResultOf(answer, "prior");
  *prior.add_cells() = before;
  for (const char* id : {"alphabet", "meta", "microsoft"}) {
    aggregation::v1::AbsentFigure& absent = *prior.add_absent();
    absent.set_organization_id(id);
    *absent.mutable_period() = Year(2024);
  }
  *ResultOf(answer, "reference").add_cells() = BudgetCell();
  return answer;
}

fx::v1::BatchGetRatesResponse ExampleRates() {
  fx::v1::BatchGetRatesResponse response;
  fx::v1::RateAnswer& rate = *response.add_results()->mutable_rate();
  rate = Rate("USD", "KRW", "145630000000000", "100000000000");
  rate.set_provider("brunch-2025-02-10");
  rate.set_derivation(fx::v1::DERIVATION_IMPLIED);
  rate.mutable_value()->set_value("1456.3");
  response.mutable_stamp()->set_fx_sequence(kFxSequence);
  return response;
}

ingest::v1::BatchGetDisclosuresResponse ExampleDisclosures() {
  ingest::v1::BatchGetDisclosuresResponse response;
  const std::string article = "brunch-2025-02-10";
  // In the order asked, which is not that of the ids.
  AddDisclosure(response, "d-0000000000000003", "alphabet", article, "750억 달러");
  AddDisclosure(response, "d-0000000000000001", "amazon", article, "1,000억 달러");
  AddDisclosure(response, "d-0000000000000004", "meta", article, "최대 650억 달러");
  AddDisclosure(response, "d-0000000000000002", "microsoft", article, "800억 달러");
  AddDisclosure(response, "d-0000000000000005", "amazon", article, "830억 달러");
  AddDisclosure(response, "d-0000000000000021", "republic-of-korea", article, "655조 6,000억 원");
  AddDisclosure(response, "d-0000000000000011", "amazon", "blog-2025-02-09", "1000억 달러 이상");
  AddDisclosure(response, "d-0000000000000022", "republic-of-korea", "budget-2024", "656.6조 원");
  for (const auto& organization :
       {OrganizationNamed("alphabet", "Alphabet", "알파벳"),
        OrganizationNamed("amazon", "Amazon", "아마존"),
        OrganizationNamed("meta", "Meta Platforms", "메타"),
        OrganizationNamed("microsoft", "Microsoft", "마이크로소프트"),
        OrganizationNamed("republic-of-korea", "Republic of Korea", "대한민국")}) {
    *response.add_organizations() = organization;
  }
  response.mutable_stamp()->set_ingest_sequence(kIngestSequence);
  return response;
}

void AnswerExample(FakeIngest& ingest, FakeFx& fx, FakeAggregation& aggregation) {
  ingest.batch_get_disclosures.Answer(ExampleDisclosures());
  fx.batch_get_rates.Answer(ExampleRates());
  aggregation.aggregate.Answer(ExampleCells());
}

}  // namespace outlay::gateway::testing
