#include "services/common/journal/postgres_rows.h"

#include "fmt/format.h"
#include "services/common/journal/errors.h"
#include "services/common/journal/postgres_schema.h"

namespace outlay::journal {
namespace {

std::optional<uint64_t> OptionalAt(const PostgresRows& rows, int row, int column) {
  if (rows.IsNull(row, column)) return std::nullopt;
  return rows.Unsigned(row, column);
}

}  // namespace

absl::StatusOr<HeadRow> HeadOf(const PostgresRows& rows, std::string_view place) {
  if (rows.size() != 1) {
    return DamagedDatabase(place, {"head"},
                           fmt::format("it has {} rows instead of 1", rows.size()));
  }
  HeadRow head{.end = {.position = {.sequence = rows.Unsigned(0, 0),
                                    .entry_checksum = rows.Unsigned(0, 1),
                                    .request_ordinal = rows.Unsigned(0, 2),
                                    .request_checksum = rows.Unsigned(0, 3)},
                       .recorded_at_us = rows.Int(0, 4)},
               .last_erasure = rows.Unsigned(0, 5),
               .schema_version = rows.Int(0, 6),
               .minimum_reader = rows.Int(0, 7)};
  if (head.minimum_reader > kPostgresSchemaVersion) {
    return SchemaNewer(place, head.schema_version, kPostgresSchemaVersion);
  }
  if (head.schema_version < 1 || head.minimum_reader < 1) {
    return DamagedDatabase(place, {"head"},
                           fmt::format("the schema version is {}, readable from version {}",
                                       head.schema_version, head.minimum_reader));
  }
  return head;
}

EntryRow EntryRowOf(const PostgresRows& rows, int row) {
  return {.fields = {.sequence = rows.Unsigned(row, 0),
                     .recorded_at_us = rows.Int(row, 1),
                     .fingerprint = rows.Unsigned(row, 2),
                     .key = rows.Bytes(row, 6),
                     .payload = rows.Bytes(row, 7),
                     .erasable_digest = rows.Unsigned(row, 4)},
          .checksum = rows.Unsigned(row, 3),
          .stored_erasable = rows.Bytes(row, 8)};
}

RequestRow RequestRowOf(const PostgresRows& rows, int row) {
  return {.fields = {.ordinal = rows.Unsigned(row, 0),
                     .recorded_at_us = rows.Int(row, 1),
                     .fingerprint = rows.Unsigned(row, 2),
                     .first_sequence = rows.Unsigned(row, 3),
                     .id = rows.Bytes(row, 6),
                     .results = rows.Bytes(row, 7)},
          .checksum = rows.Unsigned(row, 4)};
}

std::optional<uint64_t> EntryMarkOf(const PostgresRows& rows, int row) {
  return OptionalAt(rows, row, 5);
}

std::optional<uint64_t> RequestMarkOf(const PostgresRows& rows, int row) {
  return OptionalAt(rows, row, 5);
}

std::optional<uint64_t> ChecksumBeforeEntry(const PostgresRows& rows, int row) {
  return rows.Unsigned(row, 0) == 1 ? kEntryGenesis : OptionalAt(rows, row, 9);
}

std::optional<uint64_t> ChecksumBeforeRequest(const PostgresRows& rows, int row) {
  return rows.Unsigned(row, 0) == 1 ? kRequestGenesis : OptionalAt(rows, row, 8);
}

}  // namespace outlay::journal
