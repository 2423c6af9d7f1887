// Imports that are done again, after changes and after a server's death, and a report that is asked again.
#include "tests/end_to_end/import_fixture.h"

namespace outlay::tests {
namespace {

using testing::EndsWith;
using testing::HasSubstr;

using ImportAgainTest = ImportTest;

TEST_F(ImportAgainTest, AFileThatCannotBeReadIsNamedOnceAndCounted) {
  EXPECT_EQ(Import({"companyfacts", "/proc/self/mem"}), "1 of 1 file was not imported\n");
  EXPECT_THAT(errors_, HasSubstr("/proc/self/mem: cannot be read on after byte 0, fact 0: "
                                 "Input/output error (CANNOT_READ)"));
  Import({"companyfacts", "/nowhere/x.json"});
  EXPECT_EQ(errors_, "cannot read /nowhere/x.json: No such file or directory (CANNOT_READ)\n");
}

// One file says 1.1, a later one 1.2, and the first is imported again: it is 1.1 that was said last.
TEST_F(ImportAgainTest, RatesAreThoseOfTheFileImportedLast) {
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
  const std::string recorded = "1 rate read, 1 recorded, 0 already there, 0 rejected\n";
  const std::string already_there = "1 rate read, 0 recorded, 1 already there, 0 rejected\n";
  EXPECT_EQ(Import({"rates", first}), recorded);
  EXPECT_EQ(Import({"rates", first}), already_there);
  EXPECT_EQ(Import({"rates", second}), recorded);
  EXPECT_THAT(converted(), HasSubstr("1,200 USD"));
  EXPECT_EQ(Import({"rates", first, "--dry-run"}),
            "1 rate read, 1 would be recorded, 0 already there, 0 rejected\n");
  EXPECT_EQ(Import({"rates", first}), recorded);
  EXPECT_THAT(converted(), HasSubstr("1,100 USD"));
  EXPECT_EQ(Import({"rates", first}), already_there);
  fx::v1::ListProvidersResponse providers;
  ASSERT_TRUE(cluster_.Fx()->ListProviders(Context().get(), {}, &providers).ok());
  EXPECT_EQ(providers.stamp().fx_sequence(), 3u);
}

TEST_F(ImportAgainTest, WhatWasVoidedOrCorrectedBetweenTwoImportsStaysSo) {
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
  EXPECT_THAT(errors_, HasSubstr("meta.json: 1 of those already there was voided since"));
  ingest::v1::ListDisclosuresResponse after;
  ASSERT_TRUE(cluster_.Ingest()->ListDisclosures(Context().get(), {}, &after).ok());
  EXPECT_EQ(after.disclosures_size(), 6);
  EXPECT_EQ(after.stamp().ingest_sequence(), voided.stamp().ingest_sequence());
}

TEST_F(ImportAgainTest, ARefusedGroupOfTheCatalogueKeepsItsOrganizationsOut) {
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
TEST_F(ImportAgainTest, AServerKilledInTheMiddleOfAnImportLosesNothing) {
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
TEST_F(ImportAgainTest, AReportIsRepeatedByItsStamp) {
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

}  // namespace
}  // namespace outlay::tests
