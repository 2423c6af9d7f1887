// Requests to record, as hostile bytes. A refused entry names its fields; one that is taken reads back from the journal's bytes as it was
// taken, with and without its quoted words, and is taken again as the same statement when a client sends back what it reads.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "outlay/ingest/v1/ingest_service.pb.h"
#include "services/common/status/error.h"
#include "services/common/wire/wire_fields_proto.h"
#include "services/ingest/change_codec_proto.h"
#include "services/ingest/content_fields.h"
#include "services/ingest/disclosure_proto.h"
#include "services/ingest/disclosure_validator.h"
#include "services/ingest/field_reader_proto.h"
#include "services/ingest/ledger.h"
#include "services/ingest/record_proto.h"
#include "services/ingest/stream_batch_proto.h"

namespace outlay::ingest {
namespace {

void Require(bool condition) {
  if (!condition) std::abort();
}

constexpr time::Instant kNow{std::chrono::seconds(1'742'040'000)};  // 2025-03-15

// Two companies, one with a fiscal year of its own, and a group.
struct World {
  World() {
    std::vector<SequencedChange> changes;
    const auto add = [&changes](auto kind) {
      changes.push_back({changes.size() + 1, kNow, "", {std::move(kind), {"fuzz", ""}}});
    };
    add(OrganizationUpserted{{.organization_id = "amazon", .names = {{"en", "Amazon"}}}, 1});
    OrganizationContent microsoft{.organization_id = "microsoft", .names = {{"en", "Microsoft"}}};
    microsoft.fiscal_calendar = time::FiscalCalendar::MonthEnd(6);
    add(OrganizationUpserted{std::move(microsoft), 1});
    add(GroupUpserted{{"big-tech-2", {{"en", "Big"}}, {"amazon", "microsoft"}}, 1});
    Require(ledger.Apply(std::move(changes)).ok());
  }
  Ledger ledger;
};

void CheckRefusal(const absl::Status& refusal) {
  const ErrorDetail detail = GetErrorDetail(refusal);
  Require(!detail.reason.empty() && !detail.violations.empty());
  for (const FieldViolation& violation : detail.violations) Require(!violation.description.empty());
}

std::string ReadBack(const ProtoChangeCodec& codec, std::string_view payload,
                     std::string_view erasable) {
  const absl::StatusOr<Change> change = codec.Decode(payload, erasable);
  Require(change.ok());
  return CanonicalBytes(std::get<DisclosureRecorded>(change->kind).content);
}

// What is kept in memory is what was kept in the journal.
std::string KeptInMemory(const DisclosureContent& content) {
  Ledger ledger;
  Require(
      ledger.Apply({{1, kNow, "disclosure/k", {DisclosureRecorded{content}, {"fuzz", ""}}}}).ok());
  const std::optional<Disclosure> kept = ledger.Find(1);
  Require(kept.has_value());
  return CanonicalBytes(*kept->content);
}

void CheckTaken(const DisclosureContent& content, const Ledger& ledger) {
  const ProtoChangeCodec codec;
  const ChangeNote note{"fuzz", ""};
  const EncodedChange encoded = codec.Encode({DisclosureRecorded{content}, note});
  std::string bulk;
  const RecordedSizes sizes = codec.AppendRecorded(content, note, bulk);
  Require(bulk == encoded.payload + encoded.erasable && sizes.payload == encoded.payload.size());
  const std::string canonical = CanonicalBytes(content);
  Require(ReadBack(codec, encoded.payload, encoded.erasable) == canonical);
  Require(KeptInMemory(content) == canonical);
  DisclosureContent wordless = content;
  wordless.quote = {};
  Require(ReadBack(codec, encoded.payload, "") == CanonicalBytes(wordless));

  v1::Disclosure read;
  ToProto(content, &read);
  DisclosureValidator validator(ledger, kNow);
  const absl::StatusOr<DisclosureContent> again = validator.Validate(CorrectionFromProto(read));
  Require(again.ok() && CanonicalBytes(*again) == canonical);
}

// What a stream reads where it lies is what protobuf reads, of what it takes and of nothing else.
void CheckReadWhereItLies(std::string_view bytes) {
  v1::StreamDisclosuresRequest parsed;
  const bool is_message = parsed.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
  const absl::StatusOr<StreamBatch> read = ReadStreamBatch(bytes);
  bool is_read = read.ok();
  if (is_message) {
    Require(is_read && read->batch_number == parsed.batch_number() &&
            read->entries.size() == static_cast<size_t>(parsed.entries_size()) &&
            read->note.has_value() == parsed.has_change());
  }
  RecordCommand command;
  SetEntries(parsed.entries(), command);
  for (size_t i = 0; is_read && i < read->entries.size(); ++i) {
    const absl::StatusOr<RecordEntry> entry = ReadEntry(read->entries[i]);
    is_read = entry.ok();
    if (is_message) Require(is_read && *entry == *command.entry(i));
  }
  Require(is_read == is_message);
}

// The entries of a unary request, whole or damaged, as a stream has them.
void CheckEntriesReadWhereTheyLie(std::string_view request) {
  FieldReader field(request);
  while (field.Next()) {
    if (!field.IsBytes(v1::RecordDisclosuresRequest::kEntriesFieldNumber)) continue;
    std::string message;
    wire::FieldWriter(message).Bytes(v1::StreamDisclosuresRequest::kEntriesFieldNumber,
                                     field.bytes());
    CheckReadWhereItLies(message);
  }
}

void Try(const v1::RecordDisclosuresRequest& request) {
  static const World world;
  DisclosureValidator validator(world.ledger, kNow);
  RecordCommand command;
  SetEntries(request.entries(), command);
  for (size_t i = 0; i < command.entry_count; ++i) {
    const RecordEntry entry = command.entry(i).value();
    if (!entry.disclosure) continue;
    const absl::StatusOr<DisclosureContent> content = validator.Validate(*entry.disclosure);
    if (content.ok()) {
      CheckTaken(*content, world.ledger);
    } else {
      CheckRefusal(content.status());
    }
  }
}

}  // namespace
}  // namespace outlay::ingest

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  outlay::ingest::CheckReadWhereItLies(bytes);
  outlay::ingest::CheckEntriesReadWhereTheyLie(bytes);
  outlay::ingest::v1::RecordDisclosuresRequest request;
  if (request.ParseFromArray(data, static_cast<int>(size))) outlay::ingest::Try(request);
  return 0;
}
