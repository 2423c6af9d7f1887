#include "gateway/cli/import_tally.h"

#include <cerrno>
#include <charconv>
#include <cstring>
#include <fstream>

#include "fmt/format.h"
#include "gateway/cli/errors.h"
#include "gateway/cli/render/readable_amount.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"
#include "services/common/wire/journal_proto.h"

namespace outlay::cli {
namespace {

std::string Count(uint64_t count) {
  return GroupedDigits(money::Decimal::FromInt(static_cast<int64_t>(count)));
}

size_t ColumnOf(const ErrorDetail& detail) {
  const auto column = detail.metadata.find("column");
  if (column == detail.metadata.end()) return 0;
  size_t number = 0;
  const std::string& text = column->second;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

// "rates" → "rate".
std::string Singular(const std::string& plural) {
  return plural.ends_with('s') ? plural.substr(0, plural.size() - 1) : plural;
}

// "entries[3].disclosure.amount" → "disclosure.amount": the batch is ours, the reader knows the line.
std::string_view WithoutIndex(std::string_view text) {
  for (const std::string_view list : {"entries[", "rates["}) {
    const size_t end = text.find("].");
    if (text.starts_with(list) && end != text.npos) return text.substr(end + 2);
  }
  return text;
}

std::string OnOneLine(std::string text) {
  for (char& c : text) {
    if (c == '\n' || c == '\r') c = ' ';
  }
  return text;
}

}  // namespace

Rejection MakeRejection(size_t line, const absl::Status& error, std::string record) {
  const ErrorDetail detail = GetErrorDetail(error);
  Rejection rejection = {
      line, ColumnOf(detail), std::string(WithoutIndex(FromAbsl(error.message()))), detail.reason,
      {},   std::move(record)};
  for (const FieldViolation& violation : detail.violations) {
    const std::string text =
        fmt::format("{}: {}", WithoutIndex(violation.field), violation.description);
    // The message begins with the first one.
    if (!rejection.message.starts_with(text)) rejection.details.push_back(text);
  }
  return rejection;
}

Rejection MakeRejection(size_t line, const journal::v1::RecordError& error, std::string record) {
  return MakeRejection(line, wire::FromProto(error), std::move(record));
}

std::string SummaryLine(const ImportTally& tally, const std::string& what, bool dry_run) {
  std::string line = fmt::format("{} {} read, {} {}, {} already there, {} rejected",
                                 Count(tally.read), tally.read == 1 ? Singular(what) : what,
                                 Count(tally.recorded), dry_run ? "would be recorded" : "recorded",
                                 Count(tally.already_there), Count(tally.rejected()));
  if (tally.unsettled() > 0) line += fmt::format(", {} not settled", Count(tally.unsettled()));
  return line;
}

std::string RejectionText(const std::string& path, const Rejection& rejection) {
  std::string text = path + ":";
  if (!rejection.place.empty()) {
    text += fmt::format(" {}:", rejection.place);
  } else if (rejection.line > 0) {
    text += fmt::format("{}:", rejection.line);
    if (rejection.column > 0) text += fmt::format("{}:", rejection.column);
  }
  text += fmt::format(" {}", rejection.message);
  if (!rejection.reason.empty()) text += fmt::format(" ({})", rejection.reason);
  text += "\n";
  for (const std::string& detail : rejection.details) text += fmt::format("  {}\n", detail);
  return text;
}

absl::Status WriteRejected(const std::string& path, const std::string& source,
                           const ImportTally& tally) {
  const bool is_new = tally.reported == 0;
  std::ofstream file(path, is_new ? std::ios::trunc : std::ios::app);
  if (is_new && !tally.rejected_head.empty()) file << tally.rejected_head << "\n";
  for (const Rejection& rejection : tally.rejections) {
    file << "# " << OnOneLine(RejectionText(source, rejection)) << "\n";
    if (!rejection.record.empty()) file << rejection.record << "\n";
  }
  file.close();
  return file ? absl::OkStatus() : CannotWrite(path, std::strerror(errno));
}

}  // namespace outlay::cli
