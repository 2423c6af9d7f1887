#include "services/fx/rate_recorder.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "fmt/format.h"
#include "services/common/status/error.h"
#include "services/common/status/violations.h"
#include "services/fx/errors.h"

namespace outlay::fx {
namespace {

// Another process must win the same place this often before a batch gives up.
constexpr int kAttemptsMax = 8;

absl::Status CheckCommand(const RecordCommand& command) {
  Violations errors;
  if (command.request_id.size() > kRequestIdBytesMax) {
    errors.Add("", TooLong("request_id", command.request_id.size(), kRequestIdBytesMax));
  }
  if (command.note.actor.empty()) {
    errors.Add("", MissingField("change.actor", "who records: \"analyst@example.org\""));
  } else if (command.note.actor.size() > kActorBytesMax) {
    errors.Add("", TooLong("change.actor", command.note.actor.size(), kActorBytesMax));
  }
  if (command.note.reason.size() > kReasonBytesMax) {
    errors.Add("", TooLong("change.reason", command.note.reason.size(), kReasonBytesMax));
  }
  if (command.rates.empty() || command.rates.size() > kRatesPerBatchMax) {
    errors.Add("", WrongNumberOf("rates", command.rates.size(), kRatesPerBatchMax));
  }
  return errors.ToStatus();
}

std::string KeyOf(const Rate& rate) {
  return fmt::format("{}|{}|{}|{}|{}", static_cast<int>(rate.kind), rate.provider,
                     rate.base_currency, rate.quote_currency, time::FormatDate(rate.fixing_date));
}

std::string UnitText(const std::optional<money::Decimal>& unit) {
  return unit ? unit->ToString() : "";
}

// What makes two entries of one key the same figure.
std::string FigureOf(const Rate& rate) {
  std::string figure = fmt::format("{}|{}|{}", rate.value.ToString(), rate.unit,
                                   rate.published.instant.time_since_epoch().count());
  if (rate.implied_by) {
    const AmountPair& pair = *rate.implied_by;
    figure +=
        fmt::format("|{}|{}|{}|{}", pair.base_amount.ToString(), UnitText(pair.base_written_unit),
                    pair.quote_amount.ToString(), UnitText(pair.quote_written_unit));
  }
  return figure;
}

// The places that a batch's rates take, as the book and the batch's own earlier rates have them.
class Planner {
 public:
  explicit Planner(const RateBook& book) : book_(book) {}

  struct Place {
    std::string key;
    std::string figure;
    bool is_new = false;
  };

  Place Take(const Rate& rate) {
    const std::string key = KeyOf(rate);
    auto found = latest_.find(key);
    if (found == latest_.end()) {
      const KeyHistory history = book_.FindKey(rate);
      found = latest_
                  .emplace(key, Latest{history.revisions,
                                       history.latest ? FigureOf(*history.latest) : ""})
                  .first;
    }
    Place place{.key = {}, .figure = FigureOf(rate)};
    Latest& latest = found->second;
    place.is_new = latest.revisions == 0 || latest.figure != place.figure;
    if (place.is_new) latest = {latest.revisions + 1, place.figure};
    place.key = fmt::format("{}|{}", key, latest.revisions);
    return place;
  }

 private:
  struct Latest {
    int revisions = 0;
    std::string figure;
  };

  const RateBook& book_;
  std::unordered_map<std::string, Latest> latest_;
};

journal::Batch MakeBatch(const RecordCommand& command, const RateBook& book,
                         const ChangeCodec& codec) {
  journal::Batch batch{.request_id = command.request_id,
                       .request_fingerprint = command.request_fingerprint,
                       .atomic = command.atomic,
                       .records = {}};
  Planner planner(book);
  for (const absl::StatusOr<Rate>& rate : command.rates) {
    journal::Record record;
    if (rate.ok()) {
      Planner::Place place = planner.Take(*rate);
      record.key = std::move(place.key);
      record.fingerprint = journal::Fingerprint(place.figure);
      record.payload = codec.EncodeRate(*rate, command.note);
    } else {
      record.rejection = codec.EncodeRefusal(rate.status());
    }
    batch.records.push_back(std::move(record));
  }
  return batch;
}

RecordResult ToResult(const journal::RecordResult& stored, const ChangeCodec& codec) {
  switch (stored.disposition) {
    case journal::Disposition::kAppended:
      return {.status = RecordStatus::kRecorded, .sequence = stored.sequence};
    case journal::Disposition::kReplayed:
      return {.status = RecordStatus::kReplayed, .sequence = stored.sequence};
    case journal::Disposition::kRejected:
      return {.status = RecordStatus::kRejected, .error = codec.DecodeRefusal(stored.rejection)};
    case journal::Disposition::kConflict:
    case journal::Disposition::kNotAttempted:
      return {.status = RecordStatus::kNotAttempted};
  }
  return {};
}

bool HasConflict(const journal::AppendResult& appended) {
  return std::ranges::any_of(appended.results, [](const journal::RecordResult& result) {
    return result.disposition == journal::Disposition::kConflict;
  });
}

// Of an atomic batch a refusal is the call's.
absl::Status FirstRefusal(const RecordOutcome& outcome) {
  for (const RecordResult& result : outcome.results) {
    if (result.status == RecordStatus::kRejected) return result.error;
  }
  return absl::OkStatus();
}

absl::Status FirstRefusal(const RecordCommand& command) {
  for (const absl::StatusOr<Rate>& rate : command.rates) {
    if (!rate.ok()) return rate.status();
  }
  return absl::OkStatus();
}

}  // namespace

RateRecorder::RateRecorder(journal::Journal& journal, RateProjection& projection,
                           const ChangeCodec& codec)
    : journal_(journal), projection_(projection), codec_(codec) {}

absl::StatusOr<RecordOutcome> RateRecorder::Record(const RecordCommand& command) {
  RETURN_IF_ERROR(CheckCommand(command));
  // A refusal with a request id is stored, so that the same request gets the same answer.
  if (command.atomic && (command.validate_only || command.request_id.empty())) {
    RETURN_IF_ERROR(FirstRefusal(command));
  }
  if (command.validate_only) return Validate(command);
  ASSIGN_OR_RETURN(RecordOutcome outcome, Store(command));
  if (command.atomic) RETURN_IF_ERROR(FirstRefusal(outcome));
  return outcome;
}

absl::StatusOr<RecordOutcome> RateRecorder::Store(const RecordCommand& command) {
  const std::lock_guard lock(mutex_);
  std::vector<RecordResult> settled(command.rates.size());
  for (int attempt = 1; attempt <= kAttemptsMax; ++attempt) {
    RETURN_IF_ERROR(projection_.CatchUp());
    journal::Batch batch = MakeBatch(command, *projection_.Book(), codec_);
    // The outcome of an attempt stays with its id, conflicts included: each has its own, the same
    // when the request comes again.
    if (attempt > 1 && !batch.request_id.empty()) {
      batch.request_id += fmt::format("#{}", attempt);
    }
    ASSIGN_OR_RETURN(const journal::AppendResult appended, journal_.Append(std::move(batch)));
    RETURN_IF_ERROR(projection_.CatchUp());
    for (size_t i = 0; i < settled.size(); ++i) {
      // What an attempt before has stored is a replay in this one.
      if (settled[i].status == RecordStatus::kRecorded) continue;
      settled[i] = ToResult(appended.results[i], codec_);
    }
    if (HasConflict(appended)) continue;
    return RecordOutcome{.results = std::move(settled), .sequence = projection_.Book()->sequence()};
  }
  return KeysContended();
}

RecordOutcome RateRecorder::Validate(const RecordCommand& command) const {
  const std::shared_ptr<const RateBook> book = projection_.Book();
  Planner planner(*book);
  RecordOutcome outcome{.results = {}, .sequence = book->sequence()};
  for (const absl::StatusOr<Rate>& rate : command.rates) {
    RecordResult result;
    if (rate.ok()) {
      const bool is_new = planner.Take(*rate).is_new;
      result.status = is_new ? RecordStatus::kNotAttempted : RecordStatus::kReplayed;
    } else {
      result = {.status = RecordStatus::kRejected, .sequence = 0, .error = rate.status()};
    }
    outcome.results.push_back(std::move(result));
  }
  return outcome;
}

}  // namespace outlay::fx
