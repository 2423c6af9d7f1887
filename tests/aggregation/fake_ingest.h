// An ingest service with a journal in memory, for tests of the follower: it can be stopped and started again on the same port, with the
// same journal or another one.
#ifndef OUTLAY_TESTS_AGGREGATION_FAKE_INGEST_H_
#define OUTLAY_TESTS_AGGREGATION_FAKE_INGEST_H_

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "grpcpp/server.h"
#include "outlay/ingest/v1/ingest_service.grpc.pb.h"

namespace outlay::aggregation {

class FakeIngest {
 public:
  FakeIngest();
  ~FakeIngest();

  std::string address() const;

  void Start();
  void Stop();

  // Stores a change and feeds it. Returns its sequence.
  uint64_t Append(const ingest::v1::Change& change);
  // Stores and feeds a change under any sequence.
  void AppendAs(uint64_t sequence, const ingest::v1::Change& change);
  // Another journal, empty. Only while stopped.
  void ReplaceJournal();
  // Until AllowCatchUp, nobody is told that he has caught up.
  void HoldCatchUp();
  void AllowCatchUp();
  // Feeds a heartbeat that tells of this head.
  void Heartbeat(uint64_t head_sequence);

  // The after_sequence of every subscription so far.
  std::vector<uint64_t> subscriptions() const;
  void WaitForSubscriptions(size_t count);

 private:
  class Service;

  int port_ = 0;
  std::unique_ptr<Service> service_;
  std::unique_ptr<grpc::Server> server_;
};

// Changes as ingest writes them.
ingest::v1::Change OrganizationUpserted(const std::string& id, const std::string& name,
                                        const std::string& fiscal_year_end = "12-31",
                                        const std::string& parent_id = "");
ingest::v1::Change GroupUpserted(const std::string& id, const std::vector<std::string>& members);
// Guidance of capital expenditure in 2025, published on 2025-02-10 by the press: $<amount>.
ingest::v1::Change DisclosureRecorded(const std::string& id, const std::string& organization,
                                      const std::string& amount);

}  // namespace outlay::aggregation

#endif  // OUTLAY_TESTS_AGGREGATION_FAKE_INGEST_H_
