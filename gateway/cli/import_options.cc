#include "gateway/cli/import_options.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <ostream>
#include <random>

#include "CLI/CLI.hpp"
#include "fmt/format.h"
#include "gateway/cli/errors.h"
#include "services/common/status/error.h"

namespace outlay::cli {

journal::v1::ChangeNote ImportOptions::Note() const {
  journal::v1::ChangeNote note;
  note.set_actor(actor);
  note.set_reason(reason);
  return note;
}

void AddNoteOptions(CLI::App& app, ImportOptions& options) {
  app.add_option("--actor", options.actor, "Who records: a person or a program")
      ->type_name("WHO")
      ->check([](const std::string& actor) {
        return std::string(actor.empty() ? "is empty: say who records" : "");
      })
      ->capture_default_str();
  app.add_option("--reason", options.reason, "Why")->type_name("TEXT");
  AddLanguageOption(app, options.output, "Language of the summary: en, ko");
}

void AddImportOptions(CLI::App& app, ImportOptions& options) {
  AddNoteOptions(app, options);
  app.add_flag("--dry-run", options.dry_run, "Only check: nothing is stored");
  app.add_option("--rejected", options.rejected_path,
                 "Write the rejected records here, each below a comment that says why")
      ->type_name("FILE");
}

ImportRun::ImportRun() : id_("import-") {
  constexpr int kWords = 4;
  std::random_device random;
  for (int i = 0; i < kWords; ++i) id_ += fmt::format("{:08x}", random());
}

std::string ImportRun::RequestId(uint64_t number) const {
  return fmt::format("{}-{}", id_, number);
}

absl::Status StartRejected(const std::vector<std::string>& imported, const ImportOptions& options) {
  const std::string& path = options.rejected_path;
  if (path.empty()) return absl::OkStatus();
  for (const std::string& file : imported) {
    std::error_code not_there;
    if (std::filesystem::equivalent(path, file, not_there)) {
      return BadFlag("--rejected", path, "give another file than the one that is imported");
    }
  }
  std::ofstream file(path, std::ios::trunc);
  return file ? absl::OkStatus() : CannotWrite(path, std::strerror(errno));
}

absl::Status ReportRejections(const std::string& path, const ImportOptions& options,
                              Session& session, ImportTally* tally) {
  if (tally->rejections.empty()) return absl::OkStatus();
  // Malformed lines are known at once, refused ones when their batch is answered.
  std::stable_sort(tally->rejections.begin(), tally->rejections.end(),
                   [](const Rejection& a, const Rejection& b) { return a.line < b.line; });
  for (const Rejection& rejection : tally->rejections) {
    session.err << RejectionText(path, rejection);
  }
  session.err.flush();
  if (!options.rejected_path.empty()) {
    RETURN_IF_ERROR(WriteRejected(options.rejected_path, path, *tally));
  }
  tally->reported += tally->rejections.size();
  tally->rejections.clear();
  return absl::OkStatus();
}

absl::Status ReportFullRejections(const std::string& path, const ImportOptions& options,
                                  Session& session, ImportTally* tally) {
  if (tally->rejections.size() < kRejectionsKept) return absl::OkStatus();
  return ReportRejections(path, options, session, tally);
}

absl::StatusOr<int> FinishImport(const std::string& path, const Countable& what, ImportTally tally,
                                 const ImportOptions& options, Session& session) {
  const absl::Status reported = ReportRejections(path, options, session, &tally);
  session.out << SummaryLine(tally, what, options.dry_run, options.output.Lang()) << "\n";
  if (const std::string voided = VoidedLine(tally, options.output.Lang()); !voided.empty()) {
    session.err << fmt::format("{}: {}\n", path, voided);
  }
  if (!tally.stopped.ok()) return tally.stopped;
  if (!reported.ok()) return reported;
  return tally.rejected() == 0 ? kSuccess : kFailure;
}

}  // namespace outlay::cli
