#include <ostream>

#include "CLI/CLI.hpp"
#include "gateway/cli/client.h"
#include "gateway/cli/command.h"
#include "gateway/cli/convert_request.h"
#include "gateway/cli/options.h"
#include "gateway/cli/proto_json.h"
#include "gateway/cli/render/conversion_document.h"
#include "services/common/status/error.h"

namespace outlay::cli {
namespace {

class ConvertCommand final : public Command {
 public:
  explicit ConvertCommand(CLI::App& parent)
      : Command(parent, "convert", "Convert one amount exactly, and say at which rate") {
    app_.add_option(
            "AMOUNT", flags_.amount,
            "How much, as people write it: 100000000000, 26.3e9, '$80bn', '1.5 trillion', "
            "'1,000억 달러', '145조 6,300억 원'. $ alone is USD, ¥ alone JPY (CNY where FROM "
            "says so). One that begins with - and no digit stands behind --")
        ->required();
    app_.add_option("FROM", flags_.from,
                    "Of which currency: USD; left out where the amount names it");
    app_.add_option("TO", flags_.to, "Into which currency: KRW. It is the last word");
    app_.add_option("--on", flags_.on_date, "At the fixing of this day, or the last one before it")
        ->type_name("DATE");
    app_.add_option("--rate", flags_.rate,
                    "At which rate: spot (with --on), average=2024, period-end=2024, "
                    "as-stated=SOURCE, fixed=1456.3")
        ->type_name("RATE");
    app_.add_option("--provider", flags_.provider, "Whose rates")->type_name("P");
    app_.add_option("--rounding", flags_.rounding,
                    "half-even (the default), half-up, down, up, floor, ceiling")
        ->type_name("MODE");
    app_.add_option("--scale", flags_.scale,
                    "Places after the point; without it those of the currency's minor unit")
        ->type_name("N");
    AddAsOfOptions(app_, flags_.as_of);
    AddFormatOption(app_, output_);
    AddLanguageOption(app_, output_);
    AddGatewayOptions(app_, gateway_);
  }

  absl::StatusOr<int> Run(Session& session) override {
    ASSIGN_OR_RETURN(const gateway::v1::ConvertMoneyRequest request, MakeConvertRequest(flags_));
    ASSIGN_OR_RETURN(const Client client,
                     MakeClient(gateway_.Address(session), gateway_.timeout()));
    ASSIGN_OR_RETURN(
        const gateway::v1::ConvertMoneyResponse response,
        Call(client, *client.gateway, &gateway::v1::GatewayService::Stub::ConvertMoney, request));
    session.out << Render(request, response, session.style());
    return kSuccess;
  }

 private:
  std::string Render(const gateway::v1::ConvertMoneyRequest& request,
                     const gateway::v1::ConvertMoneyResponse& response,
                     const TextStyle& style) const {
    switch (output_.Format()) {
      case OutputFormat::kJson:
        return PrettyJson(response);
      case OutputFormat::kCsv:
        return ConversionCsv(request, response);
      case OutputFormat::kMarkdown:
        return RenderMarkdown(ConversionDocument(request, response, output_.Lang()));
      case OutputFormat::kTable:
        break;
    }
    return RenderText(ConversionDocument(request, response, output_.Lang()), style);
  }

  ConvertFlags flags_;
  OutputOptions output_;
  GatewayOptions gateway_;
};

}  // namespace

std::unique_ptr<Command> MakeConvertCommand(CLI::App& parent) {
  return std::make_unique<ConvertCommand>(parent);
}

}  // namespace outlay::cli
