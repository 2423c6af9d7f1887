#include <ostream>

#include "CLI/CLI.hpp"
#include "gateway/cli/client.h"
#include "gateway/cli/command.h"
#include "gateway/cli/grpcurl_line.h"
#include "gateway/cli/options.h"
#include "gateway/cli/proto_json.h"
#include "gateway/cli/render/report_csv.h"
#include "gateway/cli/render/report_document.h"
#include "gateway/cli/report_pages.h"
#include "gateway/cli/report_request.h"
#include "services/common/status/error.h"

namespace outlay::cli {
namespace {

class ReportCommand final : public Command {
 public:
  explicit ReportCommand(CLI::App& parent)
      : Command(parent, "report",
                "What organizations spend, in one currency, with everything it rests on") {
    AddQueryOptions();
    AddRateOptions();
    AddAsOfOptions(app_, flags_.as_of);
    app_.add_option("--fx-recorded-as-of", flags_.fx_recorded_sequence,
                    "At the rates that were stored up to this sequence of fx's journal")
        ->type_name("SEQUENCE");
    AddFormatOption(app_, output_);
    AddLanguageOption(app_, output_);
    AddGatewayOptions(app_, gateway_);
    app_.add_flag("--print-grpcurl", print_grpcurl_,
                  "Print the question as a line for grpcurl, and ask nothing");
    app_.footer(
        "Exit codes: 0 for a whole report; 1 without one; 2 where it was called wrongly; 3 where a "
        "report is printed, in whatever format, of which a part could not be had or is behind: it "
        "says PARTIAL, and the same question later may get the whole.");
  }

  absl::StatusOr<int> Run(Session& session) override {
    ASSIGN_OR_RETURN(const gateway::v1::GetReportRequest request, MakeReportRequest(flags_));
    const std::string address = gateway_.Address(session);
    if (print_grpcurl_) {
      session.out << GrpcurlLine(request, address, "outlay.gateway.v1.GatewayService/GetReport")
                  << "\n";
      return kSuccess;
    }
    ASSIGN_OR_RETURN(const Client client, MakeClient(address, gateway_.timeout()));
    ASSIGN_OR_RETURN(const gateway::v1::Report report, GetWholeReport(client, request));
    session.out << Render(request, report, session.style());
    return IsPartial(report) ? kPartial : kSuccess;
  }

 private:
  void AddQueryOptions() {
    const auto list = [this](const char* name, std::vector<std::string>& values, const char* text,
                             const char* type) {
      app_.add_option(name, values, text)->type_name(type)->allow_extra_args(false);
    };
    list("--group", flags_.groups, "Whose spending: the members of this group; may be repeated",
         "ID");
    list("--organization", flags_.organizations, "Whose spending; may be repeated", "ID");
    app_.add_option("--year", flags_.year, "For this calendar or fiscal year")
        ->type_name("2025|FY2025");
    app_.add_option("--quarter", flags_.quarter, "For this quarter")->type_name("2025-Q1");
    app_.add_option("--period", flags_.period,
                    "For a period by its label: 2025-H1, TTM-2025-06-30, 2025..2028")
        ->type_name("LABEL");
    list("--measure", flags_.measures, "What may count, the preferred first; may be repeated", "M");
    list("--definition", flags_.definitions,
         "What exactly may count, the preferred first; may be repeated", "D");
    list("--basis", flags_.bases,
         "actual, guidance, estimate, the preferred first; may be repeated", "B");
    list("--source-class", flags_.source_classes,
         "Only sources of this class: filing, organization, press, other; may be repeated", "C");
    app_.add_option("--share-of", flags_.share_of, "Compare the total with this figure")
        ->type_name("ORGANIZATION/MEASURE/PERIOD");
    app_.add_option("--point", flags_.point,
                    "Which number stands for an interval: default, low, high")
        ->type_name("RULE")
        ->capture_default_str();
    app_.add_flag("--without-growth", flags_.without_growth, "Leave the year before out");
  }

  void AddRateOptions() {
    app_.add_option("--currency", flags_.currency,
                    "Convert to this currency; without it amounts stay in their own")
        ->type_name("KRW");
    app_.add_option("--rate", flags_.rate,
                    "At which rate: spot (with --on, else the latest), average or period-end of "
                    "each figure's own period, "
                    "as-stated=SOURCE, fixed=1456.3; without it each figure at what its kind wants")
        ->type_name("RATE");
    app_.add_option("--on", flags_.on_date, "All figures at the fixing of this day")
        ->type_name("DATE");
    app_.add_option("--provider", flags_.provider, "Whose rates")->type_name("P");
  }

  std::string Render(const gateway::v1::GetReportRequest& request,
                     const gateway::v1::Report& report, const TextStyle& style) const {
    switch (output_.Format()) {
      case OutputFormat::kJson:
        return PrettyJson(report);
      case OutputFormat::kCsv:
        return ReportCsv(report, output_.Lang());
      case OutputFormat::kMarkdown:
        return RenderMarkdown(ReportDocument(request, report, output_.Lang()));
      case OutputFormat::kTable:
        break;
    }
    return RenderText(ReportDocument(request, report, output_.Lang()), style);
  }

  ReportFlags flags_;
  OutputOptions output_;
  GatewayOptions gateway_;
  bool print_grpcurl_ = false;
};

}  // namespace

std::unique_ptr<Command> MakeReportCommand(CLI::App& parent) {
  return std::make_unique<ReportCommand>(parent);
}

}  // namespace outlay::cli
