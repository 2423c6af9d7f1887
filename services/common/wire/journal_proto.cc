#include "services/common/wire/journal_proto.h"

#include <string>
#include <utility>

#include "services/common/status/error.h"
#include "services/common/wire/time_proto.h"

namespace outlay::wire {

std::optional<time::Moment> AsOf::PublishedByDay() const {
  if (published || !now) return published;
  return time::Moment::Day(time::DateOf(*now));
}

absl::StatusOr<AsOf> FromProto(const journal::v1::AsOf& proto) {
  AsOf as_of;
  if (!proto.published().empty()) {
    absl::StatusOr<time::Moment> published = time::ParseDateOrInstant(proto.published());
    if (!published.ok()) return Under("published", published.status());
    as_of.published = *published;
  }
  if (proto.has_recorded_sequence()) as_of.recorded_sequence = proto.recorded_sequence();
  if (proto.has_recorded_time()) {
    absl::StatusOr<time::Instant> recorded = FromProto(proto.recorded_time());
    if (!recorded.ok()) return Under("recorded_time", recorded.status());
    as_of.recorded_time = *recorded;
  }
  if (proto.has_now()) {
    absl::StatusOr<time::Instant> now = FromProto(proto.now());
    if (!now.ok()) return Under("now", now.status());
    as_of.now = *now;
  }
  return as_of;
}

void ToProto(const absl::Status& error, journal::v1::RecordError* proto) {
  ErrorDetail detail = GetErrorDetail(error);
  proto->set_code(static_cast<int32_t>(error.code()));
  proto->set_message(std::string(error.message()));
  proto->set_reason(std::move(detail.reason));
  for (FieldViolation& violation : detail.violations) {
    journal::v1::RecordFieldViolation* added = proto->add_violations();
    added->set_field(std::move(violation.field));
    added->set_description(std::move(violation.description));
  }
  for (auto& [key, value] : detail.metadata) (*proto->mutable_metadata())[key] = std::move(value);
}

absl::Status FromProto(const journal::v1::RecordError& proto) {
  ErrorDetail detail{.reason = proto.reason()};
  for (const auto& [key, value] : proto.metadata()) detail.metadata[key] = value;
  for (const journal::v1::RecordFieldViolation& violation : proto.violations()) {
    detail.violations.push_back({violation.field(), violation.description()});
  }
  // A record error always is one: a code that is OK or unknown came from a newer or broken sender.
  const bool known = proto.code() >= 1 && proto.code() <= 16;
  return MakeError(known ? static_cast<absl::StatusCode>(proto.code()) : absl::StatusCode::kUnknown,
                   proto.message(), std::move(detail));
}

}  // namespace outlay::wire
