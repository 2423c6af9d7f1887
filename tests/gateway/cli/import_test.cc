// Imports against services that do what the contracts say, in this process.
#include <gmock/gmock.h>
#include <grpcpp/server_builder.h>
#include <gtest/gtest.h>

#include <chrono>
#include <deque>
#include <set>

#include "gateway/cli/cli.h"
#include "gateway/cli/client.h"
#include "services/common/rpc/error_mapping.h"
#include "services/common/status/error.h"
#include "tests/gateway/cli/test_session.h"
#include "tests/support/process.h"

namespace outlay::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;

// What a test makes of the calls: each gets the next status of the list, those beyond it OK.
class Failures {
 public:
  void Add(int times, const absl::Status& status) {
    for (int i = 0; i < times; ++i) failures_.push_back(status);
  }
  grpc::Status Next() {
    if (failures_.empty()) return grpc::Status::OK;
    const absl::Status next = failures_.front();
    failures_.pop_front();
    return next.ok() ? grpc::Status::OK : rpc::ToGrpcStatus(next);
  }

 private:
  std::deque<absl::Status> failures_;
};

absl::Status Busy() {
  return MakeError(absl::StatusCode::kResourceExhausted, "the queue is full",
                   {.reason = "JOURNAL_QUEUE_FULL", .retry_after_ms = 100});
}

// Stores by content, refuses organizations it does not know, and replays requests.
class FakeIngest final : public ingest::v1::IngestService::Service {
 public:
  grpc::Status RecordDisclosures(grpc::ServerContext*,
                                 const ingest::v1::RecordDisclosuresRequest* request,
                                 ingest::v1::RecordDisclosuresResponse* response) override {
    last_change = request->change();
    if (const grpc::Status failure = failures.Next(); !failure.ok()) return failure;
    batch_sizes.push_back(request->entries_size());
    request_ids.push_back(request->request_id());
    if (const auto answer = answers.find(request->request_id());
        !request->request_id().empty() && answer != answers.end()) {
      *response = answer->second;
      return grpc::Status::OK;
    }
    for (const auto& entry : request->entries())
      Record(entry, request->validate_only(), response->add_results());
    response->mutable_stamp()->set_ingest_sequence(head);
    if (!request->request_id().empty()) answers[request->request_id()] = *response;
    return lost_answers.Next();
  }

  grpc::Status BatchGetDisclosures(grpc::ServerContext*,
                                   const ingest::v1::BatchGetDisclosuresRequest*,
                                   ingest::v1::BatchGetDisclosuresResponse*) override {
    return failures.Next();
  }

  grpc::Status UpsertOrganizations(grpc::ServerContext*,
                                   const ingest::v1::UpsertOrganizationsRequest* request,
                                   ingest::v1::UpsertOrganizationsResponse* response) override {
    if (const grpc::Status failure = failures.Next(); !failure.ok()) return failure;
    catalogue_calls.push_back({request->organizations_size(), request->groups_size()});
    for (const auto& organization : request->organizations()) {
      if (known.insert(organization.organization_id()).second)
        response->set_changed_count(response->changed_count() + 1);
    }
    response->set_changed_group_count(request->groups_size());
    return grpc::Status::OK;
  }

  std::set<std::string> known = {"amazon", "meta"};
  std::map<std::string, uint64_t> stored;
  std::map<std::string, ingest::v1::RecordDisclosuresResponse> answers;
  std::set<std::string> voided;  // scopes
  std::vector<int> batch_sizes;
  std::vector<std::string> request_ids;
  std::vector<std::pair<int, int>> catalogue_calls;  // organizations and groups of each
  Failures failures;                                 // before anything is done
  Failures lost_answers;                             // after it is
  journal::v1::ChangeNote last_change;
  uint64_t head = 40;

 private:
  void Record(const ingest::v1::DisclosureEntry& entry, bool validate_only,
              ingest::v1::DisclosureResult* result) {
    if (!known.contains(entry.disclosure().organization_id())) {
      result->set_status(journal::v1::RECORD_STATUS_REJECTED);
      result->mutable_error()->set_code(3);
      result->mutable_error()->set_message(
          "entries[0].disclosure.organization_id: is not in the catalogue");
      result->mutable_error()->set_reason("UNKNOWN_ORGANIZATION");
      return;
    }
    const std::string content = entry.SerializeAsString();
    if (const auto found = stored.find(content); found != stored.end()) {
      result->set_status(journal::v1::RECORD_STATUS_REPLAYED);
      result->set_sequence(found->second);
      result->set_voided(voided.contains(entry.disclosure().scope()));
    } else if (validate_only) {
      result->set_status(journal::v1::RECORD_STATUS_NOT_ATTEMPTED);
    } else {
      stored[content] = ++head;
      result->set_status(journal::v1::RECORD_STATUS_RECORDED);
      result->set_sequence(head);
    }
  }
};

class FakeFx final : public fx::v1::FxService::Service {
 public:
  grpc::Status RecordRates(grpc::ServerContext*, const fx::v1::RecordRatesRequest* request,
                           fx::v1::RecordRatesResponse* response) override {
    if (const grpc::Status failure = failures.Next(); !failure.ok()) return failure;
    request_ids.push_back(request->request_id());
    for (const auto& rate : request->rates()) {
      rates.push_back(rate);
      response->add_results()->set_status(journal::v1::RECORD_STATUS_RECORDED);
      response->mutable_results()->rbegin()->set_sequence(rates.size());
    }
    return grpc::Status::OK;
  }

  std::vector<fx::v1::Rate> rates;
  std::vector<std::string> request_ids;
  Failures failures;
};

class ImportTest : public testing::Test {
 protected:
  ImportTest() {
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port_);
    builder.RegisterService(&ingest_);
    builder.RegisterService(&fx_);
    server_ = builder.BuildAndStart();
  }

  struct Result {
    int code;
    std::string out;
    std::string err;
    std::vector<std::chrono::milliseconds> waits;
  };

  Result Import(std::vector<std::string> arguments) {
    TestSession test;
    arguments.insert(arguments.begin(), "import");
    arguments.insert(arguments.end(), {"--gateway", fmt::format("127.0.0.1:{}", port_)});
    const int code = RunCli(arguments, {}, test.session);
    return {code, test.out.str(), test.err.str(), test.waits};
  }

  std::string Write(const std::string& name, const std::string& content) const {
    const std::filesystem::path path = folder_.path() / name;
    tests::WriteFile(path, content);
    return path.string();
  }

  tests::TemporaryFolder folder_;
  FakeIngest ingest_;
  FakeFx fx_;
  int port_ = 0;
  std::unique_ptr<grpc::Server> server_;
};

std::string Line(const std::string& organization, int number) {
  return fmt::format("{{\"organizationId\": \"{}\", \"scope\": \"s{}\"}}\n", organization, number);
}

// The columns that FakeIngest needs, and those that every table has.
constexpr const char* kHeader =
    "organization_id,scope,measure,basis,published_at,source_id,source_class\n";

std::string Row(const std::string& organization, const std::string& scope) {
  return fmt::format("{},{},revenue,ACTUAL,2025-01-01,s,PRESS\n", organization, scope);
}

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
  EXPECT_THAT(again.err, HasSubstr("d.jsonl: 1 of those already there were voided since"));
}

TEST_F(ImportTest, ABusyServerIsAskedAgainAfterTheTimeItAdvises) {
  ingest_.failures.Add(3, Busy());
  const Result result = Import({"disclosures", Write("d.jsonl", Line("amazon", 1))});
  EXPECT_EQ(result.code, kSuccess) << result.err;
  EXPECT_EQ(result.out, "1 disclosures read, 1 recorded, 0 already there, 0 rejected\n");
  using std::chrono::milliseconds;
  EXPECT_THAT(result.waits,
              testing::ElementsAre(milliseconds(100), milliseconds(200), milliseconds(400)));
}

TEST_F(ImportTest, AnAnswerThatGotLostIsAskedForUnderTheSameId) {
  ingest_.lost_answers.Add(1, Busy());
  const Result result = Import({"disclosures", Write("d.jsonl", Line("amazon", 1))});
  EXPECT_EQ(result.out, "1 disclosures read, 1 recorded, 0 already there, 0 rejected\n");
  ASSERT_EQ(ingest_.request_ids.size(), 2u);
  EXPECT_EQ(ingest_.request_ids[0], ingest_.request_ids[1]);
}

TEST_F(ImportTest, AnImportThatACallEndsSaysWhatBecameOfTheLines) {
  std::string content = Line("amazn", 0);
  for (int i = 1; i < 1'700; ++i) content += Line("amazon", i);
  const std::string path = Write("d.jsonl", content);
  const std::string rejected = (folder_.path() / "rejected.jsonl").string();
  ingest_.failures.Add(2, absl::OkStatus());
  ingest_.failures.Add(100, Busy());
  const Result result = Import({"disclosures", path, "--rejected", rejected});
  EXPECT_EQ(result.code, kFailure);
  EXPECT_EQ(result.out,
            "1,500 disclosures read, 999 recorded, 0 already there, 1 rejected, 500 not "
            "settled\n");
  EXPECT_THAT(result.err,
              AllOf(HasSubstr(path + ":1: disclosure.organization_id"),
                    HasSubstr(path + ": stopped in sending lines 1001 to 1500 (stored or not: the "
                                     "same import again goes on from there): the queue is "
                                     "full\n  RESOURCE_EXHAUSTED (JOURNAL_QUEUE_FULL)")));
  EXPECT_THAT(tests::ReadFile(rejected), HasSubstr("\n" + Line("amazn", 0)));
  EXPECT_EQ(result.waits.size(), 6u);

  ingest_.failures = {};
  EXPECT_EQ(Import({"disclosures", path}).out,
            "1,700 disclosures read, 700 recorded, 999 already there, 1 rejected\n");
}

TEST_F(ImportTest, AServerThatIsGoneInTheMiddleIsWaitedForAndThenNamed) {
  std::string content;
  for (int i = 0; i < 600; ++i) content += Line("amazon", i);
  ingest_.failures.Add(1, absl::OkStatus());
  ingest_.failures.Add(100, absl::UnavailableError("socket closed"));  // as the transport says it
  const Result result = Import({"disclosures", Write("d.jsonl", content)});
  EXPECT_EQ(result.code, kFailure);
  EXPECT_EQ(result.out,
            "600 disclosures read, 500 recorded, 0 already there, 0 rejected, 100 not settled\n");
  EXPECT_THAT(result.err, HasSubstr("stopped in sending lines 501 to 600"));
  EXPECT_EQ(result.waits.size(), 6u);
}

TEST_F(ImportTest, AServerThatWasNeverThereIsNotWaitedFor) {
  server_->Shutdown();
  const Result result = Import({"disclosures", Write("d.jsonl", Line("amazon", 1))});
  EXPECT_EQ(result.code, kFailure);
  EXPECT_TRUE(result.waits.empty());
  EXPECT_THAT(result.err, HasSubstr("Is it running?"));
}

TEST_F(ImportTest, ARequestThatIsRefusedAsAWholeStoresNothing) {
  ingest_.failures.Add(1, InvalidField("TOO_LONG", "change.actor", "is too long"));
  const Result result = Import({"disclosures", Write("d.jsonl", Line("amazon", 1))});
  EXPECT_THAT(result.err, HasSubstr("stopped in sending line 1 (not stored): "
                                    "change.actor: is too long"));
  EXPECT_EQ(result.code, kFailure);
}

TEST_F(ImportTest, ALookUpThatFailsNamesTheLinesThatWait) {
  std::string with_id = Line("amazon", 2);
  with_id.insert(1, "\"disclosureId\": \"d-1\", ");
  ingest_.failures.Add(1, absl::InternalError("broken"));
  const Result result = Import({"disclosures", Write("d.jsonl", Line("amazon", 1) + with_id)});
  EXPECT_EQ(result.code, kFailure);
  EXPECT_EQ(result.out,
            "2 disclosures read, 0 recorded, 0 already there, 0 rejected, 2 not settled\n");
  EXPECT_THAT(result.err, HasSubstr("stopped in sending lines 1 to 2"));
}

TEST_F(ImportTest, RatesStopAndGoOnInTheSameWay) {
  std::string content = "Date,USD,KRW,\n";
  for (int day = 1; day <= 28; ++day) {
    for (int year = 1'999; year <= 2'024; ++year) {
      for (int month = 1; month <= 12; ++month) {
        content += fmt::format("{}-{:02}-{:02},1.1,1500,\n", year, month, day);
      }
    }
  }
  const std::string path = Write("hist.csv", content);
  fx_.failures.Add(1, absl::OkStatus());
  fx_.failures.Add(1, absl::DeadlineExceededError("too late"));
  const Result result = Import({"rates", path});
  EXPECT_EQ(result.code, kFailure);
  EXPECT_EQ(result.out,
            "17,472 rates read, 10,000 recorded, 0 already there, 0 rejected, 7,472 not settled\n");
  EXPECT_THAT(result.err, HasSubstr(path + ": stopped in sending lines 5002 to 8737 ("));
  EXPECT_TRUE(result.waits.empty());
}

TEST_F(ImportTest, AReadErrorEndsTheImportWithItsLineAndSendsWhatStandsBeforeIt) {
  // A pipe that a process writes into cannot fail in the middle; the beginning of memory does at once.
  const Result result = Import({"rates", "/proc/self/mem"});
  EXPECT_EQ(result.code, kFailure);
  EXPECT_THAT(result.err, HasSubstr("cannot read /proc/self/mem: line 1: Input/output error"));
  EXPECT_EQ(Import({"disclosures", "/proc/self/mem"}).code, kFailure);
  const Result folder = Import({"disclosures", folder_.path().string()});
  EXPECT_THAT(folder.err, HasSubstr("it is a folder"));
  EXPECT_EQ(folder.code, kFailure);
}

TEST_F(ImportTest, WhatStandsBeforeAnErrorOfTheFileIsRecorded) {
  const Result result =
      Import({"disclosures", Write("d.csv", kHeader + Row("amazon", "a") + Row("meta", "\"open"))});
  EXPECT_EQ(result.code, kFailure);
  EXPECT_EQ(result.out, "1 disclosures read, 1 recorded, 0 already there, 0 rejected\n");
  EXPECT_THAT(result.err, HasSubstr("d.csv:3: the record of line 3 has a quote"));
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
  const std::string path =
      Write("d.csv", "# note\n" + (kHeader + Row("amazon", "a")) + Row("meta", "\"b\"\"c\""));
  EXPECT_EQ(Import({"disclosures", path}).out,
            "2 disclosures read, 2 recorded, 0 already there, 0 rejected\n");
  EXPECT_EQ(Import({"disclosures", path}).out,
            "2 disclosures read, 0 recorded, 2 already there, 0 rejected\n");
}

TEST_F(ImportTest, RejectedRecordsOfATableAreATableThatCanBeMended) {
  const std::string bad = "amazon,c,revenue,ACTUALLY,2025-01-01,s,PRESS\n";
  const std::string path =
      Write("d.csv", kHeader + Row("amazon", "a") + Row("amazn", "\"b\nb\"") + bad + "amazon\n");
  const std::string rejected = (folder_.path() / "rejected.csv").string();
  const Result result = Import({"disclosures", path, "--rejected", rejected});
  EXPECT_EQ(result.code, kFailure);
  EXPECT_EQ(result.out, "4 disclosures read, 1 recorded, 0 already there, 3 rejected\n");
  EXPECT_THAT(result.err, AllOf(HasSubstr(path + ":3: disclosure.organization_id: "),
                                HasSubstr(path + ":5: basis: \"ACTUALLY\" is none of ACTUAL, "),
                                HasSubstr(path + ":6: has 1 cells where the header has 7")));
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
  const Result quote =
      Import({"disclosures", Write("e.csv", kHeader + Row("amazon", "\"a") + Row("meta", "b"))});
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
    EXPECT_EQ(result.out, "1 disclosures read, 1 would be recorded, 0 already there, 0 rejected\n")
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
       {"observation_date,DEXKOUS\n2025-02-07,1449\n", "", "Date,USD,USD,\n2025-02-07,1,1,\n"}) {
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
  EXPECT_EQ(Import({"catalog", path}).out, "1 organizations and 2 groups, 3 added or changed\n");
  EXPECT_THAT(ingest_.catalogue_calls, testing::ElementsAre(std::pair(1, 2)));
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
