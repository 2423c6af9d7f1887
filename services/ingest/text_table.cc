#include "services/ingest/text_table.h"

#include <algorithm>
#include <cstring>

#include "services/common/status/text.h"

namespace outlay::ingest {
namespace {

constexpr size_t kBlockBytes = size_t{1} << 20;

}  // namespace

char* ByteBlocks::Put(std::string_view bytes) {
  if (bytes.size() > left_) {
    left_ = std::max(kBlockBytes, bytes.size());
    next_ = blocks_.emplace_back(new char[left_]).get();
  }
  char* const place = next_;
  if (!bytes.empty()) std::memcpy(place, bytes.data(), bytes.size());
  next_ += bytes.size();
  left_ -= bytes.size();
  return place;
}

uint32_t TextTable::Intern(std::string_view text) {
  const auto last_byte = text.empty() ? '\0' : text.back();
  uint32_t& recent =
      recent_[(text.size() * 7 + static_cast<unsigned char>(last_byte)) % recent_.size()];
  if (recent < texts_.size() && texts_[recent] == text) return recent;
  if (const std::optional<uint32_t> known = Find(text)) return recent = *known;
  recent = static_cast<uint32_t>(texts_.size());
  texts_.emplace_back(bytes_.Put(text), text.size());
  ids_.emplace(ToAbsl(texts_.back()), recent);
  return recent;
}

std::optional<uint32_t> TextTable::Find(std::string_view text) const {
  const auto found = ids_.find(ToAbsl(text));
  if (found == ids_.end()) return std::nullopt;
  return found->second;
}

}  // namespace outlay::ingest
