#include "gateway/cli/companyfacts_entry.h"

#include <algorithm>

#include "fmt/format.h"

namespace outlay::cli {
namespace {

using ingest::v1::Disclosure;
using ingest::v1::DisclosureEntry;

constexpr const char* kPublisher = "SEC EDGAR";
constexpr const char* kLanguage = "en";

// Where EDGAR shows the filing: the folder is named by CIK and accession without their padding.
std::string AddressOf(const std::string& cik, const std::string& accession) {
  std::string folder = accession;
  folder.erase(std::remove(folder.begin(), folder.end(), '-'), folder.end());
  const std::string number = cik.substr(std::min(cik.find_first_not_of('0'), cik.size() - 1));
  return fmt::format("https://www.sec.gov/Archives/edgar/data/{}/{}/{}-index.htm", number, folder,
                     accession);
}

// The day after: `end` of a fact is the period's last day.
std::string DayAfter(const std::string& day) {
  const absl::StatusOr<time::Date> date = time::ParseDate(day);
  return date.ok() ? time::FormatDate(*date + std::chrono::days(1)) : day;
}

void SetSource(const CompanyFact& fact, const Issuer& issuer, ingest::v1::Source* source) {
  source->set_source_id(fact.accession);
  source->set_source_class(ingest::v1::SOURCE_CLASS_FILING);
  source->set_title(fmt::format("Form {} of {}", fact.form, fact.filed));
  source->set_publisher(kPublisher);
  source->set_url(AddressOf(issuer.cik, fact.accession));
  source->set_language(kLanguage);
  source->set_accession(fact.accession);
  source->set_form(fact.form);
}

ingest::v1::StatementAction ActionOf(const FiledFigure& figure) {
  const std::optional<Restatement>& restates = figure.entry->restates;
  if (!restates || figure.fact.last_day > restates->periods_until) {
    return ingest::v1::STATEMENT_ACTION_STATED;
  }
  return restates->action == "RESTATED" ? ingest::v1::STATEMENT_ACTION_RESTATED
                                        : ingest::v1::STATEMENT_ACTION_DEFINITION_CHANGE;
}

}  // namespace

DisclosureEntry ToEntry(const CompanyFact& fact, const TimelineEntry* entry, const Issuer& issuer) {
  DisclosureEntry result;
  Disclosure& disclosure = *result.mutable_disclosure();
  if (entry != nullptr) {
    disclosure.set_organization_id(entry->organization_id);
    disclosure.set_measure(entry->measure);
    disclosure.set_definition(entry->definition);
  }
  disclosure.set_basis(ingest::v1::BASIS_ACTUAL);
  disclosure.mutable_period()->set_start_date(fact.start);
  disclosure.mutable_period()->set_end_date(DayAfter(fact.end));
  disclosure.mutable_amount()->set_currency_code(fact.unit);
  disclosure.mutable_amount()->set_bound(money::v1::BOUND_POINT);
  disclosure.mutable_amount()->mutable_stated()->set_value(fact.value);
  disclosure.set_action(ingest::v1::STATEMENT_ACTION_STATED);
  disclosure.set_published_at(fact.filed);
  SetSource(fact, issuer, disclosure.mutable_source());
  disclosure.set_quote(fmt::format("{} {}", fact.concept_name, fact.value));
  return result;
}

DisclosureEntry ToEntry(const FiledFigure& figure, const Issuer& issuer) {
  DisclosureEntry result = ToEntry(figure.fact.fact, figure.entry, issuer);
  Disclosure& disclosure = *result.mutable_disclosure();
  result.set_idempotency_key(figure.IdempotencyKey());
  disclosure.mutable_amount()->mutable_stated()->set_value(figure.value.ToString());
  disclosure.set_action(ActionOf(figure));
  disclosure.set_quote(figure.composition);
  return result;
}

std::string PlaceOf(const CompanyFact& fact) {
  return fmt::format("fact {}, {}, {} to {}, {}", fact.number, fact.concept_name, fact.start,
                     fact.end, fact.accession);
}

}  // namespace outlay::cli
