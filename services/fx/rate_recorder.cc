#include "services/fx/rate_recorder.h"

#include <algorithm>
#include <chrono>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "fmt/format.h"
#include "services/common/journal/errors.h"
#include "services/common/status/error.h"
#include "services/common/status/violations.h"
#include "services/fx/errors.h"

namespace outlay::fx {
namespace {

// Another process must record a figure of the same keys this often before a batch gives up.
constexpr int kAttemptsMax = 8;
constexpr std::chrono::milliseconds kTurnPoll{20};

absl::Status CheckCommand(const RecordCommand& command) {
  Violations errors;
  CheckNote(command.request_id, command.note, errors);
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

std::string PlaceKey(std::string_view key, size_t revision) {
  return fmt::format("{}|{}", key, revision);
}

// The places that a batch's rates take after those that the book has.
class Planner {
 public:
  struct Place {
    std::string key;
    std::string figure;
    bool is_new = false;
  };

  explicit Planner(const RateBook& book) : book_(book) {}

  // One a rate, in their order; of no meaning where a rate is refused. Adds to `beyond` the places
  // after the book's last ones, on whose absence the plan relies. O(rates and what the book has of their keys).
  std::vector<Place> Take(const std::vector<absl::StatusOr<Rate>>& rates,
                          std::vector<std::string>& beyond) {
    std::vector<Place> places(rates.size());
    std::unordered_map<std::string, std::vector<size_t>> by_key;
    for (size_t i = 0; i < rates.size(); ++i) {
      if (!rates[i].ok()) continue;
      places[i].figure = FigureOf(*rates[i]);
      by_key[KeyOf(*rates[i])].push_back(i);
    }
    for (const auto& [key, same_key] : by_key) {
      std::vector<std::string> known;
      for (const Rate& figure : book_.FindKey(*rates[same_key.front()]).figures) {
        known.push_back(FigureOf(figure));
      }
      Number(key, same_key, known, places);
      beyond.push_back(PlaceKey(key, known.size() + 1));
    }
    return places;
  }

 private:
  static void Number(const std::string& key, const std::vector<size_t>& same_key,
                     const std::vector<std::string>& known, std::vector<Place>& places) {
    size_t revision = known.size();
    std::string latest = known.empty() ? "" : known.back();
    // What was said in this order last is said again: from its first figure on.
    if (const size_t repeated = CountRepeated(same_key, known, places); repeated > 1) {
      revision -= repeated - 1;
      latest = known[revision - 1];
      for (const size_t i : same_key) {
        if (places[i].figure != latest) latest = known[revision++];
        places[i].key = PlaceKey(key, revision);
      }
      return;
    }
    for (const size_t i : same_key) {
      places[i].is_new = revision == 0 || latest != places[i].figure;
      if (places[i].is_new) ++revision;
      latest = places[i].figure;
      places[i].key = PlaceKey(key, revision);
    }
  }

  // How many of the last known figures the batch's are, in the same order; 0 where they differ.
  static size_t CountRepeated(const std::vector<size_t>& same_key,
                              const std::vector<std::string>& known,
                              const std::vector<Place>& places) {
    std::vector<std::string_view> said;
    for (const size_t i : same_key) {
      if (said.empty() || said.back() != places[i].figure) said.push_back(places[i].figure);
    }
    const bool same =
        said.size() <= known.size() && std::equal(said.rbegin(), said.rend(), known.rbegin());
    return same ? said.size() : 0;
  }

  const RateBook& book_;
};

journal::Batch MakeBatch(const RecordCommand& command, const RateBook& book,
                         const ChangeCodec& codec) {
  journal::Batch batch{.request_id = command.request_id,
                       .request_fingerprint = command.request_fingerprint,
                       .atomic = command.atomic,
                       .records = {}};
  std::vector<Planner::Place> places = Planner(book).Take(command.rates, batch.absent_keys);
  for (size_t i = 0; i < command.rates.size(); ++i) {
    const absl::StatusOr<Rate>& rate = command.rates[i];
    journal::Record record;
    if (rate.ok()) {
      record.key = std::move(places[i].key);
      record.fingerprint = journal::Fingerprint(places[i].figure);
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

void CheckNote(const std::string& request_id, const ChangeNote& note, Violations& errors) {
  if (request_id.size() > kRequestIdBytesMax) {
    errors.Add("", TooLong("request_id", request_id.size(), kRequestIdBytesMax));
  }
  if (note.actor.empty()) {
    errors.Add("", MissingField("change.actor", "who records: \"analyst@example.org\""));
  } else if (note.actor.size() > kActorBytesMax) {
    errors.Add("", TooLong("change.actor", note.actor.size(), kActorBytesMax));
  }
  if (note.reason.size() > kReasonBytesMax) {
    errors.Add("", TooLong("change.reason", note.reason.size(), kReasonBytesMax));
  }
}

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

absl::StatusOr<std::unique_lock<std::timed_mutex>> RateRecorder::TakeTurn() {
  std::unique_lock<std::timed_mutex> turn(mutex_, std::defer_lock);
  do {
    RETURN_IF_ERROR(journal_.Reach());
  } while (!turn.try_lock_for(kTurnPoll));
  return turn;
}

absl::StatusOr<RecordOutcome> RateRecorder::Store(const RecordCommand& command) {
  ASSIGN_OR_RETURN(const std::unique_lock<std::timed_mutex> turn, TakeTurn());
  std::vector<RecordResult> settled(command.rates.size());
  int conflicts = 0;
  for (int attempt = 1; attempt <= kAttemptsMax; ++attempt) {
    RETURN_IF_ERROR(projection_.CatchUp());
    journal::Batch batch = MakeBatch(command, *projection_.Book(), codec_);
    // A request may have been stored with conflicts, which stay with its id: what came after them
    // has an id of its own, the same when the request comes again.
    if (conflicts > 0 && !batch.request_id.empty()) {
      batch.request_id += fmt::format("#{}", conflicts + 1);
    }
    const absl::StatusOr<journal::AppendResult> stored = journal_.Append(std::move(batch));
    if (GetErrorDetail(stored.status()).reason == journal::kKeysChangedReason) continue;
    RETURN_IF_ERROR(stored.status());
    const journal::AppendResult& appended = *stored;
    RETURN_IF_ERROR(projection_.CatchUp());
    for (size_t i = 0; i < settled.size(); ++i) {
      // What an attempt before has stored is a replay in this one.
      if (settled[i].status == RecordStatus::kRecorded) continue;
      settled[i] = ToResult(appended.results[i], codec_);
    }
    if (HasConflict(appended)) {
      ++conflicts;
      continue;
    }
    return RecordOutcome{.results = std::move(settled), .sequence = projection_.Book()->sequence()};
  }
  return KeysContended();
}

RecordOutcome RateRecorder::Validate(const RecordCommand& command) const {
  const std::shared_ptr<const RateBook> book = projection_.Book();
  std::vector<std::string> beyond;
  const std::vector<Planner::Place> places = Planner(*book).Take(command.rates, beyond);
  RecordOutcome outcome{.results = {}, .sequence = book->sequence()};
  for (size_t i = 0; i < command.rates.size(); ++i) {
    const absl::StatusOr<Rate>& rate = command.rates[i];
    RecordResult result;
    if (rate.ok()) {
      result.status = places[i].is_new ? RecordStatus::kNotAttempted : RecordStatus::kReplayed;
    } else {
      result = {.status = RecordStatus::kRejected, .sequence = 0, .error = rate.status()};
    }
    outcome.results.push_back(std::move(result));
  }
  return outcome;
}

}  // namespace outlay::fx
