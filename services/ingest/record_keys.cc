#include "services/ingest/record_keys.h"

#include <xxhash.h>

#include <random>

namespace outlay::ingest {

RecordKeys::RecordKeys() {
  std::random_device random;
  seed_ = (uint64_t{random()} << 32) | random();
}

uint64_t RecordKeys::HashOf(std::string_view key) const {
  return XXH3_64bits_withSeed(key.data(), key.size(), seed_);
}

void RecordKeys::Add(uint64_t hash, uint32_t position) {
  parts_[hash % kParts].emplace(hash, position);
}

void RecordKeys::Prefetch(uint64_t hash) const { parts_[hash % kParts].prefetch(hash); }

std::optional<uint32_t> RecordKeys::Find(std::string_view key) const {
  const uint64_t hash = HashOf(key);
  const Part& part = parts_[hash % kParts];
  const auto found = part.find(hash);
  if (found == part.end()) return std::nullopt;
  return found->second;
}

}  // namespace outlay::ingest
