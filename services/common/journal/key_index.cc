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

std::optional<uint64_t> KeyIndex::Claim(const KeyHash& hash, uint64_t row) {
  const auto [place, inserted] = PartOf(hash).try_emplace(hash, row);
  if (!inserted) return place->second;
  uncommitted_.push_back(hash);
  return std::nullopt;
}

void KeyIndex::RollbackTo(size_t count) {
  for (; uncommitted_.size() > count; uncommitted_.pop_back()) {
    PartOf(uncommitted_.back()).erase(uncommitted_.back());
  }
}

}  // namespace outlay::journal
