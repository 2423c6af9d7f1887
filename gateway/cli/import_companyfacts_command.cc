#include <ostream>

#include "CLI/CLI.hpp"
#include "fmt/format.h"
#include "gateway/cli/client.h"
#include "gateway/cli/command.h"
#include "gateway/cli/import_companyfacts.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"

namespace outlay::cli {
namespace {

std::string FailedFilesLine(uint64_t failed, size_t all, Language language) {
  if (language == Language::kKorean) {
    return fmt::format("파일 {}개 중 {}개를 가져오지 못했습니다", all, failed);
  }
  return fmt::format("{} of {} {} not imported", failed, Counted(all, "file"),
                     failed == 1 ? "was" : "were");
}

class ImportCompanyFactsCommand final : public Command {
 public:
  explicit ImportCompanyFactsCommand(CLI::App& import)
      : Command(import, "companyfacts",
                "What companies have filed, from SEC EDGAR's companyfacts") {
    app_.add_option("FILE", paths_, "Files of one company each: CIK0001326801.json")->required();
    app_.add_option("--concepts", concepts_path_,
                    "Which concept means what for which company; without it the catalogue's "
                    "concepts.jsonl")
        ->type_name("FILE");
    AddImportOptions(app_, options_);
    AddGatewayOptions(app_, gateway_);
  }

  absl::StatusOr<int> Run(Session& session) override {
    if (concepts_path_.empty()) {
      concepts_path_ = (session.share_directory() / "catalog" / kConceptsFile).string();
    }
    ASSIGN_OR_RETURN(const ConceptTimeline timeline, ReadConceptTimeline(concepts_path_));
    RETURN_IF_ERROR(StartRejected(paths_, options_));
    ASSIGN_OR_RETURN(const Client client,
                     MakeClient(gateway_.Address(session), gateway_.timeout()));
    ASSIGN_OR_RETURN(CompanyFactsTally tally,
                     ImportCompanyFacts(client, paths_, timeline, options_, session));
    const uint64_t failed_files = tally.failed_files;
    ASSIGN_OR_RETURN(const int code, FinishImport(paths_.back(), kFigures, std::move(tally.figures),
                                                  options_, session));
    if (failed_files == 0) return code;
    session.out << FailedFilesLine(failed_files, paths_.size(), options_.output.Lang()) << "\n";
    return kFailure;
  }

 private:
  std::vector<std::string> paths_;
  std::string concepts_path_;
  ImportOptions options_;
  GatewayOptions gateway_;
};

}  // namespace

std::unique_ptr<Command> MakeImportCompanyFactsCommand(CLI::App& import) {
  return std::make_unique<ImportCompanyFactsCommand>(import);
}

}  // namespace outlay::cli
