// PostgresStore's reading: opening, what others have written, pages.
#include <algorithm>
#include <limits>
#include <utility>

#include "fmt/format.h"
#include "services/common/journal/errors.h"
#include "services/common/journal/postgres_schema.h"
#include "services/common/journal/postgres_statements.h"
#include "services/common/journal/postgres_store.h"
#include "services/common/status/error.h"

namespace outlay::journal {
namespace {

using std::chrono::steady_clock;

constexpr size_t kPublishedEntriesMax = 1000;
constexpr size_t kPublishedBytesMax = size_t{1} << 20;

// Entries on their way to those who are told of them, some at a time.
class Publication {
 public:
  explicit Publication(const Store::Publish& publish) : publish_(publish) {}
  ~Publication() { Flush(); }
  Publication(const Publication&) = delete;
  Publication& operator=(const Publication&) = delete;

  void Add(const EntryRow& row) {
    if (!publish_) return;
    entries_.push_back(ToEntry(row));
    bytes_ += SizeBytes(entries_.back());
    if (entries_.size() >= kPublishedEntriesMax || bytes_ >= kPublishedBytesMax) Flush();
  }

 private:
  void Flush() {
    if (entries_.empty()) return;
    const uint64_t head = entries_.back().sequence;
    publish_({head, std::exchange(entries_, {}), {}});
    bytes_ = 0;
  }

  const Store::Publish& publish_;
  std::vector<Entry> entries_;
  size_t bytes_ = 0;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Store>> PostgresStore::Open(const PostgresOptions& options,
                                                           const std::string& place) {
  std::unique_ptr<PostgresStore> store(new PostgresStore(options, place));
  Pauses pauses(steady_clock::now() + options.retry_for);
  while (true) {
    const absl::Status status = store->Initialize();
    const bool may_retry = store->TidyConnection(status);
    if (status.ok()) break;
    if (!may_retry || !pauses.Pause()) return status;
  }
  return store;
}

absl::Status PostgresStore::Initialize() {
  const auto deadline = [this] { return steady_clock::now() + options_.retry_for; };
  PostgresConnectionOptions plain = writer_options_;
  plain.statements.clear();  // they need the tables
  ASSIGN_OR_RETURN(std::unique_ptr<PostgresConnection> connection, PostgresConnection::Open(plain));
  RETURN_IF_ERROR(EnsureSchema(*connection, schema_, SchemaSteps(schema_), deadline()));
  connection.reset();
  RETURN_IF_ERROR(EnsureConnected());
  ASSIGN_OR_RETURN(const PostgresRows rows, connection_->Query(kReadHead, {}, deadline()));
  ASSIGN_OR_RETURN(const HeadRow head, HeadOf(rows, place_));
  erasures_published_ = head.end.position.sequence;
  RETURN_IF_ERROR(CatchUp(head, Publish(), [](uint64_t) {}));
  opened_at_ = end_.position.sequence;
  return absl::OkStatus();
}

absl::Status PostgresStore::CatchUp(const HeadRow& head, const Publish& publish,
                                    const SeeMark& see_mark) {
  RETURN_IF_ERROR(CheckHead(head));
  RETURN_IF_ERROR(CatchUpEntries(head, publish, see_mark));
  RETURN_IF_ERROR(PublishErasures(head, publish));
  RETURN_IF_ERROR(CatchUpRequests(head, see_mark));
  end_.recorded_at_us = std::max(end_.recorded_at_us, head.end.recorded_at_us);
  return absl::OkStatus();
}

// A database that was restored, or a standby that lacked the last commits, ends before what was
// acknowledged.
absl::Status PostgresStore::CheckHead(const HeadRow& head) const {
  const Position& there = head.end.position;
  const Position& here = end_.position;
  if (there.sequence < here.sequence) {
    return DamagedDatabase(
        place_, {"entry", there.sequence + 1},
        fmt::format("it is missing, and entries up to {} were acknowledged", here.sequence));
  }
  if (there.request_ordinal < here.request_ordinal) {
    return DamagedDatabase(place_, {"request", there.request_ordinal + 1},
                           fmt::format("it is missing, and requests up to {} were acknowledged",
                                       here.request_ordinal));
  }
  return absl::OkStatus();
}

absl::Status PostgresStore::CatchUpEntries(const HeadRow& head, const Publish& publish,
                                           const SeeMark& see_mark) {
  const Position& there = head.end.position;
  if (there.sequence > end_.position.sequence) {
    PostgresParameters range;
    range.Add(end_.position.sequence + 1).Add(there.sequence);
    Publication publication(publish);
    RETURN_IF_ERROR(
        connection_->Stream(kReadEntries, range, options_.retry_for, [&](const PostgresRows& rows) {
          for (int i = 0; i < rows.size(); ++i) {
            EntryRow row = EntryRowOf(rows, i);
            if (absl::Status taken = TakeEntry(row); !taken.ok()) return taken;
            publication.Add(row);
            if (const std::optional<uint64_t> mark = EntryMarkOf(rows, i)) see_mark(*mark);
          }
          return absl::OkStatus();
        }));
  }
  if (end_.position.sequence < there.sequence) {
    return DamagedDatabase(place_, {"entry", end_.position.sequence + 1},
                           fmt::format("it is missing, and the head is {}", there.sequence));
  }
  if (end_.position.entry_checksum == there.entry_checksum) return absl::OkStatus();
  return DamagedDatabase(place_, {"entry", there.sequence},
                         "it is not the entry that the head says was acknowledged");
}

absl::Status PostgresStore::CatchUpRequests(const HeadRow& head, const SeeMark& see_mark) {
  const Position& there = head.end.position;
  if (there.request_ordinal > end_.position.request_ordinal) {
    PostgresParameters range;
    range.Add(end_.position.request_ordinal + 1).Add(there.request_ordinal);
    RETURN_IF_ERROR(connection_->Stream(
        kReadRequests, range, options_.retry_for, [&](const PostgresRows& rows) {
          for (int i = 0; i < rows.size(); ++i) {
            absl::Status taken = TakeRequest(RequestRowOf(rows, i));
            if (!taken.ok()) return taken;
            if (const std::optional<uint64_t> mark = RequestMarkOf(rows, i)) see_mark(*mark);
          }
          return absl::OkStatus();
        }));
  }
  if (end_.position.request_ordinal < there.request_ordinal) {
    return DamagedDatabase(
        place_, {"request", end_.position.request_ordinal + 1},
        fmt::format("it is missing, and the head's request is {}", there.request_ordinal));
  }
  if (end_.position.request_checksum == there.request_checksum) return absl::OkStatus();
  return DamagedDatabase(place_, {"request", there.request_ordinal},
                         "it is not the request that the head says was acknowledged");
}

// The position and the index move together, row by row, so that an error half-way leaves them
// consistent.
absl::Status PostgresStore::TakeEntry(EntryRow& row) {
  const Place place{"entry", end_.position.sequence + 1};
  if (row.fields.sequence != place.number) {
    return DamagedDatabase(place_, place,
                           fmt::format("it is missing, entry {} comes next", row.fields.sequence));
  }
  if (const char* fault = FaultOf(end_.position.entry_checksum, row); fault != nullptr) {
    return DamagedDatabase(place_, place, fault);
  }
  end_.position.sequence = row.fields.sequence;
  end_.position.entry_checksum = row.checksum;
  end_.recorded_at_us = std::max(end_.recorded_at_us, row.fields.recorded_at_us);
  if (!row.fields.key.empty()) {
    indexes_.AddKey(row.fields.key, row.fields.sequence);
    indexes_.Commit();
  }
  return absl::OkStatus();
}

absl::Status PostgresStore::TakeRequest(const RequestRow& row) {
  const Place place{"request", end_.position.request_ordinal + 1};
  if (row.fields.ordinal != place.number) {
    return DamagedDatabase(place_, place,
                           fmt::format("it is missing, request {} comes next", row.fields.ordinal));
  }
  if (const char* fault = FaultOf(end_.position.request_checksum, row); fault != nullptr) {
    return DamagedDatabase(place_, place, fault);
  }
  end_.position.request_ordinal = row.fields.ordinal;
  end_.position.request_checksum = row.checksum;
  end_.recorded_at_us = std::max(end_.recorded_at_us, row.fields.recorded_at_us);
  indexes_.AddRequest(row.fields.id, row.fields.ordinal);
  indexes_.Commit();
  return absl::OkStatus();
}

absl::Status PostgresStore::PublishErasures(const HeadRow& head, const Publish& publish) {
  if (head.last_erasure <= erasures_published_) return absl::OkStatus();
  PostgresParameters range;
  range.Add(erasures_published_ + 1).Add(head.end.position.sequence);
  ASSIGN_OR_RETURN(
      const PostgresRows rows,
      connection_->Query(kReadErasures, range, steady_clock::now() + options_.retry_for));
  std::vector<uint64_t> erased;
  for (int i = 0; i < rows.size(); ++i) erased.push_back(rows.Unsigned(i, 0));
  if (publish) publish({end_.position.sequence, {}, std::move(erased)});
  erasures_published_ = head.end.position.sequence;
  return absl::OkStatus();
}

absl::StatusOr<std::vector<Entry>> PostgresStore::Read(uint64_t after, const ReadBounds& bounds) {
  Pauses pauses(steady_clock::now() + options_.retry_for);
  while (true) {
    absl::StatusOr<std::vector<Entry>> page = readers_.With(
        [&](PostgresConnection& connection) { return ReadPage(connection, after, bounds); });
    if (page.ok() || !absl::IsUnavailable(page.status()) || closing_ || !pauses.Pause()) {
      return page;
    }
  }
}

absl::StatusOr<std::vector<Entry>> PostgresStore::ReadPage(PostgresConnection& connection,
                                                           uint64_t after,
                                                           const ReadBounds& bounds) const {
  const uint64_t entries_max =
      std::min<uint64_t>(std::max<size_t>(bounds.entries_max, 1), bounds.last_sequence - after);
  const uint64_t bytes_max =
      std::min<uint64_t>(bounds.bytes_max, std::numeric_limits<int64_t>::max());
  PostgresParameters parameters;
  parameters.Add(after).Add(after + entries_max).Add(bytes_max);
  ASSIGN_OR_RETURN(
      const PostgresRows rows,
      connection.Query(kReadPage, parameters, steady_clock::now() + options_.retry_for));
  std::vector<Entry> entries;
  uint64_t checksum = kEntryGenesis;
  size_t bytes = 0;
  uint64_t next = after == 0 ? 1 : after;
  for (int i = 0; i < rows.size(); ++i, ++next) {
    EntryRow row = EntryRowOf(rows, i);
    if (row.fields.sequence != next) {
      return DamagedDatabase(place_, {"entry", next}, "it is missing");
    }
    if (next > after) {
      if (const char* fault = FaultOf(checksum, row); fault != nullptr) {
        return DamagedDatabase(place_, {"entry", next}, fault);
      }
      Entry entry = ToEntry(row);
      if (!bounds.Admit(entries.size(), bytes, entry)) break;
      bytes += SizeBytes(entry);
      entries.push_back(std::move(entry));
    }
    checksum = row.checksum;
  }
  if (entries.empty()) return DamagedDatabase(place_, {"entry", next}, "it is missing");
  return entries;
}

}  // namespace outlay::journal
