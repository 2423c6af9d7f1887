// The messages of a feed, as a client parses them: by those of SubscribeChanges.
#include "services/common/feed/encoder_proto.h"

#include <gtest/gtest.h>

#include "outlay/ingest/v1/ingest_service.pb.h"
#include "services/common/rpc/message_bytes.h"
#include "services/common/time/instant.h"

namespace outlay::feed {
namespace {

using Response = ingest::v1::SubscribeChangesResponse;

constexpr Fields kFields = {.batch = 1,
                            .caught_up_sequence = 2,
                            .heartbeat_sequence = 3,
                            .changes = 1,
                            .last_checksum = 2,
                            .sequence = 1,
                            .recorded_time = 2,
                            .change = 3};

Response Read(const grpc::ByteBuffer& bytes) {
  Response response;
  EXPECT_TRUE(rpc::FromBytes(bytes, "test", response).ok());
  return response;
}

// A recorded disclosure whose quote, where there is one, is kept apart, as ingest stores it.
journal::Entry Entry(uint64_t sequence, const std::string& organization_id,
                     const std::string& quote = "") {
  ingest::v1::Change change;
  change.mutable_disclosure_recorded()->set_organization_id(organization_id);
  ingest::v1::Change apart;
  if (!quote.empty()) apart.mutable_disclosure_recorded()->set_quote(quote);
  journal::Entry entry;
  entry.sequence = sequence;
  entry.recorded_at = time::ParseInstant("2025-03-15T12:00:00.000000250Z").value();
  entry.payload = change.SerializeAsString();
  entry.erasable = apart.SerializeAsString();
  entry.checksum = 1'000 + sequence;
  return entry;
}

std::string AddId(const journal::Entry& entry) {
  ingest::v1::Change added;
  added.mutable_disclosure_recorded()->set_disclosure_id("d-" + std::to_string(entry.sequence));
  return added.SerializeAsString();
}

TEST(Encoder, EntriesGoOutAsTheyAreStoredWithTheirPlace) {
  const Response response =
      Read(Encoder(kFields).Batch({Entry(7, "amazon"), Entry(8, "meta", "won")}));
  ASSERT_EQ(response.batch().changes_size(), 2);
  const ingest::v1::SequencedChange& first = response.batch().changes(0);
  EXPECT_EQ(first.sequence(), 7u);
  EXPECT_EQ(first.recorded_time().seconds(), 1'742'040'000);
  EXPECT_EQ(first.change().disclosure_recorded().organization_id(), "amazon");
  EXPECT_EQ(first.change().disclosure_recorded().disclosure_id(), "");
  const ingest::v1::SequencedChange& second = response.batch().changes(1);
  EXPECT_EQ(second.sequence(), 8u);
  EXPECT_EQ(second.change().disclosure_recorded().organization_id(), "meta");
  EXPECT_EQ(second.change().disclosure_recorded().quote(), "won");
  EXPECT_EQ(response.batch().last_checksum(), 1'008u);
}

TEST(Encoder, WhatIsAddedJoinsTheStoredMessage) {
  const Response response = Read(Encoder(kFields, AddId).Batch({Entry(9, "amazon", "q")}));
  const ingest::v1::Disclosure& disclosure =
      response.batch().changes(0).change().disclosure_recorded();
  EXPECT_EQ(disclosure.organization_id(), "amazon");
  EXPECT_EQ(disclosure.quote(), "q");
  EXPECT_EQ(disclosure.disclosure_id(), "d-9");
}

// Of an empty journal too: that it is there says something.
TEST(Encoder, MarksSayTheirSequence) {
  for (const uint64_t sequence : {uint64_t{0}, uint64_t{1} << 40}) {
    const Response caught_up = Read(Encoder(kFields).CaughtUp(sequence));
    ASSERT_TRUE(caught_up.has_caught_up_sequence());
    EXPECT_EQ(caught_up.caught_up_sequence(), sequence);
    const Response heartbeat = Read(Encoder(kFields).Heartbeat(sequence));
    ASSERT_TRUE(heartbeat.has_heartbeat_sequence());
    EXPECT_EQ(heartbeat.heartbeat_sequence(), sequence);
  }
}

}  // namespace
}  // namespace outlay::feed
