#include <ostream>

#include "CLI/CLI.hpp"
#include "fmt/format.h"
#include "gateway/cli/client.h"
#include "gateway/cli/command.h"
#include "gateway/cli/demo_cluster.h"
#include "gateway/cli/demo_questions.h"
#include "gateway/cli/errors.h"
#include "gateway/cli/grpcurl_line.h"
#include "gateway/cli/import_catalog.h"
#include "gateway/cli/import_disclosures.h"
#include "gateway/cli/import_rates.h"
#include "gateway/cli/interruption.h"
#include "gateway/cli/options.h"
#include "gateway/cli/report_pages.h"
#include "services/common/rpc/signals.h"
#include "services/common/status/error.h"

namespace outlay::cli {
namespace {

constexpr std::chrono::seconds kCallTimeout{30};

// The steps of the demo on a running cluster.
class Demo {
 public:
  Demo(const Client& client, Language language, Session& session, Interruption& interruption)
      : client_(client), language_(language), session_(session), interruption_(interruption) {}

  absl::Status Run() {
    RETURN_IF_ERROR(Import());
    ASSIGN_OR_RETURN(const std::vector<DemoQuestion> questions, DemoQuestions(language_));
    for (const DemoQuestion& question : questions) RETURN_IF_ERROR(Ask(question));
    PrintNextSteps(questions.front().request);
    return absl::OkStatus();
  }

 private:
  absl::Status Import() {
    ImportOptions options;
    options.actor = "outlay demo";
    options.reason = "sample data";
    options.output.language = LanguageTag(language_);
    const std::filesystem::path share = session_.share_directory();
    ASSIGN_OR_RETURN(const CatalogRecords records, ReadCatalog({(share / "catalog").string()}));
    Patience patience(session_);
    ASSIGN_OR_RETURN(const CatalogTally catalog,
                     ImportCatalog(client_, records, options, patience));
    session_.out << "  " << CatalogSummary(catalog, language_) << "\n";
    const std::filesystem::path samples = share / "demo";
    RETURN_IF_ERROR(
        ImportFile(samples / "disclosures.jsonl", kDisclosures, &ImportDisclosures, options));
    ingest_sequence_ = sequence_;
    for (const char* const name : {"rates.jsonl", "eurofxref-hist.csv"}) {
      RETURN_IF_ERROR(ImportFile(samples / name, kRates, &ImportRates, options));
    }
    fx_sequence_ = sequence_;
    return absl::OkStatus();
  }

  template <typename Importer>
  absl::Status ImportFile(const std::filesystem::path& path, const Countable& what, Importer import,
                          const ImportOptions& options) {
    RETURN_IF_ERROR(interruption_.Check());
    ASSIGN_OR_RETURN(const ImportTally tally, import(client_, path.string(), options, session_));
    session_.out << "  ";
    ASSIGN_OR_RETURN(const int code,
                     FinishImport(path.filename().string(), what, tally, options, session_));
    sequence_ = tally.head_sequence;
    return code == kSuccess ? absl::OkStatus()
                            : SampleRejected(path.string(), tally.rejections.size());
  }

  absl::Status Ask(const DemoQuestion& question) {
    RETURN_IF_ERROR(interruption_.Check());
    gateway::v1::GetReportRequest request = question.request;
    // The view follows ingest at its own pace: the answer must hold what was just imported.
    request.mutable_minimum()->set_ingest_sequence(ingest_sequence_);
    request.mutable_minimum()->set_fx_sequence(fx_sequence_);
    ASSIGN_OR_RETURN(const gateway::v1::Report report, GetWholeReport(client_, request));
    Document document = {Paragraph{question.introduction, true}};
    for (Block& block : ReportDocument(question.request, report, language_, question.detail)) {
      document.push_back(std::move(block));
    }
    session_.out << "\n" << RenderText(document, session_.style()) << std::flush;
    return absl::OkStatus();
  }

  void PrintNextSteps(const gateway::v1::GetReportRequest& request) {
    session_.out << "\n"
                 << In(language_,
                       "The same question with grpcurl, to a server that stays ('outlay up', and "
                       "in another shell these imports):",
                       "같은 질문을 grpcurl로 ('outlay up' 실행 후 다른 셸에서 아래 가져오기):")
                 << "\n";
    const std::filesystem::path samples = session_.share_directory() / "demo";
    const std::string self = ShellQuoted((session_.binary_directory / "outlay").string());
    session_.out << fmt::format("  {} import disclosures {}\n", self,
                                ShellQuoted((samples / "disclosures.jsonl").string()));
    for (const char* const name : {"rates.jsonl", "eurofxref-hist.csv"}) {
      session_.out << fmt::format("  {} import rates {}\n", self,
                                  ShellQuoted((samples / name).string()));
    }
    session_.out << "  "
                 << GrpcurlLine(request, kDefaultGateway,
                                "outlay.gateway.v1.GatewayService/GetReport")
                 << "\n"
                 << std::flush;
  }

  const Client& client_;
  const Language language_;
  Session& session_;
  Interruption& interruption_;
  uint64_t sequence_ = 0;  // of the journal that was written last
  uint64_t ingest_sequence_ = 0;
  uint64_t fx_sequence_ = 0;
};

class DemoCommand final : public Command {
 public:
  explicit DemoCommand(CLI::App& parent)
      : Command(
            parent, "demo",
            "Start the four servers, import the sample data, print the report, stop everything") {
    app_.add_flag("--keep", keep_, "Leave the folder with the journals and logs");
    AddLanguageOption(app_, output_);
  }

  absl::StatusOr<int> Run(Session& session) override {
    // Before the first thread: the servers are stopped and the folder removed also after Ctrl-C.
    rpc::BlockTerminationSignals();
    ASSIGN_OR_RETURN(const std::unique_ptr<TemporaryFolder> folder, TemporaryFolder::Make());
    if (keep_) {
      folder->Keep();
      session.out << fmt::format("{} {}\n", In(output_.Lang(), "Folder:", "폴더:"),
                                 folder->path().string());
    }
    RETURN_IF_ERROR(RunIn(folder->path(), session));
    return kSuccess;
  }

 private:
  absl::Status RunIn(const std::filesystem::path& folder, Session& session) {
    Interruption interruption;
    const Language language = output_.Lang();
    session.out << In(language, "Starting four servers on loopback …", "서버 네 개를 시작합니다 …")
                << std::endl;
    ASSIGN_OR_RETURN(
        const std::unique_ptr<DemoCluster> cluster,
        DemoCluster::Start(session.binary_directory, folder, [&] { return interruption.Check(); }));
    for (const DemoCluster::Member& member : cluster->members()) {
      session.out << fmt::format("  {:<20}{}\n", member.program, member.address);
    }
    ASSIGN_OR_RETURN(const Client client, MakeClient(cluster->gateway_address(), kCallTimeout));
    session.out << In(language, "Importing the catalogue and the sample data …",
                      "카탈로그와 예제 데이터를 가져옵니다 …")
                << std::endl;
    RETURN_IF_ERROR(Demo(client, language, session, interruption).Run());
    RETURN_IF_ERROR(cluster->Stop());
    session.out << "\n"
                << In(language, "All four servers have stopped.", "서버 네 개를 모두 종료했습니다.")
                << "\n";
    return absl::OkStatus();
  }

  bool keep_ = false;
  OutputOptions output_;
};

}  // namespace

std::unique_ptr<Command> MakeDemoCommand(CLI::App& parent) {
  return std::make_unique<DemoCommand>(parent);
}

}  // namespace outlay::cli
