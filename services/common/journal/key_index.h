// Which keys are taken, in memory: a unique index on disk over random keys costs more than
// everything else a commit does.
#ifndef OUTLAY_SERVICES_COMMON_JOURNAL_KEY_INDEX_H_
#define OUTLAY_SERVICES_COMMON_JOURNAL_KEY_INDEX_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"

namespace outlay::journal {

// Stands for a key. 128 bits under a seed drawn at random for each index, so that nobody can
// prepare two keys that collide; among 100 million keys the chance that any two do is below 10^-22.
struct KeyHash {
  uint64_t low = 0;
  uint64_t high = 0;

  friend bool operator==(const KeyHash&, const KeyHash&) = default;

  struct Hasher {
    size_t operator()(const KeyHash& hash) const { return hash.low; }
  };
};

template <typename Value>
using KeyHashMap = absl::flat_hash_map<KeyHash, Value, KeyHash::Hasher>;

// Keys to row numbers, following the store's transactions: what was inserted since the last Commit
// goes at Rollback. Not thread safe.
class KeyIndex {
 public:
  KeyIndex();

  KeyHash HashOf(std::string_view key) const;

  std::optional<uint64_t> Find(const KeyHash& hash) const;

  // A hint that Find or Insert of the hash comes soon. Beyond a few million keys nearly every lookup waits for memory; waits overlap.
  void Prefetch(const KeyHash& hash) const { PartOf(hash).prefetch(hash); }

  // Inserts the key, unless it is there: then its row. One probe does both.
  std::optional<uint64_t> Claim(const KeyHash& hash, uint64_t row);
  // The first insertion of a key wins.
  void Insert(const KeyHash& hash, uint64_t row) { Claim(hash, row); }

  void Commit() { uncommitted_.clear(); }
  void Rollback() { RollbackTo(0); }
  // What was inserted since uncommitted() was `count` goes.
  size_t uncommitted() const { return uncommitted_.size(); }
  void RollbackTo(size_t count);

 private:
  // Parts grow one at a time: one map of ten million keys would stand still for long when it does.
  static constexpr size_t kParts = 64;

  const KeyHashMap<uint64_t>& PartOf(const KeyHash& hash) const {
    return parts_[hash.high % kParts];
  }
  KeyHashMap<uint64_t>& PartOf(const KeyHash& hash) { return parts_[hash.high % kParts]; }

  uint64_t seed_;
  std::array<KeyHashMap<uint64_t>, kParts> parts_;
  std::vector<KeyHash> uncommitted_;
};

}  // namespace outlay::journal

#endif  // OUTLAY_SERVICES_COMMON_JOURNAL_KEY_INDEX_H_
