#include "services/common/journal/indexes.h"

namespace outlay::journal {

Indexes::Indexes(const std::vector<std::string>& guarded_prefixes) {
  for (const std::string& prefix : guarded_prefixes) guarded_.push_back({.prefix = prefix});
}

std::optional<uint64_t> Indexes::LastOf(std::string_view prefix) const {
  for (const Guarded& guarded : guarded_) {
    if (guarded.prefix == prefix) return guarded.last;
  }
  return std::nullopt;
}

void Indexes::AddKey(std::string_view key, uint64_t sequence) {
  keys_.Insert(keys_.HashOf(key), sequence);
  NoteKey(key, sequence);
}

void Indexes::NoteKey(std::string_view key, uint64_t sequence) {
  for (Guarded& guarded : guarded_) {
    if (key.starts_with(guarded.prefix)) guarded.last = sequence;
  }
}

void Indexes::Commit() {
  keys_.Commit();
  requests_.Commit();
  for (Guarded& guarded : guarded_) guarded.committed_last = guarded.last;
}

void Indexes::Rollback() {
  keys_.Rollback();
  requests_.Rollback();
  for (Guarded& guarded : guarded_) guarded.last = guarded.committed_last;
}

}  // namespace outlay::journal
