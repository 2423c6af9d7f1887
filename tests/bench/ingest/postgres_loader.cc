#include "tests/bench/ingest/postgres_loader.h"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "tests/bench/report_table.h"

namespace outlay::bench {
namespace {

// Types of PostgreSQL by their numbers in its catalogue, which are fixed.
constexpr uint32_t kText = 25;
constexpr uint32_t kBytes = 17;

void PutInt32(uint32_t value, std::string& out) {
  for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<char>(value >> shift));
}

// A one-dimensional array in binary form.
std::string BinaryArray(uint32_t element_type, const std::vector<std::string>& elements) {
  std::string out;
  PutInt32(1, out);  // dimensions
  PutInt32(0, out);  // no nulls
  PutInt32(element_type, out);
  PutInt32(static_cast<uint32_t>(elements.size()), out);
  PutInt32(1, out);  // the first index
  for (const std::string& element : elements) {
    PutInt32(static_cast<uint32_t>(element.size()), out);
    out += element;
  }
  return out;
}

struct Parameters {
  std::string keys;
  std::string organizations;
  std::string sources;
  std::string payloads;
};

Parameters MakeParameters(const DisclosureGenerator& generator, uint64_t first, uint64_t end) {
  std::vector<std::string> keys;
  std::vector<std::string> organizations;
  std::vector<std::string> sources;
  std::vector<std::string> payloads;
  for (uint64_t i = first; i < end; ++i) {
    ingest::v1::DisclosureEntry entry;
    generator.Fill(i, &entry);
    keys.push_back(entry.idempotency_key());
    organizations.push_back(entry.disclosure().organization_id());
    sources.push_back(entry.disclosure().source().source_id());
    payloads.push_back(entry.disclosure().SerializeAsString());
  }
  return {BinaryArray(kText, keys), BinaryArray(kText, organizations), BinaryArray(kText, sources),
          BinaryArray(kBytes, payloads)};
}

Connection Connect(const std::string& url) {
  Connection connection(PQconnectdb(url.c_str()));
  if (PQstatus(connection.get()) != CONNECTION_OK) {
    throw std::runtime_error(std::string("PostgreSQL: ") + PQerrorMessage(connection.get()));
  }
  return connection;
}

void Execute(PGconn* connection, const std::string& sql) {
  PGresult* const result = PQexec(connection, sql.c_str());
  const bool ok = PQresultStatus(result) == PGRES_COMMAND_OK;
  PQclear(result);
  if (!ok) throw std::runtime_error(sql + ": " + PQerrorMessage(connection));
}

}  // namespace

std::string MakeDatabase(const std::string& url, const std::string& name) {
  const Connection connection = Connect(url);
  Execute(connection.get(), "SET client_min_messages = warning");
  Execute(connection.get(), "DROP DATABASE IF EXISTS " + name);
  Execute(connection.get(), "CREATE DATABASE " + name);
  const size_t question = std::min(url.find('?'), url.size());
  return url.substr(0, url.rfind('/', question) + 1) + name + url.substr(question);
}

PostgresLoader::PostgresLoader(const std::string& url, Indexes indexes)
    : connection_(Connect(url)) {
  Execute(connection_.get(), "SET client_min_messages = warning");
  Execute(connection_.get(), "DROP TABLE IF EXISTS bench_disclosure");
  Execute(connection_.get(),
          "CREATE TABLE bench_disclosure(sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
          " key text NOT NULL UNIQUE, organization_id text NOT NULL, source_id text NOT NULL,"
          " recorded_at timestamptz NOT NULL DEFAULT now(), payload bytea NOT NULL)");
  if (indexes == Indexes::kAsIsListedBy) {
    Execute(connection_.get(), "CREATE INDEX ON bench_disclosure(organization_id, sequence)");
    Execute(connection_.get(), "CREATE INDEX ON bench_disclosure(source_id, sequence)");
  }
  Execute(connection_.get(), "CHECKPOINT");
}

double PostgresLoader::Load(const DisclosureGenerator& generator, uint64_t first, uint64_t count,
                            uint64_t statement_records) {
  std::vector<Parameters> statements;
  for (uint64_t start = first; start < first + count; start += statement_records) {
    statements.push_back(
        MakeParameters(generator, start, std::min(start + statement_records, first + count)));
  }
  PQclear(PQprepare(connection_.get(), "load",
                    "INSERT INTO bench_disclosure(key, organization_id, source_id, payload)"
                    " SELECT * FROM UNNEST($1::text[], $2::text[], $3::text[], $4::bytea[])"
                    " ON CONFLICT (key) DO NOTHING",
                    0, nullptr));
  const Stopwatch watch;
  for (const Parameters& parameters : statements) {
    const std::array values = {parameters.keys.data(), parameters.organizations.data(),
                               parameters.sources.data(), parameters.payloads.data()};
    const std::array lengths = {
        static_cast<int>(parameters.keys.size()), static_cast<int>(parameters.organizations.size()),
        static_cast<int>(parameters.sources.size()), static_cast<int>(parameters.payloads.size())};
    const std::array formats = {1, 1, 1, 1};
    PGresult* const result = PQexecPrepared(connection_.get(), "load", 4, values.data(),
                                            lengths.data(), formats.data(), 0);
    const bool ok = PQresultStatus(result) == PGRES_COMMAND_OK;
    PQclear(result);
    if (!ok) throw std::runtime_error(PQerrorMessage(connection_.get()));
  }
  return watch.Seconds();
}

}  // namespace outlay::bench
