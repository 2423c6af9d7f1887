#include "services/common/journal/request_results.h"

#include <cstdint>

namespace outlay::journal {
namespace {

// A stored result of more records than this is damage, not a batch: no limit allows it.
constexpr uint64_t kRecordsMax = 100'000'000;

void PutVarint(uint64_t value, std::string& out) {
  for (; value >= 0x80; value >>= 7) out += static_cast<char>(value | 0x80);
  out += static_cast<char>(value);
}

std::optional<uint64_t> TakeVarint(std::string_view& in) {
  uint64_t value = 0;
  for (int shift = 0; shift < 64 && !in.empty(); shift += 7) {
    const auto byte = static_cast<unsigned char>(in.front());
    in.remove_prefix(1);
    value |= uint64_t{byte & 0x7fu} << shift;
    if (byte < 0x80) return value;
  }
  return std::nullopt;
}

bool Continues(const RecordResult& first, uint64_t count, const RecordResult& next) {
  return next.disposition == first.disposition && next.rejection.empty() &&
         next.sequence == (first.sequence == 0 ? 0 : first.sequence + count);
}

// One run: disposition, count, first sequence, and the rejection (runs of rejections have one
// member each).
bool TakeRun(std::string_view& in, std::vector<RecordResult>& results) {
  const std::optional<uint64_t> disposition = TakeVarint(in);
  const std::optional<uint64_t> count = TakeVarint(in);
  const std::optional<uint64_t> sequence = TakeVarint(in);
  const std::optional<uint64_t> size = TakeVarint(in);
  if (!disposition || !count || !sequence || !size) return false;
  if (*disposition < 1 || *disposition > static_cast<uint64_t>(Disposition::kNotAttempted)) {
    return false;
  }
  if (*count > kRecordsMax - results.size() || *size > in.size()) return false;
  for (uint64_t i = 0; i < *count; ++i) {
    results.push_back({static_cast<Disposition>(*disposition), *sequence == 0 ? 0 : *sequence + i,
                       std::string(in.substr(0, *size))});
  }
  in.remove_prefix(*size);
  return true;
}

}  // namespace

std::string EncodeResults(const std::vector<RecordResult>& results) {
  std::string out;
  for (size_t i = 0; i < results.size();) {
    const RecordResult& first = results[i];
    uint64_t count = 1;
    if (first.rejection.empty()) {
      while (i + count < results.size() && Continues(first, count, results[i + count])) ++count;
    }
    PutVarint(static_cast<uint64_t>(first.disposition), out);
    PutVarint(count, out);
    PutVarint(first.sequence, out);
    PutVarint(first.rejection.size(), out);
    out += first.rejection;
    i += count;
  }
  return out;
}

std::optional<std::vector<RecordResult>> DecodeResults(std::string_view bytes) {
  std::vector<RecordResult> results;
  while (!bytes.empty()) {
    if (!TakeRun(bytes, results)) return std::nullopt;
  }
  return results;
}

}  // namespace outlay::journal
