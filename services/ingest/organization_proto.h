// The catalogue on the wire and in the domain.
#ifndef OUTLAY_SERVICES_INGEST_ORGANIZATION_PROTO_H_
#define OUTLAY_SERVICES_INGEST_ORGANIZATION_PROTO_H_

#include "absl/status/statusor.h"
#include "outlay/ingest/v1/organization.pb.h"
#include "services/ingest/measures.h"
#include "services/ingest/organization.h"

namespace outlay::ingest {

// Output-only fields are passed over: an entry may be sent as it was read.
OrganizationInput FromProto(const v1::Organization& proto);
GroupContent FromProto(const v1::Group& proto);

void ToProto(const OrganizationContent& content, v1::Organization* proto);
void ToProto(const Organization& organization, v1::Organization* proto);
void ToProto(const GroupContent& content, v1::Group* proto);
void ToProto(const Group& group, v1::Group* proto);
void ToProto(const Measure& measure, v1::Measure* proto);

// The inverse of ToProto, for what the journal keeps. DATA_LOSS PAYLOAD_UNREADABLE.
absl::StatusOr<OrganizationContent> StoredContentFromProto(const v1::Organization& proto);

}  // namespace outlay::ingest

#endif  // OUTLAY_SERVICES_INGEST_ORGANIZATION_PROTO_H_
