#include "services/common/journal/postgres_statements.h"

#include "fmt/format.h"

namespace outlay::journal {
namespace {

constexpr char kEntryColumns[] =
    "e.sequence, e.recorded_at_us, e.fingerprint, e.checksum, e.erasable_digest, e.mark, e.key,"
    " e.payload, e.erasable";
constexpr char kRequestColumns[] =
    "r.ordinal, r.recorded_at_us, r.fingerprint, r.first_sequence, r.checksum, r.mark, r.id,"
    " r.results";

std::string ReadHeadSql(std::string_view schema) {
  return fmt::format(
      "SELECT sequence, entry_checksum, request_ordinal, request_checksum, recorded_at_us,"
      " last_erasure, schema_version, minimum_reader FROM {}.head",
      schema);
}

// Arrays are walked together, element by element: no row of text is ever built, and the entries'
// numbers follow from their place.
std::string AppendSql(std::string_view schema) {
  return fmt::format(
      "WITH moved AS ("
      "UPDATE {0}.head SET sequence = $1, entry_checksum = $2, request_ordinal = $3,"
      " request_checksum = $4, recorded_at_us = $5, last_erasure = greatest(last_erasure, $6)"
      " WHERE sequence = $7 AND entry_checksum = $8 AND request_ordinal = $9"
      " AND request_checksum = $10 AND minimum_reader <= $11 RETURNING 1), "
      "entries AS ("
      "INSERT INTO {0}.entry(sequence, recorded_at_us, fingerprint, checksum, erasable_digest,"
      " mark, key, payload, erasable) "
      "SELECT $7 + row, recorded_at_us, fingerprint, checksum, erasable_digest,"
      " CASE row WHEN 1 THEN $12::bigint END, key, payload, erasable "
      "FROM UNNEST($13::bigint[], $14::bigint[], $15::bigint[], $16::bigint[], $17::bytea[],"
      " $18::bytea[], $19::bytea[]) WITH ORDINALITY"
      " AS given(recorded_at_us, fingerprint, checksum, erasable_digest, key, payload, erasable,"
      " row) WHERE EXISTS (SELECT FROM moved)), "
      "requests AS ("
      "INSERT INTO {0}.request(ordinal, recorded_at_us, fingerprint, first_sequence, checksum,"
      " mark, id, results) "
      "SELECT $9 + row, recorded_at_us, fingerprint, first_sequence, checksum,"
      " CASE row WHEN 1 THEN $12::bigint END, id, results "
      "FROM UNNEST($20::bigint[], $21::bigint[], $22::bigint[], $23::bigint[], $24::bytea[],"
      " $25::bytea[]) WITH ORDINALITY"
      " AS given(recorded_at_us, fingerprint, first_sequence, checksum, id, results, row)"
      " WHERE EXISTS (SELECT FROM moved)) "
      "SELECT count(*) FROM moved",
      schema);
}

std::string EraseSql(std::string_view schema) {
  return fmt::format(
      "WITH ours AS (SELECT FROM {0}.entry WHERE sequence = $4 AND mark = $5), "
      "noted AS ("
      "INSERT INTO {0}.erasure(erased_by, entry_sequence) "
      "SELECT erased_by, entry_sequence FROM UNNEST($1::bigint[], $2::bigint[])"
      " AS given(entry_sequence, erased_by) WHERE EXISTS (SELECT FROM ours)) "
      "UPDATE {0}.entry e"
      " SET erasable = header || decode(repeat('00', octet_length(e.erasable) - 8), 'hex') "
      "FROM UNNEST($1::bigint[], $3::bytea[]) AS given(entry_sequence, header)"
      " WHERE e.sequence = entry_sequence AND octet_length(e.erasable) > 8"
      " AND substring(e.erasable FROM 1 FOR 8) = '\\x0000000000000000'::bytea"
      " AND EXISTS (SELECT FROM ours)",
      schema);
}

std::string ReadPageSql(std::string_view schema) {
  return fmt::format(
      "SELECT {1} FROM ("
      "SELECT *, sum(octet_length(key) + octet_length(payload) + octet_length(erasable))"
      " FILTER (WHERE sequence > $1) OVER (ORDER BY sequence ROWS UNBOUNDED PRECEDING) AS bytes"
      " FROM {0}.entry WHERE sequence BETWEEN $1 AND $2) e "
      "WHERE e.sequence <= $1 + 1 OR e.bytes <= $3 ORDER BY e.sequence",
      schema, kEntryColumns);
}

}  // namespace

std::vector<PostgresStatement> WriterStatements(std::string_view schema) {
  const std::string head = ReadHeadSql(schema);
  return {
      {kBegin, "BEGIN ISOLATION LEVEL READ COMMITTED"},
      {kCommit, "COMMIT"},
      {kReadHead, head},
      {kLockHead, head + " FOR UPDATE"},
      {kAppend, AppendSql(schema)},
      {kErase, EraseSql(schema)},
      {kReadEntries, fmt::format("SELECT {1} FROM {0}.entry e WHERE e.sequence BETWEEN $1 AND $2"
                                 " ORDER BY e.sequence",
                                 schema, kEntryColumns)},
      {kReadRequests, fmt::format("SELECT {1} FROM {0}.request r WHERE r.ordinal BETWEEN $1 AND $2"
                                  " ORDER BY r.ordinal",
                                  schema, kRequestColumns)},
      {kReadErasures,
       fmt::format("SELECT entry_sequence FROM {0}.erasure WHERE erased_by BETWEEN $1 AND $2",
                   schema)},
      {kFindEntries,
       fmt::format("SELECT {1}, before.checksum FROM {0}.entry e LEFT JOIN {0}.entry before"
                   " ON before.sequence = e.sequence - 1 WHERE e.sequence = ANY($1::bigint[])",
                   schema, kEntryColumns)},
      {kFindRequests,
       fmt::format("SELECT {1}, before.checksum FROM {0}.request r LEFT JOIN {0}.request before"
                   " ON before.ordinal = r.ordinal - 1 WHERE r.ordinal = ANY($1::bigint[])",
                   schema, kRequestColumns)},
  };
}

std::vector<PostgresStatement> ReaderStatements(std::string_view schema) {
  return {{kReadPage, ReadPageSql(schema)}};
}

}  // namespace outlay::journal
