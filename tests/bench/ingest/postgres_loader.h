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

// A table with a unique key and the record's bytes, filled by INSERT … SELECT FROM UNNEST … ON CONFLICT DO NOTHING, a statement and a
// commit every so many records, with the server's own synchronous_commit. Errors are std::runtime_error.
class PostgresLoader {
 public:
  // Makes the table anew.
  explicit PostgresLoader(const std::string& url);

  // Parameters in binary form, made before the time is taken. Returns the seconds up to the last commit.
  double Load(const DisclosureGenerator& generator, uint64_t first, uint64_t count,
              uint64_t statement_records);

 private:
  struct Close {
    void operator()(PGconn* connection) const { PQfinish(connection); }
  };

  void Execute(const std::string& sql);

  std::unique_ptr<PGconn, Close> connection_;
};

}  // namespace outlay::bench

#endif  // OUTLAY_TESTS_BENCH_INGEST_POSTGRES_LOADER_H_
