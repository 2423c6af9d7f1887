#include "services/common/journal/key_index.h"

#include <xxhash.h>

#include <random>

namespace outlay::journal {

KeyIndex::KeyIndex() {
  std::random_device random;
  seed_ = (uint64_t{random()} << 32) | random();
}

KeyHash KeyIndex::HashOf(std::string_view key) const {
  const XXH128_hash_t hash = XXH3_128bits_withSeed(key.data(), key.size(), seed_);
  return {hash.low64, hash.high64};
}

std::optional<uint64_t> KeyIndex::Find(const KeyHash& hash) const {
  const KeyHashMap<uint64_t>& part = PartOf(hash);
  const auto found = part.find(hash);
  if (found == part.end()) return std::nullopt;
  return found->second;
}

void KeyIndex::Insert(const KeyHash& hash, uint64_t row) {
  if (PartOf(hash).emplace(hash, row).second) uncommitted_.push_back(hash);
}

void KeyIndex::Rollback() {
  for (const KeyHash& hash : uncommitted_) PartOf(hash).erase(hash);
  uncommitted_.clear();
}

}  // namespace outlay::journal
