#include "services/fx/flagged_rates_proto.h"

#include <charconv>
#include <string>
#include <utility>

#include "fmt/format.h"
#include "services/common/journal/record.h"
#include "services/common/status/error.h"
#include "services/common/wire/page_token.h"
#include "services/fx/errors.h"
#include "services/fx/flagged_rates.h"
#include "services/fx/rate_proto.h"
#include "services/fx/values_proto.h"

namespace outlay::fx {
namespace {

void FillJudged(const JudgedRate& rate, v1::Rate& message) {
  ToProto(rate.stored, message);
  message.set_flagged(rate.flagged);
  message.set_held(rate.held);
}

// Of all that must be the same on every page; its size may change.
uint64_t HashOf(const v1::ListFlaggedRatesRequest& request) {
  v1::ListFlaggedRatesRequest rest = request;
  rest.clear_page_token();
  rest.clear_page_size();
  return wire::RequestHash(rest);
}

// Where a page starts: both axes of the first page, so that pages never shift, and the last
// sequence of the page before.
struct PageStart {
  Snapshot snapshot;
  uint64_t after_sequence = 0;
};

std::string PositionText(time::Instant published, uint64_t after_sequence) {
  return fmt::format("{} {}", time::FormatInstant(published), after_sequence);
}

absl::StatusOr<PageStart> StartOf(const RateReader& reader, const std::string& token_text,
                                  uint64_t hash) {
  if (token_text.empty()) {
    ASSIGN_OR_RETURN(const Snapshot snapshot, reader.At({}, 0));
    return PageStart{snapshot};
  }
  ASSIGN_OR_RETURN(const wire::PageToken token, wire::DecodePageToken(token_text, hash));
  const std::string_view position = token.position;
  const size_t blank = position.find(' ');
  if (blank == std::string_view::npos) return PageTokenInvalid("has no position");
  const absl::StatusOr<time::Instant> published = time::ParseInstant(position.substr(0, blank));
  PageStart start;
  const std::string_view after = position.substr(blank + 1);
  const auto [end, error] =
      std::from_chars(after.data(), after.data() + after.size(), start.after_sequence);
  const bool read = error == std::errc() && end == after.data() + after.size();
  if (!published.ok() || !read) return PageTokenInvalid("has no position");
  ASSIGN_OR_RETURN(start.snapshot, reader.At({.published = std::nullopt,
                                              .recorded_sequence = token.sequence,
                                              .recorded_time = std::nullopt,
                                              .now = *published},
                                             0));
  return start;
}

uint64_t FingerprintOf(const v1::ReleaseRateRequest& request) {
  v1::ReleaseRateRequest rest = request;
  rest.clear_request_id();
  return journal::Fingerprint("ReleaseRate " + rest.SerializeAsString());
}

void LogRelease(const telemetry::Logger& logger, const ReleaseCommand& command,
                const ReleaseOutcome& outcome) {
  const Rate& rate = outcome.rate.stored.rate;
  logger.Warning("held rate released", {{"rate_sequence", command.rate_sequence},
                                        {"provider", rate.provider},
                                        {"base_currency", rate.base_currency},
                                        {"quote_currency", rate.quote_currency},
                                        {"fixing_date", time::FormatDate(rate.fixing_date)},
                                        {"value", rate.value.ToString()},
                                        {"actor", command.note.actor},
                                        {"reason", command.note.reason}});
}

}  // namespace

absl::Status ListFlaggedRates(const RateReader& reader, const v1::ListFlaggedRatesRequest& request,
                              v1::ListFlaggedRatesResponse& response) {
  const int page_size = request.page_size() == 0 ? kFlaggedPageDefault : request.page_size();
  if (page_size < 1 || page_size > kFlaggedPageMax) {
    return NumberOutOfRange("page_size", request.page_size(), 0, kFlaggedPageMax, "rates");
  }
  const uint64_t hash = HashOf(request);
  ASSIGN_OR_RETURN(const PageStart start, StartOf(reader, request.page_token(), hash));
  const Reading& reading = start.snapshot.reading;
  const FlaggedPage page = ListFlagged(*start.snapshot.book, reading, start.after_sequence,
                                       request.held_only(), page_size);
  for (const JudgedRate& rate : page.rates) FillJudged(rate, *response.add_rates());
  if (page.more) {
    response.set_next_page_token(wire::EncodePageToken(
        {.sequence = reading.sequence,
         .position = PositionText(reading.published, page.rates.back().stored.sequence),
         .request_hash = hash}));
  }
  FillStamp(start.snapshot, *response.mutable_stamp());
  return absl::OkStatus();
}

absl::Status ReleaseRate(RateReleaser& releaser, time::Instant now, const telemetry::Logger& logger,
                         const v1::ReleaseRateRequest& request, v1::ReleaseRateResponse& response) {
  ReleaseCommand command{
      .request_id = request.request_id(),
      .note = {.actor = request.change().actor(), .reason = request.change().reason()},
      .rate_sequence = request.sequence()};
  if (!command.request_id.empty()) command.request_fingerprint = FingerprintOf(request);
  ASSIGN_OR_RETURN(const ReleaseOutcome outcome, releaser.Release(command, now));
  if (!outcome.is_replay) LogRelease(logger, command, outcome);
  FillJudged(outcome.rate, *response.mutable_rate());
  FillStamp(outcome.sequence, *response.mutable_stamp());
  return absl::OkStatus();
}

}  // namespace outlay::fx
