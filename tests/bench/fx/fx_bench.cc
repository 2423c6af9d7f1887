// ./run bench fx: how fast fx converts, beside peers that are measured in the same run.
#include <algorithm>
#include <cstdio>
#include <exception>

#include "CLI/CLI.hpp"
#include "google/protobuf/empty.pb.h"
#include "tests/bench/echo_server.h"
#include "tests/bench/fx/fx_measures.h"
#include "tests/bench/host_facts.h"
#include "tests/support/process.h"

int main(int argc, char** argv) {
  outlay::tests::TemporaryFolder temporary;
  outlay::bench::FxMeasureOptions options{.directory = temporary.path()};
  std::vector<std::string> parts = {"loading", "unary", "stream"};
  bool echo_server = false;
  CLI::App app("Measures outlay-fx against peers in the same run.", "./run bench fx");
  app.add_option(
      "--node-peer", options.node_peer,
      "folder of the currency server on Node with its modules; without it that peer is left out");
  app.add_option("--runs", options.runs, "runs of each measure")->check(CLI::Range(1, 99));
  app.add_option("--unary-calls", options.unary_calls, "calls of a unary run");
  app.add_option("--stream-messages", options.stream_messages, "messages of a run of the stream")
      ->check(CLI::Range(10, 1'000'000));
  app.add_option("--parts", parts, "what to measure")
      ->delimiter(',')
      ->check(CLI::IsMember({"loading", "unary", "stream"}));
  app.add_flag("--echo-server", echo_server, "run as the peer of the unary calls")->group("");
  CLI11_PARSE(app, argc, argv);
  if (echo_server) return outlay::bench::RunEchoServer<google::protobuf::Empty>();
  const auto wants = [&](const char* part) {
    return std::ranges::find(parts, part) != parts.end();
  };
  try {
    std::puts(outlay::bench::HostFacts(options.directory).c_str());
    const outlay::bench::RateHistory history;
    if (wants("loading")) outlay::bench::MeasureLoading(options, history);
    if (wants("unary")) outlay::bench::MeasureUnary(options, history);
    if (wants("stream")) outlay::bench::MeasureStream(options, history);
  } catch (const std::exception& exception) {
    std::fprintf(stderr, "fx_bench: %s\n", exception.what());
    return 1;
  }
  return 0;
}
