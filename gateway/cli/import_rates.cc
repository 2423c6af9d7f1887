#include "gateway/cli/import_rates.h"

#include <ostream>

#include "fmt/format.h"
#include "gateway/cli/ecb_csv.h"
#include "gateway/cli/errors.h"
#include "gateway/cli/file_lines.h"
#include "gateway/cli/patience.h"
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

absl::StatusOr<BatchOutcome> Send(const Client& client, const ImportOptions& options,
                                  Patience& patience, const Batches::Batch& batch,
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
  RatesImport(const Client& client, const std::string& path, const ImportOptions& options,
              Session& session, FileLines lines)
      : path_(path),
        options_(options),
        session_(session),
        patience_(session),
        lines_(std::move(lines)),
        batches_(
            {kBatchSize, "line", options.dry_run},
            [this, &client, run = ImportRun()](const auto& batch, uint64_t number) {
              return Send(client, options_, patience_, batch, run.RequestId(number));
            },
            tally_),
        progress_(session.err, session.err_terminal, "rates", lines_.size()) {}

  absl::StatusOr<ImportTally> Run() {
    const absl::Status read = Read();
    // What was read before the file went wrong is sent: it stands in the file like the rest.
    const absl::Status sent = InPlace(batches_.Flush());
    tally_.stopped = sent.ok() ? read : sent;
    if (tally_.read == 0 && !tally_.stopped.ok()) return tally_.stopped;
    return std::move(tally_);
  }

 private:
  absl::Status Read() {
    std::string line;
    ASSIGN_OR_RETURN(const bool any, lines_.Next(&line));
    if (!any) return UnknownFormat(path_, "is empty");
    return EcbCsvReader::IsHeader(line) ? ReadEcb(line) : ReadJson(std::move(line));
  }

  absl::Status InPlace(const absl::Status& sent) const {
    return sent.ok() ? sent : InFile(path_, sent);
  }

  absl::Status ReadEcb(const std::string& header) {
    absl::StatusOr<EcbCsvReader> reader = EcbCsvReader::FromHeader(header);
    if (!reader.ok()) return UnknownFormat(path_ + ":1", FromAbsl(reader.status().message()));
    for (const CsvProblem& warning : reader->warnings()) {
      session_.err << fmt::format("{}:{}:{}: warning: {}\n", path_, warning.line, warning.column,
                                  warning.message);
    }
    std::string line;
    while (true) {
      ASSIGN_OR_RETURN(const bool more, lines_.Next(&line));
      if (!more) return absl::OkStatus();
      const EcbRow row = reader->Read(line, lines_.number());
      for (const CsvProblem& problem : row.problems) {
        ++tally_.read;
        tally_.rejections.push_back(
            {problem.line, problem.column, problem.message, "MALFORMED_CELL", {}, ""});
      }
      for (const EcbRate& cell : row.rates) {
        ++tally_.read;
        const Rate rate = ToProto(cell, options_.provider);
        RETURN_IF_ERROR(InPlace(batches_.Add({lines_.number(), CompactJson(rate), rate, ""})));
      }
      RETURN_IF_ERROR(Proceed());
    }
  }

  absl::Status ReadJson(std::string line) {
    const size_t first = line.find_first_not_of(" \t");
    const char start = first == line.npos ? '#' : line[first];
    if (start != '{' && start != '#') {
      return UnknownFormat(path_,
                           "is neither the ECB's table (its first line reads Date,USD,JPY,…) nor "
                           "JSON lines of outlay.fx.v1.Rate");
    }
    bool more = true;
    if (start == '#') {
      ASSIGN_OR_RETURN(more, lines_.NextRecord(&line));
    }
    while (more) {
      ++tally_.read;
      RETURN_IF_ERROR(TakeJson(line));
      RETURN_IF_ERROR(Proceed());
      ASSIGN_OR_RETURN(more, lines_.NextRecord(&line));
    }
    return absl::OkStatus();
  }

  absl::Status TakeJson(const std::string& line) {
    Rate rate;
    absl::Status parsed =
        lines_.was_cut()
            ? MalformedRecord(fmt::format("is longer than {} bytes", FileLines::kLineBytesMax))
            : ParseJson(line, &rate);
    if (!parsed.ok()) {
      tally_.rejections.push_back(MakeRejection(lines_.number(), parsed, line));
      return absl::OkStatus();
    }
    if (rate.provider().empty()) rate.set_provider(options_.provider);
    return InPlace(batches_.Add({lines_.number(), line, std::move(rate), ""}));
  }

  absl::Status Proceed() {
    progress_.Update(lines_.bytes_read(), tally_.read);
    return ReportFullRejections(path_, options_, session_, &tally_);
  }

  const std::string& path_;
  const ImportOptions& options_;
  Session& session_;
  Patience patience_;
  ImportTally tally_;
  FileLines lines_;
  Batches batches_;
  Progress progress_;
};

}  // namespace

absl::StatusOr<ImportTally> ImportRates(const Client& client, const std::string& path,
                                        const ImportOptions& options, Session& session) {
  ASSIGN_OR_RETURN(FileLines lines, FileLines::Open(path));
  return RatesImport(client, path, options, session, std::move(lines)).Run();
}

}  // namespace outlay::cli
