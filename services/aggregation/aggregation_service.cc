#include "services/aggregation/aggregation_service.h"

#include <algorithm>
#include <exception>
#include <utility>

#include "fmt/format.h"
#include "services/aggregation/answer_proto.h"
#include "services/aggregation/errors.h"
#include "services/aggregation/question_proto.h"
#include "services/common/rpc/errors.h"
#include "services/common/rpc/not_built.h"
#include "services/common/status/error.h"
#include "services/common/wire/time_proto.h"

namespace outlay::aggregation {
namespace {

// What is left of a call's deadline to say BEHIND_MINIMUM in.
constexpr std::chrono::milliseconds kAnswerMargin{50};

// How a server tells gRPC's automatic retries to stop: a negative number of milliseconds.
constexpr char kRetryPushback[] = "grpc-retry-pushback-ms";
constexpr char kNeverAgain[] = "-1";

std::string FullName(std::string_view method) { return fmt::format("{}/{}", kServiceName, method); }

}  // namespace

struct AggregationService::Pending {
  const rpc::CallContext& call;
  rpc::FinishCall finish;
  const v1::AggregateRequest& request;
  v1::AggregateResponse& response;
  Question question;
};

grpc::ServerUnaryReactor* AggregationService::Aggregate(grpc::CallbackServerContext* context,
                                                        const v1::AggregateRequest* request,
                                                        v1::AggregateResponse* response) {
  return rpc::HandleAsync(
      runtime_, FullName("Aggregate"), *context,
      [this, request, response](const rpc::CallContext& call, rpc::FinishCall finish) {
        absl::StatusOr<Question> question = ReadQuestion(*request, clock_.Now());
        if (!question.ok()) return finish(question.status());
        Begin(std::make_shared<Pending>(
            Pending{call, std::move(finish), *request, *response, *std::move(question)}));
      });
}

void AggregationService::Begin(std::shared_ptr<Pending> pending) {
  if (const absl::Status ready = CheckReady(); !ready.ok()) return pending->finish(ready);
  const Question& question = pending->question;
  const uint64_t needed = question.NeededSequence();
  const rpc::CallContext& call = pending->call;
  if (view_.applied_sequence() >= needed) return AfterWait(pending, WaitOutcome::kReached);
  // Without a connection the head may have moved on: then there is something to wait for.
  if (const FeedReading feed = feed_.Read();
      feed.connected && question.IsAheadOf(feed.head_sequence)) {
    return pending->finish(SequenceAhead("as_of.recorded_sequence",
                                         *question.as_of.recorded_sequence, feed.head_sequence));
  }
  // Before the wait begins: once it has, the call may finish at any moment.
  call.OnCancel([&waiters = waiters_] { waiters.Notify(); });
  waiters_.Wait({.sequence = needed,
                 .deadline = call.deadline() - kAnswerMargin,
                 .gone = [&call] { return call.cancelled(); },
                 .done = [this, pending](WaitOutcome outcome) { AfterWait(pending, outcome); }});
}

void AggregationService::AfterWait(const std::shared_ptr<Pending>& pending, WaitOutcome outcome) {
  switch (outcome) {
    case WaitOutcome::kTimedOut:
      // The deadline is used up. A client that tries again by itself, as the gateway's channel does, would make DEADLINE_EXCEEDED of it.
      pending->call.AddTrailingMetadata(kRetryPushback, kNeverAgain);
      return pending->finish(BehindMinimum(pending->question.NeededField(),
                                           view_.applied_sequence(),
                                           pending->question.NeededSequence()));
    case WaitOutcome::kGone:
      return pending->finish(rpc::CallCancelled());
    case WaitOutcome::kClosed:
      return pending->finish(rpc::Draining());
    case WaitOutcome::kReached:
      break;
  }
  rpc::Executor& executor = runtime_.executor();
  if (!executor.TrySubmit([this, pending] { pending->finish(ComputeCatching(*pending)); })) {
    pending->finish(rpc::WorkersBusy(static_cast<int64_t>(executor.queue_limit())));
  }
}

absl::Status AggregationService::Compute(const Pending& pending) const {
  ASSIGN_OR_RETURN(const Answer answer, aggregation::Aggregate(view_, pending.question, [&pending] {
                     return pending.call.CheckLive();
                   }));
  // Where the view was emptied meanwhile, the answer may be of a part of the journal.
  RETURN_IF_ERROR(CheckReady());
  WriteAnswer(answer, HashForPages(pending.request), pending.response);
  AddFeedWarnings(pending.response);
  return absl::OkStatus();
}

absl::Status AggregationService::ComputeCatching(const Pending& pending) const {
  try {
    return Compute(pending);
  } catch (const std::exception& exception) {
    return rpc::UncaughtException(exception.what());
  }
}

absl::Status AggregationService::CheckReady() const {
  const FeedReading feed = feed_.Read();
  return feed.ready ? absl::OkStatus() : NotReady(view_.applied_sequence(), feed.head_sequence);
}

void AggregationService::AddFeedWarnings(v1::AggregateResponse& response) const {
  const FeedReading feed = feed_.Read();
  const std::chrono::microseconds silence =
      feed.last_heard ? clock_.Now() - *feed.last_heard : std::chrono::microseconds(0);
  if (silence > stale_after_) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(silence).count();
    WriteWarning({"PARTIAL",
                  fmt::format("Ingest has not been heard for {} s: the answer reflects sequence {} "
                              "and may lack what was recorded since.",
                              seconds, response.stamp().ingest_sequence()),
                  ""},
                 *response.add_warnings());
  }
  if (const uint64_t unreadable = view_.counts().unreadable_changes; unreadable > 0) {
    WriteWarning(
        {"PARTIAL",
         fmt::format("{} of ingest's changes could not be read and are left out.", unreadable), ""},
        *response.add_warnings());
  }
}

grpc::ServerWriteReactor<v1::StreamAggregateResponse>* AggregationService::StreamAggregate(
    grpc::CallbackServerContext* context, const v1::StreamAggregateRequest*) {
  return rpc::NotBuiltServerStream<v1::StreamAggregateResponse>(
      runtime_, FullName("StreamAggregate"), *context);
}

grpc::ServerWriteReactor<v1::WatchAggregateResponse>* AggregationService::WatchAggregate(
    grpc::CallbackServerContext* context, const v1::WatchAggregateRequest*) {
  return rpc::NotBuiltServerStream<v1::WatchAggregateResponse>(runtime_, FullName("WatchAggregate"),
                                                               *context);
}

grpc::ServerUnaryReactor* AggregationService::ExplainCell(grpc::CallbackServerContext* context,
                                                          const v1::ExplainCellRequest*,
                                                          v1::ExplainCellResponse*) {
  return rpc::NotBuiltUnary(runtime_, FullName("ExplainCell"), *context);
}

grpc::ServerUnaryReactor* AggregationService::GetStatus(grpc::CallbackServerContext* context,
                                                        const v1::GetStatusRequest*,
                                                        v1::GetStatusResponse* response) {
  return rpc::HandleInline(
      runtime_, FullName("GetStatus"), *context,
      [this, response](const rpc::CallContext&) { return WriteStatus(*response); });
}

absl::Status AggregationService::WriteStatus(v1::GetStatusResponse& response) const {
  const FeedReading feed = feed_.Read();
  const ViewCounts counts = view_.counts();
  response.set_ready(feed.ready);
  response.set_applied_sequence(view_.applied_sequence());
  response.set_ingest_head_sequence(feed.head_sequence);
  response.set_connected(feed.connected);
  if (feed.last_heard) wire::ToProto(*feed.last_heard, response.mutable_last_heard_time());
  response.set_disclosure_count(counts.disclosures);
  response.set_organization_count(counts.organizations);
  response.set_group_count(counts.groups);
  return absl::OkStatus();
}

}  // namespace outlay::aggregation
