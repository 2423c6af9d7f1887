#include "services/common/journal/chain.h"

#include <optional>
#include <string>
#include <utility>

#include "services/common/journal/erasable.h"

namespace outlay::journal {
namespace {

constexpr char kWrongChecksum[] = "its checksum does not match its content";

}  // namespace

const char* FaultOf(uint64_t previous, EntryRow& row) {
  if (EntryChecksum(previous, row.fields) != row.checksum) return kWrongChecksum;
  const std::optional<StoredErasable> stored =
      ReadErasable(row.stored_erasable, row.fields.sequence, row.fields.erasable_digest);
  if (!stored) return "its erasable bytes are neither those that were stored nor erased";
  row.erasable = stored->bytes;
  row.erased = stored->erased;
  return nullptr;
}

const char* FaultOf(uint64_t previous, const RequestRow& row) {
  return RequestChecksum(previous, row.fields) == row.checksum ? nullptr : kWrongChecksum;
}

Entry ToEntry(const EntryRow& row) {
  KeyAndPayload own = Together(row.fields.key, row.fields.payload);
  return {.sequence = row.fields.sequence,
          .recorded_at = FromMicros(row.fields.recorded_at_us),
          .key = std::move(own.key),
          .fingerprint = row.fields.fingerprint,
          .payload = std::move(own.payload),
          .erasable = SharedBytes(std::string(row.erasable)),
          .erased = row.erased,
          .checksum = row.checksum};
}

}  // namespace outlay::journal
