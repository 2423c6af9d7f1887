// ./run bench ingest: how fast ingest takes disclosures in and feeds them, beside peers that are measured in the same run.
#include <cstdio>
#include <exception>

#include "CLI/CLI.hpp"
#include "outlay/ingest/v1/ingest_service.pb.h"
#include "tests/bench/echo_server.h"
#include "tests/bench/host_facts.h"
#include "tests/bench/ingest/measures.h"
#include "tests/bench/report_table.h"
#include "tests/support/process.h"

namespace {

constexpr uint64_t kSeed = 20'250'210;

}  // namespace

int main(int argc, char** argv) {
  using outlay::bench::MeasureOptions;
  outlay::tests::TemporaryFolder temporary;
  MeasureOptions options{.directory = temporary.path()};
  std::vector<std::string> parts = {"stream", "unary", "preloaded"};
  bool echo_server = false;
  CLI::App app("Measures outlay-ingest against peers in the same run.", "./run bench ingest");
  std::string store = "sqlite";
  app.add_option(
         "--store", store,
         "engine of the measured journal; postgres: in a database of its own beside that of "
         "--postgres")
      ->check(CLI::IsMember({"sqlite", "postgres"}));
  app.add_option("--postgres", options.postgres_url,
                 "URL of a PostgreSQL database for the peer; without it that peer is left out");
  app.add_option("--runs", options.runs, "runs of each measure")->check(CLI::Range(1, 99));
  app.add_option("--streams", options.streams, "streams at once")->check(CLI::Range(1, 64));
  app.add_option("--records", options.records, "records of a run of the stream");
  app.add_option("--preloaded", options.preloaded, "records that are there before");
  app.add_option("--unary-records", options.unary_records, "records of a unary run");
  app.add_option(
      "--directory", options.directory,
      "an empty folder on the disk that is to be measured; the temporary one without it");
  app.add_option("--parts", parts, "what to measure")
      ->delimiter(',')
      ->check(CLI::IsMember({"stream", "unary", "preloaded"}));
  app.add_flag("--echo-server", echo_server, "run as the peer of the unary calls")->group("");
  CLI11_PARSE(app, argc, argv);
  if (echo_server) {
    return outlay::bench::RunEchoServer<outlay::ingest::v1::RecordDisclosuresRequest>();
  }
  options.store_in_postgres = store == "postgres";
  if (options.store_in_postgres && options.postgres_url.empty()) {
    std::fputs("ingest_bench: --store=postgres needs --postgres\n", stderr);
    return 2;
  }
  const auto wants = [&](const char* part) {
    return std::find(parts.begin(), parts.end(), part) != parts.end();
  };
  try {
    std::puts(outlay::bench::HostFacts(options.directory).c_str());
    const outlay::bench::DisclosureGenerator generator(kSeed);
    if (wants("stream")) outlay::bench::MeasureEmptyStream(options, generator);
    if (wants("unary")) outlay::bench::MeasureUnary(options, generator);
    if (wants("preloaded")) outlay::bench::MeasurePreloaded(options, generator);
  } catch (const std::exception& exception) {
    std::fprintf(stderr, "ingest_bench: %s\n", exception.what());
    return 1;
  }
  return 0;
}
