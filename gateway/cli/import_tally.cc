#include "gateway/cli/import_tally.h"

#include <cerrno>
#include <charconv>
#include <cstring>
#include <fstream>

#include "fmt/format.h"
#include "gateway/cli/errors.h"
#include "gateway/cli/render/readable_amount.h"
#include "gateway/cli/render/words.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"
#include "services/common/wire/journal_proto.h"

namespace outlay::cli {
namespace {

size_t ColumnOf(const ErrorDetail& detail) {
  const auto column = detail.metadata.find("column");
  if (column == detail.metadata.end()) return 0;
  size_t number = 0;
  const std::string& text = column->second;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

// "12,345 recorded"; "기록 12,345건".
std::string Outcome(Language language, uint64_t count, std::string_view english,
                    std::string_view korean) {
  const std::string number = GroupedDigits(money::Decimal::FromInt(static_cast<int64_t>(count)));
  return language == Language::kKorean ? fmt::format("{} {}건", korean, number)
                                       : fmt::format("{} {}", number, english);
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

std::string SummaryLine(const ImportTally& tally, const Countable& what, bool dry_run,
                        Language language) {
  const auto outcome = [language](uint64_t count, std::string_view english,
                                  std::string_view korean) {
    return ", " + Outcome(language, count, english, korean);
  };
  const std::string read =
      CountedIn(language, static_cast<int64_t>(tally.read), what.english, "건");
  std::string line =
      language == Language::kKorean ? fmt::format("{} {} 읽음", what.korean, read) : read + " read";
  line += dry_run ? outcome(tally.recorded, "would be recorded", "기록 예정")
                  : outcome(tally.recorded, "recorded", "기록");
  line += outcome(tally.already_there, "already there", "이미 있음");
  line += outcome(tally.rejected(), "rejected", "거부");
  if (tally.skipped > 0) line += outcome(tally.skipped, "skipped (no currency)", "제외(통화 아님)");
  if (tally.unsettled() > 0) line += outcome(tally.unsettled(), "not settled", "미확정");
  return line;
}

std::string VoidedLine(const ImportTally& tally, Language language) {
  if (tally.voided == 0) return "";
  if (language == Language::kKorean) {
    return fmt::format(
        "이미 있는 것 중 {}건은 그 뒤 무효 처리되어 집계되지 않으며, 다시 가져와도 되살아나지 "
        "않습니다",
        tally.voided);
  }
  return tally.voided == 1 ? "1 of those already there was voided since: it counts no more, and an "
                             "import does not bring it back"
                           : fmt::format(
                                 "{} of those already there were voided since: they count "
                                 "no more, and an import does not bring them back",
                                 tally.voided);
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
