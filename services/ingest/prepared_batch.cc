#include "services/ingest/prepared_batch.h"

#include <utility>

#include "fmt/format.h"
#include "services/common/status/error.h"
#include "services/ingest/content_fields.h"
#include "services/ingest/disclosure_validator.h"
#include "services/ingest/errors.h"
#include "services/ingest/text_rules.h"

namespace outlay::ingest {
namespace {

constexpr std::string_view kContentKeyPrefix = "content/";
// Of a record besides what the client sent of it: dates of its period, its key, the note.
constexpr size_t kAddedBytes = 160;

// Fills `record` where the entry is right.
absl::Status CheckEntry(const RecordEntry& entry, DisclosureValidator& validator,
                        const ChangeNote& note, std::optional<PreparedRecord>& record) {
  Violations violations;
  if (entry.idempotency_key.size() > kIdempotencyKeyBytesMax) {
    violations.Add("TOO_LONG", "idempotency_key",
                   fmt::format("has {} bytes, at most {}", entry.idempotency_key.size(),
                               kIdempotencyKeyBytesMax));
  } else if (!IsOneLine(entry.idempotency_key)) {
    violations.Add("MALFORMED_TEXT", "idempotency_key", "must be UTF-8 without control characters");
  }
  if (!entry.disclosure) {
    violations.Add("REQUIRED", "disclosure", "is required");
    return violations.ToStatus();
  }
  violations.Add("disclosure", validator.Validate(*entry.disclosure, record.emplace().content));
  if (!violations.empty()) {
    record.reset();
    return violations.ToStatus();
  }
  record->note = &note;
  return absl::OkStatus();
}

// The bytes of a batch's records, which lie in one string: a thousand records are one allocation. Quoted words lie apart, so that they can go.
class RecordBytes {
 public:
  explicit RecordBytes(const RecordCommand& command) {
    bytes_.reserve(command.bytes + command.entry_count * kAddedBytes);
    parts_.reserve(command.entry_count);
  }

  // The parts of a record that is stored. Returns what tells it apart.
  ContentHash Add(size_t index, const DisclosureContent& content, std::string_view client_key,
                  const ChangeNote& note, const ChangeCodec& codec) {
    Part& part = parts_.emplace_back(Part{.index = index, .start = bytes_.size()});
    part.sizes = codec.AppendRecorded(content, note, bytes_);
    const std::string_view appended = std::string_view(bytes_).substr(part.start);
    const std::string_view words = appended.substr(part.sizes.payload);
    const ContentHash hash = HashContent(appended.substr(0, part.sizes.content), words);
    part.erasable = journal::SharedBytes(std::string(words));
    bytes_.resize(part.start + part.sizes.payload);
    const size_t key_start = bytes_.size();
    if (client_key.empty()) {
      bytes_.append(kContentKeyPrefix).append(Digest(hash));
    } else {
      bytes_.append(kClientKeyPrefix).append(client_key);
    }
    part.key_size = bytes_.size() - key_start;
    return hash;
  }

  void Share(std::vector<journal::Record>& records) && {
    // It stays in memory for a while: without what was reserved in vain.
    if (bytes_.capacity() > bytes_.size() + bytes_.size() / 4) {
      bytes_ = std::string(std::string_view(bytes_));
    }
    const auto shared = std::make_shared<const std::string>(std::move(bytes_));
    for (Part& part : parts_) {
      std::string_view rest = std::string_view(*shared).substr(part.start);
      const auto take = [&](size_t size) {
        const std::string_view taken = rest.substr(0, size);
        rest.remove_prefix(size);
        return journal::SharedBytes(taken, shared);
      };
      journal::Record& record = records[part.index];
      record.payload = take(part.sizes.payload);
      record.erasable = std::move(part.erasable);
      record.key = take(part.key_size);
    }
  }

 private:
  struct Part {
    size_t index = 0;  // of the record
    size_t start = 0;
    RecordedSizes sizes;
    journal::SharedBytes erasable;
    size_t key_size = 0;
  };

  std::string bytes_;
  std::vector<Part> parts_;
};

}  // namespace

std::string EntryPath(size_t index) { return fmt::format("entries[{}]", index); }

absl::StatusOr<std::shared_ptr<PreparedBatch>> PrepareBatch(const RecordCommand& command,
                                                            const Ledger& ledger,
                                                            const ChangeCodec& codec,
                                                            time::Instant now) {
  DisclosureValidator validator(ledger, now);
  // Not make_shared: what is left of the journal's recent entries must not keep the memory.
  const std::shared_ptr<PreparedBatch> batch(new PreparedBatch{.note = command.request.note});
  // Both stay where they are: origins point to the entries.
  batch->entries.reserve(command.entry_count);
  batch->records.reserve(command.entry_count);
  RecordBytes bytes(command);
  for (size_t i = 0; i < command.entry_count; ++i) {
    ASSIGN_OR_RETURN(const RecordEntry given, command.entry(i));
    PreparedBatch::Entry& entry = batch->entries.emplace_back();
    journal::Record& record = batch->records.emplace_back();
    entry.client_key = given.idempotency_key;
    const absl::Status checked = CheckEntry(given, validator, batch->note, entry.record);
    if (!checked.ok()) {
      entry.error = Under(EntryPath(i), checked);
      record.rejection = codec.EncodeError(entry.error);
      ++batch->refused_count;
      continue;
    }
    record.fingerprint =
        bytes.Add(i, entry.record->content, entry.client_key, batch->note, codec).low;
    record.origin.made = std::shared_ptr<const void>(batch, &*entry.record);
  }
  std::move(bytes).Share(batch->records);
  return batch;
}

}  // namespace outlay::ingest
