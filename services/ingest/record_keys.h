// Which record was recorded under which key of the journal.
#ifndef OUTLAY_SERVICES_INGEST_RECORD_KEYS_H_
#define OUTLAY_SERVICES_INGEST_RECORD_KEYS_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "absl/container/flat_hash_map.h"

namespace outlay::ingest {

// Keys stand here as 64 bits under a seed drawn at random, so that nobody can prepare two that collide; where two do by chance (one pair
// among a few billion keys), the later one is not found. The journal, which decides what is stored, keeps 128. Not thread safe.
class RecordKeys {
 public:
  RecordKeys();

  uint64_t HashOf(std::string_view key) const;

  void Add(uint64_t hash, uint32_t position);
  // A hint that the key is added soon: beyond a few million keys nearly every lookup waits for memory, and waits overlap.
  void Prefetch(uint64_t hash) const;
  std::optional<uint32_t> Find(std::string_view key) const;

 private:
  // Parts grow one at a time: one map of ten million keys would stand still for long when it does.
  static constexpr size_t kParts = 64;
  using Part = absl::flat_hash_map<uint64_t, uint32_t>;

  uint64_t seed_;
  std::array<Part, kParts> parts_;
};

}  // namespace outlay::ingest

#endif  // OUTLAY_SERVICES_INGEST_RECORD_KEYS_H_
