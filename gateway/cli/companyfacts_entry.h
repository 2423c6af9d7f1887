// A filed figure as a disclosure.
#ifndef OUTLAY_GATEWAY_CLI_COMPANYFACTS_ENTRY_H_
#define OUTLAY_GATEWAY_CLI_COMPANYFACTS_ENTRY_H_

#include <string>

#include "gateway/cli/filed_figures.h"
#include "outlay/ingest/v1/disclosure.pb.h"

namespace outlay::cli {

// The filing is the source: its accession names it, its day is that of publication, its index page is the address. Nothing of it depends on what
// else the file holds, so that every import of a filing makes the same record.
ingest::v1::DisclosureEntry ToEntry(const FiledFigure& figure, const Issuer& issuer);

// The same of a fact that was refused, its fields as they came: what --rejected writes, to be mended by hand.
ingest::v1::DisclosureEntry ToEntry(const CompanyFact& fact, const TimelineEntry* entry,
                                    const Issuer& issuer);

// "fact 17, us-gaap:PaymentsToAcquireProductiveAssets, 2023-01-01 to 2023-12-31, 0001326801-24-000012".
std::string PlaceOf(const CompanyFact& fact);

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_COMPANYFACTS_ENTRY_H_
