#include "services/common/journal/record.h"

#include <xxhash.h>

namespace outlay::journal {

Instant SystemNow() {
  return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
}

uint64_t Fingerprint(std::string_view content) {
  return XXH3_64bits(content.data(), content.size());
}

KeyAndPayload Together(std::string_view key, std::string_view payload) {
  const auto bytes = std::make_shared<std::string>();
  bytes->reserve(key.size() + payload.size());
  bytes->append(key).append(payload);
  const std::string_view both = *bytes;
  return {SharedBytes(both.substr(0, key.size()), bytes),
          SharedBytes(both.substr(key.size()), bytes)};
}

void Separate(Record& record) {
  KeyAndPayload own = Together(record.key, record.payload);
  record.key = std::move(own.key);
  record.payload = std::move(own.payload);
  record.erasable = SharedBytes(record.erasable.str());
}

}  // namespace outlay::journal
