#include "services/common/journal/postgres_stored_rows.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "services/common/journal/errors.h"
#include "services/common/journal/postgres_rows.h"
#include "services/common/journal/postgres_statements.h"
#include "services/common/status/error.h"

namespace outlay::journal {
namespace {

// Runs `statement` over the numbers, thousands at a time.
absl::Status FindRows(PostgresConnection& connection, const char* statement,
                      std::vector<uint64_t> numbers, Deadline deadline,
                      const std::function<absl::Status(const PostgresRows&)>& take) {
  constexpr size_t kRowsMax = 5000;
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  for (size_t done = 0; done < numbers.size();) {
    const size_t count = std::min(kRowsMax, numbers.size() - done);
    PostgresArray array(PostgresArray::Element::kBigint, count, count * sizeof(int64_t));
    for (size_t i = 0; i < count; ++i) array.Add(numbers[done + i]);
    PostgresParameters parameters;
    parameters.Add(std::move(array));
    ASSIGN_OR_RETURN(const PostgresRows rows, connection.Query(statement, parameters, deadline));
    RETURN_IF_ERROR(take(rows));
    done += count;
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status PostgresStoredRows::Prepare(const std::vector<uint64_t>& sequences,
                                         const std::vector<uint64_t>& ordinals) {
  RETURN_IF_ERROR(FindRows(connection_, kFindEntries, sequences, deadline_,
                           [this](const PostgresRows& rows) { return TakeEntries(rows); }));
  return FindRows(connection_, kFindRequests, ordinals, deadline_,
                  [this](const PostgresRows& rows) { return TakeRequests(rows); });
}

absl::Status PostgresStoredRows::TakeEntries(const PostgresRows& rows) {
  for (int i = 0; i < rows.size(); ++i) {
    EntryRow row = EntryRowOf(rows, i);
    const Place place{"entry", row.fields.sequence};
    const std::optional<uint64_t> before = ChecksumBeforeEntry(rows, i);
    if (!before) {
      return DamagedDatabase(connection_.place(), {"entry", place.number - 1}, "it is missing");
    }
    if (const char* fault = FaultOf(*before, row); fault != nullptr) {
      return DamagedDatabase(connection_.place(), place, fault);
    }
    fingerprints_[row.fields.sequence] = row.fields.fingerprint;
  }
  return absl::OkStatus();
}

absl::Status PostgresStoredRows::TakeRequests(const PostgresRows& rows) {
  for (int i = 0; i < rows.size(); ++i) {
    const RequestRow row = RequestRowOf(rows, i);
    const Place place{"request", row.fields.ordinal};
    const std::optional<uint64_t> before = ChecksumBeforeRequest(rows, i);
    if (!before) {
      return DamagedDatabase(connection_.place(), {"request", place.number - 1}, "it is missing");
    }
    if (const char* fault = FaultOf(*before, row); fault != nullptr) {
      return DamagedDatabase(connection_.place(), place, fault);
    }
    requests_[row.fields.ordinal] = {.ordinal = row.fields.ordinal,
                                     .recorded_at_us = row.fields.recorded_at_us,
                                     .fingerprint = row.fields.fingerprint,
                                     .results = std::string(row.fields.results)};
  }
  return absl::OkStatus();
}

absl::StatusOr<uint64_t> PostgresStoredRows::FingerprintAt(uint64_t sequence) {
  const auto found = fingerprints_.find(sequence);
  if (found != fingerprints_.end()) return found->second;
  return DamagedDatabase(connection_.place(), {"entry", sequence}, "it is missing");
}

absl::StatusOr<StoredRequest> PostgresStoredRows::RequestAt(uint64_t ordinal) {
  const auto found = requests_.find(ordinal);
  if (found != requests_.end()) return found->second;
  return DamagedDatabase(connection_.place(), {"request", ordinal}, "it is missing");
}

absl::Status PostgresStoredRows::UnreadableResults(uint64_t ordinal) const {
  return DamagedDatabase(connection_.place(), {"request", ordinal}, "its results cannot be read");
}

}  // namespace outlay::journal
