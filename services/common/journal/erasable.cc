#include "services/common/journal/erasable.h"

#include "services/common/journal/bytes.h"
#include "services/common/journal/checksum.h"

namespace outlay::journal {
namespace {

constexpr size_t kHeaderBytes = 8;

}  // namespace

std::string StoreErasable(std::string_view erasable) {
  if (erasable.empty()) return {};
  std::string stored(kHeaderBytes, '\0');
  stored += erasable;
  return stored;
}

std::string StoreErased(size_t size, uint64_t erased_by) {
  std::string stored(size, '\0');
  PutLittleEndian(erased_by, stored.data());
  return stored;
}

std::optional<StoredErasable> ReadErasable(std::string_view stored, uint64_t sequence,
                                           uint64_t digest) {
  if (stored.empty()) return digest == 0 ? std::optional(StoredErasable()) : std::nullopt;
  if (stored.size() <= kHeaderBytes || digest == 0) return std::nullopt;
  const uint64_t erased_by = GetLittleEndian(stored.data());
  const std::string_view bytes = stored.substr(kHeaderBytes);
  if (erased_by == 0) {
    if (ErasableDigest(bytes) != digest) return std::nullopt;
    return StoredErasable{.bytes = bytes};
  }
  if (erased_by <= sequence || bytes.find_first_not_of('\0') != bytes.npos) return std::nullopt;
  return StoredErasable{.erased = true};
}

}  // namespace outlay::journal
