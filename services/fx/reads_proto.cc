#include "services/fx/reads_proto.h"

#include <utility>

#include "fmt/format.h"
#include "services/common/status/error.h"
#include "services/common/wire/journal_proto.h"
#include "services/fx/errors.h"
#include "services/fx/rate_answer_proto.h"
#include "services/fx/rate_spec_proto.h"
#include "services/fx/resolve_rate.h"
#include "services/fx/take_into.h"
#include "services/fx/values_proto.h"

namespace outlay::fx {
namespace {

// Answers between two looks at the caller.
constexpr int kCheckEvery = 256;

absl::Status AnswerQuery(const RateReader& reader, const Snapshot& snapshot, std::string_view path,
                         const v1::RateQuery& message, int digits, v1::RateAnswer& answer_message) {
  const absl::StatusOr<RateQuery> query = ParseRateQuery(message, reader.default_provider());
  if (!query.ok()) return Under(path, query.status());
  ASSIGN_OR_RETURN(const RateAnswer answer,
                   ResolveAt(snapshot, *query, fmt::format("{}.spec", path)));
  return ToProto(answer, digits, answer_message);
}

}  // namespace

bool IsQuick(const v1::RateSpec& spec, const journal::v1::AsOf& as_of) {
  return !spec.has_average() && !as_of.has_recorded_time();
}

absl::StatusOr<RateAnswer> ResolveAt(const Snapshot& snapshot, const RateQuery& query,
                                     std::string_view spec_path) {
  absl::StatusOr<RateAnswer> answer = ResolveRate(*snapshot.book, snapshot.reading, query);
  if (answer.ok()) return answer;
  return Under(fmt::format("{}.{}", spec_path, MethodField(query.spec)), answer.status());
}

absl::Status GetRate(const RateReader& reader, const v1::GetRateRequest& request,
                     v1::GetRateResponse& response) {
  Violations errors;
  RateQuery query;
  int digits = 0;
  AsOf as_of;
  if (!request.has_query()) {
    errors.Add("", MissingField("query", "the two currencies, and which rate"));
  } else {
    TakeInto(errors, "query", ParseRateQuery(request.query(), reader.default_provider()), query);
  }
  TakeInto(errors, "", ParseSignificantDigits(request.significant_digits()), digits);
  TakeInto(errors, "as_of", ParseAsOf(request.as_of()), as_of);
  RETURN_IF_ERROR(errors.ToStatus());
  ASSIGN_OR_RETURN(const Snapshot snapshot, reader.At(as_of, request.minimum_sequence()));
  ASSIGN_OR_RETURN(const RateAnswer answer, ResolveAt(snapshot, query, "query.spec"));
  RETURN_IF_ERROR(ToProto(answer, digits, *response.mutable_rate()));
  FillStamp(snapshot, *response.mutable_stamp());
  return absl::OkStatus();
}

absl::Status BatchGetRates(const RateReader& reader, const CheckLive& check_live,
                           const v1::BatchGetRatesRequest& request,
                           v1::BatchGetRatesResponse& response) {
  Violations errors;
  int digits = 0;
  AsOf as_of;
  if (request.queries_size() < 1 || request.queries_size() > kBatchQueriesMax) {
    errors.Add("", WrongNumberOf("queries", request.queries_size(), kBatchQueriesMax));
  }
  TakeInto(errors, "", ParseSignificantDigits(request.significant_digits()), digits);
  TakeInto(errors, "as_of", ParseAsOf(request.as_of()), as_of);
  RETURN_IF_ERROR(errors.ToStatus());
  ASSIGN_OR_RETURN(const Snapshot snapshot, reader.At(as_of, request.minimum_sequence()));
  for (int i = 0; i < request.queries_size(); ++i) {
    if (i % kCheckEvery == 0) RETURN_IF_ERROR(check_live());
    v1::RateQueryResult& result = *response.add_results();
    const absl::Status status = AnswerQuery(reader, snapshot, fmt::format("queries[{}]", i),
                                            request.queries(i), digits, *result.mutable_rate());
    if (!status.ok()) wire::ToProto(status, result.mutable_error());
  }
  FillStamp(snapshot, *response.mutable_stamp());
  return absl::OkStatus();
}

}  // namespace outlay::fx
