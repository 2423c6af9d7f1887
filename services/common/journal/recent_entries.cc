#include "services/common/journal/recent_entries.h"

#include <mutex>
#include <utility>

namespace outlay::journal {
namespace {

// A copy with what its writer made of it; nothing where that is gone or no longer true.
std::optional<Entry> CopyMade(const Entry& entry) {
  if (entry.erased) return std::nullopt;
  std::shared_ptr<const void> made = entry.origin.made.lock();
  if (made == nullptr) return std::nullopt;
  return Entry{.sequence = entry.sequence,
               .recorded_at = entry.recorded_at,
               .key = entry.key,
               .fingerprint = entry.fingerprint,
               .checksum = entry.checksum,
               .made = std::move(made)};
}

size_t Footprint(const Entry& entry) { return SizeBytes(entry) + sizeof(Entry); }

}  // namespace

size_t SizeBytes(const Entry& entry) {
  return entry.key.size() + entry.payload.size() + entry.erasable.size();
}

bool ReadBounds::Admit(size_t entries, size_t bytes, const Entry& next) const {
  return entries == 0 || (entries < entries_max && bytes + SizeBytes(next) <= bytes_max);
}

void RecentEntries::Append(std::vector<Entry> entries) {
  std::unique_lock lock(mutex_);
  for (Entry& entry : entries) {
    if (!entries_.empty() && entries_.back().sequence + 1 != entry.sequence) {
      entries_.clear();
      bytes_ = 0;
    }
    bytes_ += Footprint(entry);
    entries_.push_back(std::move(entry));
    while (bytes_ > bytes_max_) {
      bytes_ -= Footprint(entries_.front());
      entries_.pop_front();
    }
  }
}

void RecentEntries::Erase(const std::vector<uint64_t>& sequences) {
  std::unique_lock lock(mutex_);
  if (entries_.empty()) return;
  const uint64_t first = entries_.front().sequence;
  for (const uint64_t sequence : sequences) {
    if (sequence < first || sequence - first >= entries_.size()) continue;
    Entry& entry = entries_[sequence - first];
    if (entry.erasable.empty()) continue;
    bytes_ -= entry.erasable.size();
    entry.erasable = SharedBytes();
    entry.erased = true;
  }
}

std::optional<std::vector<Entry>> RecentEntries::Read(uint64_t after, const ReadBounds& bounds,
                                                      bool made) const {
  std::shared_lock lock(mutex_);
  if (entries_.empty() || entries_.front().sequence > after + 1 ||
      entries_.back().sequence <= after) {
    return std::nullopt;
  }
  std::vector<Entry> read;
  size_t bytes = 0;
  for (size_t i = after + 1 - entries_.front().sequence; i < entries_.size(); ++i) {
    const Entry& next = entries_[i];
    if (next.sequence > bounds.last_sequence || !bounds.Admit(read.size(), bytes, next)) break;
    bytes += SizeBytes(next);
    std::optional<Entry> copy = made ? CopyMade(next) : std::nullopt;
    read.push_back(copy ? *std::move(copy) : next);
  }
  return read;
}

}  // namespace outlay::journal
