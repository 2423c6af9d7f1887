#include "services/common/journal/chain.h"

#include <memory>
#include <optional>
#include <string>

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
  const auto bytes = std::make_shared<std::string>();
  bytes->reserve(row.fields.key.size() + row.fields.payload.size() + row.erasable.size());
  bytes->append(row.fields.key).append(row.fields.payload).append(row.erasable);
  const std::string_view all = *bytes;
  const std::string_view rest = all.substr(row.fields.key.size());
  return {.sequence = row.fields.sequence,
          .recorded_at = FromMicros(row.fields.recorded_at_us),
          .key = {all.substr(0, row.fields.key.size()), bytes},
          .fingerprint = row.fields.fingerprint,
          .payload = {rest.substr(0, row.fields.payload.size()), bytes},
          .erasable = {rest.substr(row.fields.payload.size()), bytes},
          .erased = row.erased,
          .checksum = row.checksum};
}

}  // namespace outlay::journal
