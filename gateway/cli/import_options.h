// What an import is done with.
#ifndef OUTLAY_GATEWAY_CLI_IMPORT_OPTIONS_H_
#define OUTLAY_GATEWAY_CLI_IMPORT_OPTIONS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gateway/cli/import_tally.h"
#include "gateway/cli/options.h"
#include "outlay/journal/v1/journal.pb.h"

namespace CLI {  // NOLINT(readability-identifier-naming): the name of the library
class App;
}

namespace outlay::cli {

struct ImportOptions {
  std::string actor = "outlay import";
  std::string reason;
  std::string provider;  // rates only; empty: as the file says
  std::string format;    // disclosures only: csv, jsonl; empty: found out
  bool dry_run = false;
  std::string rejected_path;  // empty: none is written
  OutputOptions output;       // its language only

  journal::v1::ChangeNote Note() const;
};

// --actor, --reason and --lang.
void AddNoteOptions(CLI::App& app, ImportOptions& options);
// --dry-run and --rejected too.
void AddImportOptions(CLI::App& app, ImportOptions& options);

// The request ids of one run of an import. A call that is made again after its answer got lost is the same request, and stores nothing; the
// same file imported later is another one, which the records' own keys and figures decide about.
class ImportRun {
 public:
  ImportRun();
  // "import-", 32 random hexadecimal digits, "-" and the number.
  std::string RequestId(uint64_t number) const;

 private:
  std::string id_;
};

// Begins the file of --rejected, empty: that it cannot be written is known before anything is recorded. Usage where it is one of the files that
// are imported, CANNOT_WRITE.
absl::Status StartRejected(const std::vector<std::string>& imported, const ImportOptions& options);

// The rejections by line on session.err and in the file of --rejected; the tally keeps their number only.
absl::Status ReportRejections(const std::string& path, const ImportOptions& options,
                              Session& session, ImportTally* tally);

// How many rejections are kept before they are reported, so that memory does not grow with a file of which no record is right.
inline constexpr size_t kRejectionsKept = 10'000;
// ReportRejections once there are so many.
absl::Status ReportFullRejections(const std::string& path, const ImportOptions& options,
                                  Session& session, ImportTally* tally);

// Reports what is left of the rejections, and prints the summary on session.out. The exit code, or why the import stopped.
absl::StatusOr<int> FinishImport(const std::string& path, const Countable& what, ImportTally tally,
                                 const ImportOptions& options, Session& session);

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_IMPORT_OPTIONS_H_
