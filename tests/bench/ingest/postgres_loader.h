// The peer of the stream on PostgreSQL: what one would write without Outlay.
#ifndef OUTLAY_TESTS_BENCH_INGEST_POSTGRES_LOADER_H_
#define OUTLAY_TESTS_BENCH_INGEST_POSTGRES_LOADER_H_

#include <libpq-fe.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "tests/bench/ingest/generated_disclosures.h"

namespace outlay::bench {

struct CloseConnection {
  void operator()(PGconn* connection) const { PQfinish(connection); }
};
using Connection = std::unique_ptr<PGconn, CloseConnection>;

// The URL of an empty database of this name beside the one of `url`, made anew; in `url` the database stands between the last slash and
// the question mark. Errors are std::runtime_error.
std::string MakeDatabase(const std::string& url, const std::string& name);

// Which secondary indexes the table has.
enum class Indexes {
  kNone,          // the unique key alone
  kAsIsListedBy,  // on organization and source too, by which ListDisclosures finds records
};

// A table with a unique key, the record's bytes and its organization and source, filled by INSERT … SELECT FROM UNNEST … ON CONFLICT DO NOTHING, a statement and a
// commit every so many records, with the server's own synchronous_commit. Errors are std::runtime_error.
class PostgresLoader {
 public:
  // Makes the table anew.
  PostgresLoader(const std::string& url, Indexes indexes);

  // Parameters in binary form, made before the time is taken. Returns the seconds up to the last commit.
  double Load(const DisclosureGenerator& generator, uint64_t first, uint64_t count,
              uint64_t statement_records);

 private:
  Connection connection_;
};

}  // namespace outlay::bench

#endif  // OUTLAY_TESTS_BENCH_INGEST_POSTGRES_LOADER_H_
