// ./run bench ingest_steps: what each step of a record on its way through ingest costs by itself, without network and disk.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "services/ingest/change_codec_proto.h"
#include "services/ingest/content_fields.h"
#include "services/ingest/disclosure_proto.h"
#include "services/ingest/disclosure_validator.h"
#include "services/ingest/ledger.h"
#include "services/ingest/organization_proto.h"
#include "services/ingest/record_proto.h"
#include "services/ingest/stream_batch_proto.h"
#include "tests/bench/ingest/generated_disclosures.h"

namespace outlay::ingest {
namespace {

constexpr uint64_t kSeed = 20'250'210;
constexpr int kBatchRecords = 1'000;

// A ledger with the catalogue, and a message of a stream with what is made of it.
class World {
 public:
  World() : generator_(kSeed) {
    std::vector<SequencedChange> changes;
    for (const v1::Organization& organization : generator_.organizations().organizations()) {
      changes.push_back({.sequence = changes.size() + 1});
      changes.back().change.kind =
          OrganizationUpserted{StoredContentFromProto(organization).value(), 1};
    }
    if (!ledger.Apply(changes).ok()) std::abort();
    for (int i = 0; i < kBatchRecords; ++i) generator_.Fill(i, message.add_entries());
    bytes = message.SerializeAsString();
    SetEntries(message.entries(), command);
    DisclosureValidator validator(ledger, time::SystemClock().Now());
    for (int i = 0; i < kBatchRecords; ++i) {
      const RecordEntry entry = command.entry(i).value();
      contents.push_back(validator.Validate(*entry.disclosure).value());
      keys.push_back("disclosure/" + std::string(entry.idempotency_key));
      encoded.push_back(codec.Encode({DisclosureRecorded{contents.back()}, note}));
    }
  }

  const ChangeNote note{"benchmark", ""};
  const ProtoChangeCodec codec;
  Ledger ledger;
  v1::StreamDisclosuresRequest message;
  std::string bytes;
  RecordCommand command;
  std::vector<DisclosureContent> contents;
  std::vector<std::string> keys;
  std::vector<EncodedChange> encoded;

 private:
  const bench::DisclosureGenerator generator_;
};

World& TheWorld() {
  static World world;
  return world;
}

void CountRecords(benchmark::State& state) {
  state.counters["record"] = benchmark::Counter(
      kBatchRecords, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

void Read(benchmark::State& state) {
  const World& world = TheWorld();
  for (auto _ : state) {
    const StreamBatch batch = ReadStreamBatch(world.bytes).value();
    for (const std::string_view entry : batch.entries) benchmark::DoNotOptimize(ReadEntry(entry));
  }
  CountRecords(state);
}
BENCHMARK(Read);

void Validate(benchmark::State& state) {
  const World& world = TheWorld();
  for (auto _ : state) {
    DisclosureValidator validator(world.ledger, time::SystemClock().Now());
    for (int i = 0; i < kBatchRecords; ++i) {
      benchmark::DoNotOptimize(validator.Validate(*world.command.entry(i)->disclosure));
    }
  }
  CountRecords(state);
}
BENCHMARK(Validate);

void Encode(benchmark::State& state) {
  const World& world = TheWorld();
  for (auto _ : state) {
    std::string bytes;
    bytes.reserve(world.bytes.size() * 2);
    for (const DisclosureContent& content : world.contents) {
      const size_t start = bytes.size();
      const RecordedSizes sizes = world.codec.AppendRecorded(content, world.note, bytes);
      const std::string_view appended = std::string_view(bytes).substr(start);
      benchmark::DoNotOptimize(
          HashContent(appended.substr(0, sizes.content), appended.substr(sizes.payload)));
    }
  }
  CountRecords(state);
}
BENCHMARK(Encode);

void Decode(benchmark::State& state) {
  const World& world = TheWorld();
  for (auto _ : state) {
    for (const EncodedChange& encoded : world.encoded) {
      benchmark::DoNotOptimize(world.codec.Decode(encoded.payload, encoded.erasable));
    }
  }
  CountRecords(state);
}
BENCHMARK(Decode);

void Apply(benchmark::State& state) {
  const World& world = TheWorld();
  auto ledger = std::make_unique<Ledger>();
  for (auto _ : state) {
    state.PauseTiming();
    if (ledger->sequence() > 1'000'000) ledger = std::make_unique<Ledger>();
    std::vector<SequencedChange> changes(kBatchRecords);
    for (int i = 0; i < kBatchRecords; ++i) {
      changes[i].sequence = ledger->sequence() + i + 1;
      changes[i].key = world.keys[i] + std::to_string(changes[i].sequence);
      changes[i].change.kind = DisclosureRecorded{world.contents[i]};
    }
    state.ResumeTiming();
    if (!ledger->Apply(changes).ok()) state.SkipWithError("a change does not fit");
  }
  CountRecords(state);
}
BENCHMARK(Apply);

}  // namespace
}  // namespace outlay::ingest

BENCHMARK_MAIN();
