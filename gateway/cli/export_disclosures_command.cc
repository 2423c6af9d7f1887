#include <cerrno>
#include <cstring>
#include <fstream>
#include <ostream>

#include "CLI/CLI.hpp"
#include "fmt/format.h"
#include "gateway/cli/client.h"
#include "gateway/cli/command.h"
#include "gateway/cli/errors.h"
#include "gateway/cli/export_disclosures.h"
#include "gateway/cli/options.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"

namespace outlay::cli {
namespace {

class ExportDisclosuresCommand final : public Command {
 public:
  explicit ExportDisclosuresCommand(CLI::App& parent)
      : Command(parent, "disclosures", "All disclosures, so that they can be imported again") {
    app_.add_option("FILE", path_, "Where to write; without it standard output");
    app_.add_option("--format", format_, "How: csv, jsonl")
        ->check(CLI::IsMember({"csv", "jsonl"}))
        ->type_name("FORMAT")
        ->required();
    AddAsOfOptions(app_, as_of_);
    AddGatewayOptions(app_, gateway_);
  }

  absl::StatusOr<int> Run(Session& session) override {
    ASSIGN_OR_RETURN(const journal::v1::AsOf as_of, as_of_.ToProto());
    ASSIGN_OR_RETURN(const Client client,
                     MakeClient(gateway_.Address(session), gateway_.timeout()));
    std::ofstream file;
    if (!path_.empty()) {
      file.open(path_, std::ios::binary | std::ios::trunc);
      if (!file) return CannotWrite(path_, std::strerror(errno));
    }
    std::ostream& out = path_.empty() ? session.out : file;
    const DisclosureFormat format =
        format_ == "csv" ? DisclosureFormat::kCsv : DisclosureFormat::kJsonLines;
    ASSIGN_OR_RETURN(const ExportTally tally,
                     ExportDisclosures(client, as_of, format, out, session));
    if (!out.flush()) {
      // Why standard output failed is said once, for all commands.
      if (path_.empty()) return kFailure;
      return CannotWrite(path_, "the disk may be full");
    }
    session.err << fmt::format("{} written, as of ingest {}\n",
                               Counted(tally.written, "disclosure"), tally.ingest_sequence);
    return kSuccess;
  }

 private:
  std::string path_;
  std::string format_;
  AsOfOptions as_of_;
  GatewayOptions gateway_;
};

}  // namespace

std::unique_ptr<Command> MakeExportDisclosuresCommand(CLI::App& parent) {
  return std::make_unique<ExportDisclosuresCommand>(parent);
}

}  // namespace outlay::cli
