#include "services/aggregation/disclosure_proto.h"

#include "services/common/wire/time_proto.h"

namespace outlay::aggregation {
ingest::v1::Basis WireBasis(Basis basis) {
  switch (basis) {
    case Basis::kActual:
      return ingest::v1::BASIS_ACTUAL;
    case Basis::kGuidance:
      return ingest::v1::BASIS_GUIDANCE;
    case Basis::kEstimate:
      return ingest::v1::BASIS_ESTIMATE;
  }
  return ingest::v1::BASIS_UNSPECIFIED;
}

ingest::v1::SourceClass WireSourceClass(SourceClass source_class) {
  switch (source_class) {
    case SourceClass::kFiling:
      return ingest::v1::SOURCE_CLASS_FILING;
    case SourceClass::kOrganization:
      return ingest::v1::SOURCE_CLASS_ORGANIZATION;
    case SourceClass::kPress:
      return ingest::v1::SOURCE_CLASS_PRESS;
    case SourceClass::kOther:
      return ingest::v1::SOURCE_CLASS_OTHER;
  }
  return ingest::v1::SOURCE_CLASS_UNSPECIFIED;
}

void WritePeriod(const time::Period& period, time::v1::Period& message) {
  wire::ToProto(period, &message);
  if (period.start == period.end) {
    message.clear_start_date();
    message.clear_end_date();
  }
}

}  // namespace outlay::aggregation
