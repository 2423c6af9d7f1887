#include "services/common/journal/limits.h"

#include <fmt/format.h>

#include "services/common/journal/errors.h"
#include "services/common/status/error.h"

namespace outlay::journal {
namespace {

constexpr size_t kRecordOverheadBytes = 64;

size_t SizeBytes(const Record& record) {
  return record.key.size() + record.payload.size() + record.erasable.size() +
         record.rejection.size() + record.erases.size() * sizeof(uint64_t);
}

absl::Status CheckRecord(const Record& record, const JournalLimits& limits) {
  if (record.key.size() > limits.key_bytes_max) {
    return LimitExceeded("key", "bytes", record.key.size(), limits.key_bytes_max);
  }
  if (const size_t size = SizeBytes(record); size > limits.record_bytes_max) {
    return LimitExceeded("payload", "bytes with key and rejection", size, limits.record_bytes_max);
  }
  return absl::OkStatus();
}

}  // namespace

size_t SizeBytes(const Batch& batch) {
  size_t size = batch.request_id.size() + batch.records.size() * kRecordOverheadBytes;
  for (const Record& record : batch.records) size += SizeBytes(record);
  for (const std::string& key : batch.absent_keys) size += key.size();
  return size;
}

absl::Status CheckLimits(const Batch& batch, const JournalLimits& limits) {
  if (batch.request_id.size() > limits.request_id_bytes_max) {
    return LimitExceeded("request_id", "bytes", batch.request_id.size(),
                         limits.request_id_bytes_max);
  }
  if (batch.records.size() > limits.records_per_batch_max) {
    return LimitExceeded("records", "records", batch.records.size(), limits.records_per_batch_max);
  }
  for (size_t i = 0; i < batch.records.size(); ++i) {
    const absl::Status status = CheckRecord(batch.records[i], limits);
    if (!status.ok()) return Under(fmt::format("records[{}]", i), status);
  }
  if (const size_t size = SizeBytes(batch); size > limits.batch_bytes_max) {
    return LimitExceeded("records", "bytes in all", size, limits.batch_bytes_max);
  }
  return absl::OkStatus();
}

absl::Status CheckErasures(const Batch& batch, uint64_t head) {
  for (size_t i = 0; i < batch.records.size(); ++i) {
    const std::vector<uint64_t>& erases = batch.records[i].erases;
    for (size_t k = 0; k < erases.size(); ++k) {
      if (erases[k] >= 1 && erases[k] <= head) continue;
      return NothingToErase(fmt::format("records[{}].erases[{}]", i, k), erases[k], head);
    }
  }
  return absl::OkStatus();
}

}  // namespace outlay::journal
