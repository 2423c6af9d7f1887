#include "tests/bench/report_table.h"

#include <algorithm>
#include <cstdio>

#include "fmt/format.h"

namespace outlay::bench {
namespace {

void PrintLine(const std::string& line) {
  std::fputs((line + "\n").c_str(), stdout);
  std::fflush(stdout);
}

std::string Runs(const std::vector<double>& rates) {
  std::string text;
  for (const double rate : rates) text += (text.empty() ? "" : " ") + Short(rate);
  return text;
}

}  // namespace

double Median(std::vector<double> values) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  const size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

std::string Short(double value) {
  if (value >= 1e6) return fmt::format("{:.2f} M", value / 1e6);
  if (value >= 1e4) return fmt::format("{:.0f} k", value / 1e3);
  if (value >= 1e3) return fmt::format("{:.1f} k", value / 1e3);
  return fmt::format("{:.4g}", value);
}

double Comparison::Ratio() const {
  std::vector<double> ratios;
  for (size_t i = 0; i < std::min(subject_rates.size(), peer_rates.size()); ++i) {
    ratios.push_back(subject_rates[i] / peer_rates[i]);
  }
  return Median(std::move(ratios));
}

void PrintHeading(const std::string& heading) { PrintLine("\n" + heading); }

void PrintComparison(const Comparison& comparison) {
  PrintLine(fmt::format("  {:<52} {:>8} {}   [{}]", comparison.subject,
                        Short(Median(comparison.subject_rates)), comparison.unit,
                        Runs(comparison.subject_rates)));
  if (comparison.peer.empty()) return;
  PrintLine(fmt::format("    against {:<42} {:>8} {}   [{}]", comparison.peer,
                        Short(Median(comparison.peer_rates)), comparison.unit,
                        Runs(comparison.peer_rates)));
  const double ratio = comparison.Ratio();
  std::string verdict;
  if (comparison.wanted_ratio > 0) {
    verdict = fmt::format("   wanted {:.2f}: {}", comparison.wanted_ratio,
                          ratio >= comparison.wanted_ratio ? "met" : "NOT MET");
  }
  PrintLine(fmt::format("    ratio {:>53.2f}{}", ratio, verdict));
}

void PrintFigure(const std::string& what, const std::string& value) {
  PrintLine(fmt::format("  {:<52} {}", what, value));
}

}  // namespace outlay::bench
