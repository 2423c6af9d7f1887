// Clients that keep an ingest service busy until it is taken from them.
#ifndef OUTLAY_TESTS_SOAK_LOAD_H_
#define OUTLAY_TESTS_SOAK_LOAD_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "outlay/ingest/v1/ingest_service.grpc.pb.h"
#include "tests/soak/account.h"

namespace outlay::tests {

using IngestStub = ingest::v1::IngestService::Stub;

// Channels of their own: none waits for another's backoff.
std::unique_ptr<IngestStub> ConnectIngest(const std::string& address);

// The organization that all records are about; done again it changes nothing.
void AddOrganization(IngestStub& stub);

// Sends a request again until it is answered, 30 s at most, and books the answer. The error that it ends with.
grpc::Status Settle(IngestStub& stub, const Doubt& doubt, Account& account);

// Reads the feed after `feed`'s last event, whose checksum is `checksum`, until it is caught up (`once`) or the stream ends.
grpc::Status ReadFeed(IngestStub& stub, bool once, std::vector<FeedEvent>& feed,
                      uint64_t& checksum);

// Two clients record single batches, one streams, one corrects and voids, one follows the feed. A failed call goes to the account's
// doubts; then its client tries the next after a moment.
class Load {
 public:
  // Names of records begin with `name`. The feed goes on in `followed`.
  Load(const std::string& address, const std::string& name, uint64_t seed, Account& account,
       std::vector<FeedEvent>& followed, uint64_t& followed_checksum);
  // Stops.
  ~Load();

  void Stop();

 private:
  void RecordBatches(int client, uint64_t seed);
  void Stream(uint64_t seed);
  void Revise(uint64_t seed);
  void Follow(std::vector<FeedEvent>& followed, uint64_t& checksum);

  const std::string address_;
  const std::string name_;
  Account& account_;
  std::atomic<bool> stopping_ = false;
  std::unique_ptr<grpc::ClientContext> feed_context_;
  std::vector<std::thread> clients_;
};

}  // namespace outlay::tests

#endif  // OUTLAY_TESTS_SOAK_LOAD_H_
