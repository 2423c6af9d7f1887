// Disclosures on the wire and in the domain.
#ifndef OUTLAY_SERVICES_INGEST_DISCLOSURE_PROTO_H_
#define OUTLAY_SERVICES_INGEST_DISCLOSURE_PROTO_H_

#include <memory>

#include "absl/status/statusor.h"
#include "outlay/ingest/v1/disclosure.pb.h"
#include "services/ingest/disclosure.h"

namespace outlay::ingest {

// What a client wants recorded; output-only fields that it filled are listed. The texts lie in `proto`.
DisclosureInput InputFromProto(const v1::Disclosure& proto);

// The same for a correction, which is a record that was read and changed: what the server had filled in is left out.
DisclosureInput CorrectionFromProto(const v1::Disclosure& proto);

// A record as a reader gets it: all fields.
void ToProto(const Disclosure& disclosure, v1::Disclosure* proto);

// The statement alone, as the journal keeps it.
void ToProto(const DisclosureContent& content, v1::Disclosure* proto);

// The inverse; the texts lie in `proto`, which `owner` holds. DATA_LOSS PAYLOAD_UNREADABLE.
absl::StatusOr<DisclosureContent> StoredContentFromProto(const v1::Disclosure& proto,
                                                         std::shared_ptr<const void> owner);

void ToProto(const ChangeNote& note, journal::v1::ChangeNote* proto);
ChangeNote FromProto(const journal::v1::ChangeNote& proto);

}  // namespace outlay::ingest

#endif  // OUTLAY_SERVICES_INGEST_DISCLOSURE_PROTO_H_
