#include "services/common/journal/checksum.h"

#include <xxhash.h>

#include <algorithm>
#include <array>

#include "services/common/journal/bytes.h"

namespace outlay::journal {
namespace {

// The hash of one part seeds that of the next: nothing has to be copied together.
template <size_t kNumbers>
uint64_t Chain(uint64_t previous, const std::array<uint64_t, kNumbers>& numbers,
               std::string_view first, std::string_view second) {
  std::array<char, 8 * kNumbers> bytes;
  for (size_t i = 0; i < kNumbers; ++i) PutLittleEndian(numbers[i], bytes.data() + 8 * i);
  uint64_t hash = XXH3_64bits_withSeed(bytes.data(), bytes.size(), previous);
  hash = XXH3_64bits_withSeed(first.data(), first.size(), hash);
  return XXH3_64bits_withSeed(second.data(), second.size(), hash);
}

}  // namespace

uint64_t EntryChecksum(uint64_t previous, const EntryFields& entry) {
  return Chain<6>(previous,
                  {entry.sequence, static_cast<uint64_t>(entry.recorded_at_us), entry.fingerprint,
                   entry.key.size(), entry.payload.size(), entry.erasable_digest},
                  entry.key, entry.payload);
}

uint64_t ErasableDigest(std::string_view erasable) {
  if (erasable.empty()) return 0;
  // 0 is taken: it says that there is nothing.
  return std::max<uint64_t>(XXH3_64bits(erasable.data(), erasable.size()), 1);
}

uint64_t RequestChecksum(uint64_t previous, const RequestFields& request) {
  return Chain<6>(
      previous,
      {request.ordinal, static_cast<uint64_t>(request.recorded_at_us), request.fingerprint,
       request.first_sequence, request.id.size(), request.results.size()},
      request.id, request.results);
}

}  // namespace outlay::journal
