// A running cluster with the catalogue, and what is imported into it and reported.
#ifndef OUTLAY_TESTS_END_TO_END_IMPORT_FIXTURE_H_
#define OUTLAY_TESTS_END_TO_END_IMPORT_FIXTURE_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "tests/end_to_end/cluster.h"

namespace outlay::tests {

// The point and the currency of a report's only row.
struct Figure {
  std::string point;
  std::string definition;
  std::string period;
  std::string source;
};

class ImportTest : public testing::Test {
 protected:
  ImportTest() {
    const std::filesystem::path catalog = SourceDirectory() / "deploy" / "catalog";
    EXPECT_EQ(cluster_.Outlay({"import", "catalog", catalog.string()}).exit_code, 0);
  }

  // What the command's last line says.
  std::string Import(Cluster& cluster, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "import");
    const ProcessResult result = cluster.Outlay(arguments);
    errors_ = result.standard_error;
    const std::string& out = result.standard_output;
    return out.size() < 2 ? out : out.substr(out.rfind('\n', out.size() - 2) + 1);
  }
  std::string Import(std::vector<std::string> arguments) {
    return Import(cluster_, std::move(arguments));
  }

  std::string Write(const std::string& name, const std::string& content) {
    WriteFile(cluster_.Folder() / name, content);
    return (cluster_.Folder() / name).string();
  }

  Figure Report(const std::string& organization, const std::string& period,
                std::vector<std::string> more = {}) {
    cluster_.WaitForAggregation();
    std::vector<std::string> arguments = {"report", "--organization",   organization, "--period",
                                          period,   "--without-growth", "--format",   "csv"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const ProcessResult result = cluster_.Outlay(arguments);
    const auto cells_of = [](const std::string& line) {
      std::vector<std::string> cells;
      std::istringstream in(line);
      for (std::string cell; std::getline(in, cell, ',');) cells.push_back(cell);
      return cells;
    };
    std::istringstream lines(result.standard_output);
    std::string header;
    std::string row;
    std::getline(lines, header);
    std::getline(lines, row);
    const std::vector<std::string> names = cells_of(header);
    const std::vector<std::string> cells = cells_of(row);
    const auto cell = [&](const std::string& name) {
      const auto place = std::find(names.begin(), names.end(), name) - names.begin();
      return static_cast<size_t>(place) < cells.size() ? cells[place] : "";
    };
    if (cell("kind") != "row") return {};
    return {cell("point"), cell("definition"), cell("period"), cell("source_id")};
  }

  std::string AsOf(const std::string& organization, const std::string& period,
                   const std::string& day) {
    return Report(organization, period, {"--as-of", day}).point;
  }

  Cluster cluster_;
  std::string errors_;
};

inline std::string Fact(const std::string& start, const std::string& end, const std::string& value,
                        const std::string& accession, const std::string& form,
                        const std::string& filed,
                        const std::string& rest = R"("fy":1999,"fp":"Q1","frame":"CY1999")") {
  return fmt::format(
      R"({{"start":"{}","end":"{}","val":{},"accn":"{}","form":"{}","filed":"{}",{}}})", start, end,
      value, accession, form, filed, rest);
}

// Meta in miniature: 2023 as filed first and as restated net of proceeds, a trailing year, a filing without fiscal year, finance leases.
inline std::string SmallFile() {
  const std::string first = "0001326801-24-000012";
  const std::string second = "0001326801-25-000017";
  const std::string current = "0001326801-25-000020";
  const auto list = [](const std::string& name, const std::vector<std::string>& facts) {
    return fmt::format(R"("{}":{{"label":"x","units":{{"USD":[{}]}}}})", name,
                       fmt::join(facts, ","));
  };
  return R"({"cik":1326801,"entityName":"Meta Platforms, Inc.","facts":{"us-gaap":{)" +
         list("FinanceLeasePrincipalPayments",
              {Fact("2023-01-01", "2023-12-31", "1058000000", first, "10-K", "2024-02-02"),
               Fact("2023-01-01", "2023-12-31", "1058000000", second, "10-K", "2025-01-30")}) +
         "," +
         list("PaymentsToAcquirePropertyPlantAndEquipment",
              {Fact("2023-01-01", "2023-12-31", "27266000000", first, "10-K", "2024-02-02"),
               Fact("2023-01-01", "2023-12-31", "27045000000", second, "10-K", "2025-01-30"),
               Fact("2023-10-01", "2024-09-30", "30000000000", second, "10-K", "2025-01-30"),
               Fact("2024-01-01", "2024-12-31", "37256000000", second, "10-K", "2025-01-30"),
               Fact("2024-01-01", "2024-12-31", "37256000000", current, "8-K", "2025-02-10",
                    R"("fy":null,"fp":null)")}) +
         "," +
         list("ProceedsFromSaleOfPropertyPlantAndEquipment",
              {Fact("2023-01-01", "2023-12-31", "221000000", first, "10-K", "2024-02-02")}) +
         "," +
         list("Revenues", {Fact("2023-01-01", "2023-12-31", "1", first, "10-K", "2024-02-02")}) +
         "}}}";
}

}  // namespace outlay::tests

#endif  // OUTLAY_TESTS_END_TO_END_IMPORT_FIXTURE_H_
