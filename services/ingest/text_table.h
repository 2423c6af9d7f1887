// Texts in memory that stay: added, never moved, each distinct one kept once where it is interned.
#ifndef OUTLAY_SERVICES_INGEST_TEXT_TABLE_H_
#define OUTLAY_SERVICES_INGEST_TEXT_TABLE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"

namespace outlay::ingest {

// Bytes one after the other in large blocks: a few million short texts would otherwise each pay for an allocation of its own. Not thread
// safe.
class ByteBlocks {
 public:
  // A copy that stays where it is as long as the object.
  char* Put(std::string_view bytes);

 private:
  std::vector<std::unique_ptr<char[]>> blocks_;
  char* next_ = nullptr;
  size_t left_ = 0;
};

// Numbers for texts, from 0 in the order of their coming. Not thread safe; what Get returns stays as long as the object.
class TextTable {
 public:
  uint32_t Intern(std::string_view text);
  std::optional<uint32_t> Find(std::string_view text) const;
  std::string_view Get(uint32_t id) const { return texts_[id]; }
  size_t size() const { return texts_.size(); }

 private:
  ByteBlocks bytes_;
  std::vector<std::string_view> texts_;
  absl::flat_hash_map<absl::string_view, uint32_t> ids_;
  // Bulk data repeats itself: texts of the calls before, by size and last byte, are tried first.
  std::array<uint32_t, 64> recent_{};
};

}  // namespace outlay::ingest

#endif  // OUTLAY_SERVICES_INGEST_TEXT_TABLE_H_
