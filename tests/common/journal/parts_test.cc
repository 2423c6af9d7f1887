// The parts that engines share: results as bytes, recent entries, the key index, checksums.
#include <gtest/gtest.h>

#include <set>

#include "services/common/journal/checksum.h"
#include "services/common/journal/key_index.h"
#include "services/common/journal/postgres_url.h"
#include "services/common/journal/recent_entries.h"
#include "services/common/journal/request_results.h"
#include "services/common/journal/store_address.h"
#include "tests/common/journal/support.h"

namespace outlay::journal {
namespace {

TEST(RequestResults, ComeBackAsTheyWere) {
  const std::vector<RecordResult> results = {
      {Disposition::kAppended, 5, ""},     {Disposition::kAppended, 6, ""},
      {Disposition::kReplayed, 2, ""},     {Disposition::kReplayed, 2, ""},
      {Disposition::kConflict, 0, ""},     {Disposition::kConflict, 1u << 30, ""},
      {Disposition::kRejected, 0, "why"},  {Disposition::kRejected, 0, "why"},
      {Disposition::kNotAttempted, 0, ""}, {Disposition::kNotAttempted, 0, ""},
  };
  EXPECT_EQ(DecodeResults(EncodeResults(results)), results);
  EXPECT_EQ(DecodeResults(EncodeResults({})), std::vector<RecordResult>());
}

TEST(RequestResults, ABatchAppendedWholeTakesAFewBytes) {
  std::vector<RecordResult> results;
  for (uint64_t i = 0; i < 10'000; ++i) results.push_back({Disposition::kAppended, 300 + i, ""});
  EXPECT_EQ(EncodeResults(results).size(), 6u);
  EXPECT_EQ(DecodeResults(EncodeResults(results)), results);
}

TEST(RequestResults, OtherBytesAreRefused) {
  EXPECT_EQ(DecodeResults("\x09"), std::nullopt);
  EXPECT_EQ(DecodeResults(std::string_view("\x01\x01\x01", 3)), std::nullopt);
  EXPECT_EQ(DecodeResults(std::string_view("\x00\x01\x01\x00", 4)), std::nullopt);
  EXPECT_EQ(DecodeResults(std::string_view("\x06\x01\x01\x00", 4)), std::nullopt);
  EXPECT_EQ(DecodeResults(std::string_view("\x04\x01\x00\x05why", 7)), std::nullopt);
  EXPECT_EQ(DecodeResults(std::string_view("\x01\xff\xff\xff\xff\xff\x7f\x01\x00", 9)),
            std::nullopt);
  EXPECT_EQ(DecodeResults(std::string(30, '\xff')), std::nullopt);
}

std::vector<Entry> Entries(uint64_t from, uint64_t to, size_t payload_bytes) {
  std::vector<Entry> entries;
  for (uint64_t i = from; i <= to; ++i) {
    entries.push_back({.sequence = i, .payload = std::string(payload_bytes, 'x')});
  }
  return entries;
}

std::vector<uint64_t> Sequences(const std::optional<std::vector<Entry>>& entries) {
  std::vector<uint64_t> sequences;
  if (!entries) return {0};
  for (const Entry& entry : *entries) sequences.push_back(entry.sequence);
  return sequences;
}

TEST(RecentEntries, KeepTheNewestWithinTheirBound) {
  RecentEntries recent(3 * (100 + sizeof(Entry)));
  recent.Append(Entries(1, 5, 100));
  const ReadBounds all{.last_sequence = 100, .entries_max = 100, .bytes_max = 10'000};
  EXPECT_EQ(Sequences(recent.Read(2, all)), (std::vector<uint64_t>{3, 4, 5}));
  EXPECT_EQ(Sequences(recent.Read(4, all)), (std::vector<uint64_t>{5}));
  EXPECT_EQ(recent.Read(1, all), std::nullopt);
  EXPECT_EQ(recent.Read(5, all), std::nullopt);
}

TEST(RecentEntries, KeepToTheBoundsOfARead) {
  RecentEntries recent(1 << 20);
  recent.Append(Entries(1, 9, 100));
  EXPECT_EQ(Sequences(recent.Read(0, {.last_sequence = 2, .entries_max = 9, .bytes_max = 9999})),
            (std::vector<uint64_t>{1, 2}));
  EXPECT_EQ(Sequences(recent.Read(3, {.last_sequence = 9, .entries_max = 2, .bytes_max = 9999})),
            (std::vector<uint64_t>{4, 5}));
  EXPECT_EQ(Sequences(recent.Read(3, {.last_sequence = 9, .entries_max = 9, .bytes_max = 299})),
            (std::vector<uint64_t>{4, 5}));
  EXPECT_EQ(Sequences(recent.Read(3, {.last_sequence = 9, .entries_max = 9, .bytes_max = 1})),
            (std::vector<uint64_t>{4}));
}

TEST(RecentEntries, StartAnewAfterAGap) {
  RecentEntries recent(1 << 20);
  recent.Append(Entries(1, 3, 1));
  recent.Append(Entries(5, 6, 1));
  const ReadBounds all{.last_sequence = 100, .entries_max = 100, .bytes_max = 10'000};
  EXPECT_EQ(recent.Read(0, all), std::nullopt);
  EXPECT_EQ(recent.Read(3, all), std::nullopt);
  EXPECT_EQ(Sequences(recent.Read(4, all)), (std::vector<uint64_t>{5, 6}));
}

TEST(RecentEntries, AnEntryLargerThanTheBoundIsNotKept) {
  RecentEntries recent(100);
  recent.Append(Entries(1, 1, 1000));
  EXPECT_EQ(recent.Read(0, {.last_sequence = 1}), std::nullopt);
}

TEST(KeyIndex, RollbackForgetsWhatWasNotCommitted) {
  KeyIndex index;
  index.Insert(index.HashOf("a"), 1);
  index.Commit();
  index.Insert(index.HashOf("a"), 9);  // the first wins
  index.Insert(index.HashOf("b"), 2);
  EXPECT_EQ(index.Find(index.HashOf("b")), 2u);
  index.Rollback();
  EXPECT_EQ(index.Find(index.HashOf("a")), 1u);
  EXPECT_EQ(index.Find(index.HashOf("b")), std::nullopt);
}

TEST(KeyIndex, AClaimFindsTheHolderOrTakesTheKey) {
  KeyIndex index;
  EXPECT_EQ(index.Claim(index.HashOf("a"), 1), std::nullopt);
  EXPECT_EQ(index.Claim(index.HashOf("a"), 2), 1u);
  const size_t before = index.uncommitted();
  EXPECT_EQ(index.Claim(index.HashOf("b"), 2), std::nullopt);
  index.RollbackTo(before);
  EXPECT_EQ(index.Claim(index.HashOf("b"), 3), std::nullopt);
  EXPECT_EQ(index.Claim(index.HashOf("a"), 4), 1u);
}

TEST(SharedBytes, PartsKeepWhatTheyLieIn) {
  SharedBytes key;
  SharedBytes payload;
  {
    const auto both = std::make_shared<const std::string>("key and payload");
    key = SharedBytes(std::string_view(*both).substr(0, 3), both);
    payload = SharedBytes(std::string_view(*both).substr(8), both);
  }
  const SharedBytes copy = payload;
  payload = SharedBytes();
  EXPECT_EQ(key, "key");
  EXPECT_EQ(copy, "payload");
  EXPECT_TRUE(payload.empty());
  EXPECT_EQ(SharedBytes(std::string("own")), SharedBytes("own"));
}

TEST(EntryChecksum, DependsOnEveryFieldAndOnTheEntryBefore) {
  const EntryFields entry{
      .sequence = 1, .recorded_at_us = 2, .fingerprint = 3, .key = "k", .payload = "p"};
  std::set<uint64_t> checksums = {EntryChecksum(0, entry), EntryChecksum(1, entry)};
  const auto with = [&](auto change) {
    EntryFields changed = entry;
    change(changed);
    checksums.insert(EntryChecksum(0, changed));
  };
  with([](EntryFields& e) { e.sequence = 2; });
  with([](EntryFields& e) { e.recorded_at_us = 3; });
  with([](EntryFields& e) { e.fingerprint = 2; });
  with([](EntryFields& e) { e.key = "l"; });
  with([](EntryFields& e) { e.payload = "q"; });
  with([](EntryFields& e) { e.key = "kp", e.payload = ""; });
  with([](EntryFields& e) { e.key = "", e.payload = "kp"; });
  EXPECT_EQ(checksums.size(), 9u);
}

// Stored for ever: these change only when every stored journal becomes unreadable.
TEST(EntryChecksum, IsTheSameForEver) {
  EXPECT_EQ(EntryChecksum(kEntryGenesis, {.sequence = 1,
                                          .recorded_at_us = 1'740'000'000'000'000,
                                          .fingerprint = 42,
                                          .key = "key",
                                          .payload = "payload"}),
            8079473468568605479u);
  EXPECT_EQ(RequestChecksum(kRequestGenesis, {.ordinal = 1,
                                              .recorded_at_us = 1'740'000'000'000'000,
                                              .fingerprint = 42,
                                              .first_sequence = 1,
                                              .id = "id",
                                              .results = "results"}),
            10313213700151956759u);
  EXPECT_EQ(Fingerprint("content"), 6193209363630369380u);
}

TEST(StoreAddress, IsADirectoryForSqliteOrAUrl) {
  const auto sqlite = ParseStoreAddress("sqlite:./data/ingest");
  ASSERT_TRUE(sqlite.ok());
  EXPECT_EQ(std::get<SqliteAddress>(*sqlite).directory, "./data/ingest");
  for (const char* url : {"postgres://me@host/db", "postgresql:///db?host=/run/postgresql"}) {
    const auto postgres = ParseStoreAddress(url);
    ASSERT_TRUE(postgres.ok()) << postgres.status();
    EXPECT_EQ(std::get<PostgresAddress>(*postgres).url, url);
  }
  for (const char* wrong : {"", "sqlite:", "data/ingest", "mysql://host/db",
                            "postgres://me:secret@host:port/%zz", "host=db.example"}) {
    const absl::Status status = ParseStoreAddress(wrong).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << wrong;
    EXPECT_EQ(ReasonOf(status), "JOURNAL_OPTION_INVALID");
    EXPECT_EQ(status.ToString().find("secret"), std::string::npos);
  }
}

// What libpq would take for a host, a port or a database.
TEST(StoreAddress, APasswordThatIsNotEncodedIsRefusedAndNotRepeated) {
  for (const char* wrong :
       {"postgres://user:sec@ret@127.0.0.1:1/db", "postgres://user:sec/ret@127.0.0.1:1/db",
        "postgres://user:sec?ret@127.0.0.1:1/db", "postgres://user:sec?user=ret@127.0.0.1:1/db",
        "postgres://user:secret", "postgres://user:sec/ret", "postgres://sec:re/t@h/db"}) {
    const absl::Status status = ParseStoreAddress(wrong).status();
    EXPECT_EQ(ReasonOf(status), "JOURNAL_OPTION_INVALID") << wrong;
    const std::string text = status.ToString();
    EXPECT_NE(text.find("percent-encoded"), std::string::npos) << text;
    EXPECT_EQ(text.find("sec"), std::string::npos) << text;
    EXPECT_EQ(text.find("ret"), std::string::npos) << text;
  }
  for (const char* right :
       {"postgres://user:sec%40r%2Fet@127.0.0.1:1/db", "postgres://user:se:cret@127.0.0.1:1/db",
        "postgres://user:secret@one:1,two:2/db", "postgres://user@%2Frun%2Fpostgresql/db"}) {
    const auto place = DescribePostgresUrl(right);
    ASSERT_TRUE(place.ok()) << place.status();
    EXPECT_EQ(place->find("sec"), std::string::npos) << *place;
  }
}

}  // namespace
}  // namespace outlay::journal
