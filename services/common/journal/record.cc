#include "services/common/journal/record.h"

#include <xxhash.h>

namespace outlay::journal {

Instant SystemNow() {
  return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
}

uint64_t Fingerprint(std::string_view content) {
  return XXH3_64bits(content.data(), content.size());
}

void Separate(Record& record) {
  const auto bytes = std::make_shared<std::string>();
  bytes->reserve(record.key.size() + record.payload.size());
  bytes->append(record.key.view()).append(record.payload.view());
  const std::string_view both = *bytes;
  const size_t key_size = record.key.size();
  record.key = SharedBytes(both.substr(0, key_size), bytes);
  record.payload = SharedBytes(both.substr(key_size), bytes);
  record.erasable = SharedBytes(record.erasable.str());  // goes alone
}

}  // namespace outlay::journal
