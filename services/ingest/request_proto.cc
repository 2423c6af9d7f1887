#include "services/ingest/request_proto.h"

#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "services/common/journal/record.h"
#include "services/common/time/asked_now.h"
#include "services/common/wire/journal_proto.h"

namespace outlay::ingest {
namespace {

// The version of docs/semantics.md that the answers follow.
constexpr char kRulesVersion[] = "1";

}  // namespace

void WriteStamp(uint64_t sequence, journal::v1::Stamp* stamp) {
  stamp->set_ingest_sequence(sequence);
  stamp->set_rules_version(kRulesVersion);
}

absl::StatusOr<AsOfInput> AsOfFromProto(const journal::v1::AsOf& proto, time::Instant clock) {
  const absl::StatusOr<wire::AsOf> as_of = wire::FromProto(proto);
  if (!as_of.ok()) return Under("as_of", as_of.status());
  RETURN_IF_ERROR(time::NowFor(as_of->now, clock).status());
  return AsOfInput{as_of->PublishedByDay(), as_of->recorded_sequence, as_of->recorded_time};
}

uint64_t FingerprintOf(const google::protobuf::Message& request) {
  std::string bytes = request.GetTypeName() + "\n";
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    request.SerializeToCodedStream(&coded);
  }
  return journal::Fingerprint(bytes);
}

}  // namespace outlay::ingest
