#include "services/ingest/change_codec_proto.h"

#include <memory>
#include <utility>

#include "fmt/format.h"
#include "google/protobuf/arena.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"
#include "services/common/wire/journal_proto.h"
#include "services/ingest/disclosure_id.h"
#include "services/ingest/disclosure_proto.h"
#include "services/ingest/errors.h"
#include "services/ingest/organization_proto.h"
#include "services/ingest/recorded_bytes_proto.h"

namespace outlay::ingest {
namespace {

constexpr size_t kViolationsMax = 100;  // of a stored refusal

// A message in one piece of memory: a start reads millions.
class ChangeMessage {
 private:
  alignas(8) char first_block_[1'536];
  google::protobuf::Arena arena_{first_block_, sizeof(first_block_)};

 public:
  v1::Change* const change = google::protobuf::Arena::CreateMessage<v1::Change>(&arena_);
};

// Fills the message by the kind of change.
class Encoder {
 public:
  explicit Encoder(v1::Change& proto) : proto_(proto) {}

  // Nobody writes one.
  void operator()(const UnknownChange&) {}

  void operator()(const DisclosureRecorded& recorded) {
    v1::Disclosure* const disclosure = proto_.mutable_disclosure_recorded();
    ToProto(recorded.content, disclosure);
    disclosure->set_revision(1);
  }

  void operator()(const DisclosurePrepared& prepared) {
    v1::Disclosure* const disclosure = proto_.mutable_disclosure_recorded();
    ToProto(prepared.record->content, disclosure);
    disclosure->set_revision(1);
  }

  void operator()(const DisclosureCorrected& corrected) {
    v1::Disclosure* const disclosure = proto_.mutable_disclosure_corrected();
    ToProto(corrected.content, disclosure);
    disclosure->set_disclosure_id(FormatDisclosureId(corrected.id));
    disclosure->set_revision(corrected.revision);
  }

  void operator()(const DisclosureVoided& voided) {
    v1::DisclosureVoided* const message = proto_.mutable_disclosure_voided();
    message->set_disclosure_id(FormatDisclosureId(voided.id));
    message->set_revision(voided.revision);
  }

  void operator()(const SourceRedacted& redacted) {
    v1::SourceRedacted* const message = proto_.mutable_source_redacted();
    message->set_source_id(redacted.source_id);
    for (const uint64_t id : redacted.ids) message->add_disclosure_ids(FormatDisclosureId(id));
  }

  void operator()(const OrganizationUpserted& upserted) {
    v1::Organization* const organization = proto_.mutable_organization_upserted();
    ToProto(upserted.content, organization);
    organization->set_revision(upserted.revision);
  }

  void operator()(const GroupUpserted& upserted) {
    v1::Group* const group = proto_.mutable_group_upserted();
    ToProto(upserted.content, group);
    group->set_revision(upserted.revision);
  }

 private:
  v1::Change& proto_;
};

absl::StatusOr<uint64_t> IdOf(const std::string& text) {
  const std::optional<uint64_t> id = ParseDisclosureId(text);
  if (!id) return PayloadUnreadable(fmt::format("{} is not the id of a disclosure", Quote(text)));
  return *id;
}

absl::StatusOr<DisclosureCorrected> CorrectedFromProto(const v1::Disclosure& proto,
                                                       std::shared_ptr<const void> owner) {
  DisclosureCorrected corrected{.revision = proto.revision()};
  ASSIGN_OR_RETURN(corrected.id, IdOf(proto.disclosure_id()));
  ASSIGN_OR_RETURN(corrected.content, StoredContentFromProto(proto, std::move(owner)));
  return corrected;
}

absl::StatusOr<SourceRedacted> RedactedFromProto(const v1::SourceRedacted& proto) {
  SourceRedacted redacted{.source_id = proto.source_id()};
  for (const std::string& text : proto.disclosure_ids()) {
    ASSIGN_OR_RETURN(const uint64_t id, IdOf(text));
    redacted.ids.push_back(id);
  }
  return redacted;
}

// Takes the quoted words out of the change. What is returned merges them into it again when its bytes follow those of the rest: a
// message field that occurs twice is one message.
std::string TakeQuote(v1::Change& change) {
  v1::Change words;
  if (change.has_disclosure_recorded()) {
    words.mutable_disclosure_recorded()->set_allocated_quote(
        change.mutable_disclosure_recorded()->release_quote());
  } else if (change.has_disclosure_corrected()) {
    words.mutable_disclosure_corrected()->set_allocated_quote(
        change.mutable_disclosure_corrected()->release_quote());
  }
  const bool any =
      !words.disclosure_recorded().quote().empty() || !words.disclosure_corrected().quote().empty();
  return any ? words.SerializeAsString() : std::string();
}

// The texts of disclosures lie in the message, which `owner` holds.
absl::Status ReadKind(const v1::Change& proto, const std::shared_ptr<const void>& owner,
                      Change& change) {
  switch (proto.kind_case()) {
    case v1::Change::kDisclosureRecorded: {
      ASSIGN_OR_RETURN(DisclosureContent content,
                       StoredContentFromProto(proto.disclosure_recorded(), owner));
      change.kind = DisclosureRecorded{std::move(content)};
      break;
    }
    case v1::Change::kDisclosureCorrected: {
      ASSIGN_OR_RETURN(change.kind, CorrectedFromProto(proto.disclosure_corrected(), owner));
      break;
    }
    case v1::Change::kDisclosureVoided: {
      const v1::DisclosureVoided& voided = proto.disclosure_voided();
      ASSIGN_OR_RETURN(const uint64_t id, IdOf(voided.disclosure_id()));
      change.kind = DisclosureVoided{id, voided.revision()};
      break;
    }
    case v1::Change::kSourceRedacted: {
      ASSIGN_OR_RETURN(change.kind, RedactedFromProto(proto.source_redacted()));
      break;
    }
    case v1::Change::kOrganizationUpserted: {
      const v1::Organization& organization = proto.organization_upserted();
      ASSIGN_OR_RETURN(OrganizationContent content, StoredContentFromProto(organization));
      change.kind = OrganizationUpserted{std::move(content), organization.revision()};
      break;
    }
    case v1::Change::kGroupUpserted:
      change.kind =
          GroupUpserted{FromProto(proto.group_upserted()), proto.group_upserted().revision()};
      break;
    default:
      change.kind = UnknownChange{};
  }
  return absl::OkStatus();
}

}  // namespace

EncodedChange ProtoChangeCodec::Encode(const Change& change) const {
  v1::Change proto;
  std::visit(Encoder(proto), change.kind);
  ToProto(change.note, proto.mutable_note());
  std::string erasable = TakeQuote(proto);
  return {proto.SerializeAsString(), std::move(erasable)};
}

RecordedSizes ProtoChangeCodec::AppendRecorded(const DisclosureContent& content,
                                               const ChangeNote& note, std::string& out) const {
  return AppendRecordedBytes(content, note, out);
}

absl::StatusOr<Change> ProtoChangeCodec::Decode(std::string_view payload,
                                                std::string_view erasable) const {
  const auto message = std::make_shared<ChangeMessage>();
  v1::Change* const proto = message->change;
  if (!proto->ParseFromArray(payload.data(), static_cast<int>(payload.size())) ||
      (!erasable.empty() && !proto->MergeFromString(std::string(erasable)))) {
    return PayloadUnreadable("it is not an outlay.ingest.v1.Change");
  }
  Change change{.note = FromProto(proto->note())};
  RETURN_IF_ERROR(ReadKind(*proto, message, change));
  return change;
}

std::string ProtoChangeCodec::EncodeError(const absl::Status& error) const {
  journal::v1::RecordError proto;
  ErrorDetail detail = GetErrorDetail(error);
  if (detail.violations.size() > kViolationsMax) {
    detail.metadata["violations_omitted"] =
        fmt::to_string(detail.violations.size() - kViolationsMax);
    detail.violations.resize(kViolationsMax);
    wire::ToProto(MakeError(error.code(), FromAbsl(error.message()), std::move(detail)), &proto);
  } else {
    wire::ToProto(error, &proto);
  }
  return proto.SerializeAsString();
}

absl::Status ProtoChangeCodec::DecodeError(std::string_view bytes) const {
  journal::v1::RecordError proto;
  if (!proto.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())) || proto.code() == 0) {
    return PayloadUnreadable("it is not an outlay.journal.v1.RecordError");
  }
  return wire::FromProto(proto);
}

}  // namespace outlay::ingest
