#include "gateway/cli/disclosure_template.h"

#include "gateway/cli/csv_table.h"
#include "gateway/cli/disclosure_columns.h"
#include "gateway/cli/proto_json.h"
#include "outlay/ingest/v1/disclosure.pb.h"

namespace outlay::cli {
namespace {

ingest::v1::DisclosureEntry Example() {
  ingest::v1::DisclosureEntry entry;
  ingest::v1::Disclosure& disclosure = *entry.mutable_disclosure();
  disclosure.set_organization_id("amazon");
  disclosure.set_measure("capital_expenditure");
  disclosure.set_basis(ingest::v1::BASIS_GUIDANCE);
  disclosure.mutable_period()->set_label("2025");
  disclosure.mutable_amount()->set_currency_code("USD");
  disclosure.mutable_amount()->set_bound(money::v1::BOUND_AT_LEAST);
  disclosure.mutable_amount()->mutable_low()->set_value("100000000000");
  disclosure.mutable_amount()->mutable_written_unit()->set_value("1000000000");
  disclosure.set_stated_at("2025-02-06");
  disclosure.set_published_at("2025-02-09");
  ingest::v1::Source& source = *disclosure.mutable_source();
  source.set_source_id("example-2025-02-09");
  source.set_source_class(ingest::v1::SOURCE_CLASS_PRESS);
  source.set_title("An example, to be replaced");
  source.set_publisher("Example");
  source.set_url("https://example.org/2025/02/09");
  source.set_language("en");
  disclosure.set_quote("at least $100 billion");
  return entry;
}

constexpr const char* kCommon =
    "# basis: ACTUAL, GUIDANCE, ESTIMATE. source class: FILING, ORGANIZATION, PRESS, OTHER.\n"
    "# bound: POINT takes stated; AT_LEAST, MORE_THAN low; UP_TO, LESS_THAN high; RANGE both.\n"
    "# The period is a label (2025, FY2025-Q1, 2025-H1, TTM-2025-06-30, undated), or two dates, of "
    "which the\n"
    "# end is the day after the last. Amounts are plain numbers in whole units: 100000000000.\n"
    "# docs/import.md has the rest. Replace the example.\n";

}  // namespace

std::string DisclosureTemplate(DisclosureFormat format) {
  std::string text;
  if (format == DisclosureFormat::kCsv) {
    text =
        "# Disclosures, one a record; columns may stand in any order, and those that stay empty "
        "may be left out.\n";
    text += kCommon;
    text += CsvRowText(DisclosureColumnNames());
    text += CsvRowText(CellsOf(Example()));
    return text;
  }
  text =
      "# Disclosures, one JSON object of outlay.ingest.v1.DisclosureEntry a line; enums by their "
      "full names: BASIS_ACTUAL.\n";
  text += kCommon;
  text += CompactJson(Example());
  text += '\n';
  return text;
}

}  // namespace outlay::cli
