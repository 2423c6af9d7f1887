// Records as they come out of the store, and as they can go in again.
#ifndef OUTLAY_GATEWAY_CLI_STORED_DISCLOSURE_H_
#define OUTLAY_GATEWAY_CLI_STORED_DISCLOSURE_H_

#include "absl/status/statusor.h"
#include "gateway/cli/client.h"

namespace outlay::cli {

// An entry that makes the same record elsewhere: under the key that it has, without what the server fills in. A record that was changed since it
// was recorded keeps its id, by which IsStoredSo finds it; elsewhere that id has no meaning.
ingest::v1::DisclosureEntry ToEntry(const ingest::v1::Disclosure& stored);

// Whether the store has a record of this entry's id that reads as the entry does.
absl::StatusOr<bool> IsStoredSo(const Client& client, const ingest::v1::DisclosureEntry& entry);

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_STORED_DISCLOSURE_H_
