// Several processes of a service on one PostgreSQL, through gRPC: one order, exact keys, nobody needed.
#include <signal.h>

#include <atomic>
#include <set>
#include <thread>

#include <gtest/gtest.h>

#include "tests/end_to_end/replicas_fixture.h"

namespace outlay::tests {
namespace {

grpc::Status Record(IngestService::Stub& stub, const std::string& key, int64_t amount,
                    ingest::v1::RecordDisclosuresResponse& response) {
  ingest::v1::RecordDisclosuresRequest request;
  request.mutable_change()->set_actor("test");
  request.add_entries()->set_idempotency_key(key);
  *request.mutable_entries(0)->mutable_disclosure() = Guidance(amount);
  response.Clear();
  return stub.RecordDisclosures(Context().get(), request, &response);
}

// What a subscriber of one replica sees up to `end`, one serialized change each.
std::vector<std::string> Feed(IngestService::Stub& stub, uint64_t end) {
  const std::unique_ptr<grpc::ClientContext> context = Context();
  const auto reader = stub.SubscribeChanges(context.get(), {});
  ingest::v1::SubscribeChangesResponse message;
  std::vector<std::string> seen;
  while (seen.size() < end && reader->Read(&message)) {
    for (const ingest::v1::SequencedChange& change : message.batch().changes()) {
      EXPECT_EQ(change.sequence(), seen.size() + 1);
      seen.push_back(change.SerializeAsString());
    }
  }
  context->TryCancel();
  return seen;
}

TEST_F(Replicas, TwoIngestsGiveOneOrderAndOneOfThemCanDie) {
  constexpr int kKeys = 40;
  const auto one = IngestService::NewStub(Start("outlay-ingest").Channel());
  const auto two = IngestService::NewStub(Start("outlay-ingest").Channel());
  ASSERT_TRUE(Upsert(*one, Company("amazon", "")).ok());
  // Every key is sent to both.
  std::atomic<int> recorded = 0;
  const auto write = [&](IngestService::Stub& stub) {
    for (int i = 0; i < kKeys; ++i) {
      ingest::v1::RecordDisclosuresResponse response;
      const grpc::Status status = Record(stub, fmt::format("key {}", i), 1'000 + i, response);
      ASSERT_TRUE(status.ok()) << status.error_message();
      recorded += response.results(0).status() == ::outlay::journal::v1::RECORD_STATUS_RECORDED;
      // Reads after the acknowledgement see it.
      ingest::v1::GetDisclosureRequest get;
      get.set_disclosure_id(response.results(0).disclosure_id());
      ingest::v1::GetDisclosureResponse stored;
      EXPECT_TRUE(stub.GetDisclosure(Context().get(), get, &stored).ok());
    }
  };
  std::thread other([&] { write(*two); });
  write(*one);
  other.join();
  EXPECT_EQ(recorded, kKeys);
  const std::vector<std::string> feed = Feed(*one, kKeys + 1);
  EXPECT_EQ(feed.size(), kKeys + 1u);
  EXPECT_EQ(Feed(*two, kKeys + 1), feed);

  servers_[0]->process().Signal(SIGKILL);
  servers_[0]->process().Wait(seconds(20));
  ingest::v1::RecordDisclosuresResponse response;
  ASSERT_TRUE(Record(*two, "later", 5, response).ok());
  const auto three = IngestService::NewStub(Start("outlay-ingest").Channel());
  EXPECT_EQ(Feed(*three, kKeys + 2), Feed(*two, kKeys + 2));
}

// A replica that has not looked at the database yet does not take a subscriber of another for lost.
TEST_F(Replicas, ASubscriberGoesOnAtAnotherReplicaWhereItStopped) {
  const auto one = IngestService::NewStub(Start("outlay-ingest").Channel());
  const auto two =
      IngestService::NewStub(Start("outlay-ingest", {"--store-follow-ms=60000"}).Channel());
  ASSERT_TRUE(Upsert(*one, Company("amazon", "")).ok());
  ASSERT_TRUE(Upsert(*one, Company("alphabet", "")).ok());
  const std::unique_ptr<grpc::ClientContext> context = Context();
  ingest::v1::SubscribeChangesRequest request;
  request.set_after_sequence(2);
  const auto reader = two->SubscribeChanges(context.get(), request);
  ingest::v1::SubscribeChangesResponse message;
  ASSERT_TRUE(reader->Read(&message)) << reader->Finish().error_message();
  EXPECT_EQ(message.caught_up_sequence(), 2u);
  context->TryCancel();
}

// What one has acknowledged, the other judges by: an organization, a record, its revision.
TEST_F(Replicas, AWriteAfterAnothersAcknowledgementIsJudgedByIt) {
  const auto one = IngestService::NewStub(Start("outlay-ingest").Channel());
  const auto two =
      IngestService::NewStub(Start("outlay-ingest", {"--store-follow-ms=60000"}).Channel());
  ASSERT_TRUE(Upsert(*one, Company("amazon", "")).ok());
  ingest::v1::RecordDisclosuresResponse recorded;
  const grpc::Status status = Record(*two, "key", 1'000, recorded);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(recorded.results(0).sequence(), 2u);
  ASSERT_TRUE(Record(*one, "third key", 1'500, recorded).ok());
  ingest::v1::VoidDisclosureRequest mistaken;
  mistaken.mutable_change()->set_actor("test");
  mistaken.mutable_change()->set_reason("entered in error");
  mistaken.set_disclosure_id(recorded.results(0).disclosure_id());
  mistaken.set_expected_revision(1);
  ingest::v1::VoidDisclosureResponse voided;
  const grpc::Status revoked = two->VoidDisclosure(Context().get(), mistaken, &voided);
  EXPECT_TRUE(revoked.ok()) << revoked.error_message();
  EXPECT_EQ(voided.stamp().ingest_sequence(), 4u);

  ASSERT_TRUE(Record(*one, "other key", 2'000, recorded).ok());
  const std::string id = recorded.results(0).disclosure_id();
  for (IngestService::Stub* stub : {two.get(), one.get(), two.get()}) {
    ingest::v1::CorrectDisclosureRequest request;
    request.mutable_change()->set_actor("test");
    request.mutable_change()->set_reason("a misprint");
    request.set_disclosure_id(id);
    request.set_expected_revision(++revision_);
    *request.mutable_disclosure() = Guidance(3'000 + revision_);
    ingest::v1::CorrectDisclosureResponse response;
    const grpc::Status corrected = stub->CorrectDisclosure(Context().get(), request, &response);
    EXPECT_TRUE(corrected.ok()) << corrected.error_message();
  }
}

// A claim corrected to speak of a group that another replica has just added.
TEST_F(Replicas, ACorrectionIsCheckedAgainstTheCatalogueOfAll) {
  const auto one = IngestService::NewStub(Start("outlay-ingest").Channel());
  const auto stale =
      IngestService::NewStub(Start("outlay-ingest", {"--store-follow-ms=60000"}).Channel());
  ASSERT_TRUE(Upsert(*stale, Company("amazon", "")).ok());
  ingest::v1::RecordDisclosuresRequest request;
  request.mutable_change()->set_actor("test");
  ingest::v1::Disclosure& claim = *request.add_entries()->mutable_disclosure();
  claim = Guidance(320);
  claim.set_claim_kind(ingest::v1::CLAIM_KIND_TOTAL);
  claim.clear_organization_id();
  claim.set_group_id("hyperscalers");
  ASSERT_EQ(UpsertGroup(*stale, "A"), 1u);
  ingest::v1::RecordDisclosuresResponse recorded;
  ASSERT_TRUE(stale->RecordDisclosures(Context().get(), request, &recorded).ok());

  ingest::v1::UpsertGroupsRequest groups = Hyperscalers("B");
  groups.mutable_groups(0)->set_group_id("newcomers");
  ingest::v1::UpsertGroupsResponse upserted;
  ASSERT_TRUE(one->UpsertGroups(Context().get(), groups, &upserted).ok());
  ingest::v1::CorrectDisclosureRequest correction;
  correction.mutable_change()->set_actor("test");
  correction.mutable_change()->set_reason("another group");
  correction.set_disclosure_id(recorded.results(0).disclosure_id());
  correction.set_expected_revision(1);
  *correction.mutable_disclosure() = claim;
  correction.mutable_disclosure()->set_group_id("newcomers");
  ingest::v1::CorrectDisclosureResponse corrected;
  const grpc::Status status = stale->CorrectDisclosure(Context().get(), correction, &corrected);
  EXPECT_TRUE(status.ok()) << status.error_message();
}

// What a replica takes for unchanged may have been changed by another, and is then changed back.
TEST_F(Replicas, AnUpsertOfWhatWasIsNoReplayWhereAnotherHasChangedIt) {
  const auto one = IngestService::NewStub(Start("outlay-ingest").Channel());
  const auto stale =
      IngestService::NewStub(Start("outlay-ingest", {"--store-follow-ms=60000"}).Channel());
  ASSERT_TRUE(Upsert(*stale, Company("amazon", "")).ok());
  ASSERT_EQ(UpsertGroup(*stale, "A"), 1u);
  ASSERT_EQ(UpsertGroup(*one, "B"), 2u);
  EXPECT_EQ(UpsertGroup(*stale, "A"), 3u);
  EXPECT_EQ(UpsertGroup(*one, "B"), 4u);
  EXPECT_EQ(UpsertGroup(*stale, "C"), 5u);

  ingest::v1::Organization renamed = Company("amazon", "");
  renamed.mutable_names(0)->set_name("Amazon");
  ASSERT_TRUE(Upsert(*one, renamed).ok());
  ingest::v1::UpsertOrganizationsResponse response;
  ASSERT_TRUE(Upsert(*stale, Company("amazon", ""), response).ok());
  EXPECT_EQ(response.organizations(0).revision(), 3u);
}

TEST_F(Replicas, GroupUpsertsAtOnceAreAllStoredOneAfterAnother) {
  const auto one = IngestService::NewStub(Start("outlay-ingest").Channel());
  const auto two = IngestService::NewStub(Start("outlay-ingest").Channel());
  ASSERT_TRUE(Upsert(*one, Company("amazon", "")).ok());
  std::set<uint32_t> revisions;
  for (int round = 0; round < 20; ++round) {
    uint32_t of_one = 0;
    std::thread other([&] {
      of_one = UpsertGroup(*one, fmt::format("one {}", round), fmt::format("one {}", round));
    });
    revisions.insert(UpsertGroup(*two, fmt::format("two {}", round), fmt::format("two {}", round)));
    other.join();
    revisions.insert(of_one);
  }
  EXPECT_EQ(revisions.size(), 40u);
  EXPECT_EQ(*revisions.rbegin(), 40u);
}

TEST_F(Replicas, OfTwoCorrectionsAtOnceOneWins) {
  const auto one = IngestService::NewStub(Start("outlay-ingest").Channel());
  const auto two = IngestService::NewStub(Start("outlay-ingest").Channel());
  ASSERT_TRUE(Upsert(*one, Company("amazon", "")).ok());
  for (int round = 0; round < 8; ++round) {
    ingest::v1::RecordDisclosuresResponse recorded;
    ASSERT_TRUE(Record(*one, fmt::format("key {}", round), 1'000 + round, recorded).ok());
    const auto correct = [&](IngestService::Stub& stub, int64_t amount) {
      ingest::v1::CorrectDisclosureRequest request;
      request.mutable_change()->set_actor("test");
      request.mutable_change()->set_reason("a misprint");
      request.set_disclosure_id(recorded.results(0).disclosure_id());
      request.set_expected_revision(1);
      *request.mutable_disclosure() = Guidance(amount);
      ingest::v1::CorrectDisclosureResponse response;
      return stub.CorrectDisclosure(Context().get(), request, &response);
    };
    grpc::Status of_one;
    std::thread other([&] { of_one = correct(*one, 7); });
    const grpc::Status of_two = correct(*two, 8);
    other.join();
    EXPECT_NE(of_one.ok(), of_two.ok());
    const grpc::Status& lost = of_one.ok() ? of_two : of_one;
    EXPECT_EQ(lost.error_code(), grpc::StatusCode::FAILED_PRECONDITION) << lost.error_message();
  }
}

// Each would be right alone: together a cycle.
TEST_F(Replicas, TwoIngestsTogetherCannotMakeACycleOfParents) {
  const auto one = IngestService::NewStub(Start("outlay-ingest").Channel());
  const auto two = IngestService::NewStub(Start("outlay-ingest").Channel());
  for (int round = 0; round < 8; ++round) {
    const std::string a = fmt::format("a-{}", round);
    const std::string b = fmt::format("b-{}", round);
    ASSERT_TRUE(Upsert(*one, Company(a, "")).ok());
    ASSERT_TRUE(Upsert(*two, Company(b, "")).ok());
    grpc::Status of_a;
    std::thread other([&] { of_a = Upsert(*one, Company(a, b)); });
    const grpc::Status of_b = Upsert(*two, Company(b, a));
    other.join();
    EXPECT_NE(of_a.ok(), of_b.ok());
    const grpc::Status& lost = of_a.ok() ? of_b : of_a;
    EXPECT_EQ(lost.error_code(), grpc::StatusCode::FAILED_PRECONDITION) << lost.error_message();
  }
}

// What became of it.
::outlay::journal::v1::RecordStatus RecordRate(fx::v1::FxService::Stub& stub,
                                               const std::string& value) {
  fx::v1::RecordRatesRequest request;
  request.mutable_change()->set_actor("test");
  fx::v1::Rate& rate = *request.add_rates();
  rate.set_provider("ecb");
  rate.set_base_currency("EUR");
  rate.set_quote_currency("USD");
  rate.set_fixing_date("2025-02-10");
  rate.set_kind(fx::v1::RATE_KIND_REFERENCE);
  rate.mutable_value()->set_value(value);
  rate.set_unit(1);
  fx::v1::RecordRatesResponse recorded;
  const grpc::Status status = stub.RecordRates(Context().get(), request, &recorded);
  EXPECT_TRUE(status.ok()) << status.error_message();
  return status.ok() ? recorded.results(0).status()
                     : ::outlay::journal::v1::RECORD_STATUS_UNSPECIFIED;
}

TEST_F(Replicas, ARateRecordedAgainAfterAnotherFxCorrectedItIsNoReplay) {
  const auto one = fx::v1::FxService::NewStub(Start("outlay-fx").Channel());
  const auto stale =
      fx::v1::FxService::NewStub(Start("outlay-fx", {"--store-follow-ms=60000"}).Channel());
  ASSERT_EQ(RecordRate(*stale, "1.1"), ::outlay::journal::v1::RECORD_STATUS_RECORDED);
  ASSERT_EQ(RecordRate(*one, "1.2"), ::outlay::journal::v1::RECORD_STATUS_RECORDED);
  EXPECT_EQ(RecordRate(*stale, "1.1"), ::outlay::journal::v1::RECORD_STATUS_RECORDED);
  EXPECT_EQ(RecordRate(*stale, "1.1"), ::outlay::journal::v1::RECORD_STATUS_REPLAYED);
  EXPECT_EQ(RecordRate(*one, "1.1"), ::outlay::journal::v1::RECORD_STATUS_REPLAYED);
}

TEST_F(Replicas, ARateRecordedByOneFxIsReadFromTheOther) {
  const auto one = fx::v1::FxService::NewStub(Start("outlay-fx").Channel());
  const auto two = fx::v1::FxService::NewStub(Start("outlay-fx").Channel());
  ASSERT_EQ(RecordRate(*one, "1.0315"), ::outlay::journal::v1::RECORD_STATUS_RECORDED);
  fx::v1::ListRatesResponse listed;
  const auto end = std::chrono::steady_clock::now() + seconds(20);
  while (listed.rates_size() == 0 && std::chrono::steady_clock::now() < end) {
    fx::v1::ListRatesRequest list;
    list.set_provider("ecb");
    list.set_from_currency("EUR");
    list.set_to_currency("USD");
    list.set_start_date("2025-02-01");
    list.set_end_date("2025-02-28");
    // NOT_FOUND until it has followed.
    (void)two->ListRates(Context().get(), list, &listed);
  }
  EXPECT_EQ(listed.rates_size(), 1);
}

// Of a provider that is not trusted. Its sequence.
uint64_t RecordWon(fx::v1::FxService::Stub& stub, const std::string& date,
                   const std::string& value) {
  fx::v1::RecordRatesRequest request;
  request.mutable_change()->set_actor("test");
  fx::v1::Rate& rate = *request.add_rates();
  rate.set_provider("house");
  rate.set_base_currency("USD");
  rate.set_quote_currency("KRW");
  rate.set_fixing_date(date);
  rate.mutable_value()->set_value(value);
  fx::v1::RecordRatesResponse recorded;
  const grpc::Status status = stub.RecordRates(Context().get(), request, &recorded);
  EXPECT_TRUE(status.ok()) << status.error_message();
  return status.ok() ? recorded.results(0).sequence() : 0;
}

grpc::Status Release(fx::v1::FxService::Stub& stub, uint64_t sequence) {
  fx::v1::ReleaseRateRequest request;
  request.mutable_change()->set_actor("operator");
  request.mutable_change()->set_reason("as announced");
  request.set_sequence(sequence);
  fx::v1::ReleaseRateResponse released;
  return stub.ReleaseRate(Context().get(), request, &released);
}

TEST_F(Replicas, AHeldRateIsReleasedAtAnyFxForAll) {
  const auto one = fx::v1::FxService::NewStub(Start("outlay-fx").Channel());
  const auto stale =
      fx::v1::FxService::NewStub(Start("outlay-fx", {"--store-follow-ms=60000"}).Channel());
  RecordWon(*one, "2025-02-06", "1447");
  const uint64_t held = RecordWon(*one, "2025-02-07", "14.47");
  // It has not followed yet, and looks before it refuses.
  const grpc::Status released = Release(*stale, held);
  EXPECT_TRUE(released.ok()) << released.error_message();
  EXPECT_EQ(Release(*one, held).error_code(), grpc::StatusCode::FAILED_PRECONDITION);
  fx::v1::ListFlaggedRatesResponse listed;
  ASSERT_TRUE(one->ListFlaggedRates(Context().get(), {}, &listed).ok());
  ASSERT_EQ(listed.rates_size(), 1);
  EXPECT_FALSE(listed.rates(0).held());
}

}  // namespace
}  // namespace outlay::tests
