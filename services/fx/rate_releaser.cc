#include "services/fx/rate_releaser.h"

#include <utility>

#include "fmt/format.h"
#include "services/common/status/error.h"
#include "services/common/status/violations.h"
#include "services/fx/errors.h"
#include "services/fx/rate_recorder.h"

namespace outlay::fx {
namespace {

absl::Status CheckCommand(const ReleaseCommand& command) {
  Violations errors;
  CheckNote(command.request_id, command.note, errors);
  if (command.note.reason.empty()) {
    errors.Add("", MissingField("change.reason", "why the rate is right: \"as announced\""));
  }
  if (command.rate_sequence == 0) {
    errors.Add("", MissingField("sequence", "that of the held rate, as ListFlaggedRates gives it"));
  }
  return errors.ToStatus();
}

}  // namespace

RateReleaser::RateReleaser(journal::Journal& journal, RateProjection& projection,
                           const ChangeCodec& codec)
    : journal_(journal), projection_(projection), codec_(codec) {}

absl::StatusOr<ReleaseOutcome> RateReleaser::Release(const ReleaseCommand& command,
                                                     time::Instant now) {
  RETURN_IF_ERROR(CheckCommand(command));
  RETURN_IF_ERROR(journal_.Reach());
  // Judged by what all replicas have stored: another may have recorded the rate, or corrected it.
  RETURN_IF_ERROR(journal_.Refresh().status());
  RETURN_IF_ERROR(projection_.CatchUp());
  const std::shared_ptr<const RateBook> before = projection_.Book();
  const absl::Status refusal =
      RequireHeld(*before, {before->sequence(), now}, command.rate_sequence).status();
  if (!refusal.ok() && command.request_id.empty()) return refusal;

  journal::Record record;
  if (refusal.ok()) {
    const std::string key = fmt::format("release|{}", command.rate_sequence);
    record.key = key;
    record.fingerprint = journal::Fingerprint(key);
    record.payload = codec_.EncodeRelease({command.rate_sequence}, command.note);
  } else {
    record.rejection = codec_.EncodeRefusal(refusal);
  }
  journal::Batch batch{.request_id = command.request_id,
                       .request_fingerprint = command.request_fingerprint,
                       .records = {}};
  batch.records.push_back(std::move(record));
  ASSIGN_OR_RETURN(const journal::AppendResult appended, journal_.Append(std::move(batch)));
  RETURN_IF_ERROR(projection_.CatchUp());

  const journal::RecordResult& result = appended.results.front();
  if (result.disposition == journal::Disposition::kRejected) {
    return codec_.DecodeRefusal(result.rejection);
  }
  // Another request was faster.
  if (result.disposition != journal::Disposition::kAppended) {
    return NotHeld(command.rate_sequence, "it has been released");
  }
  const std::shared_ptr<const RateBook> book = projection_.Book();
  ASSIGN_OR_RETURN(JudgedRate rate,
                   JudgeRate(*book, {book->sequence(), now}, command.rate_sequence));
  return ReleaseOutcome{.rate = std::move(rate),
                        .sequence = book->sequence(),
                        .is_replay = appended.replayed_request};
}

}  // namespace outlay::fx
