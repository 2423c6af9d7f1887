// Erasable bytes as they lie in a column: eight bytes, little-endian, with the sequence of the entry that
// erased them (0: none has), then the bytes themselves; zeros in their place once they are erased.
// Nothing at all where there never was any. So an erasure overwrites and moves nothing, and a row says
// by itself whether it was erased or damaged. Stored: never change it.
#ifndef OUTLAY_SERVICES_COMMON_JOURNAL_ERASABLE_H_
#define OUTLAY_SERVICES_COMMON_JOURNAL_ERASABLE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace outlay::journal {

struct StoredErasable {
  std::string_view bytes;  // empty once erased
  bool erased = false;
};

std::string StoreErasable(std::string_view erasable);

// The column after an erasure; `size` is its size, more than 8.
std::string StoreErased(size_t size, uint64_t erased_by);

// Nothing where the column of entry `sequence` is neither what StoreErasable made of bytes with this
// digest nor what StoreErased makes of it.
std::optional<StoredErasable> ReadErasable(std::string_view stored, uint64_t sequence,
                                           uint64_t digest);

}  // namespace outlay::journal

#endif  // OUTLAY_SERVICES_COMMON_JOURNAL_ERASABLE_H_
