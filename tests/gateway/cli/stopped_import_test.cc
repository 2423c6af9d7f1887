// Imports that do not come to their end, and calls that are made again.
#include "tests/gateway/cli/import_fixture.h"

namespace outlay::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;

using StoppedImportTest = ImportTest;

TEST_F(StoppedImportTest, ABusyServerIsAskedAgainAfterTheTimeItAdvises) {
  ingest_.failures.Add(3, Busy());
  const Result result = Import({"disclosures", Write("d.jsonl", Line("amazon", 1))});
  EXPECT_EQ(result.code, kSuccess) << result.err;
  EXPECT_EQ(result.out, "1 disclosures read, 1 recorded, 0 already there, 0 rejected\n");
  using std::chrono::milliseconds;
  EXPECT_THAT(result.waits,
              testing::ElementsAre(milliseconds(100), milliseconds(200), milliseconds(400)));
}

TEST_F(StoppedImportTest, AnAnswerThatGotLostIsAskedForUnderTheSameId) {
  ingest_.lost_answers.Add(1, Busy());
  const Result result = Import({"disclosures", Write("d.jsonl", Line("amazon", 1))});
  EXPECT_EQ(result.out, "1 disclosures read, 1 recorded, 0 already there, 0 rejected\n");
  ASSERT_EQ(ingest_.request_ids.size(), 2u);
  EXPECT_EQ(ingest_.request_ids[0], ingest_.request_ids[1]);
}

TEST_F(StoppedImportTest, AnImportThatACallEndsSaysWhatBecameOfTheLines) {
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

TEST_F(StoppedImportTest, AServerThatIsGoneInTheMiddleIsWaitedForAndThenNamed) {
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

TEST_F(StoppedImportTest, AServerThatWasNeverThereIsNotWaitedFor) {
  server_->Shutdown();
  const Result result = Import({"disclosures", Write("d.jsonl", Line("amazon", 1))});
  EXPECT_EQ(result.code, kFailure);
  EXPECT_TRUE(result.waits.empty());
  EXPECT_THAT(result.err, HasSubstr("Is it running?"));
}

TEST_F(StoppedImportTest, ARequestThatIsRefusedAsAWholeStoresNothing) {
  ingest_.failures.Add(1, InvalidField("TOO_LONG", "change.actor", "is too long"));
  const Result result = Import({"disclosures", Write("d.jsonl", Line("amazon", 1))});
  EXPECT_THAT(result.err, HasSubstr("stopped in sending line 1 (not stored): "
                                    "change.actor: is too long"));
  EXPECT_EQ(result.code, kFailure);
}

TEST_F(StoppedImportTest, ALookUpThatFailsNamesTheLinesThatWait) {
  std::string with_id = Line("amazon", 2);
  with_id.insert(1, "\"disclosureId\": \"d-1\", ");
  ingest_.failures.Add(1, absl::InternalError("broken"));
  const Result result = Import({"disclosures", Write("d.jsonl", Line("amazon", 1) + with_id)});
  EXPECT_EQ(result.code, kFailure);
  EXPECT_EQ(result.out,
            "2 disclosures read, 0 recorded, 0 already there, 0 rejected, 2 not settled\n");
  EXPECT_THAT(result.err, HasSubstr("stopped in sending lines 1 to 2"));
}

TEST_F(StoppedImportTest, RatesStopAndGoOnInTheSameWay) {
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

TEST_F(StoppedImportTest, AReadErrorEndsTheImportWithItsLineAndSendsWhatStandsBeforeIt) {
  // A pipe that a process writes into cannot fail in the middle; the beginning of memory does at once.
  const Result result = Import({"rates", "/proc/self/mem"});
  EXPECT_EQ(result.code, kFailure);
  EXPECT_THAT(result.err, HasSubstr("cannot read /proc/self/mem: line 1: Input/output error"));
  EXPECT_EQ(Import({"disclosures", "/proc/self/mem"}).code, kFailure);
  const Result folder = Import({"disclosures", folder_.path().string()});
  EXPECT_THAT(folder.err, HasSubstr("it is a folder"));
  EXPECT_EQ(folder.code, kFailure);
}

TEST_F(StoppedImportTest, WhatStandsBeforeAnErrorOfTheFileIsRecorded) {
  const Result result = Import({"disclosures", Write("d.csv", kHeader + CsvLine("amazon", "a") +
                                                                  CsvLine("meta", "\"open"))});
  EXPECT_EQ(result.code, kFailure);
  EXPECT_EQ(result.out, "1 disclosures read, 1 recorded, 0 already there, 0 rejected\n");
  EXPECT_THAT(result.err, HasSubstr("d.csv:3: the record of line 3 has a quote"));
}

}  // namespace
}  // namespace outlay::cli
