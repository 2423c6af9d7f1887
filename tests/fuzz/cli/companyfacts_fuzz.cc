// Companyfacts on hostile text, up to the figures: what comes out has dates in order and a key that can be stored.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <sstream>

#include "gateway/cli/filed_figures.h"

namespace outlay::cli {
namespace {

void Require(bool condition) {
  if (!condition) std::abort();
}

std::vector<TimelineEntry> Timeline() {
  ConceptTimeline timeline;
  for (
      const char* const line :
      {R"({"organizationId":"o","measure":"m","definition":"a","concepts":["us-gaap:A"],"filedUntil":"2024-06-30"})",
       R"({"organizationId":"o","measure":"m","definition":"a","concepts":["us-gaap:B"],"filedFrom":"2024-06-30"})",
       R"({"organizationId":"o","measure":"m","definition":"c","concepts":["us-gaap:A","-us-gaap:C"]})"}) {
    Require(timeline.Add(*ConceptTimeline::ParseEntry(line)).ok());
  }
  return timeline.Of("o");
}

absl::Status Check(const FiledFigure& figure) {
  Require(figure.fact.start <= figure.fact.last_day);
  Require(figure.fact.last_day <= figure.fact.filed);
  Require(figure.IdempotencyKey().size() <= 200);
  Require(!figure.composition.empty());
  return absl::OkStatus();
}

}  // namespace
}  // namespace outlay::cli

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace outlay::cli;  // NOLINT
  std::istringstream in(std::string(reinterpret_cast<const char*>(data), size));
  uint64_t handed_out = 0;
  FiledFigures figures(Timeline(), Check,
                       [](const CompanyFact&, const absl::Status& why) { Require(!why.ok()); });
  const auto count =
      ReadCompanyFacts(in, {.on_issuer =
                                [](const Issuer& issuer) {
                                  Require(issuer.cik.size() == 10);
                                  return absl::OkStatus();
                                },
                            .wants = [&](std::string_view name) { return figures.Wants(name); },
                            .on_fact =
                                [&](const CompanyFact& fact) {
                                  ++handed_out;
                                  return figures.Add(fact);
                                }});
  if (!count.ok()) return 0;
  Require(count->wanted == handed_out && count->wanted <= count->facts);
  Require(figures.Finish().ok());
  return 0;
}
