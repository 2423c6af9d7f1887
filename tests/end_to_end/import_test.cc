// Files in and out of a running cluster through the command.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "services/aggregation/definition_order.h"
#include "tests/end_to_end/cluster.h"

namespace outlay::tests {
namespace {

using testing::EndsWith;
using testing::HasSubstr;

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

std::string Fact(const std::string& start, const std::string& end, const std::string& value,
                 const std::string& accession, const std::string& form, const std::string& filed,
                 const std::string& rest = R"("fy":1999,"fp":"Q1","frame":"CY1999")") {
  return fmt::format(
      R"({{"start":"{}","end":"{}","val":{},"accn":"{}","form":"{}","filed":"{}",{}}})", start, end,
      value, accession, form, filed, rest);
}

// Meta in miniature: 2023 as filed first and as restated net of proceeds, a trailing year, a filing without fiscal year, finance leases.
std::string SmallFile() {
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

TEST_F(ImportTest, FiledFiguresComeOutAsOfTheDayTheyWereFiled) {
  const std::string path = Write("meta.json", SmallFile());
  EXPECT_EQ(Import({"companyfacts", path}),
            "7 figures read, 7 recorded, 0 already there, 0 rejected\n")
      << errors_;
  EXPECT_EQ(AsOf("meta", "2023", "2024-02-01"), "");
  EXPECT_EQ(AsOf("meta", "2023", "2024-03-01"), "27266000000");
  EXPECT_EQ(AsOf("meta", "2023", "2025-02-01"), "27045000000");
  EXPECT_EQ(AsOf("meta", "2024", "2025-02-01"), "37256000000");
  const Figure latest = Report("meta", "2024");
  EXPECT_EQ(latest.source, "0001326801-25-000020");
  // Trailing twelve months stand in no year's cell.
  EXPECT_EQ(Report("meta", "TTM-2024-09-30").point, "30000000000");
  const Figure own =
      Report("meta", "2023",
             {"--definition", "purchases_and_finance_lease_principal", "--as-of", "2024-03-01"});
  EXPECT_EQ(own.point, "28103000000");
}

TEST_F(ImportTest, ASecondImportStoresNothing) {
  const std::string path = Write("meta.json", SmallFile());
  Import({"companyfacts", path});
  EXPECT_EQ(Import({"companyfacts", path, "--dry-run"}),
            "7 figures read, 0 would be recorded, 7 already there, 0 rejected\n");
  EXPECT_EQ(Import({"companyfacts", path}),
            "7 figures read, 0 recorded, 7 already there, 0 rejected\n");
}

TEST_F(ImportTest, AFileOfAnUnknownIssuerDoesNotStopTheOthers) {
  const std::string unknown = Write("x.json", R"({"cik":5,"facts":{"us-gaap":{}}})");
  const std::string nothing = Write("y.json", R"({"cik":1045810,"facts":{"us-gaap":{}}})");
  const std::string known = Write("meta.json", SmallFile());
  EXPECT_EQ(Import({"companyfacts", unknown, nothing, known}), "2 of 3 files were not imported\n");
  EXPECT_THAT(errors_, HasSubstr("x.json: the catalogue has no organization with CIK 0000000005"));
  EXPECT_THAT(errors_, HasSubstr("y.json: no concept has a meaning for nvidia"));
  EXPECT_EQ(Report("meta", "2023").point, "27045000000");
}

TEST_F(ImportTest, AFileThatCannotBeReadIsNamedOnceAndCounted) {
  EXPECT_EQ(Import({"companyfacts", "/proc/self/mem"}), "1 of 1 files were not imported\n");
  EXPECT_THAT(errors_, HasSubstr("/proc/self/mem: cannot be read on after byte 0, fact 0: "
                                 "Input/output error (CANNOT_READ)"));
  Import({"companyfacts", "/nowhere/x.json"});
  EXPECT_EQ(errors_, "cannot read /nowhere/x.json: No such file or directory (CANNOT_READ)\n");
}

// One file says 1.1, a later one 1.2, and the first is imported again: it is 1.1 that was said last.
TEST_F(ImportTest, RatesAreThoseOfTheFileImportedLast) {
  const auto rate = [this](const std::string& name, const std::string& value) {
    return Write(name,
                 fmt::format(R"({{"provider":"own","baseCurrency":"EUR","quoteCurrency":"USD",)"
                             R"("fixingDate":"2025-02-07","value":{{"value":"{}"}}}})",
                             value));
  };
  const std::string first = rate("first.jsonl", "1.1");
  const std::string second = rate("second.jsonl", "1.2");
  const auto converted = [this] {
    return cluster_
        .Outlay({"convert", "1000", "EUR", "USD", "--on", "2025-02-07", "--provider", "own"})
        .standard_output;
  };
  const std::string recorded = "1 rates read, 1 recorded, 0 already there, 0 rejected\n";
  const std::string already_there = "1 rates read, 0 recorded, 1 already there, 0 rejected\n";
  EXPECT_EQ(Import({"rates", first}), recorded);
  EXPECT_EQ(Import({"rates", first}), already_there);
  EXPECT_EQ(Import({"rates", second}), recorded);
  EXPECT_THAT(converted(), HasSubstr("1,200 USD"));
  EXPECT_EQ(Import({"rates", first, "--dry-run"}),
            "1 rates read, 1 would be recorded, 0 already there, 0 rejected\n");
  EXPECT_EQ(Import({"rates", first}), recorded);
  EXPECT_THAT(converted(), HasSubstr("1,100 USD"));
  EXPECT_EQ(Import({"rates", first}), already_there);
  fx::v1::ListProvidersResponse providers;
  ASSERT_TRUE(cluster_.Fx()->ListProviders(Context().get(), {}, &providers).ok());
  EXPECT_EQ(providers.stamp().fx_sequence(), 3u);
}

TEST_F(ImportTest, WhatWasVoidedOrCorrectedBetweenTwoImportsStaysSo) {
  const std::string path = Write("meta.json", SmallFile());
  Import({"companyfacts", path});
  ingest::v1::ListDisclosuresResponse all;
  ASSERT_TRUE(cluster_.Ingest()->ListDisclosures(Context().get(), {}, &all).ok());
  ingest::v1::VoidDisclosureRequest request;
  request.mutable_change()->set_actor("test");
  request.mutable_change()->set_reason("entered in error");
  request.set_disclosure_id(all.disclosures(0).disclosure_id());
  request.set_expected_revision(1);
  ingest::v1::VoidDisclosureResponse voided;
  ASSERT_TRUE(cluster_.Ingest()->VoidDisclosure(Context().get(), request, &voided).ok());
  EXPECT_EQ(Import({"companyfacts", path}),
            "7 figures read, 0 recorded, 7 already there, 0 rejected\n");
  EXPECT_THAT(errors_, HasSubstr("meta.json: 1 of those already there were voided since"));
  ingest::v1::ListDisclosuresResponse after;
  ASSERT_TRUE(cluster_.Ingest()->ListDisclosures(Context().get(), {}, &after).ok());
  EXPECT_EQ(after.disclosures_size(), 6);
  EXPECT_EQ(after.stamp().ingest_sequence(), voided.stamp().ingest_sequence());
}

TEST_F(ImportTest, ARefusedGroupOfTheCatalogueKeepsItsOrganizationsOut) {
  const std::string path = Write(
      "o.jsonl",
      R"({"organizationId":"newcomer","kind":"ORGANIZATION_KIND_COMPANY","names":[{"language":"en","name":"Newcomer"}]})"
      "\n"
      R"({"groupId":"new","names":[{"language":"en","name":"New"}],"organizationIds":["newcomer","nobody"]})"
      "\n");
  EXPECT_EQ(cluster_.Outlay({"import", "catalog", path}).exit_code, 1);
  EXPECT_THAT(cluster_.Outlay({"import", "catalog", path}).standard_error,
              HasSubstr(path + ":2: groups[0].organization_ids[1]: "));
  ingest::v1::GetOrganizationRequest request;
  request.set_organization_id("newcomer");
  ingest::v1::GetOrganizationResponse response;
  EXPECT_EQ(cluster_.Ingest()->GetOrganization(Context().get(), request, &response).error_code(),
            grpc::StatusCode::NOT_FOUND);
}

// The server dies with the first half stored; the command says how far it came, and goes on when it is asked to again.
TEST_F(ImportTest, AServerKilledInTheMiddleOfAnImportLosesNothing) {
  std::string content;
  for (int i = 0; i < 700; ++i) {
    content += fmt::format(
        R"({{"organizationId":"amazon","measure":"revenue","basis":"BASIS_ACTUAL","period":{{"label":"2024"}},)"
        R"("amount":{{"currencyCode":"USD","bound":"BOUND_POINT","stated":{{"value":"{}"}}}},)"
        R"("publishedAt":"2025-02-01","source":{{"sourceId":"s","sourceClass":"SOURCE_CLASS_PRESS"}}}})"
        "\n",
        i + 1);
  }
  const std::string half = Write("half.jsonl", content.substr(0, content.size() / 2));
  const std::string whole = Write("whole.jsonl", content);
  Import({"disclosures", half});
  cluster_.Kill("ingest");
  const ProcessResult gone = cluster_.Outlay({"import", "disclosures", whole});
  EXPECT_EQ(gone.exit_code, 1);
  EXPECT_EQ(gone.standard_output,
            "500 disclosures read, 0 recorded, 0 already there, 0 rejected, 500 not settled\n");
  EXPECT_THAT(gone.standard_error, HasSubstr("whole.jsonl: stopped in sending lines 1 to 500 ("));
  cluster_.Start("ingest");
  const std::string again = Import({"disclosures", whole});
  EXPECT_THAT(again, testing::StartsWith("700 disclosures read, "));
  EXPECT_THAT(again, EndsWith(" 0 rejected\n"));
  ingest::v1::ListDisclosuresRequest list;
  list.set_page_size(1'000);
  ingest::v1::ListDisclosuresResponse stored;
  ASSERT_TRUE(cluster_.Ingest()->ListDisclosures(Context().get(), list, &stored).ok());
  EXPECT_EQ(stored.disclosures_size(), 700);
}

// What a stamp is for: asked again after more was recorded, at a later time, the answer is the same to the byte.
TEST_F(ImportTest, AReportIsRepeatedByItsStamp) {
  cluster_.ImportDemo();
  cluster_.WaitForAggregation();
  const std::vector<std::string> question = {
      "report", "--group", "big-tech-4", "--year", "2025", "--currency", "KRW", "--format", "json"};
  const auto ask = [&](const std::vector<std::string>& more) {
    std::vector<std::string> arguments = question;
    arguments.insert(arguments.end(), more.begin(), more.end());
    const ProcessResult result = cluster_.Outlay(arguments);
    EXPECT_EQ(result.exit_code, 0) << result.standard_error;
    return result.standard_output;
  };
  const std::string first = ask({});
  const auto in_stamp = [&first](const std::string& name) {
    const size_t key = first.find("\"" + name + "\": \"", first.find("\"stamp\""));
    const size_t begin = first.find('"', first.find(':', key)) + 1;
    return first.substr(begin, first.find('"', begin) - begin);
  };
  Import({"companyfacts", Write("meta.json", SmallFile())});
  Import({"rates", Write("r.csv", "Date,USD,KRW,\n2025-02-10,1.5,3000,\n2025-02-07,1.5,3000,\n")});
  cluster_.WaitForAggregation();
  const std::vector<std::string> stamp = {"--recorded-as-of",
                                          in_stamp("ingestSequence"),
                                          "--fx-recorded-as-of",
                                          in_stamp("fxSequence"),
                                          "--now",
                                          in_stamp("now")};
  EXPECT_NE(ask({}), first);
  EXPECT_EQ(ask(stamp), first);
}

TEST_F(ImportTest, ARefusedFactIsWrittenSoThatItCanBeMended) {
  std::string content = SmallFile();
  content.replace(content.find("37256000000"), 11, "\"x\"");
  const std::string rejected = (cluster_.Folder() / "rejected.jsonl").string();
  EXPECT_EQ(Import({"companyfacts", Write("meta.json", content), "--rejected", rejected}),
            "7 figures read, 6 recorded, 0 already there, 1 rejected\n");
  EXPECT_THAT(errors_, HasSubstr("meta.json: fact 6, us-gaap:PaymentsToAcquirePropertyPlantAnd"
                                 "Equipment, 2024-01-01 to 2024-12-31, 0001326801-25-000017: val "
                                 "is no number (MALFORMED_FACT)"));
  std::string mended = ReadFile(rejected);
  for (const std::string wrong : {"{\"value\":\"x\"}"}) {
    ASSERT_NE(mended.find(wrong), std::string::npos) << mended;
    mended.replace(mended.find(wrong), wrong.size(), "{\"value\":\"37256000000\"}");
  }
  EXPECT_EQ(Import({"disclosures", Write("mended.jsonl", mended)}),
            "1 disclosures read, 1 recorded, 0 already there, 0 rejected\n")
      << errors_;
}

class RoundTrip : public ImportTest, public testing::WithParamInterface<const char*> {
 protected:
  std::string Export(Cluster& cluster, const std::string& name,
                     std::vector<std::string> more = {}) {
    const std::string path = (cluster.Folder() / name).string();
    std::vector<std::string> arguments = {"export", "disclosures", "--format", GetParam(), path};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const ProcessResult result = cluster.Outlay(arguments);
    EXPECT_EQ(result.exit_code, 0) << result.standard_error;
    return path;
  }

  // Corrects the demo's first record, which has no key, and one that was filed.
  void CorrectTwo() {
    ingest::v1::ListDisclosuresRequest request;
    request.set_page_size(1000);
    ingest::v1::ListDisclosuresResponse all;
    ASSERT_TRUE(cluster_.Ingest()->ListDisclosures(Context().get(), request, &all).ok());
    for (const int i : {0, all.disclosures_size() - 1}) {
      ingest::v1::CorrectDisclosureRequest correct;
      correct.mutable_change()->set_actor("test");
      correct.mutable_change()->set_reason("typed wrongly");
      *correct.mutable_disclosure() = all.disclosures(i);
      correct.set_disclosure_id(all.disclosures(i).disclosure_id());
      correct.set_expected_revision(1);
      correct.mutable_disclosure()->set_quote("=corrected, \"it\"\nreads so");
      ingest::v1::CorrectDisclosureResponse response;
      const grpc::Status status =
          cluster_.Ingest()->CorrectDisclosure(Context().get(), correct, &response);
      ASSERT_TRUE(status.ok()) << status.error_message();
    }
  }
};

TEST_P(RoundTrip, AnExportImportsToTheSameStateHereAndElsewhere) {
  cluster_.ImportDemo();
  const std::string facts = Write("meta.json", SmallFile());
  Import({"companyfacts", facts});
  CorrectTwo();
  const std::string exported = Export(cluster_, "all");
  // Here: every record is there, corrected ones too.
  EXPECT_THAT(Import({"disclosures", exported}),
              EndsWith(" 0 recorded, 25 already there, 0 rejected\n"))
      << errors_;

  Cluster other;
  const std::filesystem::path catalog = SourceDirectory() / "deploy" / "catalog";
  ASSERT_EQ(other.Outlay({"import", "catalog", catalog.string()}).exit_code, 0);
  EXPECT_THAT(Import(other, {"disclosures", exported}),
              EndsWith(" 25 recorded, 0 already there, 0 rejected\n"))
      << errors_;
  EXPECT_THAT(Import(other, {"disclosures", exported}),
              EndsWith(" 0 recorded, 25 already there, 0 rejected\n"));
  // Keys came along: what is imported from its source is there already, but for the corrected record, which differs from it.
  EXPECT_THAT(Import(other, {"companyfacts", facts}),
              EndsWith(" 0 recorded, 6 already there, 1 rejected\n"));
  EXPECT_THAT(errors_, HasSubstr("quote"));
}

TEST_P(RoundTrip, AnExportIsAsOfTheAskedDayAndSequence) {
  Import({"companyfacts", Write("meta.json", SmallFile())});
  const auto count = [&](const std::string& path) {
    return Import({"disclosures", path, "--dry-run"});
  };
  EXPECT_THAT(count(Export(cluster_, "early", {"--as-of", "2024-12-31"})),
              testing::StartsWith("2 disclosures read"));
  EXPECT_THAT(count(Export(cluster_, "none", {"--recorded-as-of", "1"})),
              testing::StartsWith("0 disclosures read"));
}

INSTANTIATE_TEST_SUITE_P(Formats, RoundTrip, testing::Values("csv", "jsonl"));

TEST_F(ImportTest, TheDefaultOrderOfDefinitionsIsThatOfListMeasures) {
  ingest::v1::ListMeasuresResponse response;
  ASSERT_TRUE(cluster_.Ingest()->ListMeasures(Context().get(), {}, &response).ok());
  size_t definitions = 0;
  for (const ingest::v1::Measure& measure : response.measures()) {
    size_t last = aggregation::DefaultDefinitionRank("");
    for (const ingest::v1::Definition& definition : measure.definitions()) {
      const size_t rank = aggregation::DefaultDefinitionRank(definition.definition_id());
      EXPECT_LT(last, rank) << definition.definition_id();
      EXPECT_LT(rank, aggregation::DefaultDefinitionRank("no such one"))
          << definition.definition_id();
      last = rank;
      ++definitions;
    }
  }
  EXPECT_GT(definitions, 0u);
}

// The published files themselves, where they are at hand.
class CompanyFactsData : public ImportTest {
 protected:
  void SetUp() override {
    const char* const shared = std::getenv("OUTLAY_SHARED_DATA");
    folder_ = shared != nullptr ? std::filesystem::path(shared)
                                : SourceDirectory() / ".." / "shared" / "data";
    folder_ /= "sec";
    for (const char* const cik :
         {"0000320193", "0000789019", "0001018724", "0001326801", "0001652044"}) {
      const std::filesystem::path path = folder_ / fmt::format("CIK{}.capex.json", cik);
      if (!std::filesystem::exists(path)) GTEST_SKIP() << path << " is not there";
      paths_.push_back(path.string());
    }
  }

  std::filesystem::path folder_;
  std::vector<std::string> paths_;
};

TEST_F(CompanyFactsData, EveryReportedFigureOfTheRulesComesOut) {
  std::vector<std::string> arguments = {"companyfacts"};
  arguments.insert(arguments.end(), paths_.begin(), paths_.end());
  ASSERT_EQ(Import(arguments), "516 figures read, 516 recorded, 0 already there, 0 rejected\n");
  EXPECT_EQ(Import(arguments), "516 figures read, 0 recorded, 516 already there, 0 rejected\n");
  struct Case {
    std::string organization, period, as_of, millions;
  };
  const std::string now = "2026-08-31";
  for (const Case& one : std::vector<Case>{
           {"meta", "2023", "2024-03-01", "27266"},
           {"meta", "2023", "2025-02-01", "27045"},
           {"meta", "2023-9M", "2024-03-01", "19601"},
           {"meta", "2023-9M", "2024-11-15", "19453"},
           {"meta", "2024", "2025-02-01", "37256"},
           {"microsoft", "FY2025", now, "64551"},
           {"microsoft", "FY2025-H1", now, "30727"},
           {"microsoft", "FY2026-H1", now, "49270"},
           {"microsoft", "FY2024", "2024-12-03", "44477"},
           {"amazon", "2024", "2025-02-10", "82999"},
           {"amazon", "2024-9M", "2025-02-10", "55165"},
           {"amazon", "2025", "2026-03-01", "131819"},
           {"alphabet", "2025", "2026-03-01", "91447"},
           {"apple", "FY2024", now, "9447"},
           {"apple", "FY2024-Q1", now, "2392"},
           {"apple", "FY2025-Q1", now, "2940"},
       }) {
    EXPECT_EQ(AsOf(one.organization, one.period, one.as_of), one.millions + "000000")
        << one.organization << " " << one.period << " as of " << one.as_of;
  }
  // On the day of its switch Apple filed an 8-K under the old concept and a 10-Q under the new one.
  EXPECT_EQ(Report("apple", "FY2014", {"--as-of", "2015-01-28"}).source, "0001193125-15-023732");
  EXPECT_NE(AsOf("apple", "FY2015-Q1", "2015-01-28"), "");
  const std::vector<std::string> own = {"--definition", "purchases_and_finance_lease_principal"};
  EXPECT_EQ(Report("meta", "2024", own).point, "39225000000");
  EXPECT_EQ(Report("meta", "2025", own).point, "72215000000");
}

}  // namespace
}  // namespace outlay::tests
