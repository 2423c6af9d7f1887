#include "gateway/cli/rate_batches.h"

#include "services/common/status/error.h"

namespace outlay::cli {
namespace {

using fx::v1::FxService;

constexpr size_t kBatchSize = 10'000;

absl::StatusOr<BatchOutcome> Send(const Client& client, const ImportOptions& options,
                                  Patience& patience, const RateBatches::Batch& batch,
                                  const std::string& request_id) {
  fx::v1::RecordRatesRequest request;
  *request.mutable_change() = options.Note();
  request.set_mode(journal::v1::BATCH_MODE_BEST_EFFORT);
  request.set_validate_only(options.dry_run);
  for (const auto& pending : batch) *request.add_rates() = pending.record;
  if (!options.dry_run) request.set_request_id(request_id);
  ASSIGN_OR_RETURN(const fx::v1::RecordRatesResponse response, patience.Call([&] {
    return Call(client, *client.fx, &FxService::Stub::RecordRates, request);
  }));
  BatchOutcome outcome = {std::vector<RecordOutcome>(batch.size()), response.stamp().fx_sequence()};
  for (size_t i = 0; i < batch.size() && i < static_cast<size_t>(response.results_size()); ++i) {
    const fx::v1::RateResult& result = response.results(static_cast<int>(i));
    outcome.records[i] = {result.status(), result.error()};
  }
  return outcome;
}

}  // namespace

RateBatches MakeRateBatches(const Client& client, const ImportOptions& options, Patience& patience,
                            ImportTally& tally) {
  return RateBatches(
      {kBatchSize, "line", options.dry_run},
      [&client, &options, &patience, run = ImportRun()](const auto& batch, uint64_t number) {
        return Send(client, options, patience, batch, run.RequestId(number));
      },
      tally);
}

fx::v1::Rate ToProto(const FileRate& figure, const std::string& provider) {
  fx::v1::Rate rate;
  rate.set_provider(figure.provider.empty() ? provider : figure.provider);
  rate.set_base_currency(figure.base);
  rate.set_quote_currency(figure.quote);
  rate.set_fixing_date(figure.date);
  rate.set_kind(fx::v1::RATE_KIND_REFERENCE);
  rate.mutable_value()->set_value(figure.value);
  rate.set_unit(figure.unit);
  rate.set_published_at(figure.published_at);
  return rate;
}

}  // namespace outlay::cli
