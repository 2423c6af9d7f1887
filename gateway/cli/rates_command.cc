#include <ostream>

#include "CLI/CLI.hpp"
#include "gateway/cli/client.h"
#include "gateway/cli/command.h"
#include "gateway/cli/list_rates.h"
#include "gateway/cli/options.h"
#include "gateway/cli/proto_json.h"
#include "gateway/cli/render/rate_list.h"
#include "services/common/status/error.h"

namespace outlay::cli {
namespace {

class RatesCommand final : public Command {
 public:
  explicit RatesCommand(CLI::App& parent)
      : Command(parent, "rates", "The rates of a pair of currencies, day by day") {
    app_.add_option("--pair", flags_.pair, "Of what in what: USD/KRW is won for a dollar")
        ->type_name("FROM/TO")
        ->required();
    app_.add_option("--from", flags_.first_day, "The first day; without it the first there is")
        ->type_name("DATE");
    app_.add_option("--to", flags_.last_day,
                    "The last day, which is included (the API's end_date is the day after it); "
                    "without it the last there is")
        ->type_name("DATE");
    app_.add_option("--provider", flags_.provider, "Whose rates; without it the server's default")
        ->type_name("P");
    app_.add_option("--digits", flags_.digits, "Significant digits, 1 to 34")
        ->type_name("N")
        ->capture_default_str();
    app_.add_option("--format", format_,
                    "How to print them: table, csv, json (the proto's JSON), chart (braille dots "
                    "as wide as the terminal, or 80 cells)")
        ->check(CLI::IsMember({"table", "csv", "json", "chart"}))
        ->type_name("FORMAT")
        ->capture_default_str();
    AddAsOfOptions(app_, flags_.as_of);
    AddLanguageOption(app_, output_, "Language of labels: en, ko");
    AddGatewayOptions(app_, gateway_);
  }

  absl::StatusOr<int> Run(Session& session) override {
    ASSIGN_OR_RETURN(const fx::v1::ListRatesRequest request, MakeListRatesRequest(flags_));
    ASSIGN_OR_RETURN(const Client client,
                     MakeClient(gateway_.Address(session), gateway_.timeout()));
    ASSIGN_OR_RETURN(const fx::v1::ListRatesResponse rates, ListAllRates(client, request));
    session.out << Render(request, rates, session);
    return kSuccess;
  }

 private:
  std::string Render(const fx::v1::ListRatesRequest& request,
                     const fx::v1::ListRatesResponse& rates, const Session& session) const {
    if (format_ == "json") return PrettyJson(rates);
    if (format_ == "csv") return RateListCsv(request, rates);
    if (format_ == "chart") return Chart(request, rates, session.out_terminal);
    return RenderText(RateListDocument(request, rates, output_.Lang()), session.style());
  }

  std::string Chart(const fx::v1::ListRatesRequest& request, const fx::v1::ListRatesResponse& rates,
                    const Terminal& terminal) const {
    constexpr size_t kWidthOfNoTerminal = 80;
    const std::string title = RateListTitle(request, rates, output_.Lang()) + "\n";
    const std::vector<ChartPoint> points = RateListPoints(rates);
    if (points.empty()) return title;
    return title + RateChart(points, {terminal.is_terminal ? terminal.width : kWidthOfNoTerminal,
                                      terminal.colour, output_.Lang()});
  }

  RatesFlags flags_;
  std::string format_ = "table";
  OutputOptions output_;
  GatewayOptions gateway_;
};

}  // namespace

std::unique_ptr<Command> MakeRatesCommand(CLI::App& parent) {
  return std::make_unique<RatesCommand>(parent);
}

}  // namespace outlay::cli
