#include "services/common/journal/postgres_commit.h"

#include <string>
#include <utility>

#include "fmt/format.h"
#include "services/common/journal/erasable.h"
#include "services/common/journal/errors.h"
#include "services/common/journal/postgres_schema.h"
#include "services/common/journal/postgres_statements.h"
#include "services/common/status/error.h"

namespace outlay::journal {
namespace {

using Element = PostgresArray::Element;

constexpr size_t kErasableHeaderBytes = 8;

PostgresArray BigintArray(size_t count) {
  return PostgresArray(Element::kBigint, count, count * sizeof(int64_t));
}

void AddEntries(const std::vector<StagedEntry>& entries, PostgresParameters& parameters) {
  size_t key_bytes = 0;
  size_t payload_bytes = 0;
  size_t erasable_bytes = 0;
  for (const StagedEntry& entry : entries) {
    key_bytes += entry.record->key.size();
    payload_bytes += entry.record->payload.size();
    erasable_bytes += entry.record->erasable.size() + kErasableHeaderBytes;
  }
  const size_t count = entries.size();
  PostgresArray recorded_at_us = BigintArray(count);
  PostgresArray fingerprints = BigintArray(count);
  PostgresArray checksums = BigintArray(count);
  PostgresArray digests = BigintArray(count);
  PostgresArray keys(Element::kBytea, count, key_bytes);
  PostgresArray payloads(Element::kBytea, count, payload_bytes);
  PostgresArray erasables(Element::kBytea, count, erasable_bytes);
  for (const StagedEntry& entry : entries) {
    recorded_at_us.Add(entry.recorded_at_us);
    fingerprints.Add(entry.record->fingerprint);
    checksums.Add(entry.checksum);
    digests.Add(entry.erasable_digest);
    keys.Add(std::string_view(entry.record->key));
    payloads.Add(std::string_view(entry.record->payload));
    erasables.Add(std::string_view(StoreErasable(entry.record->erasable)));
  }
  for (PostgresArray* array :
       {&recorded_at_us, &fingerprints, &checksums, &digests, &keys, &payloads, &erasables}) {
    parameters.Add(std::move(*array));
  }
}

void AddRequests(const std::vector<StagedRequest>& requests, PostgresParameters& parameters) {
  const size_t count = requests.size();
  PostgresArray recorded_at_us = BigintArray(count);
  PostgresArray fingerprints = BigintArray(count);
  PostgresArray first_sequences = BigintArray(count);
  PostgresArray checksums = BigintArray(count);
  PostgresArray ids(Element::kBytea, count, 0);
  PostgresArray results(Element::kBytea, count, 0);
  for (const StagedRequest& request : requests) {
    recorded_at_us.Add(request.recorded_at_us);
    fingerprints.Add(request.batch->request_fingerprint);
    first_sequences.Add(request.first_sequence);
    checksums.Add(request.checksum);
    ids.Add(std::string_view(request.batch->request_id));
    results.Add(std::string_view(request.results));
  }
  for (PostgresArray* array :
       {&recorded_at_us, &fingerprints, &first_sequences, &checksums, &ids, &results}) {
    parameters.Add(std::move(*array));
  }
}

PostgresParameters AppendParameters(const StagedGroup& group, uint64_t mark) {
  const Position& begin = group.begin.position;
  const Position& end = group.end.position;
  PostgresParameters parameters;
  parameters.Add(end.sequence)
      .Add(end.entry_checksum)
      .Add(end.request_ordinal)
      .Add(end.request_checksum)
      .Add(group.end.recorded_at_us)
      .Add(group.erasures.empty() ? uint64_t{0} : group.erasures.back().by)
      .Add(begin.sequence)
      .Add(begin.entry_checksum)
      .Add(begin.request_ordinal)
      .Add(begin.request_checksum)
      .Add(kPostgresSchemaVersion)
      .Add(mark);
  AddEntries(group.entries, parameters);
  AddRequests(group.requests, parameters);
  return parameters;
}

PostgresParameters EraseParameters(const StagedGroup& group, uint64_t mark) {
  const size_t count = group.erasures.size();
  PostgresArray sequences = BigintArray(count);
  PostgresArray erased_by = BigintArray(count);
  PostgresArray headers(Element::kBytea, count, count * kErasableHeaderBytes);
  for (const StagedErasure& erasure : group.erasures) {
    sequences.Add(erasure.sequence);
    erased_by.Add(erasure.by);
    headers.Add(std::string_view(StoreErased(kErasableHeaderBytes, erasure.by)));
  }
  PostgresParameters parameters;
  parameters.Add(std::move(sequences))
      .Add(std::move(erased_by))
      .Add(std::move(headers))
      .Add(group.begin.position.sequence + 1)
      .Add(mark);
  return parameters;
}

}  // namespace

absl::StatusOr<bool> CommitGroup(PostgresConnection& connection, const StagedGroup& group,
                                 uint64_t mark, Transaction transaction, Deadline deadline) {
  size_t append = 0;  // whose answer
  if (transaction == Transaction::kNew) {
    connection.Send(kBegin, {});
    append = 1;
  }
  connection.Send(kAppend, AppendParameters(group, mark));
  if (!group.erasures.empty()) connection.Send(kErase, EraseParameters(group, mark));
  connection.Send(kCommit, {});
  ASSIGN_OR_RETURN(const std::vector<PostgresRows> answers, connection.Finish(deadline));
  if (answers.back().CommandTag() != "COMMIT") {
    return StorageUnavailable(connection.place(), fmt::format("the server answered COMMIT with {}",
                                                              answers.back().CommandTag()));
  }
  return answers[append].Int(0, 0) == 1;
}

}  // namespace outlay::journal
