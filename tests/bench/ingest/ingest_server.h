// outlay-ingest as a process of its own.
#ifndef OUTLAY_TESTS_BENCH_INGEST_INGEST_SERVER_H_
#define OUTLAY_TESTS_BENCH_INGEST_INGEST_SERVER_H_

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "tests/bench/byte_client.h"
#include "tests/bench/ingest/generated_disclosures.h"
#include "tests/bench/server_process.h"

namespace outlay::bench {

inline constexpr char kStreamMethod[] = "/outlay.ingest.v1.IngestService/StreamDisclosures";
inline constexpr char kRecordMethod[] = "/outlay.ingest.v1.IngestService/RecordDisclosures";
inline constexpr char kFeedMethod[] = "/outlay.ingest.v1.IngestService/SubscribeChanges";

// Errors are std::runtime_error.
class IngestServer {
 public:
  // Starts the program, or goes on where `directory` has a journal. `store` is the setting of that name; empty: the default engine in
  // `directory`. Load shares its messages out among `streams` calls.
  IngestServer(const std::filesystem::path& directory, const std::string& store,
               size_t streams = 1);

  ByteClient& client() { return *client_; }
  pid_t pid() const { return server_.pid(); }
  double start_seconds() const { return server_.start_seconds(); }

  void AddOrganizations(const DisclosureGenerator& generator);
  // Sends the messages, requires that every record of them is acknowledged as recorded now and that the last one is listed, and returns
  // the seconds up to the last acknowledgement.
  double Load(const std::vector<grpc::ByteBuffer>& messages, uint64_t records);
  uint64_t Head();
  void Stop();

 private:
  void RequireListed(uint64_t sequence);

  const size_t streams_;
  ServerProcess server_;
  std::unique_ptr<ByteClient> client_;
};

}  // namespace outlay::bench

#endif  // OUTLAY_TESTS_BENCH_INGEST_INGEST_SERVER_H_
