#include "gateway/cli/import_disclosures.h"

#include "fmt/format.h"
#include "gateway/cli/csv_table.h"
#include "gateway/cli/disclosure_batches.h"
#include "gateway/cli/disclosure_columns.h"
#include "gateway/cli/errors.h"
#include "gateway/cli/file_lines.h"
#include "gateway/cli/patience.h"
#include "gateway/cli/progress.h"
#include "gateway/cli/proto_json.h"
#include "gateway/cli/stored_disclosure.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"

namespace outlay::cli {
namespace {

using ingest::v1::DisclosureEntry;

// A record as it stands in the file.
struct RawRecord {
  size_t line = 0;
  std::string text;
  absl::StatusOr<DisclosureEntry> entry;
};

// One import, whatever the format.
class DisclosuresImport {
 public:
  DisclosuresImport(const Client& client, const std::string& path, const ImportOptions& options,
                    Session& session, FileLines lines)
      : client_(client),
        path_(path),
        options_(options),
        session_(session),
        patience_(session),
        lines_(std::move(lines)),
        batches_(MakeDisclosureBatches(client, options, patience_, "line", tally_)),
        progress_(session.err, session.err_terminal, "disclosures", lines_.size()) {}

  absl::StatusOr<ImportTally> Run() {
    const absl::Status read = Read();
    // What was read before the file went wrong is sent: it stands in the file like the rest.
    const absl::Status sent = Send();
    tally_.stopped = sent.ok() ? read : sent;
    if (tally_.read == 0 && !tally_.stopped.ok()) return tally_.stopped;
    return std::move(tally_);
  }

 private:
  absl::Status Read() {
    std::string first;
    ASSIGN_OR_RETURN(const bool any, lines_.NextRecord(&first));
    if (!any) return absl::OkStatus();
    ASSIGN_OR_RETURN(const DisclosureFormat format, FormatOf(path_, first, options_.format));
    return format == DisclosureFormat::kCsv ? ReadTable(std::move(first))
                                            : ReadJsonLines(std::move(first));
  }

  absl::Status Send() {
    const absl::Status sent = batches_.Flush();
    return sent.ok() ? sent : InFile(path_, sent);
  }

  absl::Status ReadJsonLines(std::string line) {
    while (true) {
      absl::StatusOr<DisclosureEntry> entry =
          lines_.was_cut()
              ? MalformedRecord(fmt::format("is longer than {} bytes", FileLines::kLineBytesMax))
              : ParseDisclosureLine(line);
      RETURN_IF_ERROR(Take({lines_.number(), line, std::move(entry)}));
      ASSIGN_OR_RETURN(const bool more, lines_.NextRecord(&line));
      if (!more) return absl::OkStatus();
    }
  }

  absl::Status ReadTable(std::string first) {
    CsvTable table(lines_, std::move(first));
    CsvRow row;
    RETURN_IF_ERROR(OnLine(table.Next(&row).status(), row.line));
    RETURN_IF_ERROR(OnLine(row.problems.ToStatus(), row.line));
    const absl::StatusOr<DisclosureColumns> columns = DisclosureColumns::FromHeader(row.cells);
    if (!columns.ok()) return OnLine(columns.status(), row.line);
    tally_.rejected_head = row.text;
    while (true) {
      const absl::StatusOr<bool> more = table.Next(&row);
      if (!more.ok()) return OnLine(more.status(), row.line);
      if (!*more) return absl::OkStatus();
      absl::StatusOr<DisclosureEntry> entry =
          row.problems.empty() ? columns->Read(row.cells) : row.problems.ToStatus();
      RETURN_IF_ERROR(Take({row.line, row.text, std::move(entry)}));
    }
  }

  // An error of the file as a whole, with its place; one of reading names it itself.
  absl::Status OnLine(const absl::Status& error, size_t line) const {
    if (error.ok() || error.code() != absl::StatusCode::kInvalidArgument) return error;
    return InFile(fmt::format("{}:{}", path_, line), error);
  }

  absl::Status Take(RawRecord record) {
    ++tally_.read;
    progress_.Update(lines_.bytes_read(), tally_.read);
    RETURN_IF_ERROR(Settle(std::move(record)));
    return ReportFullRejections(path_, options_, session_, &tally_);
  }

  // Finds the record there, rejects it or sends it on.
  absl::Status Settle(RawRecord record) {
    if (record.entry.ok() && !record.entry->disclosure().disclosure_id().empty()) {
      const absl::StatusOr<bool> stored =
          patience_.Call([&] { return IsStoredSo(client_, *record.entry); });
      if (stored.ok() && *stored) {
        ++tally_.already_there;
        return absl::OkStatus();
      }
      if (!stored.ok() && stored.status().code() != absl::StatusCode::kInvalidArgument) {
        return InFile(path_, batches_.StopAt({record.line, "", {}, ""}, stored.status()));
      }
      if (!stored.ok()) record.entry = stored.status();
    }
    if (!record.entry.ok()) {
      tally_.rejections.push_back(MakeRejection(record.line, record.entry.status(), record.text));
      return absl::OkStatus();
    }
    record.entry->mutable_disclosure()->clear_disclosure_id();
    const absl::Status sent =
        batches_.Add({record.line, std::move(record.text), *std::move(record.entry), ""});
    return sent.ok() ? sent : InFile(path_, sent);
  }

  const Client& client_;
  const std::string& path_;
  const ImportOptions& options_;
  Session& session_;
  Patience patience_;
  ImportTally tally_;
  FileLines lines_;
  DisclosureBatches batches_;
  Progress progress_;
};

}  // namespace

absl::StatusOr<DisclosureEntry> ParseDisclosureLine(std::string_view line) {
  DisclosureEntry entry;
  // Both an entry and a disclosure that was read from the store have a key.
  const bool is_entry = HasField(line, "disclosure") ||
                        (!HasField(line, "measure") &&
                         (HasField(line, "idempotencyKey") || HasField(line, "idempotency_key")));
  if (is_entry) {
    RETURN_IF_ERROR(ParseJson(line, &entry));
  } else {
    RETURN_IF_ERROR(ParseJson(line, entry.mutable_disclosure()));
  }
  return entry;
}

absl::StatusOr<DisclosureFormat> FormatOf(const std::string& path, std::string_view first_record,
                                          std::string_view wanted) {
  if (!wanted.empty()) {
    return wanted == "csv" ? DisclosureFormat::kCsv : DisclosureFormat::kJsonLines;
  }
  const size_t first = first_record.find_first_not_of(" \t");
  if (first != first_record.npos && first_record[first] == '{') return DisclosureFormat::kJsonLines;
  FileLines none = FileLines::OfText("");
  CsvTable table(none, std::string(first_record));
  CsvRow row;
  const bool is_header = table.Next(&row).ok() && DisclosureColumns::IsHeader(row.cells);
  if (is_header || path.ends_with(".csv")) return DisclosureFormat::kCsv;
  if (path.ends_with(".jsonl") || path.ends_with(".ndjson") || path.ends_with(".json")) {
    return DisclosureFormat::kJsonLines;
  }
  return UnknownFormat(path,
                       "is neither a table of disclosures (its first line names columns such as "
                       "organization_id) nor JSON lines: say which by --format-of-file");
}

absl::StatusOr<ImportTally> ImportDisclosures(const Client& client, const std::string& path,
                                              const ImportOptions& options, Session& session) {
  ASSIGN_OR_RETURN(FileLines lines, FileLines::Open(path));
  return DisclosuresImport(client, path, options, session, std::move(lines)).Run();
}

}  // namespace outlay::cli
