// What every engine promises of bytes that can be erased.
#include <gtest/gtest.h>

#include <future>

#include "tests/common/journal/conformance.h"

namespace outlay::journal {
namespace {

INSTANTIATE_TEST_SUITE_P(Engines, JournalConformance, testing::ValuesIn(EngineKinds()),
                         [](const auto& kind) { return kind.param.name; });

Record Quoting(std::string key, std::string payload, std::string words) {
  Record record = MakeRecord(std::move(key), std::move(payload));
  record.erasable = std::move(words);
  return record;
}

Record Erasing(std::string key, std::vector<uint64_t> sequences) {
  Record record = MakeRecord(std::move(key), "erasure");
  record.erases = std::move(sequences);
  return record;
}

// "words" of every entry, "-" for erased ones.
std::vector<std::string> Words(Journal& journal) {
  std::vector<std::string> words;
  for (const Entry& entry : ReadAll(journal)) {
    EXPECT_TRUE(!entry.erased || entry.erasable.empty());
    words.push_back(entry.erased ? "-" : entry.erasable.str());
  }
  return words;
}

using Texts = std::vector<std::string>;

TEST_P(JournalConformance, ErasableBytesComeBackWithTheirEntry) {
  const std::string bytes("zero \0 and \xff", 12);
  Append("", {Quoting("a", "one", bytes), MakeRecord("b", "two"), Quoting("", "", "x")})
      .IgnoreError();
  EXPECT_EQ(Words(*journal_), (Texts{bytes, "", "x"}));
  Reopen();
  EXPECT_EQ(Words(*journal_), (Texts{bytes, "", "x"}));
}

TEST_P(JournalConformance, ALaterRecordErasesThemAndNothingElse) {
  Append("", {Quoting("a", "one", "words"), Quoting("b", "two", "other words")}).IgnoreError();
  Append("", {Quoting("c", "three", std::string(20'000, 'w'))}).IgnoreError();
  std::vector<Entry> expected = ReadAll(*journal_);
  EXPECT_EQ(Results(Append("", {Erasing("e", {1, 3})})), (std::vector<RecordResult>{Appended(4)}));
  for (const size_t erased : {0, 2}) {
    expected[erased].erasable = {};
    expected[erased].erased = true;
  }
  for (int opened = 0; opened < 2; ++opened) {
    std::vector<Entry> entries = ReadAll(*journal_);
    ASSERT_EQ(entries.size(), 4u);
    entries.pop_back();
    EXPECT_EQ(entries, expected);
    Reopen();
  }
}

TEST_P(JournalConformance, WhatIsErasedIsGoneFromTheMemoryOfTheJournalToo) {
  Record quoting = MakeRecord("a", "one");
  std::weak_ptr<const std::string> words;
  {
    auto shared = std::make_shared<const std::string>("words that are quoted");
    words = shared;
    quoting.erasable = SharedBytes(std::string_view(*shared), shared);
  }
  Append("", {std::move(quoting), MakeRecord("b", "two")}).IgnoreError();
  ASSERT_EQ(Words(*journal_), (Texts{"words that are quoted", ""}));
  Append("", {Erasing("e", {1})}).IgnoreError();
  EXPECT_TRUE(words.expired());
  EXPECT_EQ(Words(*journal_), (Texts{"-", "", ""}));
}

TEST_P(JournalConformance, AnErasureInTheSameCommitAsItsEntryIsLaterAllTheSame) {
  Append("", {Quoting("a", "one", "words")}).IgnoreError();
  const auto first = std::make_shared<std::promise<void>>();
  journal_->Submit(MakeBatch("", {Quoting("b", "two", "words")}),
                   [](const auto& result) { EXPECT_TRUE(result.ok()); });
  journal_->Submit(MakeBatch("", {Erasing("e", {2})}), [first](const auto& result) {
    EXPECT_TRUE(result.ok()) << result.status();
    first->set_value();
  });
  first->get_future().wait();
  EXPECT_EQ(Words(*journal_), (Texts{"words", "-", ""}));
}

TEST_P(JournalConformance, ARecordThatIsNotAppendedErasesNothing) {
  Append("", {Quoting("a", "one", "words"), MakeRecord("e", "erasure"), MakeRecord("f", "other")})
      .IgnoreError();
  Record rejected = Erasing("g", {1});
  rejected.rejection = "no";
  Append("", {Erasing("e", {1}), Erasing("f", {1}), rejected}).IgnoreError();
  Batch atomic = MakeBatch("", {Erasing("h", {1}), MakeRejection("no")});
  atomic.atomic = true;
  journal_->Append(atomic).IgnoreError();
  EXPECT_EQ(Words(*journal_), (Texts{"words", "", ""}));
}

TEST_P(JournalConformance, AReplayBringsNothingBack) {
  Append("r", {Quoting("a", "one", "words")}).IgnoreError();
  Append("", {Erasing("e", {1})}).IgnoreError();
  EXPECT_EQ(Results(Append("", {Quoting("a", "one", "words")})),
            (std::vector<RecordResult>{Replayed(1)}));
  EXPECT_EQ(Results(Append("r", {Quoting("a", "one", "words")})),
            (std::vector<RecordResult>{Appended(1)}));
  Reopen();
  EXPECT_EQ(Results(Append("", {Quoting("a", "one", "words")})),
            (std::vector<RecordResult>{Replayed(1)}));
  EXPECT_EQ(Words(*journal_), (Texts{"-", ""}));
}

TEST_P(JournalConformance, WhatIsErasedAlreadyOrNeverWasIsFine) {
  Append("", {Quoting("a", "one", "words"), MakeRecord("b", "two")}).IgnoreError();
  Append("", {Erasing("e", {1, 1, 2})}).IgnoreError();
  Append("", {Erasing("f", {1, 2})}).IgnoreError();
  Reopen();
  EXPECT_EQ(Words(*journal_), (Texts{"-", "", "", ""}));
}

TEST_P(JournalConformance, AnEntryThatIsNotThereCannotBeErased) {
  Append("", {Quoting("a", "one", "words")}).IgnoreError();
  for (const uint64_t sequence : {uint64_t{0}, uint64_t{2}, ~uint64_t{0}}) {
    const auto refused = Append("r", {MakeRecord("b", "two"), Erasing("e", {1, sequence})});
    EXPECT_EQ(refused.status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_EQ(ReasonOf(refused.status()), "NOTHING_TO_ERASE");
    EXPECT_EQ(MetadataOf(refused.status(), "sequence"), std::to_string(sequence));
  }
  EXPECT_EQ(Words(*journal_), (Texts{"words"}));
  EXPECT_EQ(Results(Append("r", {Erasing("e", {1})})), (std::vector<RecordResult>{Appended(2)}));
}

}  // namespace
}  // namespace outlay::journal
