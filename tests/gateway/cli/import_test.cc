// What imports record, find there and reject.
#include "tests/gateway/cli/import_fixture.h"

namespace outlay::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;

TEST_F(ImportTest, DisclosuresGoInBatchesOfFiveHundred) {
  std::string content;
  for (int i = 0; i < 1'203; ++i) content += Line("amazon", i);
  const Result result = Import(
      {"disclosures", Write("d.jsonl", content), "--actor", "a@example.org", "--reason", "why"});
  EXPECT_EQ(result.code, kSuccess) << result.err;
  EXPECT_EQ(result.out, "1,203 disclosures read, 1,203 recorded, 0 already there, 0 rejected\n");
  EXPECT_THAT(ingest_.batch_sizes, testing::ElementsAre(500, 500, 203));
  EXPECT_EQ(ingest_.last_change.actor(), "a@example.org");
  EXPECT_EQ(ingest_.last_change.reason(), "why");
}

TEST_F(ImportTest, TheSameImportAgainStoresNothingAndSaysSo) {
  const std::string path = Write("d.jsonl", Line("amazon", 1) + Line("meta", 2));
  EXPECT_EQ(Import({"disclosures", path}).code, kSuccess);
  const uint64_t head = ingest_.head;
  const Result again = Import({"disclosures", path});
  EXPECT_EQ(again.out, "2 disclosures read, 0 recorded, 2 already there, 0 rejected\n");
  EXPECT_EQ(again.code, kSuccess);
  EXPECT_EQ(ingest_.head, head);
}

TEST_F(ImportTest, EachImportAsksAnewAndEachOfItsBatchesIsItsOwnRequest) {
  std::string content;
  for (int i = 0; i < 501; ++i) content += Line("amazon", i);
  const std::string path = Write("d.jsonl", content);
  Import({"disclosures", path});
  Import({"disclosures", path});
  const std::set<std::string> ids(ingest_.request_ids.begin(), ingest_.request_ids.end());
  EXPECT_EQ(ids.size(), 4u);
  EXPECT_THAT(ingest_.request_ids[1], testing::MatchesRegex("import-[0-9a-f]+-2"));
}

TEST_F(ImportTest, WhatIsVoidedIsThereAlreadyAndSaidToCountNoMore) {
  const std::string path = Write("d.jsonl", Line("amazon", 1) + Line("meta", 2));
  Import({"disclosures", path});
  ingest_.voided = {"s2"};
  const Result again = Import({"disclosures", path});
  EXPECT_EQ(again.out, "2 disclosures read, 0 recorded, 2 already there, 0 rejected\n");
  EXPECT_THAT(again.err, HasSubstr("d.jsonl: 1 of those already there was voided since"));
}

TEST_F(ImportTest, BadLinesAndRefusedRecordsDoNotStopTheOthers) {
  const std::string path = Write("d.jsonl", Line("amazon", 1) + "{\"organizationId\" 1}\n" +
                                                Line("amazn", 2) + "# note\n" + Line("meta", 3));
  const std::string rejected = (folder_.path() / "rejected.jsonl").string();
  const Result result = Import({"disclosures", path, "--rejected", rejected});
  EXPECT_LT(result.err.find(path + ":2:"), result.err.find(path + ":3:"));
  EXPECT_EQ(result.code, kFailure);
  EXPECT_EQ(result.out, "4 disclosures read, 2 recorded, 0 already there, 2 rejected\n");
  EXPECT_THAT(
      result.err,
      AllOf(
          HasSubstr(path + ":2:"), HasSubstr("is no valid JSON"),
          HasSubstr(
              path +
              ":3: disclosure.organization_id: is not in the catalogue (UNKNOWN_ORGANIZATION)\n")));
  EXPECT_THAT(tests::ReadFile(rejected),
              AllOf(HasSubstr("\n{\"organizationId\" 1}\n"), HasSubstr("\n" + Line("amazn", 2))));
}

TEST_F(ImportTest, ARecordThatIsNotUtf8IsRejectedAloneWhateverTheFormat) {
  const std::string table = Write("d.csv", kHeader + CsvLine("amazon", "a") +
                                               CsvLine("amazon", "caf\xe9") + CsvLine("meta", "b"));
  const std::string rejected = (folder_.path() / "rejected.csv").string();
  testing::internal::CaptureStderr();
  const Result cells = Import({"disclosures", table, "--rejected", rejected});
  EXPECT_EQ(cells.code, kFailure);
  EXPECT_EQ(cells.out, "3 disclosures read, 2 recorded, 0 already there, 1 rejected\n");
  EXPECT_THAT(cells.err, HasSubstr(table + ":3: scope: \"caf\\xe9\" is not UTF-8"));
  EXPECT_THAT(tests::ReadFile(rejected), HasSubstr("\n" + CsvLine("amazon", "caf\xe9")));

  const std::string lines =
      Write("d.jsonl", Line("meta", 1) + Line("caf\xe9", 2) + Line("meta", 3));
  const Result json = Import({"disclosures", lines});
  EXPECT_EQ(json.out, "3 disclosures read, 2 recorded, 0 already there, 1 rejected\n");
  EXPECT_THAT(json.err, AllOf(HasSubstr(lines + ":2:"), HasSubstr("UTF-8")));

  const std::string rates =
      Write("r.jsonl", "{\"provider\":\"a\"}\n{\"provider\":\"caf\xe9\"}\n{}\n");
  const Result rate = Import({"rates", rates});
  EXPECT_EQ(rate.out, "3 rates read, 2 recorded, 0 already there, 1 rejected\n");
  EXPECT_THAT(rate.err, AllOf(HasSubstr(rates + ":2:"), HasSubstr("UTF-8")));
  // Nothing of the serializer's own beside what the command says.
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

TEST_F(ImportTest, TheFileOfRejectedRecordsIsSeenToBeforeAnythingIsRecorded) {
  const std::string path = Write("d.jsonl", Line("amazon", 1));
  const Result same = Import({"disclosures", path, "--rejected", path});
  EXPECT_EQ(same.code, kUsage);
  EXPECT_EQ(tests::ReadFile(path), Line("amazon", 1));
  const Result nowhere = Import({"disclosures", path, "--rejected", "/nowhere/x"});
  EXPECT_EQ(nowhere.code, kFailure);
  EXPECT_THAT(nowhere.err, HasSubstr("cannot write /nowhere/x: No such file or directory"));
  EXPECT_TRUE(ingest_.stored.empty());
  // What an import before has left in it is not this one's.
  const std::string rejected = Write("rejected.jsonl", Line("amazn", 7));
  EXPECT_EQ(Import({"disclosures", path, "--rejected", rejected}).code, kSuccess);
  EXPECT_EQ(tests::ReadFile(rejected), "");
}

TEST_F(ImportTest, ARefusalOfThenIsNotTakenForOneOfNow) {
  const std::string path = Write("d.jsonl", Line("amazon", 1) + Line("oracle", 2));
  EXPECT_EQ(Import({"disclosures", path}).code, kFailure);
  ingest_.known.insert("oracle");
  const Result again = Import({"disclosures", path});
  EXPECT_EQ(again.code, kSuccess) << again.err;
  EXPECT_EQ(again.out, "2 disclosures read, 1 recorded, 1 already there, 0 rejected\n");
}

TEST_F(ImportTest, ATableIsReadAsJsonLinesAre) {
  const std::string path = Write(
      "d.csv", "# note\n" + (kHeader + CsvLine("amazon", "a")) + CsvLine("meta", "\"b\"\"c\""));
  EXPECT_EQ(Import({"disclosures", path}).out,
            "2 disclosures read, 2 recorded, 0 already there, 0 rejected\n");
  EXPECT_EQ(Import({"disclosures", path}).out,
            "2 disclosures read, 0 recorded, 2 already there, 0 rejected\n");
}

TEST_F(ImportTest, EveryMalformedCellOfARowIsSaidAtOnce) {
  const std::string path =
      Write("d.csv", kHeader + std::string("amazon,a,revenue,ACTUALLY,2025-01-01,s,PRES\n") +
                         CsvLine("amazon", "5\" disk") + CsvLine("5\"", "\"a\" b") +
                         CsvLine("meta", "c"));
  const Result result = Import({"disclosures", path});
  EXPECT_EQ(result.out, "4 disclosures read, 1 recorded, 0 already there, 3 rejected\n");
  EXPECT_THAT(result.err,
              AllOf(HasSubstr(path + ":2: basis: \"ACTUALLY\" is none of "),
                    HasSubstr("\n  source_class: \"PRES\" is none of "),
                    HasSubstr(path + ":3: cell 2: has a quote in it, and does not begin with one: "
                                     "put the cell in quotes and double those in it"),
                    HasSubstr(path + ":4: cell 1: has a quote in it"),
                    HasSubstr("\n  cell 2: goes on after its closing quote")));
}

TEST_F(ImportTest, RejectedRecordsOfATableAreATableThatCanBeMended) {
  const std::string bad = "amazon,c,revenue,ACTUALLY,2025-01-01,s,PRESS\n";
  const std::string path = Write(
      "d.csv", kHeader + CsvLine("amazon", "a") + CsvLine("amazn", "\"b\nb\"") + bad + "amazon\n");
  const std::string rejected = (folder_.path() / "rejected.csv").string();
  const Result result = Import({"disclosures", path, "--rejected", rejected});
  EXPECT_EQ(result.code, kFailure);
  EXPECT_EQ(result.out, "4 disclosures read, 1 recorded, 0 already there, 3 rejected\n");
  EXPECT_THAT(result.err, AllOf(HasSubstr(path + ":3: disclosure.organization_id: "),
                                HasSubstr(path + ":5: basis: \"ACTUALLY\" is none of ACTUAL, "),
                                HasSubstr(path + ":6: has 1 cell where the header has 7")));
  std::string mended = tests::ReadFile(rejected);
  EXPECT_TRUE(mended.starts_with(kHeader)) << mended;
  for (const auto& [wrong, right] : std::map<std::string, std::string>{
           {"\namazn,", "\nmeta,"}, {",ACTUALLY,", ",ACTUAL,"}, {"\namazon\n", "\n"}}) {
    ASSERT_NE(mended.find(wrong), std::string::npos) << wrong;
    mended.replace(mended.find(wrong), wrong.size(), right);
  }
  EXPECT_EQ(Import({"disclosures", Write("mended.csv", mended)}).out,
            "2 disclosures read, 2 recorded, 0 already there, 0 rejected\n");
}

TEST_F(ImportTest, AWrongHeaderOrAnOpenQuoteIsTheFilesError) {
  const Result header = Import({"disclosures", Write("d.csv", "organisation_id,measure\na,b\n")});
  EXPECT_EQ(header.code, kFailure);
  EXPECT_THAT(header.err, HasSubstr("d.csv:1: there is no column \"organisation_id\""));
  const Result quote = Import(
      {"disclosures", Write("e.csv", kHeader + CsvLine("amazon", "\"a") + CsvLine("meta", "b"))});
  EXPECT_THAT(quote.err, HasSubstr("e.csv:2: the record of line 2 has a quote"));
  EXPECT_TRUE(ingest_.stored.empty());
}

TEST_F(ImportTest, ADoubtfulFileSaysHowToNameItsFormat) {
  const std::string path = Write("d.txt", "hello\n");
  EXPECT_THAT(Import({"disclosures", path}).err, HasSubstr("say which by --format-of-file"));
  EXPECT_THAT(Import({"disclosures", path, "--format-of-file", "csv"}).err,
              HasSubstr("d.txt:1: there is no column \"hello\""));
  EXPECT_EQ(Import({"disclosures", path, "--format-of-file", "xml"}).code, kUsage);
}

TEST_F(ImportTest, ATemplateImportsAsItIs) {
  for (const char* const format : {"csv", "jsonl"}) {
    const Result printed = Import({"disclosures", "--template", format});
    EXPECT_EQ(printed.code, kSuccess);
    EXPECT_THAT(printed.out, testing::StartsWith("# "));
    const Result result = Import({"disclosures", Write("template", printed.out), "--dry-run"});
    EXPECT_EQ(result.out, "1 disclosure read, 1 would be recorded, 0 already there, 0 rejected\n")
        << result.err;
  }
  EXPECT_EQ(Import({"disclosures"}).code, kUsage);
}

TEST_F(ImportTest, ADryRunStoresNothing) {
  const std::string path = Write("d.jsonl", Line("amazon", 1) + Line("oracle", 2));
  const Result result = Import({"disclosures", path, "--dry-run"});
  EXPECT_EQ(result.code, kFailure);
  EXPECT_EQ(result.out, "2 disclosures read, 1 would be recorded, 0 already there, 1 rejected\n");
  EXPECT_TRUE(ingest_.stored.empty());
  EXPECT_TRUE(ingest_.answers.empty());
}

TEST_F(ImportTest, TheEcbsTableBecomesRatesOfTheEuro) {
  const std::string path = Write(
      "hist.csv", "Date,USD,QQQ,KRW,\n2025-02-07,1.0377,1,1501.65,\n2025-02-06,1.036,1,N/A,\n");
  const Result result = Import({"rates", path});
  EXPECT_EQ(result.code, kSuccess) << result.err;
  EXPECT_EQ(result.out, "3 rates read, 3 recorded, 0 already there, 0 rejected\n");
  EXPECT_THAT(result.err, HasSubstr(path + ":1:10: warning: the column \"QQQ\" is left out"));
  ASSERT_EQ(fx_.rates.size(), 3u);
  EXPECT_EQ(fx_.rates[1].ShortDebugString(),
            "provider: \"ecb\" base_currency: \"EUR\" quote_currency: \"KRW\" fixing_date: "
            "\"2025-02-07\" "
            "kind: RATE_KIND_REFERENCE value { value: \"1501.65\" }");
}

TEST_F(ImportTest, JsonLinesOfRatesTakeTheProviderOfTheFlagWhereTheyHaveNone) {
  const std::string path =
      Write("r.jsonl", "# rates\n{\"baseCurrency\":\"USD\"}\n{\"provider\":\"own\"}\n");
  EXPECT_EQ(Import({"rates", path, "--provider", "fed-h10"}).code, kSuccess);
  ASSERT_EQ(fx_.rates.size(), 2u);
  EXPECT_EQ(fx_.rates[0].provider(), "fed-h10");
  EXPECT_EQ(fx_.rates[1].provider(), "own");
}

TEST_F(ImportTest, AMalformedCellOfTheTableIsNamedByLineAndColumn) {
  const std::string path = Write("hist.csv", "Date,USD,KRW,\n2025-02-07,abc,1501.65,\n");
  const Result result = Import({"rates", path});
  EXPECT_EQ(result.code, kFailure);
  EXPECT_THAT(result.err, HasSubstr(path + ":2:12: USD of 2025-02-07 is \"abc\""));
  EXPECT_EQ(result.out, "2 rates read, 1 recorded, 0 already there, 1 rejected\n");
}

TEST_F(ImportTest, AFileOfAnotherFormatIsRefusedWhole) {
  for (const char* const content :
       {"name,colour\n2025-02-07,1449\n", "", "Date,USD,USD,\n2025-02-07,1,1,\n"}) {
    const Result result = Import({"rates", Write("x.csv", content)});
    EXPECT_EQ(result.code, kFailure) << content;
    EXPECT_THAT(result.err, HasSubstr("x.csv")) << content;
  }
  EXPECT_TRUE(fx_.rates.empty());
}

TEST_F(ImportTest, TheCatalogueCountsWhatChanged) {
  const std::string path =
      Write("o.jsonl", "{\"organizationId\": \"amazon\"}\n{\"organizationId\": \"oracle\"}\n");
  const Result result = Import({"catalog", path});
  EXPECT_EQ(result.code, kSuccess) << result.err;
  EXPECT_EQ(result.out, "2 organizations and 0 groups, 1 added or changed\n");
  EXPECT_EQ(Import({"catalog", path}).out, "2 organizations and 0 groups, 0 added or changed\n");
}

TEST_F(ImportTest, TheCatalogueGoesInOneCallWhereItCan) {
  const std::string path = Write(
      "o.jsonl", "{\"organizationId\": \"oracle\"}\n{\"groupId\": \"g\"}\n{\"groupId\": \"h\"}\n");
  EXPECT_EQ(Import({"catalog", path}).out, "1 organization and 2 groups, 3 added or changed\n");
  EXPECT_THAT(ingest_.catalogue_calls, testing::ElementsAre(std::pair(1, 2)));
}

TEST_F(ImportTest, SummariesAreInTheLanguageThatIsAskedFor) {
  const std::string catalog = Write("o.jsonl", "{\"organizationId\": \"oracle\"}\n");
  EXPECT_EQ(Import({"catalog", catalog, "--lang", "ko"}).out,
            "기관 1곳, 그룹 0개, 추가 또는 변경 1건\n");
  const std::string path = Write("d.jsonl", Line("amazon", 1) + Line("amazn", 2));
  const Result result = Import({"disclosures", path, "--lang", "ko"});
  EXPECT_EQ(result.code, kFailure);
  EXPECT_EQ(result.out, "발표 2건 읽음, 기록 1건, 이미 있음 0건, 거부 1건\n");
  const std::string rates = Write("r.jsonl", "{\"provider\":\"a\"}\n");
  EXPECT_EQ(Import({"rates", rates, "--lang", "ko"}).out,
            "환율 1건 읽음, 기록 1건, 이미 있음 0건, 거부 0건\n");
  EXPECT_EQ(Import({"rates", rates, "--lang", "de"}).code, kUsage);
}

TEST_F(ImportTest, ALineOfTheCatalogueThatIsCutIsSaidToBe) {
  const std::string path = Write("o.jsonl", std::string(2 << 20, '{') + "\n");
  EXPECT_THAT(Import({"catalog", path}).err, HasSubstr(path + ":1: is longer than 1048576 bytes"));
}

TEST_F(ImportTest, ALargerCatalogueGoesOrganizationsFirst) {
  std::string content = "{\"groupId\": \"g\"}\n";
  for (int i = 0; i < 1'001; ++i) content += fmt::format("{{\"organizationId\": \"o{}\"}}\n", i);
  EXPECT_EQ(Import({"catalog", Write("o.jsonl", content)}).code, kSuccess);
  EXPECT_THAT(ingest_.catalogue_calls,
              testing::ElementsAre(std::pair(1'000, 0), std::pair(1, 0), std::pair(0, 1)));
}

TEST_F(ImportTest, ARefusedGroupIsNamedByFileAndLine) {
  const std::string path =
      Write("o.jsonl", "{\"organizationId\": \"oracle\"}\n# note\n{\"groupId\": \"g\"}\n");
  ingest_.failures.Add(1, MakeError(absl::StatusCode::kFailedPrecondition, "two are wrong",
                                    {.reason = "UNKNOWN_PARENT",
                                     .violations = {{"organizations[0].parent_id", "is not there"},
                                                    {"groups[0].organization_ids[1]", "no"}}}));
  const Result result = Import({"catalog", path});
  EXPECT_EQ(result.code, kFailure);
  EXPECT_THAT(result.err, AllOf(HasSubstr(path + ":1: organizations[0].parent_id: is not there"),
                                HasSubstr(path + ":3: groups[0].organization_ids[1]: no")));
}

}  // namespace
}  // namespace outlay::cli
