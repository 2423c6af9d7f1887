// The peer of unary recording: a server of the same kind that gives every message back.
#ifndef OUTLAY_TESTS_BENCH_INGEST_ECHO_SERVER_H_
#define OUTLAY_TESTS_BENCH_INGEST_ECHO_SERVER_H_

namespace outlay::bench {

inline constexpr char kEchoMethod[] = "/outlay.bench.v1.EchoService/Echo";

// Parses RecordDisclosuresRequests and answers each with itself, through the same scaffold as every server of Outlay and its callback API,
// on gRPC's own threads; stores nothing. Writes its address as a line to standard output and runs until SIGTERM.
int RunEchoServer();

}  // namespace outlay::bench

#endif  // OUTLAY_TESTS_BENCH_INGEST_ECHO_SERVER_H_
