#include "gateway/cli/export_disclosures.h"

#include "gateway/cli/csv_table.h"
#include "gateway/cli/disclosure_columns.h"
#include "gateway/cli/progress.h"
#include "gateway/cli/proto_json.h"
#include "gateway/cli/stored_disclosure.h"
#include "services/common/status/error.h"

namespace outlay::cli {
namespace {

constexpr int kPageSize = 1'000;

}  // namespace

absl::StatusOr<ExportTally> ExportDisclosures(const Client& client, const journal::v1::AsOf& as_of,
                                              DisclosureFormat format, std::ostream& out,
                                              Session& session) {
  const bool csv = format == DisclosureFormat::kCsv;
  ingest::v1::ListDisclosuresRequest request;
  *request.mutable_as_of() = as_of;
  request.set_page_size(kPageSize);
  ExportTally tally;
  Progress progress(session.err, session.err_terminal, "disclosures", 0);
  if (csv) out << CsvRowText(DisclosureColumnNames());
  do {
    ASSIGN_OR_RETURN(
        const ingest::v1::ListDisclosuresResponse page,
        Call(client, *client.ingest, &ingest::v1::IngestService::Stub::ListDisclosures, request));
    for (const ingest::v1::Disclosure& stored : page.disclosures()) {
      const ingest::v1::DisclosureEntry entry = ToEntry(stored);
      out << (csv ? CsvRowText(CellsOf(entry)) : CompactJson(entry) + "\n");
    }
    tally.written += static_cast<uint64_t>(page.disclosures_size());
    tally.ingest_sequence = page.stamp().ingest_sequence();
    progress.Update(0, tally.written);
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty() && out);
  return tally;
}

}  // namespace outlay::cli
