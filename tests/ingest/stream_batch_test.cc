// A batch of a stream is read where it lies, by rules of protobuf that are written down here: whatever bytes come, both take them or refuse them, and
// read the same.
#include <gtest/gtest.h>

#include <random>
#include <string>

#include "outlay/ingest/v1/ingest_service.pb.h"
#include "services/common/status/error.h"
#include "services/ingest/record_proto.h"
#include "services/ingest/stream_batch_proto.h"

namespace outlay::ingest {
namespace {

// Every field that there is, the output-only ones on request.
void Fill(v1::DisclosureEntry& entry, int number, bool output_only) {
  entry.set_idempotency_key("key " + std::to_string(number));
  v1::Disclosure& disclosure = *entry.mutable_disclosure();
  disclosure.set_organization_id("amazon");
  disclosure.set_group_id("big");
  disclosure.set_scope("aws");
  disclosure.set_measure("capital-expenditure");
  disclosure.set_definition("purchases");
  disclosure.set_basis(v1::BASIS_GUIDANCE);
  disclosure.mutable_period()->set_label("FY2025");
  disclosure.mutable_period()->set_start_date("2025-01-01");
  disclosure.mutable_period()->set_end_date("2026-01-01");
  disclosure.set_period_ambiguous(true);
  money::v1::Amount& amount = *disclosure.mutable_amount();
  amount.set_currency_code("KRW");
  amount.set_bound(money::v1::BOUND_RANGE);
  amount.mutable_low()->set_value("1.5");
  amount.mutable_high()->set_value("2.5");
  amount.mutable_stated()->set_value("");
  amount.set_approximate(true);
  amount.mutable_written_unit()->set_value("0.1");
  disclosure.set_action(v1::STATEMENT_ACTION_REAFFIRMED);
  disclosure.set_claim_kind(v1::CLAIM_KIND_TOTAL);
  disclosure.set_stated_at("2025-02-06");
  disclosure.set_published_at("2025-02-07");
  v1::Source& source = *disclosure.mutable_source();
  source.set_source_id("brunch-2025-02-10");
  source.set_source_class(v1::SOURCE_CLASS_PRESS);
  source.set_title("제목");
  source.set_publisher("p");
  source.set_url("https://example.com");
  source.set_language("ko");
  source.set_accession("0001018724-25-000004");
  source.set_form("10-K");
  disclosure.set_quote("약 1000억 달러\n");
  if (!output_only) return;
  disclosure.set_disclosure_id("d-1");
  disclosure.mutable_period()->set_kind(time::v1::PERIOD_KIND_YEAR);
  disclosure.mutable_period()->set_fiscal(true);
  amount.set_low_implied(true);
  disclosure.set_quote_redacted(true);
  disclosure.set_revision(3);
  disclosure.set_voided(true);
  disclosure.set_sequence(7);
  disclosure.mutable_recorded_time()->set_seconds(1);
  disclosure.mutable_change()->set_actor("somebody");
  disclosure.set_idempotency_key("another");
}

v1::StreamDisclosuresRequest Message() {
  v1::StreamDisclosuresRequest message;
  message.set_batch_number(12);
  message.mutable_change()->set_actor("loader");
  message.mutable_change()->set_reason("why");
  Fill(*message.add_entries(), 1, false);
  message.add_entries();
  message.add_entries()->mutable_disclosure();
  Fill(*message.add_entries(), 2, true);
  return message;
}

// Whether both take the bytes; where they do, that they read the same.
testing::AssertionResult ReadAlike(const std::string& bytes) {
  v1::StreamDisclosuresRequest parsed;
  const bool is_message = parsed.ParseFromString(bytes);
  const absl::StatusOr<StreamBatch> read = ReadStreamBatch(bytes);
  bool is_read = read.ok();
  std::vector<RecordEntry> entries;
  for (size_t i = 0; is_read && i < read->entries.size(); ++i) {
    const absl::StatusOr<RecordEntry> entry = ReadEntry(read->entries[i]);
    is_read = entry.ok();
    if (is_read) entries.push_back(*entry);
  }
  if (is_read != is_message) {
    return testing::AssertionFailure() << (is_message ? "refused" : "taken") << ", other than by "
                                       << "protobuf";
  }
  if (!is_message) return testing::AssertionSuccess();
  if (read->batch_number != parsed.batch_number()) {
    return testing::AssertionFailure() << "batch_number " << read->batch_number;
  }
  if (read->note.has_value() != parsed.has_change() ||
      (read->note && (read->note->actor != parsed.change().actor() ||
                      read->note->reason != parsed.change().reason()))) {
    return testing::AssertionFailure() << "the note differs";
  }
  RecordCommand command;
  SetEntries(parsed.entries(), command);
  if (entries.size() != command.entry_count) {
    return testing::AssertionFailure() << entries.size() << " entries";
  }
  for (size_t i = 0; i < entries.size(); ++i) {
    if (entries[i] != *command.entry(i)) {
      return testing::AssertionFailure() << "entry " << i << " differs";
    }
  }
  return testing::AssertionSuccess();
}

TEST(StreamBatchTest, EveryFieldIsRead) {
  const v1::StreamDisclosuresRequest message = Message();
  const std::string bytes = message.SerializeAsString();
  ASSERT_TRUE(ReadAlike(bytes));
  const StreamBatch batch = *ReadStreamBatch(bytes);
  EXPECT_EQ(batch.batch_number, 12u);
  EXPECT_EQ(batch.note->reason, "why");
  ASSERT_EQ(batch.entries.size(), 4u);
  const DisclosureInput input = *ReadEntry(batch.entries[0])->disclosure;
  EXPECT_EQ(input.source->title, "제목");
  EXPECT_EQ(input.amount->bound, money::Bound::kRange);
  EXPECT_EQ(input.amount->stated, "");
  EXPECT_TRUE(input.output_only_fields.empty());
  EXPECT_EQ(ReadEntry(batch.entries[3])->disclosure->output_only_fields.size(), 10u);
  EXPECT_TRUE(ReadEntry(batch.entries[3])->disclosure->period->as_recorded);
}

TEST(StreamBatchTest, MessagesThatComeInPartsAreOne) {
  v1::StreamDisclosuresRequest second;
  second.mutable_change()->set_reason("another");
  EXPECT_TRUE(ReadAlike(Message().SerializeAsString() + second.SerializeAsString()));

  v1::Disclosure first_part;
  first_part.mutable_period()->set_label("2024");
  first_part.mutable_amount()->mutable_low()->set_value("1");
  first_part.set_voided(true);
  v1::Disclosure second_part;
  second_part.mutable_period()->set_end_date("2025-01-01");
  second_part.mutable_amount()->mutable_high()->set_value("2");
  second_part.mutable_source();
  // An entry whose disclosure occurs twice.
  v1::DisclosureEntry first;
  *first.mutable_disclosure() = first_part;
  v1::DisclosureEntry next;
  *next.mutable_disclosure() = second_part;
  const std::string entry = first.SerializeAsString() + next.SerializeAsString();
  const DisclosureInput input = *ReadEntry(entry)->disclosure;
  EXPECT_EQ(input.period->label, "2024");
  EXPECT_EQ(input.period->end_date, "2025-01-01");
  EXPECT_EQ(input.amount->low, "1");
  EXPECT_EQ(input.amount->high, "2");
  EXPECT_EQ(input.output_only_fields, (std::vector<std::string>{"voided"}));
}

TEST(StreamBatchTest, WhatIsNoMessageIsRefusedBySayingWhatItShouldBe) {
  const std::string whole = Message().SerializeAsString();
  const absl::Status refused = ReadStreamBatch(whole.substr(0, whole.size() - 1)).status();
  EXPECT_EQ(GetErrorDetail(refused).reason, "MALFORMED_REQUEST");
  EXPECT_NE(refused.message().find("StreamDisclosuresRequest"), std::string::npos);
  EXPECT_EQ(GetErrorDetail(ReadEntry("\x0a\xff").status()).reason, "MALFORMED_REQUEST");
  EXPECT_EQ(GetErrorDetail(ReadEntry("\x0a\x01\x80").status()).reason, "MALFORMED_REQUEST")
      << "a text that is not UTF-8";
}

TEST(StreamBatchTest, FieldsThatNobodyKnowsArePassedOver) {
  const std::string message = Message().SerializeAsString();
  const std::string varint("\x78\x05", 2);
  const std::string fixed64("\x79\x01\x02\x03\x04\x05\x06\x07\x08", 9);
  const std::string fixed32("\x7d\x01\x02\x03\x04", 5);
  const std::string bytes("\x7a\x02\xff\xfe", 4);  // not UTF-8, and need not be
  const std::string group("\x7b\x78\x05\x7b\x7c\x7c", 6);
  const std::string known_as_another_type("\x18\x05", 2);  // entries as a number
  for (const std::string& unknown :
       {varint, fixed64, fixed32, bytes, group, known_as_another_type}) {
    EXPECT_TRUE(ReadAlike(unknown + message + unknown));
    EXPECT_TRUE(ReadStreamBatch(unknown + message).ok());
  }
  for (const std::string& wrong :
       {std::string("\x7b\x78\x05", 3), std::string("\x7c", 1), std::string("\x7b\x74", 2),
        std::string("\x00\x00", 2), std::string("\x7f", 1), std::string(11, '\x80'),
        std::string("\x78") + std::string(10, '\xff'), std::string(150, '\x7b')}) {
    EXPECT_TRUE(ReadAlike(message + wrong));
    EXPECT_FALSE(ReadStreamBatch(message + wrong).ok());
  }
}

// A field of bytes, with this tag.
std::string Wrapped(char tag, const std::string& inner) {
  std::string bytes(1, tag);
  size_t left = inner.size();
  for (; left >= 0x80; left >>= 7) bytes.push_back(static_cast<char>((left & 0x7f) | 0x80));
  bytes.push_back(static_cast<char>(left));
  return bytes + inner;
}

TEST(StreamBatchTest, SizesAndDepthsHaveTheBoundsOfProtobuf) {
  const std::string message = Message().SerializeAsString();
  // A size of one in five bytes, in six, and sizes that no field has.
  for (const std::string& field :
       {std::string("\x7a\x81\x80\x80\x80\x00x", 7),
        std::string("\x7a\x81\x80\x80\x80\x80\x00x", 8),
        std::string("\x7a\xff\xff\xff\xff\x7fx", 7), std::string("\x7a\xf0\xff\xff\xff\x07x", 7)}) {
    EXPECT_TRUE(ReadAlike(message + field));
  }
  // Groups that nobody knows, one in the other, in the request and in a decimal of an amount of a disclosure of an entry.
  int taken = 0;
  for (int depth = 90; depth <= 110; ++depth) {
    const std::string groups = std::string(depth, '\x7b') + std::string(depth, '\x7c');
    EXPECT_TRUE(ReadAlike(message + groups)) << depth;
    const std::string entry =
        Wrapped('\x1a', Wrapped('\x12', Wrapped('\x52', Wrapped('\x1a', groups))));
    EXPECT_TRUE(ReadAlike(entry)) << depth;
    v1::StreamDisclosuresRequest parsed;
    taken += parsed.ParseFromString(entry) ? 1 : 0;
  }
  EXPECT_GT(taken, 0);
  EXPECT_LT(taken, 21);
}

TEST(StreamBatchTest, DamagedBytesAreTakenOrRefusedAsProtobufDoes) {
  std::mt19937 random(20'250'210);
  const std::string message = Message().SerializeAsString();
  int taken = 0;
  int refused = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string bytes = message;
    for (int change = 1 + static_cast<int>(random() % 3); change > 0; --change) {
      const size_t at = random() % bytes.size();
      switch (random() % 4) {
        case 0:
          bytes[at] = static_cast<char>(random());
          break;
        case 1:
          bytes[at] = static_cast<char>(bytes[at] ^ (1 << random() % 8));
          break;
        case 2:
          bytes.insert(at, 1, static_cast<char>(random()));
          break;
        default:
          bytes.erase(at, 1 + random() % 3);
      }
    }
    ASSERT_TRUE(ReadAlike(bytes)) << "round " << round;
    (ReadStreamBatch(bytes).ok() ? taken : refused)++;
  }
  EXPECT_GT(taken, 1'000);
  EXPECT_GT(refused, 1'000);
}

}  // namespace
}  // namespace outlay::ingest
