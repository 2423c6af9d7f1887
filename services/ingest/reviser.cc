#include "services/ingest/reviser.h"

#include <memory>
#include <utility>

#include "fmt/format.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"
#include "services/ingest/content_fields.h"
#include "services/ingest/disclosure_id.h"
#include "services/ingest/disclosure_validator.h"
#include "services/ingest/errors.h"
#include "services/ingest/revision_key.h"

namespace outlay::ingest {
namespace {

void CheckTarget(const RevisionTarget& target, Violations& violations) {
  if (!ParseDisclosureId(target.disclosure_id)) {
    violations.Add("disclosure_id", MalformedDisclosureId("", target.disclosure_id));
  }
  if (target.expected_revision == 0) {
    violations.Add("REQUIRED", "expected_revision",
                   "is required: the revision that was read and is changed, from 1");
  }
}

// Whether the expected revision can still be the last; whether it is, the journal says.
absl::Status CheckExpected(const RevisionTarget& target, const Disclosure& current) {
  if (target.expected_revision > current.revision) {
    return RevisionChanged(current.id, target.expected_revision, current.revision,
                           current.sequence);
  }
  if (target.expected_revision == current.revision && current.voided) {
    return AlreadyVoided(current.id, current.revision, current.sequence);
  }
  return absl::OkStatus();
}

// Whether the correction leaves the period, as it was read, alone: then it stays so, even where the organization's calendar has changed since.
bool IsSamePeriod(const PeriodInput& input, const time::Period& current) {
  return current.fiscal && input.label == current.label &&
         input.start_date == time::FormatDate(current.start) &&
         input.end_date == time::FormatDate(current.end);
}

void CheckFixed(const DisclosureContent& content, const DisclosureContent& current,
                Violations& violations) {
  if (content.published_at != current.published_at) {
    violations.Add("PUBLISHED_AT_FIXED", "published_at",
                   fmt::format("stays {}: a correction mends Outlay's record, not the past; void "
                               "the record and record it anew if it was published at another time",
                               time::FormatMoment(current.published_at)));
  }
  if (content.source.source_id != current.source.source_id) {
    violations.Add("SOURCE_FIXED", "source.source_id",
                   fmt::format("stays {}: another source's statement is another disclosure",
                               Quote(current.source.source_id)));
  }
  if (content.organization_id != current.organization_id) {
    violations.Add("ORGANIZATION_FIXED", "organization_id",
                   fmt::format("stays {}: void the record and record it anew for another "
                               "organization",
                               Quote(current.organization_id)));
  }
}

}  // namespace

absl::StatusOr<DisclosureContent> Reviser::CheckCorrection(DisclosureInput input,
                                                           const Disclosure& current) const {
  if (input.period) {
    input.period->as_recorded = IsSamePeriod(*input.period, current.content->period);
  }
  DisclosureValidator validator(ledger_, clock_.Now());
  absl::StatusOr<DisclosureContent> content = validator.Validate(input);
  if (!content.ok()) return Under("disclosure", content.status());
  Violations violations;
  CheckFixed(*content, *current.content, violations);
  if (!violations.empty()) return Under("disclosure", violations.ToStatus());
  return content;
}

absl::StatusOr<journal::Record> Reviser::MakeCorrection(const CorrectCommand& command,
                                                        const Disclosure& current) const {
  RETURN_IF_ERROR(CheckExpected(command.target, current));
  ASSIGN_OR_RETURN(DisclosureContent content, CheckCorrection(*command.disclosure, current));
  const std::string canonical = CanonicalBytes(content);
  if (command.target.expected_revision == current.revision &&
      canonical == CanonicalBytes(*current.content)) {
    return NothingToCorrect(current.id);
  }
  const uint32_t revision = command.target.expected_revision + 1;
  EncodedChange encoded = codec_.Encode(
      {DisclosureCorrected{current.id, revision, std::move(content)}, command.request.note});
  return journal::Record{.key = RevisionKey(current.id, revision),
                         .payload = std::move(encoded.payload),
                         .erasable = std::move(encoded.erasable),
                         .fingerprint = journal::Fingerprint("correction\n" + canonical)};
}

absl::StatusOr<journal::Record> Reviser::MakeVoid(const VoidCommand& command,
                                                  const Disclosure& current) const {
  RETURN_IF_ERROR(CheckExpected(command.target, current));
  const uint32_t revision = command.target.expected_revision + 1;
  return journal::Record{
      .key = RevisionKey(current.id, revision),
      .payload =
          codec_.Encode({DisclosureVoided{current.id, revision}, command.request.note}).payload,
      .fingerprint = journal::Fingerprint("void\n")};
}

void Reviser::Correct(CorrectCommand command, Done done) {
  Violations violations;
  CheckWriteRequest(command.request, ReasonRule::kRequired, violations);
  CheckTarget(command.target, violations);
  if (!command.disclosure) {
    violations.Add("REQUIRED", "disclosure", "is required: the whole record as it should read");
  }
  if (!command.record_id.empty() && command.record_id != command.target.disclosure_id) {
    violations.Add("DISCLOSURE_ID_DIFFERS", "disclosure.disclosure_id",
                   fmt::format("is {}, but {} is to be corrected: leave it out, or send the record "
                               "that was read",
                               Quote(command.record_id), Quote(command.target.disclosure_id)));
  }
  if (!violations.empty()) {
    done(violations.ToStatus());
    return;
  }
  Decide(
      command.request, command.target,
      [&](const Disclosure& current) { return MakeCorrection(command, current); }, std::move(done));
}

void Reviser::Void(VoidCommand command, Done done) {
  Violations violations;
  CheckWriteRequest(command.request, ReasonRule::kRequired, violations);
  CheckTarget(command.target, violations);
  if (!violations.empty()) {
    done(violations.ToStatus());
    return;
  }
  Decide(
      command.request, command.target,
      [&](const Disclosure& current) { return MakeVoid(command, current); }, std::move(done));
}

void Reviser::Decide(const WriteRequest& request, const RevisionTarget& target,
                     const MakeRevision& make, Done done) {
  const uint64_t id = *ParseDisclosureId(target.disclosure_id);
  const auto revise = [&]() -> absl::StatusOr<journal::Record> {
    const std::optional<Disclosure> current = ledger_.Find(id);
    if (!current) return DisclosureNotFound(id);
    return make(*current);
  };
  absl::StatusOr<journal::Record> record = revise();
  if (!record.ok()) {
    // What another process has just stored may make it right: the record itself, its revision, the group that a claim speaks of.
    const absl::StatusOr<bool> learned = follower_.LearnMore();
    if (!learned.ok()) {
      done(learned.status());
      return;
    }
    if (*learned) record = revise();
  }
  if (absl::IsNotFound(record.status())) {
    done(record.status());
    return;
  }
  Submit(request, target, id, std::move(record), std::move(done));
}

void Reviser::Submit(const WriteRequest& request, const RevisionTarget& target, uint64_t id,
                     absl::StatusOr<journal::Record> record, Done done) {
  // Without a request id nothing keeps the refusal. With one the journal is asked even so: it may know the request, from before the
  // record became what it is now refused for.
  if (!record.ok() && request.request_id.empty()) {
    done(record.status());
    return;
  }
  if (const absl::Status failure = follower_.failure(); !failure.ok()) {
    done(failure);
    return;
  }
  journal::Batch batch{.request_id = request.request_id,
                       .request_fingerprint = request.fingerprint};
  batch.records.push_back(record.ok()
                              ? *std::move(record)
                              : journal::Record{.rejection = codec_.EncodeError(record.status())});
  journal_.Submit(
      std::move(batch), [this, id, expected = target.expected_revision,
                         done = std::move(done)](absl::StatusOr<journal::AppendResult> appended) {
        if (!appended.ok()) {
          done(appended.status());
          return;
        }
        const auto result = std::make_shared<journal::AppendResult>(*std::move(appended));
        follower_.WhenApplied(result->head, Follower::kNoDeadline,
                              [this, id, expected, done, result](const absl::Status& applied) {
                                if (applied.ok()) {
                                  done(MakeOutcome(id, expected, *result));
                                } else {
                                  done(applied);
                                }
                              });
      });
}

absl::StatusOr<RevisionOutcome> Reviser::MakeOutcome(uint64_t id, uint32_t expected_revision,
                                                     const journal::AppendResult& appended) const {
  const journal::RecordResult& result = appended.results.front();
  if (result.disposition == journal::Disposition::kRejected) {
    return codec_.DecodeError(result.rejection);
  }
  // The revision that holds the key: ours, or the one that was first.
  const std::optional<Disclosure> holder = ledger_.Find(id, AsOf{.sequence = result.sequence});
  if (!holder) return DisclosureNotFound(id);
  if (result.disposition != journal::Disposition::kConflict) {
    return RevisionOutcome{*holder, appended.head};
  }
  if (holder->voided) return AlreadyVoided(id, holder->revision, holder->sequence);
  return RevisionChanged(id, expected_revision, holder->revision, holder->sequence);
}

}  // namespace outlay::ingest
