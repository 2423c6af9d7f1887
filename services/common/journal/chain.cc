#include "services/common/journal/chain.h"

#include <optional>

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
  return {.sequence = row.fields.sequence,
          .recorded_at = FromMicros(row.fields.recorded_at_us),
          .key = std::string(row.fields.key),
          .fingerprint = row.fields.fingerprint,
          .payload = std::string(row.fields.payload),
          .erasable = std::string(row.erasable),
          .erased = row.erased,
          .checksum = row.checksum};
}

}  // namespace outlay::journal
