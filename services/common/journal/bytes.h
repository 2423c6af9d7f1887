// Integers in stored bytes: little-endian whatever the machine.
#ifndef OUTLAY_SERVICES_COMMON_JOURNAL_BYTES_H_
#define OUTLAY_SERVICES_COMMON_JOURNAL_BYTES_H_

#include <cstdint>

namespace outlay::journal {

inline void PutLittleEndian(uint64_t value, char* out) {
  for (int i = 0; i < 8; ++i) out[i] = static_cast<char>(value >> (8 * i));
}

inline uint64_t GetLittleEndian(const char* in) {
  uint64_t value = 0;
  for (int i = 0; i < 8; ++i) value |= uint64_t{static_cast<unsigned char>(in[i])} << (8 * i);
  return value;
}

}  // namespace outlay::journal

#endif  // OUTLAY_SERVICES_COMMON_JOURNAL_BYTES_H_
