#include "gateway/cli/import_rates.h"

#include <ostream>

#include "fmt/format.h"
#include "gateway/cli/ecb_csv.h"
#include "gateway/cli/errors.h"
#include "gateway/cli/file_lines.h"
#include "gateway/cli/progress.h"
#include "gateway/cli/proto_json.h"
#include "gateway/cli/record_batches.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"

namespace outlay::cli {
namespace {

using fx::v1::FxService;
using fx::v1::Rate;
using Batches = RecordBatches<Rate>;

constexpr size_t kBatchSize = 10'000;
constexpr const char* kEcb = "ecb";
// What an ECB figure prices.
constexpr const char* kEcbBase = "EUR";

absl::StatusOr<uint64_t> HeadSequence(const Client& client) {
  ASSIGN_OR_RETURN(
      const fx::v1::ListProvidersResponse response,
      Call(client, *client.fx, &FxService::Stub::ListProviders, fx::v1::ListProvidersRequest()));
  return response.stamp().fx_sequence();
}

absl::StatusOr<BatchOutcome> Send(const Client& client, const ImportOptions& options,
                                  const Batches::Batch& batch, std::optional<uint64_t> number) {
  fx::v1::RecordRatesRequest request;
  *request.mutable_change() = options.Note();
  request.set_mode(journal::v1::BATCH_MODE_BEST_EFFORT);
  request.set_validate_only(options.dry_run);
  for (const auto& pending : batch) *request.add_rates() = pending.record;
  if (number && !options.dry_run) request.set_request_id(ImportRequestId(request, *number));
  ASSIGN_OR_RETURN(const fx::v1::RecordRatesResponse response,
                   Call(client, *client.fx, &FxService::Stub::RecordRates, request));
  BatchOutcome outcome = {std::vector<RecordOutcome>(batch.size()), response.stamp().fx_sequence()};
  for (size_t i = 0; i < batch.size() && i < static_cast<size_t>(response.results_size()); ++i) {
    const fx::v1::RateResult& result = response.results(static_cast<int>(i));
    outcome.records[i] = {result.status(), result.sequence(), result.error()};
  }
  return outcome;
}

Rate ToProto(const EcbRate& cell, const std::string& provider) {
  Rate rate;
  rate.set_provider(provider.empty() ? kEcb : provider);
  rate.set_base_currency(kEcbBase);
  rate.set_quote_currency(cell.currency_code);
  rate.set_fixing_date(cell.date);
  rate.set_kind(fx::v1::RATE_KIND_REFERENCE);
  rate.mutable_value()->set_value(cell.value.ToString());
  return rate;
}

// One import, whatever the format.
class RatesImport {
 public:
  RatesImport(const Client& client, const ImportOptions& options, Session& session, FileLines lines,
              uint64_t head)
      : options_(options),
        session_(session),
        lines_(std::move(lines)),
        batches_(
            kBatchSize, head,
            [&client, &options](const auto& batch, auto number) {
              return Send(client, options, batch, number);
            },
            tally_),
        progress_(session.err, session.err_terminal, "rates", lines_.size()) {}

  absl::StatusOr<ImportTally> Run(const std::string& path) {
    std::string line;
    if (!lines_.Next(&line)) return UnknownFormat(path, "is empty");
    if (EcbCsvReader::IsHeader(line)) {
      RETURN_IF_ERROR(ReadEcb(path, line));
    } else {
      RETURN_IF_ERROR(ReadJson(path, std::move(line)));
    }
    RETURN_IF_ERROR(batches_.Flush());
    return std::move(tally_);
  }

 private:
  absl::Status ReadEcb(const std::string& path, const std::string& header) {
    absl::StatusOr<EcbCsvReader> reader = EcbCsvReader::FromHeader(header);
    if (!reader.ok()) return UnknownFormat(path + ":1", FromAbsl(reader.status().message()));
    for (const CsvProblem& warning : reader->warnings()) {
      session_.err << fmt::format("{}:{}:{}: warning: {}\n", path, warning.line, warning.column,
                                  warning.message);
    }
    std::string line;
    while (lines_.Next(&line)) {
      const EcbRow row = reader->Read(line, lines_.number());
      for (const CsvProblem& problem : row.problems) {
        ++tally_.read;
        tally_.rejections.push_back(
            {problem.line, problem.column, problem.message, "MALFORMED_CELL", {}, ""});
      }
      for (const EcbRate& cell : row.rates) {
        ++tally_.read;
        const Rate rate = ToProto(cell, options_.provider);
        RETURN_IF_ERROR(batches_.Add({lines_.number(), CompactJson(rate), rate}));
      }
      progress_.Update(lines_.bytes_read(), tally_.read);
    }
    return absl::OkStatus();
  }

  absl::Status ReadJson(const std::string& path, std::string line) {
    const size_t first = line.find_first_not_of(" \t");
    const char start = first == line.npos ? '#' : line[first];
    if (start != '{' && start != '#') {
      return UnknownFormat(path,
                           "is neither the ECB's table (its first line reads Date,USD,JPY,…) nor "
                           "JSON lines of outlay.fx.v1.Rate");
    }
    for (bool more = start == '{' || lines_.NextRecord(&line); more;
         more = lines_.NextRecord(&line)) {
      ++tally_.read;
      Rate rate;
      if (const absl::Status parsed = ParseJson(line, &rate); !parsed.ok()) {
        tally_.rejections.push_back(MakeRejection(lines_.number(), parsed, line));
        continue;
      }
      if (rate.provider().empty()) rate.set_provider(options_.provider);
      RETURN_IF_ERROR(batches_.Add({lines_.number(), line, std::move(rate)}));
      progress_.Update(lines_.bytes_read(), tally_.read);
    }
    return absl::OkStatus();
  }

  const ImportOptions& options_;
  Session& session_;
  ImportTally tally_;
  FileLines lines_;
  Batches batches_;
  Progress progress_;
};

}  // namespace

absl::StatusOr<ImportTally> ImportRates(const Client& client, const std::string& path,
                                        const ImportOptions& options, Session& session) {
  ASSIGN_OR_RETURN(FileLines lines, FileLines::Open(path));
  ASSIGN_OR_RETURN(const uint64_t head, HeadSequence(client));
  return RatesImport(client, options, session, std::move(lines), head).Run(path);
}

}  // namespace outlay::cli
