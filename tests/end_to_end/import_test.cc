// Files in and out of a running cluster through the command.
#include "tests/end_to_end/import_fixture.h"

#include <cstdlib>

#include "services/aggregation/definition_order.h"

namespace outlay::tests {
namespace {

using testing::EndsWith;
using testing::HasSubstr;

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
            "1 disclosure read, 1 recorded, 0 already there, 0 rejected\n")
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

TEST_P(RoundTrip, AnExportImportsToTheSameStateThoughAFiscalCalendarWasChangedSince) {
  std::string content;
  for (const std::string label : {"FY2024", "FY2024-Q3", "FY2024-7M", "FY2024..FY2025"}) {
    content += fmt::format(
        R"({{"organizationId":"microsoft","measure":"revenue","basis":"BASIS_ACTUAL","period":{{"label":"{}"}},)"
        R"("amount":{{"currencyCode":"USD","bound":"BOUND_POINT","stated":{{"value":"7"}}}},)"
        R"("publishedAt":"2025-08-01","source":{{"sourceId":"s","sourceClass":"SOURCE_CLASS_PRESS"}}}})"
        "\n",
        label);
  }
  Import({"disclosures", Write("fiscal.jsonl", content)});
  const std::string changed = Write(
      "changed.jsonl",
      R"({"organizationId":"microsoft","kind":"ORGANIZATION_KIND_COMPANY","names":[{"language":"en",)"
      R"("name":"Microsoft"}],"fiscalYearEnd":"last-saturday-of-september"})"
      "\n");
  ASSERT_EQ(cluster_.Outlay({"import", "catalog", changed}).exit_code, 0);
  const std::string exported = Export(cluster_, "all");
  EXPECT_THAT(ReadFile(exported), HasSubstr("2023-07-01"));
  EXPECT_EQ(Import({"disclosures", exported}),
            "4 disclosures read, 0 recorded, 4 already there, 0 rejected\n")
      << errors_;

  Cluster other;
  ASSERT_EQ(other.Outlay({"import", "catalog", changed}).exit_code, 0);
  EXPECT_EQ(Import(other, {"disclosures", exported}),
            "4 disclosures read, 4 recorded, 0 already there, 0 rejected\n")
      << errors_;
  EXPECT_EQ(ReadFile(Export(other, "again")), ReadFile(exported));
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
