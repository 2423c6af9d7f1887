// RedactSource: the quoted words of a source go everywhere, the figures stay.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <fstream>

#include "tests/ingest/service_support.h"

namespace outlay::ingest {
namespace {

using ::testing::ElementsAre;

constexpr char kWords[] = "words that must go";

v1::Disclosure Quoted(const std::string& scope, const std::string& source_id = "article") {
  v1::Disclosure disclosure = AmazonGuidance();
  disclosure.set_scope(scope);
  disclosure.mutable_source()->set_source_id(source_id);
  disclosure.set_quote(kWords);
  return disclosure;
}

v1::RedactSourceRequest Redaction(const std::string& source_id,
                                  const std::string& request_id = "") {
  v1::RedactSourceRequest request;
  request.set_request_id(request_id);
  request.mutable_change()->set_actor("desk");
  request.mutable_change()->set_reason("the publisher asked");
  request.set_source_id(source_id);
  return request;
}

class RedactionTest : public ::testing::Test {
 protected:
  RedactionTest() { AddCompanies(server_); }

  uint32_t Redact(const std::string& source_id, const std::string& request_id = "") {
    return Ask(server_, &Stub::RedactSource, Redaction(source_id, request_id)).redacted_count();
  }

  std::vector<v1::Disclosure> History(const std::string& id) {
    v1::ListDisclosureHistoryRequest request;
    request.set_disclosure_id(id);
    const auto response = Ask(server_, &Stub::ListDisclosureHistory, request);
    return {response.revisions().begin(), response.revisions().end()};
  }

  // Everything that the feed gives, up to the head.
  std::string Feed() {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
    const auto stream = server_.stub().SubscribeChanges(&context, v1::SubscribeChangesRequest());
    std::string bytes;
    v1::SubscribeChangesResponse response;
    while (stream->Read(&response) && !response.has_caught_up_sequence()) {
      bytes += response.SerializeAsString();
    }
    EXPECT_TRUE(response.has_caught_up_sequence());
    context.TryCancel();
    return bytes;
  }

  int FilesWithTheWords() const {
    int files = 0;
    for (const auto& file : std::filesystem::recursive_directory_iterator(server_.directory())) {
      if (!file.is_regular_file()) continue;
      std::ifstream in(file.path(), std::ios::binary);
      const std::string bytes{std::istreambuf_iterator<char>(in), {}};
      files += bytes.find(kWords) != std::string::npos;
    }
    return files;
  }

  IngestServer server_;
};

TEST_F(RedactionTest, TheWordsGoAndTheFigureStays) {
  const std::string id = Record(server_, Quoted("aws"));
  const v1::Disclosure before = Get(server_, id);
  EXPECT_GT(FilesWithTheWords(), 0);
  EXPECT_EQ(Redact("article"), 1u);

  const v1::Disclosure after = Get(server_, id);
  EXPECT_EQ(after.quote(), "");
  EXPECT_TRUE(after.quote_redacted());
  EXPECT_EQ(after.revision(), 2u);
  EXPECT_EQ(after.change().actor(), "desk");
  EXPECT_EQ(after.change().reason(), "the publisher asked");
  EXPECT_EQ(after.amount().SerializeAsString(), before.amount().SerializeAsString());
  EXPECT_EQ(after.source().SerializeAsString(), before.source().SerializeAsString());
}

TEST_F(RedactionTest, NothingGivesTheWordsBack) {
  const std::string id = Record(server_, Quoted("aws"));
  const uint64_t before = Head(server_);
  EXPECT_NE(Feed().find(kWords), std::string::npos);
  EXPECT_EQ(Redact("article"), 1u);
  for (int started = 0; started < 2; ++started) {
    v1::GetDisclosureRequest earlier;
    earlier.set_disclosure_id(id);
    earlier.mutable_as_of()->set_recorded_sequence(before);
    const v1::Disclosure then = Ask(server_, &Stub::GetDisclosure, earlier).disclosure();
    EXPECT_EQ(then.revision(), 1u);
    EXPECT_EQ(then.quote(), "");
    EXPECT_TRUE(then.quote_redacted());
    for (const v1::Disclosure& revision : History(id)) EXPECT_EQ(revision.quote(), "");
    EXPECT_EQ(Feed().find(kWords), std::string::npos);
    EXPECT_EQ(FilesWithTheWords(), 0);
    server_.Restart();
  }
}

TEST_F(RedactionTest, EveryRevisionLosesItsWordsAndAVoidedRecordToo) {
  const std::string corrected = Record(server_, Quoted("aws"));
  v1::CorrectDisclosureRequest correction;
  *correction.mutable_change() = Redaction("article").change();
  correction.set_disclosure_id(corrected);
  correction.set_expected_revision(1);
  *correction.mutable_disclosure() = Quoted("aws");
  correction.mutable_disclosure()->set_quote(std::string(kWords) + ", corrected");
  Ask(server_, &Stub::CorrectDisclosure, correction);
  const std::string voided = Record(server_, Quoted("ads"));
  v1::VoidDisclosureRequest taken_back;
  *taken_back.mutable_change() = Redaction("article").change();
  taken_back.set_disclosure_id(voided);
  taken_back.set_expected_revision(1);
  Ask(server_, &Stub::VoidDisclosure, taken_back);

  EXPECT_EQ(Redact("article"), 2u);
  EXPECT_EQ(FilesWithTheWords(), 0);
  for (int started = 0; started < 2; ++started) {
    EXPECT_EQ(History(corrected).size(), 3u);
    for (const v1::Disclosure& revision : History(corrected)) {
      EXPECT_EQ(revision.quote(), "");
      EXPECT_TRUE(revision.quote_redacted());
    }
    EXPECT_TRUE(History(voided).back().voided());
    EXPECT_EQ(History(voided).back().quote(), "");
    server_.Restart();
  }
}

TEST_F(RedactionTest, OtherSourcesAndLaterRecordsKeepTheirs) {
  const std::string other = Record(server_, Quoted("aws", "other-article"));
  Record(server_, Quoted("aws"));
  EXPECT_EQ(Redact("article"), 1u);
  const std::string later = Record(server_, Quoted("ads"));
  EXPECT_EQ(Get(server_, other).quote(), kWords);
  EXPECT_EQ(Get(server_, later).quote(), kWords);
  EXPECT_EQ(Redact("article"), 1u);
  EXPECT_EQ(Get(server_, later).quote(), "");
}

TEST_F(RedactionTest, TheSameStatementSentAgainIsAReplayAndBringsNoWordsBack) {
  const std::string id = Record(server_, Quoted("aws"));
  Redact("article");
  for (const bool validate_only : {false, true}) {
    v1::RecordDisclosuresRequest request = RecordRequest({Quoted("aws")});
    request.set_validate_only(validate_only);
    const auto again = Ask(server_, &Stub::RecordDisclosures, request);
    EXPECT_EQ(again.results(0).status(), journal::v1::RECORD_STATUS_REPLAYED);
    EXPECT_EQ(again.results(0).disclosure_id(), id);
  }
  EXPECT_EQ(Get(server_, id).quote(), "");
}

TEST_F(RedactionTest, ARequestSentAgainGetsTheSameAnswer) {
  Record(server_, Quoted("aws"));
  EXPECT_EQ(Redact("article", "r"), 1u);
  const uint64_t head = Head(server_);
  EXPECT_EQ(Redact("article", "r"), 1u);
  EXPECT_EQ(Redact("article"), 0u);
  EXPECT_EQ(Head(server_), head);
  EXPECT_EQ(Refused(server_, &Stub::RedactSource, Redaction("other", "r")).reason,
            "REQUEST_ID_REUSED");
}

TEST_F(RedactionTest, ARequestSentAgainLeavesWhatCameLater) {
  Record(server_, Quoted("aws"));
  EXPECT_EQ(Redact("article", "r"), 1u);
  const std::string later = Record(server_, Quoted("ads"));
  EXPECT_EQ(Redact("article", "r"), 1u);
  EXPECT_EQ(Get(server_, later).quote(), kWords);
}

TEST_F(RedactionTest, WhileAnotherProgramKeepsTheWordsItIsNotAcknowledged) {
  const std::string id = Record(server_, Quoted("aws"));
  sqlite3* reader = nullptr;
  ASSERT_EQ(sqlite3_open((server_.directory() / "journal" / "ingest.db").c_str(), &reader),
            SQLITE_OK);
  const auto run = [reader](const char* sql) {
    ASSERT_EQ(sqlite3_exec(reader, sql, nullptr, nullptr, nullptr), SQLITE_OK);
  };
  run("BEGIN; SELECT count(*) FROM entry");
  for (int sent = 0; sent < 2; ++sent) {
    const Failure pending = Refused(server_, &Stub::RedactSource, Redaction("article", "r"));
    EXPECT_EQ(pending.code, absl::StatusCode::kUnavailable);
    EXPECT_EQ(pending.reason, "ERASURE_PENDING");
  }
  EXPECT_EQ(Get(server_, id).quote(), "");
  run("COMMIT");
  EXPECT_EQ(Redact("article", "r"), 1u);
  EXPECT_EQ(FilesWithTheWords(), 0);
  run("BEGIN; SELECT count(*) FROM entry");
  server_.Restart();
  EXPECT_EQ(Get(server_, id).revision(), 2u);
  sqlite3_close(reader);
}

TEST_F(RedactionTest, ASourceWithMoreRecordsThanOneRoundTakes) {
  std::vector<v1::Disclosure> disclosures;
  for (int i = 0; i < 700; ++i) disclosures.push_back(Quoted("part-" + std::to_string(i)));
  Ask(server_, &Stub::RecordDisclosures, RecordRequest(disclosures));
  for (v1::Disclosure& disclosure : disclosures) disclosure.set_scope("b-" + disclosure.scope());
  Ask(server_, &Stub::RecordDisclosures, RecordRequest(disclosures));
  EXPECT_EQ(Redact("article", "r"), 1'400u);
  EXPECT_EQ(Redact("article", "r"), 1'400u);
  EXPECT_EQ(FilesWithTheWords(), 0);
}

TEST_F(RedactionTest, ACorrectionOfWhatWasReadBeforeIsTold) {
  const std::string id = Record(server_, Quoted("aws"));
  Redact("article");
  v1::CorrectDisclosureRequest correction;
  *correction.mutable_change() = Redaction("article").change();
  correction.set_disclosure_id(id);
  correction.set_expected_revision(1);
  *correction.mutable_disclosure() = Quoted("aws");
  correction.mutable_disclosure()->mutable_amount()->mutable_stated()->set_value("5");
  EXPECT_EQ(Refused(server_, &Stub::CorrectDisclosure, correction).reason, "REVISION_CHANGED");
  correction.set_expected_revision(2);
  correction.mutable_disclosure()->clear_quote();
  EXPECT_EQ(Ask(server_, &Stub::CorrectDisclosure, correction).disclosure().revision(), 3u);
}

TEST_F(RedactionTest, SaysWhatIsMissing) {
  EXPECT_THAT(Refused(server_, &Stub::RedactSource, v1::RedactSourceRequest()).fields,
              ElementsAre("change.actor", "change.reason", "source_id"));
  const Failure unknown = Refused(server_, &Stub::RedactSource, Redaction("nobody", "r"));
  EXPECT_EQ(unknown.code, absl::StatusCode::kNotFound);
  EXPECT_EQ(unknown.reason, "SOURCE_NOT_FOUND");
  EXPECT_EQ(unknown.metadata.at("source_id"), "nobody");
  // The refusal belongs to the request id.
  Record(server_, Quoted("aws", "nobody"));
  EXPECT_EQ(Refused(server_, &Stub::RedactSource, Redaction("nobody", "r")).reason,
            "SOURCE_NOT_FOUND");
  EXPECT_EQ(Redact("nobody"), 1u);
}

}  // namespace
}  // namespace outlay::ingest
