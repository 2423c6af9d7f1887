#include "gateway/cli/stored_disclosure.h"

#include "services/common/status/error.h"

namespace outlay::cli {

using ingest::v1::Disclosure;
using ingest::v1::DisclosureEntry;

DisclosureEntry ToEntry(const Disclosure& stored) {
  DisclosureEntry entry;
  entry.set_idempotency_key(stored.idempotency_key());
  Disclosure& disclosure = *entry.mutable_disclosure();
  disclosure = stored;
  if (stored.revision() <= 1) disclosure.clear_disclosure_id();
  // With `fiscal` the period is taken as it was recorded, whatever the organization's fiscal calendar is by then.
  disclosure.mutable_period()->clear_kind();
  if (disclosure.has_amount()) {
    money::v1::Amount& amount = *disclosure.mutable_amount();
    const bool is_point = amount.bound() == money::v1::BOUND_POINT;
    if (is_point || amount.low_implied()) amount.clear_low();
    if (is_point) amount.clear_high();
    amount.clear_low_implied();
  }
  disclosure.clear_quote_redacted();
  disclosure.clear_revision();
  disclosure.clear_voided();
  disclosure.clear_sequence();
  disclosure.clear_recorded_time();
  disclosure.clear_change();
  disclosure.clear_idempotency_key();
  return entry;
}

absl::StatusOr<bool> IsStoredSo(const Client& client, const DisclosureEntry& entry) {
  ingest::v1::BatchGetDisclosuresRequest request;
  request.add_disclosure_ids(entry.disclosure().disclosure_id());
  ASSIGN_OR_RETURN(
      const ingest::v1::BatchGetDisclosuresResponse response,
      Call(client, *client.ingest, &ingest::v1::IngestService::Stub::BatchGetDisclosures, request));
  if (response.disclosures().empty() || response.disclosures(0).voided()) return false;
  DisclosureEntry stored = ToEntry(response.disclosures(0));
  stored.mutable_disclosure()->set_disclosure_id(entry.disclosure().disclosure_id());
  return stored.SerializeAsString() == entry.SerializeAsString();
}

}  // namespace outlay::cli
