#include "gateway/cli/import_disclosures.h"

#include "gateway/cli/disclosure_batches.h"
#include "gateway/cli/file_lines.h"
#include "gateway/cli/progress.h"
#include "gateway/cli/proto_json.h"
#include "services/common/status/error.h"

namespace outlay::cli {
using ingest::v1::DisclosureEntry;

absl::StatusOr<DisclosureEntry> ParseDisclosureLine(std::string_view line) {
  DisclosureEntry entry;
  const bool is_entry = HasField(line, "disclosure") || HasField(line, "idempotencyKey") ||
                        HasField(line, "idempotency_key");
  if (is_entry) {
    RETURN_IF_ERROR(ParseJson(line, &entry));
  } else {
    RETURN_IF_ERROR(ParseJson(line, entry.mutable_disclosure()));
  }
  return entry;
}

absl::StatusOr<ImportTally> ImportDisclosures(const Client& client, const std::string& path,
                                              const ImportOptions& options, Session& session) {
  ASSIGN_OR_RETURN(FileLines lines, FileLines::Open(path));
  ASSIGN_OR_RETURN(const uint64_t head, IngestHead(client));
  ImportTally tally;
  DisclosureBatches batches = MakeDisclosureBatches(client, options, head, tally);
  Progress progress(session.err, session.err_terminal, "disclosures", lines.size());
  std::string line;
  while (lines.NextRecord(&line)) {
    ++tally.read;
    absl::StatusOr<DisclosureEntry> entry = ParseDisclosureLine(line);
    if (entry.ok()) {
      RETURN_IF_ERROR(batches.Add({lines.number(), line, *std::move(entry)}));
    } else {
      tally.rejections.push_back(MakeRejection(lines.number(), entry.status(), line));
    }
    progress.Update(lines.bytes_read(), tally.read);
  }
  RETURN_IF_ERROR(batches.Flush());
  return tally;
}

}  // namespace outlay::cli
