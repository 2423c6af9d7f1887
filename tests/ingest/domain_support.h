// Values for the tests of ingest's domain.
#ifndef OUTLAY_TESTS_INGEST_DOMAIN_SUPPORT_H_
#define OUTLAY_TESTS_INGEST_DOMAIN_SUPPORT_H_

#include <memory>
#include <string>
#include <vector>

#include "services/ingest/change.h"
#include "services/ingest/ledger.h"

namespace outlay::ingest {

time::Instant At(std::string_view text);
time::Date Day(std::string_view text);

// amazon, alphabet ("Google"), microsoft (fiscal year to 06-30) as sequences 1 to 3, the group big-tech-2 as 4.
std::unique_ptr<Ledger> LedgerWithCatalogue();

// "Amazon spends 100 billion dollars on capital expenditure in 2025", said on 2025-02-06, published on 2025-02-10: valid.
DisclosureInput AmazonGuidance();

// What the validator makes of an input that is right.
DisclosureContent Content(const DisclosureInput& input, const Ledger& ledger);

SequencedChange Sequenced(uint64_t sequence, std::string_view recorded_at, Change change);

// The field of every violation, in order.
std::vector<std::string> Fields(const absl::Status& status);

}  // namespace outlay::ingest

#endif  // OUTLAY_TESTS_INGEST_DOMAIN_SUPPORT_H_
