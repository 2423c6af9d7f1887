// The messages of a feed, encoded from the journal's bytes without decoding them.
#ifndef OUTLAY_SERVICES_COMMON_FEED_ENCODER_PROTO_H_
#define OUTLAY_SERVICES_COMMON_FEED_ENCODER_PROTO_H_

#include <cstdint>
#include <string>
#include <vector>

#include "grpcpp/support/byte_buffer.h"
#include "services/common/journal/record.h"

namespace outlay::feed {

// The numbers of the fields of a service's feed, which every feed has.
struct Fields {
  // Of the response.
  int batch = 0;
  int caught_up_sequence = 0;
  int heartbeat_sequence = 0;
  // Of a batch.
  int changes = 0;
  int last_checksum = 0;  // fixed64
  // Of a change in it.
  int sequence = 0;
  int recorded_time = 0;
  int change = 0;
};

// Safe for concurrent use.
class Encoder {
 public:
  // Fields of the change that are put after the stored ones; where both have the same message field, what is in it joins.
  using AddFields = std::string (*)(const journal::Entry& entry);

  // Payloads go out as they are stored; `add_fields` may be null.
  explicit Encoder(const Fields& fields, AddFields add_fields = nullptr)
      : fields_(fields), add_fields_(add_fields) {}

  // Each a response. `entries` is not empty.
  grpc::ByteBuffer Batch(const std::vector<journal::Entry>& entries) const;
  grpc::ByteBuffer CaughtUp(uint64_t sequence) const;
  grpc::ByteBuffer Heartbeat(uint64_t sequence) const;

 private:
  void PutChange(const journal::Entry& entry, std::string& out) const;

  const Fields fields_;
  const AddFields add_fields_;
};

}  // namespace outlay::feed

#endif  // OUTLAY_SERVICES_COMMON_FEED_ENCODER_PROTO_H_
