#include "services/common/journal/record.h"

#include <xxhash.h>

namespace outlay::journal {

Instant SystemNow() {
  return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
}

uint64_t Fingerprint(std::string_view content) {
  return XXH3_64bits(content.data(), content.size());
}

}  // namespace outlay::journal
