#include "gateway/cli/import_rates.h"

#include <ostream>

#include "fmt/format.h"
#include "gateway/cli/csv_table.h"
#include "gateway/cli/currency_api.h"
#include "gateway/cli/ecb_csv.h"
#include "gateway/cli/ecb_xml.h"
#include "gateway/cli/errors.h"
#include "gateway/cli/file_lines.h"
#include "gateway/cli/h10_csv.h"
#include "gateway/cli/patience.h"
#include "gateway/cli/progress.h"
#include "gateway/cli/proto_json.h"
#include "gateway/cli/rate_batches.h"
#include "gateway/cli/rate_columns.h"
#include "gateway/cli/rate_format.h"
#include "gateway/cli/replayed_input.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"

namespace outlay::cli {
namespace {

using fx::v1::Rate;

// Whose the rates of a format are; those of services/fx/providers.cc.
constexpr const char* kEcb = "ecb";
constexpr const char* kFedH10 = "fed-h10";
constexpr const char* kCurrencyApi = "fawazahmed0";

FileRateRow InFileTerms(const EcbRow& row, size_t line) {
  FileRateRow common;
  for (const EcbRate& cell : row.rates) {
    FileRate rate;
    rate.line = line;
    rate.date = cell.date;
    rate.base = "EUR";
    rate.quote = cell.currency_code;
    rate.value = cell.value.ToString();
    common.rates.push_back(std::move(rate));
  }
  for (const CsvProblem& problem : row.problems) {
    common.problems.push_back({problem.line, problem.column, problem.message, ""});
  }
  return common;
}
FileRateRow InFileTerms(FileRateRow row, size_t) { return row; }

// One import, whatever the format.
class RatesImport {
 public:
  RatesImport(const Client& client, const std::string& path, const ImportOptions& options,
              Session& session, std::unique_ptr<ReplayedInput> input)
      : path_(path),
        options_(options),
        session_(session),
        patience_(session),
        input_(std::move(input)),
        progress_(session.err, session.err_terminal, "rates", input_->size()),
        batches_(MakeRateBatches(client, options, patience_, tally_)) {}

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
    const RateFormat format = RateFormatOf(input_->head());
    if (format == RateFormat::kEcbXml) return InPlace(ReadEcbXml(*input_, SinkFor(kEcb)));
    if (format == RateFormat::kCurrencyApi) {
      return InPlace(ReadCurrencyApi(*input_, SinkFor(kCurrencyApi)));
    }
    const uint64_t size = input_->size();
    FileLines lines = FileLines::Of(std::move(input_), path_, size);
    std::string line;
    // Of comments, those before a table too; an error of reading is said here whatever the format.
    ASSIGN_OR_RETURN(const bool any, lines.NextRecord(&line));
    if (!any && format == RateFormat::kEmpty) return UnknownFormat(path_, "is empty");
    if (!any) return absl::OkStatus();
    switch (format) {
      case RateFormat::kEcbCsv:
        return ReadTable<EcbCsvReader>(line, lines, kEcb);
      case RateFormat::kH10:
        return ReadTable<H10CsvReader>(line, lines, kFedH10);
      case RateFormat::kPlainCsv:
        return ReadPlain(std::move(line), lines);
      case RateFormat::kJsonLines:
        return ReadJson(std::move(line), lines);
      default:
        return UnknownFormat(
            path_,
            "is of no known format of rates: the ECB's CSV (its first line reads Date,USD,JPY,…) "
            "or XML, H.10 as FRED serves it (observation_date,DEXKOUS), a file of "
            "@fawazahmed0/currency-api, a table with the columns date, base, quote and value "
            "(`outlay import rates --template` prints one), or JSON lines of outlay.fx.v1.Rate");
    }
  }

  // An error of the file or of sending, with the file in front.
  absl::Status InPlace(const absl::Status& status) const {
    return status.ok() ? status : InFile(path_, status);
  }

  void Warn(size_t line, size_t column, std::string_view message) {
    session_.err << fmt::format("{}:{}:{} warning: {}\n", path_, line,
                                column == 0 ? "" : fmt::format("{}:", column), message);
  }

  std::string ProviderOr(const char* of_format) const {
    return options_.provider.empty() ? of_format : options_.provider;
  }

  absl::Status Take(const FileRate& figure, const std::string& provider) {
    ++tally_.read;
    const Rate rate = ToProto(figure, provider);
    return batches_.Add({figure.line, CompactJson(rate), rate, figure.place});
  }

  void Reject(const RateNote& problem) {
    ++tally_.read;
    tally_.rejections.push_back(
        {problem.line, problem.column, problem.message, "MALFORMED_CELL", {}, "", problem.place});
  }

  RateFileSink SinkFor(const char* of_format) {
    RateFileSink sink;
    sink.on_rate = [this, provider = ProviderOr(of_format)](const FileRate& figure) {
      return Take(figure, provider);
    };
    sink.on_problem = [this](const RateNote& problem) {
      Reject(problem);
      return ReportFullRejections(path_, options_, session_, &tally_);
    };
    sink.on_warning = [this](const RateNote& note) { Warn(note.line, note.column, note.message); };
    sink.on_skipped = [this](uint64_t count) { tally_.skipped += count; };
    sink.on_progress = [this](uint64_t bytes_read) { return Proceed(bytes_read); };
    return sink;
  }

  // `line` is the header's.
  void WarnOf(const EcbCsvReader& reader, size_t line) {
    for (const CsvProblem& note : reader.warnings()) Warn(line, note.column, note.message);
  }
  void WarnOf(const H10CsvReader&, size_t) {}

  static std::string TooLongLine() {
    return fmt::format("is longer than {} bytes", FileLines::kLineBytesMax);
  }

  // A table of one column a currency, below its header.
  template <typename Reader>
  absl::Status ReadTable(const std::string& header, FileLines& lines, const char* of_format) {
    absl::StatusOr<Reader> reader = Reader::FromHeader(header);
    const absl::Status usable = lines.was_cut() ? MalformedRecord(TooLongLine()) : reader.status();
    if (!usable.ok()) return InFile(fmt::format("{}:{}", path_, lines.number()), usable);
    WarnOf(*reader, lines.number());
    const std::string provider = ProviderOr(of_format);
    std::string line;
    while (true) {
      ASSIGN_OR_RETURN(const bool more, lines.Next(&line));
      if (!more) return absl::OkStatus();
      if (lines.was_cut()) {
        Reject({lines.number(), 0, TooLongLine(), ""});
        RETURN_IF_ERROR(Proceed(lines.bytes_read()));
        continue;
      }
      const FileRateRow row = InFileTerms(reader->Read(line, lines.number()), lines.number());
      for (const RateNote& problem : row.problems) Reject(problem);
      for (const FileRate& figure : row.rates) RETURN_IF_ERROR(InPlace(Take(figure, provider)));
      RETURN_IF_ERROR(Proceed(lines.bytes_read()));
    }
  }

  absl::Status ReadPlain(std::string header, FileLines& lines) {
    CsvTable table(lines, std::move(header));
    CsvRow row;
    RETURN_IF_ERROR(OnLine(table.Next(&row).status(), row.line));
    RETURN_IF_ERROR(OnLine(row.problems.ToStatus(), row.line));
    const absl::StatusOr<RateColumns> columns = RateColumns::FromHeader(row.cells);
    if (!columns.ok()) return OnLine(columns.status(), row.line);
    for (const std::string& warning : columns->warnings()) Warn(row.line, 0, warning);
    tally_.rejected_head = row.text;
    while (true) {
      const absl::StatusOr<bool> more = table.Next(&row);
      if (!more.ok()) return OnLine(more.status(), row.line);
      if (!*more) return absl::OkStatus();
      ++tally_.read;
      const absl::StatusOr<Rate> rate = PlainRate(*columns, row);
      if (rate.ok()) {
        RETURN_IF_ERROR(InPlace(batches_.Add({row.line, row.text, *rate, ""})));
      } else {
        tally_.rejections.push_back(MakeRejection(row.line, rate.status(), row.text));
      }
      RETURN_IF_ERROR(Proceed(lines.bytes_read()));
    }
  }

  absl::StatusOr<Rate> PlainRate(const RateColumns& columns, const CsvRow& row) const {
    RETURN_IF_ERROR(row.problems.ToStatus());
    ASSIGN_OR_RETURN(const FileRate figure, columns.Read(row.cells));
    if (figure.provider.empty() && options_.provider.empty()) return ProviderNotSaid();
    return ToProto(figure, options_.provider);
  }

  // An error of the file as a whole, with its place; one of reading names it itself.
  absl::Status OnLine(const absl::Status& error, size_t line) const {
    if (error.ok() || error.code() != absl::StatusCode::kInvalidArgument) return error;
    return InFile(fmt::format("{}:{}", path_, line), error);
  }

  absl::Status ReadJson(std::string line, FileLines& lines) {
    while (true) {
      ++tally_.read;
      RETURN_IF_ERROR(TakeJson(line, lines));
      RETURN_IF_ERROR(Proceed(lines.bytes_read()));
      ASSIGN_OR_RETURN(const bool more, lines.NextRecord(&line));
      if (!more) return absl::OkStatus();
    }
  }

  absl::Status TakeJson(const std::string& line, const FileLines& lines) {
    Rate rate;
    absl::Status parsed = lines.was_cut() ? MalformedRecord(TooLongLine()) : ParseJson(line, &rate);
    if (!parsed.ok()) {
      tally_.rejections.push_back(MakeRejection(lines.number(), parsed, line));
      return absl::OkStatus();
    }
    if (rate.provider().empty()) rate.set_provider(options_.provider);
    return InPlace(batches_.Add({lines.number(), line, std::move(rate), ""}));
  }

  absl::Status Proceed(uint64_t bytes_read) {
    progress_.Update(bytes_read, tally_.read);
    return ReportFullRejections(path_, options_, session_, &tally_);
  }

  const std::string& path_;
  const ImportOptions& options_;
  Session& session_;
  Patience patience_;
  ImportTally tally_;
  std::unique_ptr<ReplayedInput> input_;
  Progress progress_;
  RateBatches batches_;
};

}  // namespace

absl::StatusOr<ImportTally> ImportRates(const Client& client, const std::string& path,
                                        const ImportOptions& options, Session& session) {
  ASSIGN_OR_RETURN(std::unique_ptr<ReplayedInput> input, ReplayedInput::Open(path));
  return RatesImport(client, path, options, session, std::move(input)).Run();
}

}  // namespace outlay::cli
