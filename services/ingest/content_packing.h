// Contents as few bytes in memory. Nothing of it is ever stored: it may change with every version.
#ifndef OUTLAY_SERVICES_INGEST_CONTENT_PACKING_H_
#define OUTLAY_SERVICES_INGEST_CONTENT_PACKING_H_

#include <string>
#include <string_view>

#include "services/ingest/disclosure.h"
#include "services/ingest/text_table.h"

namespace outlay::ingest {

// The texts of which there are few kinds. A table a field: each then mostly gets the text that it got before.
struct DetailTables {
  TextTable groups;
  TextTable definitions;
  TextTable currencies;
};

// Appends what the ledger has no column for: group, scope, definition, the period but for its dates, amount, action, stated_at.
void PackDetails(const DisclosureContent& content, DetailTables& tables, std::string& out);

// Fills those fields of `content`. Its texts lie in `details` and `tables`.
void UnpackDetails(std::string_view details, const DetailTables& tables,
                   DisclosureContent& content);

// A source as one text: equal sources have equal texts.
void PackSource(const Source& source, std::string& out);

// The texts lie in `packed`.
Source UnpackSource(std::string_view packed);

}  // namespace outlay::ingest

#endif  // OUTLAY_SERVICES_INGEST_CONTENT_PACKING_H_
