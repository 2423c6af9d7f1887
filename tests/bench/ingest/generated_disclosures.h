// Seeded disclosures of the shape that bulk data from filings has.
#ifndef OUTLAY_TESTS_BENCH_INGEST_GENERATED_DISCLOSURES_H_
#define OUTLAY_TESTS_BENCH_INGEST_GENERATED_DISCLOSURES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "grpcpp/support/byte_buffer.h"
#include "outlay/ingest/v1/ingest_service.pb.h"

namespace outlay::bench {

// Entry number i is the same in every run: about ten entries a filing, each with a period, an amount, the filing's id, title and url, a
// quote of about 60 bytes and a key of about 55, in no order.
class DisclosureGenerator {
 public:
  explicit DisclosureGenerator(uint64_t seed);

  // What must be in the catalogue: the organizations of deploy/catalog.
  const ingest::v1::UpsertOrganizationsRequest& organizations() const { return organizations_; }

  void Fill(uint64_t index, ingest::v1::DisclosureEntry* entry) const;

 private:
  const uint64_t seed_;
  ingest::v1::UpsertOrganizationsRequest organizations_;
};

grpc::ByteBuffer ToBuffer(const google::protobuf::MessageLite& message);

// Messages of StreamDisclosures with entries `first` to `first + count`, in batches, serialized: sending them costs the client little.
std::vector<grpc::ByteBuffer> StreamMessages(const DisclosureGenerator& generator, uint64_t first,
                                             uint64_t count, uint64_t batch_records);

// Requests of RecordDisclosures with one entry each.
std::vector<grpc::ByteBuffer> UnaryMessages(const DisclosureGenerator& generator, uint64_t first,
                                            uint64_t count);

}  // namespace outlay::bench

#endif  // OUTLAY_TESTS_BENCH_INGEST_GENERATED_DISCLOSURES_H_
