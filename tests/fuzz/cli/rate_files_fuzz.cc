// Files of rates on hostile text, each by the reader that its beginning asks for: what comes out is a positive figure of two currencies on a day.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <sstream>
#include <string>

#include "gateway/cli/currency_api.h"
#include "gateway/cli/ecb_csv.h"
#include "gateway/cli/ecb_xml.h"
#include "gateway/cli/file_lines.h"
#include "gateway/cli/h10_csv.h"
#include "gateway/cli/rate_format.h"
#include "services/common/money/currency.h"
#include "services/common/money/decimal.h"
#include "services/common/time/date.h"

namespace outlay::cli {
namespace {

void Require(bool holds) {
  if (!holds) std::abort();
}

absl::Status Check(const FileRate& rate) {
  Require(money::FindCurrency(rate.base) != nullptr);
  Require(money::FindCurrency(rate.quote) != nullptr);
  Require(time::ParseDate(rate.date).ok());
  const auto value = money::Decimal::Parse(rate.value);
  Require(value.ok() && value->Sign() > 0);
  return absl::OkStatus();
}

RateFileSink Sink() {
  RateFileSink sink;
  sink.on_rate = Check;
  sink.on_problem = [](const RateNote& note) {
    Require(!note.message.empty());
    return absl::OkStatus();
  };
  sink.on_warning = [](const RateNote&) {};
  sink.on_skipped = [](uint64_t) {};
  sink.on_progress = [](uint64_t) { return absl::OkStatus(); };
  return sink;
}

template <typename Reader, typename OnRow>
void ReadTable(const std::string& text, const OnRow& on_row) {
  FileLines lines = FileLines::OfText(text);
  std::string line;
  if (!*lines.NextRecord(&line)) return;
  absl::StatusOr<Reader> reader = Reader::FromHeader(line);
  if (!reader.ok()) return;
  while (*lines.Next(&line)) on_row(reader->Read(line, lines.number()));
}

}  // namespace
}  // namespace outlay::cli

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace outlay::cli;  // NOLINT
  const std::string text(reinterpret_cast<const char*>(data), size);
  std::istringstream in(text);
  switch (RateFormatOf(text)) {
    case RateFormat::kEcbXml:
      ReadEcbXml(in, Sink()).IgnoreError();
      break;
    case RateFormat::kCurrencyApi:
      ReadCurrencyApi(in, Sink()).IgnoreError();
      break;
    case RateFormat::kH10:
      ReadTable<H10CsvReader>(text, [](const FileRateRow& row) {
        for (const FileRate& rate : row.rates) Check(rate).IgnoreError();
      });
      break;
    case RateFormat::kEcbCsv:
      ReadTable<EcbCsvReader>(text, [](const EcbRow& row) {
        for (const EcbRate& rate : row.rates) {
          Require(outlay::time::ParseDate(rate.date).ok() && rate.value.Sign() > 0);
        }
      });
      break;
    default:
      break;
  }
  return 0;
}
