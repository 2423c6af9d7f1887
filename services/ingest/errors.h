// The errors of ingest: one function each. Violations of a record's rules are collected in violations.h instead.
#ifndef OUTLAY_SERVICES_INGEST_ERRORS_H_
#define OUTLAY_SERVICES_INGEST_ERRORS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"

namespace outlay::ingest {

// INVALID_ARGUMENT
absl::Status MalformedDisclosureId(std::string_view field,
                                   std::string_view text);  // MALFORMED_DISCLOSURE_ID
absl::Status BatchSize(std::string_view field, size_t found,
                       size_t max);                           // EMPTY_BATCH, BATCH_TOO_LARGE
absl::Status PageSizeOutOfRange(int64_t found, int64_t max);  // PAGE_SIZE_OUT_OF_RANGE
absl::Status PageTokenInvalid(std::string_view why);          // PAGE_TOKEN_INVALID
absl::Status NothingToCorrect(uint64_t id);                   // NOTHING_TO_CORRECT

// NOT_FOUND
absl::Status DisclosureNotFound(uint64_t id);                    // DISCLOSURE_NOT_FOUND
absl::Status SourceNotFound(std::string_view source_id);         // SOURCE_NOT_FOUND
absl::Status NotVisibleAsOf(uint64_t id, std::string_view why);  // NOT_VISIBLE_AS_OF
absl::Status OrganizationNotFound(std::string_view id, const std::vector<std::string>& nearest);
absl::Status OrganizationNotFoundAsOf(std::string_view id, uint64_t as_of_sequence);
absl::Status GroupNotFound(std::string_view id, const std::vector<std::string>& nearest);
absl::Status GroupNotFoundAsOf(std::string_view id, uint64_t as_of_sequence);

// ALREADY_EXISTS IDEMPOTENCY_KEY_REUSED. `holder_id` is empty where the holder is another entry of the same batch.
absl::Status IdempotencyKeyReused(std::string_view key, std::string_view holder_id,
                                  const std::vector<std::string>& differing_fields);

// FAILED_PRECONDITION
absl::Status RevisionChanged(uint64_t id, uint32_t expected, uint32_t found, uint64_t sequence);
absl::Status AlreadyVoided(uint64_t id, uint32_t revision, uint64_t sequence);
absl::Status CatalogueChanged(std::string_view id);  // CATALOGUE_CHANGED: another writer was first

// UNAVAILABLE
absl::Status BehindMinimum(uint64_t minimum_sequence, uint64_t applied);  // BEHIND_MINIMUM, retry
absl::Status LedgerStopped();                                             // LEDGER_STOPPED, retry

// RESOURCE_EXHAUSTED RESPONSE_TOO_LARGE
absl::Status ResponseTooLarge(size_t bytes_max);

// DATA_LOSS
absl::Status PayloadUnreadable(std::string_view why);  // PAYLOAD_UNREADABLE
absl::Status PayloadUnreadableAt(uint64_t sequence,
                                 const absl::Status& why);               // the same with its place
absl::Status ChangeOutOfPlace(uint64_t sequence, std::string_view why);  // CHANGE_OUT_OF_PLACE

}  // namespace outlay::ingest

#endif  // OUTLAY_SERVICES_INGEST_ERRORS_H_
