#include "gateway/cli/render/report_sources.h"

#include <algorithm>
#include <map>
#include <vector>

#include "fmt/format.h"
#include "gateway/cli/render/figure_text.h"
#include "gateway/cli/render/rate_text.h"
#include "gateway/cli/render/warning_texts.h"
#include "gateway/cli/render/words.h"

namespace outlay::cli {
namespace {

using gateway::v1::Report;
using gateway::v1::ReportWarning;

void AddWarning(const ReportWarning& warning, Language language, ItemList* list) {
  const auto has_code = [&](const Item& item) { return item.lead == warning.code(); };
  auto item = std::find_if(list->items.begin(), list->items.end(), has_code);
  if (item == list->items.end()) {
    list->items.push_back({warning.code(), std::string(WarningText(warning.code(), language)), {}});
    item = list->items.end() - 1;
  }
  if (warning.message().empty()) return;
  const auto& details = item->details;
  if (std::find(details.begin(), details.end(), warning.message()) == details.end()) {
    item->details.push_back(warning.message());
  }
}

std::string OrganizationName(const Report& report, const std::string& id, Language language) {
  for (const auto& row : report.rows()) {
    if (row.organization_id() == id) return NameIn(row.names(), id, language);
  }
  if (report.reference().reference().organization_id() == id) {
    return NameIn(report.reference().names(), id, language);
  }
  return id;
}

std::string Quoted(const ingest::v1::Disclosure& disclosure, Language language) {
  if (disclosure.quote().empty()) return AmountText(disclosure.amount(), language);
  return fmt::format("“{}”", disclosure.quote());
}

// The day on which the source was published; empty where no disclosure of it is in the report.
std::string PublishedAt(const Report& report, const std::string& source_id) {
  for (const auto* disclosures : {&report.disclosures(), &report.claims()}) {
    for (const auto& disclosure : *disclosures) {
      if (disclosure.source().source_id() == source_id) return disclosure.published_at();
    }
  }
  return "";
}

std::string SourceText(const Report& report, const ingest::v1::Source& source, Language language) {
  std::string text;
  const auto add = [&text](const std::string& part) {
    if (part.empty()) return;
    if (!text.empty()) text += ", ";
    text += part;
  };
  add(source.title().empty() ? "" : fmt::format("“{}”", source.title()));
  add(source.publisher());
  add(PublishedAt(report, source.source_id()));
  add(SourceClassName(source.source_class(), language));
  add(source.form());
  add(source.url());
  return text;
}

}  // namespace

ItemList WarningItems(const Report& report, Language language) {
  ItemList list = {{}, true};
  for (const auto* warnings :
       {&report.warnings(), &report.total().warnings(), &report.reference().warnings()}) {
    for (const ReportWarning& warning : *warnings) AddWarning(warning, language, &list);
  }
  for (const auto& row : report.rows()) {
    for (const ReportWarning& warning : row.warnings()) AddWarning(warning, language, &list);
  }
  return list;
}

ItemList RateItems(const Report& report, Language language) {
  ItemList list;
  for (const fx::v1::RateAnswer& rate : report.rates()) {
    list.items.push_back(RateItem(rate, language));
  }
  return list;
}

ItemList SourceItems(const Report& report, Language language) {
  ItemList list;
  for (const ingest::v1::Source& source : report.sources()) {
    Item item = {source.source_id(), SourceText(report, source, language), {}};
    std::string quotes;
    for (const auto& disclosure : report.disclosures()) {
      if (disclosure.source().source_id() != source.source_id()) continue;
      quotes += fmt::format("{}{} {} {}", quotes.empty() ? "" : "; ",
                            OrganizationName(report, disclosure.organization_id(), language),
                            disclosure.period().label(), Quoted(disclosure, language));
    }
    if (!quotes.empty()) item.details.push_back(std::move(quotes));
    list.items.push_back(std::move(item));
  }
  return list;
}

ItemList ClaimItems(const Report& report, Language language) {
  std::map<std::string, std::vector<std::string>> by_source;
  for (const ingest::v1::Disclosure& claim : report.claims()) {
    by_source[claim.source().source_id()].push_back(
        fmt::format("{} {}: {}{}", ClaimName(claim.claim_kind(), language), claim.period().label(),
                    AmountText(claim.amount(), language),
                    claim.quote().empty() ? "" : fmt::format(" “{}”", claim.quote())));
  }
  ItemList list;
  for (auto& [source_id, claims] : by_source) list.items.push_back({source_id, "", claims});
  return list;
}

}  // namespace outlay::cli
