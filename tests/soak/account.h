// What ingest was asked and what it has answered: kept by the clients alone, to hold the store against.
#ifndef OUTLAY_TESTS_SOAK_ACCOUNT_H_
#define OUTLAY_TESTS_SOAK_ACCOUNT_H_

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "outlay/ingest/v1/ingest_service.pb.h"

namespace outlay::tests {

// One change as the feed gives it. Records are told apart by their quotes, of which no two are alike.
struct FeedEvent {
  uint64_t sequence = 0;
  std::string kind;  // "recorded", "corrected", "voided", "redacted", "other"
  std::string id;
  uint32_t revision = 0;
  std::string quote;

  friend bool operator==(const FeedEvent&, const FeedEvent&) = default;
};

// A request whose answer did not come: it is sent again.
using Doubt = std::variant<ingest::v1::RecordDisclosuresRequest,
                           ingest::v1::CorrectDisclosureRequest, ingest::v1::VoidDisclosureRequest>;

// A record that is there and that nobody else changes meanwhile.
struct Target {
  std::string id;
  uint32_t revision = 0;
  ingest::v1::Disclosure disclosure;
};

// Thread safe.
class Account {
 public:
  // Before it is sent.
  void Asked(const ingest::v1::Disclosure& disclosure);
  // It was acknowledged.
  void Recorded(const ingest::v1::Disclosure& disclosure, uint64_t sequence);
  void Corrected(const ingest::v1::Disclosure& answer);
  void Voided(const ingest::v1::Disclosure& answer);
  void InDoubt(Doubt doubt);

  // One of the acknowledged records that can be changed; it is not given again until its change is acknowledged.
  std::optional<Target> TakeTarget(std::mt19937_64& random);
  std::vector<Doubt> TakeDoubts();

  size_t acknowledged() const;

  // What is wrong with the store's feed, read from the beginning. With `settled`, every doubt has been sent again and acknowledged, so
  // that nothing asked for may be missing.
  std::vector<std::string> Compare(const std::vector<FeedEvent>& feed, bool settled) const;

 private:
  mutable std::mutex mutex_;
  std::set<std::string> asked_;               // quotes
  std::map<std::string, uint64_t> recorded_;  // quote → sequence
  std::map<uint64_t, std::string> revised_;   // sequence → id, of acknowledged changes
  std::vector<Target> targets_;
  std::vector<Doubt> doubts_;
};

}  // namespace outlay::tests

#endif  // OUTLAY_TESTS_SOAK_ACCOUNT_H_
