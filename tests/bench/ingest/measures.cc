#include "tests/bench/ingest/measures.h"

#include <unistd.h>

#include <algorithm>
#include <stdexcept>

#include "fmt/format.h"
#include "google/protobuf/arena.h"
#include "tests/bench/echo_server.h"
#include "tests/bench/ingest/ingest_server.h"
#include "tests/bench/ingest/journal_rows.h"
#include "tests/bench/ingest/postgres_loader.h"
#include "tests/bench/process_figures.h"
#include "tests/bench/report_table.h"

namespace outlay::bench {
namespace {

namespace v1 = ingest::v1;

constexpr uint64_t kBatchRecords = 1'000;
constexpr size_t kOutstanding = 64;
// Messages made in advance of a preload: not all at once, they would fill the memory.
constexpr uint64_t kPreloadStep = 200'000;
constexpr uint64_t kMillion = 1'000'000;

std::filesystem::path FreshFolder(const MeasureOptions& options, const std::string& name) {
  const std::filesystem::path folder = options.directory / name;
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  return folder;
}

std::filesystem::path DatabaseIn(const std::filesystem::path& folder) {
  return folder / "ingest.db";
}

double PerSecond(uint64_t records, double seconds) {
  return static_cast<double>(records) / seconds;
}

// Loads records into a server that runs, and notes rate and processor time.
class StreamRuns {
 public:
  explicit StreamRuns(const DisclosureGenerator& generator) : generator_(generator) {}

  double Run(IngestServer& server, uint64_t first, uint64_t records) {
    const auto messages = StreamMessages(generator_, first, records, kBatchRecords);
    const double cpu_before = CpuSeconds(server.pid());
    const double own_before = CpuSeconds(getpid());
    const double seconds = server.Load(messages, records);
    const auto us_a_record = [records](double cpu_seconds) {
      return cpu_seconds * 1e6 / static_cast<double>(records);
    };
    cpu_us_.push_back(us_a_record(CpuSeconds(server.pid()) - cpu_before));
    own_cpu_us_.push_back(us_a_record(CpuSeconds(getpid()) - own_before));
    return PerSecond(records, seconds);
  }

  void PrintCpu() const {
    PrintFigure("processor time by the record",
                fmt::format("{:.2f} us of the server, {:.2f} us of the client", Median(cpu_us_),
                            Median(own_cpu_us_)));
  }

 private:
  const DisclosureGenerator& generator_;
  std::vector<double> cpu_us_;
  std::vector<double> own_cpu_us_;
};

// An empty database with the journal's tables: what a server that was started once leaves.
std::filesystem::path MakeTables(const MeasureOptions& options, const std::string& name) {
  const std::filesystem::path folder = FreshFolder(options, name);
  IngestServer(folder, "").Stop();
  return DatabaseIn(folder);
}

std::string EngineName(const MeasureOptions& options) {
  return options.store_in_postgres ? "PostgreSQL engine" : "SQLite engine";
}

// The setting of outlay-ingest: an empty database, or the default engine, which has its files in the server's folder.
std::string FreshStore(const MeasureOptions& options) {
  return options.store_in_postgres ? MakeDatabase(options.postgres_url, "outlay_bench") : "";
}

// The stream beside the loader of PostgreSQL.
struct PostgresPeer {
  PostgresPeer(const MeasureOptions& options, Indexes the_indexes, const std::string& what,
               double wanted_ratio)
      : indexes(the_indexes),
        comparison{.subject = "StreamDisclosures, " + EngineName(options),
                   .peer = "PostgreSQL, UNNEST, " + what,
                   .unit = "records/s",
                   .wanted_ratio = wanted_ratio} {}

  void Run(const MeasureOptions& options, const DisclosureGenerator& generator, uint64_t first,
           double subject_rate) {
    PostgresLoader loader(options.postgres_url, indexes);
    comparison.subject_rates.push_back(subject_rate);
    comparison.peer_rates.push_back(
        PerSecond(options.records, loader.Load(generator, first, options.records, kBatchRecords)));
  }

  const Indexes indexes;
  Comparison comparison;
};

void PrintResident(const IngestServer& server, const std::string& when, int64_t empty_bytes,
                   uint64_t records) {
  const int64_t bytes = ResidentBytes(server.pid()) - empty_bytes;
  PrintFigure(fmt::format("resident {}, {} records", when, records),
              fmt::format("{:.0f} bytes a record ({} MiB; an empty server's {} MiB taken off)",
                          static_cast<double>(bytes) / static_cast<double>(records), bytes >> 20,
                          empty_bytes >> 20));
}

// Fills the server with records 0 to options.preloaded and says what they take in memory.
void Preload(const MeasureOptions& options, const DisclosureGenerator& generator,
             IngestServer& server) {
  const int64_t empty_bytes = ResidentBytes(server.pid());
  server.AddOrganizations(generator);
  double seconds = 0;
  for (uint64_t first = 0; first < options.preloaded; first += kPreloadStep) {
    const uint64_t count = std::min(kPreloadStep, options.preloaded - first);
    seconds += server.Load(StreamMessages(generator, first, count, kBatchRecords), count);
    const uint64_t loaded = first + count;
    if (loaded == kMillion || loaded == options.preloaded) {
      PrintResident(server, "after loading", empty_bytes, loaded);
    }
  }
  PrintFigure("preloaded through the stream at",
              Short(PerSecond(options.preloaded, seconds)) + " records/s");
}

struct FeedRun {
  double seconds = 0;
  uint64_t records = 0;
};

// Everything from the beginning up to the caught-up mark. `decode` parses every message and checks that the sequences have no gap.
FeedRun Feed(IngestServer& server, bool decode) {
  FeedRun run;
  uint64_t last = 0;
  run.seconds = server.client().Subscribe(
      kFeedMethod, ToBuffer(v1::SubscribeChangesRequest()), [&](grpc::ByteBuffer& response) {
        std::vector<grpc::Slice> slices;
        if (!response.Dump(&slices).ok()) throw std::runtime_error("a response cannot be read");
        constexpr uint8_t kBatchTag = v1::SubscribeChangesResponse::kBatchFieldNumber << 3 | 2;
        const bool is_batch = slices.front().begin()[0] == kBatchTag;
        if (is_batch && !decode) return true;
        google::protobuf::Arena arena;
        auto* const message =
            google::protobuf::Arena::CreateMessage<v1::SubscribeChangesResponse>(&arena);
        if (!grpc::SerializationTraits<v1::SubscribeChangesResponse>::Deserialize(&response,
                                                                                  message)
                 .ok()) {
          throw std::runtime_error("a response cannot be read");
        }
        for (const v1::SequencedChange& change : message->batch().changes()) {
          if (change.sequence() != ++last) throw std::runtime_error("the feed has a gap");
        }
        if (!message->has_caught_up_sequence()) return true;
        run.records = message->caught_up_sequence();
        return false;
      });
  return run;
}

void MeasureFeed(const MeasureOptions& options, IngestServer& server) {
  Comparison bytes{.subject = "feed to one subscriber that counts, from 0", .unit = "records/s"};
  Comparison decoded{.subject = "feed to one subscriber that parses, from 0", .unit = "records/s"};
  Feed(server, false);  // warms the store
  for (uint64_t run = 0; run < options.runs; ++run) {
    const FeedRun counted = Feed(server, false);
    bytes.subject_rates.push_back(PerSecond(counted.records, counted.seconds));
    const FeedRun parsed = Feed(server, true);
    decoded.subject_rates.push_back(PerSecond(parsed.records, parsed.seconds));
  }
  PrintComparison(bytes);
  PrintComparison(decoded);
  PrintFigure("wanted", "1 M records/s");
}

}  // namespace

void MeasureEmptyStream(const MeasureOptions& options, const DisclosureGenerator& generator) {
  PrintHeading(fmt::format("Stream into an empty store, {} records a message, {} records a run",
                           kBatchRecords, options.records));
  Comparison against_loader{.subject = "StreamDisclosures, " + EngineName(options),
                            .peer = "bare loader, a commit every 1,000 rows",
                            .unit = "records/s",
                            .wanted_ratio = 0.8};
  const double wanted = options.store_in_postgres ? 1.0 : 3.0;
  PostgresPeer bare(options, Indexes::kNone, "unique key alone", wanted);
  PostgresPeer indexed(options, Indexes::kAsIsListedBy, "two indexes more", wanted);
  StreamRuns runs(generator);
  for (uint64_t run = 0; run < options.runs; ++run) {
    const std::filesystem::path folder = FreshFolder(options, "empty");
    double rate = 0;
    {
      IngestServer server(folder, FreshStore(options), options.streams);
      server.AddOrganizations(generator);
      rate = runs.Run(server, run * options.records, options.records);
    }
    if (!options.store_in_postgres) {
      const JournalRows rows = ReadJournalRows(DatabaseIn(folder), 0);
      BareLoader loader(MakeTables(options, "loader"));
      against_loader.subject_rates.push_back(rate);
      against_loader.peer_rates.push_back(PerSecond(rows.size(), loader.Load(rows, kBatchRecords)));
    }
    if (options.postgres_url.empty()) continue;
    for (PostgresPeer* const peer : {&bare, &indexed}) {
      peer->Run(options, generator, run * options.records, rate);
    }
  }
  if (!options.store_in_postgres) PrintComparison(against_loader);
  if (!options.postgres_url.empty()) {
    PrintComparison(bare.comparison);
    PrintComparison(indexed.comparison);
  }
  runs.PrintCpu();
}

void MeasurePreloaded(const MeasureOptions& options, const DisclosureGenerator& generator) {
  PrintHeading(fmt::format("A store with {} records", options.preloaded));
  const std::filesystem::path folder = FreshFolder(options, "preloaded");
  const std::string store = FreshStore(options);
  int64_t empty_bytes = 0;
  double empty_start_seconds = 0;
  {
    IngestServer server(folder, store, options.streams);
    empty_start_seconds = server.start_seconds();
    empty_bytes = ResidentBytes(server.pid());
    Preload(options, generator, server);
    server.Stop();
  }
  const std::filesystem::path copy = FreshFolder(options, "loader") / "ingest.db";
  if (!options.store_in_postgres) std::filesystem::copy_file(DatabaseIn(folder), copy);
  sync();  // what is still being written of the copy would slow down what comes next

  IngestServer server(folder, store, options.streams);
  PrintFigure("start, verified and replayed",
              fmt::format("{:.2f} s a million records ({:.1f} s in all)",
                          (server.start_seconds() - empty_start_seconds) * kMillion /
                              static_cast<double>(options.preloaded),
                          server.start_seconds()));
  PrintResident(server, "after a start", empty_bytes, options.preloaded);
  MeasureFeed(options, server);

  Comparison against_loader{
      .subject = fmt::format("StreamDisclosures, {}, with {} there", EngineName(options),
                             options.preloaded),
      .peer = options.store_in_postgres ? "" : "bare loader, with as many there",
      .unit = "records/s",
      .wanted_ratio = 0.8};
  StreamRuns runs(generator);
  for (uint64_t run = 0; run < options.runs; ++run) {
    const uint64_t head = server.Head();
    against_loader.subject_rates.push_back(
        runs.Run(server, options.preloaded + run * options.records, options.records));
    if (options.store_in_postgres) continue;
    const JournalRows rows = ReadJournalRows(DatabaseIn(folder), head);
    BareLoader loader(copy);
    against_loader.peer_rates.push_back(PerSecond(rows.size(), loader.Load(rows, kBatchRecords)));
  }
  PrintComparison(against_loader);
  runs.PrintCpu();
}

void MeasureUnary(const MeasureOptions& options, const DisclosureGenerator& generator) {
  PrintHeading(fmt::format("Unary RecordDisclosures, one record each, {} outstanding, {} a run",
                           kOutstanding, options.unary_records));
  tests::Process echo({.arguments = {"/proc/self/exe", "--echo-server"}}, options.directory);
  ByteClient echo_client(WaitForAddress(echo, "listening on "));
  IngestServer server(FreshFolder(options, "unary"), FreshStore(options));
  server.AddOrganizations(generator);
  Comparison comparison{.subject = "RecordDisclosures, durable, " + EngineName(options),
                        .peer = "echo of the same message, not stored",
                        .unit = "calls/s",
                        .wanted_ratio = 0.5};
  const auto ignore = [](grpc::ByteBuffer&) {};
  for (uint64_t run = 0; run <= options.runs; ++run) {
    const auto messages =
        UnaryMessages(generator, run * options.unary_records, options.unary_records);
    const double own = server.client().CallAll(kRecordMethod, messages, kOutstanding, ignore);
    const double echoed = echo_client.CallAll(kEchoMethod, messages, kOutstanding, ignore);
    if (run == 0) continue;  // connections and caches are made
    comparison.subject_rates.push_back(PerSecond(options.unary_records, own));
    comparison.peer_rates.push_back(PerSecond(options.unary_records, echoed));
  }
  PrintComparison(comparison);
  if (server.Head() <
      generator.organizations().organizations_size() + (options.runs + 1) * options.unary_records) {
    throw std::runtime_error("a record that was answered is not there");
  }
}

}  // namespace outlay::bench
