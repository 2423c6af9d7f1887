#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "tests/ingest/service_support.h"

namespace outlay::ingest {
namespace {

using ::testing::ElementsAre;

class CatalogueTest : public ::testing::Test {
 protected:
  v1::UpsertOrganizationsRequest Organizations(const std::vector<v1::Organization>& entries) {
    v1::UpsertOrganizationsRequest request;
    request.mutable_change()->set_actor("test");
    for (const v1::Organization& entry : entries) *request.add_organizations() = entry;
    return request;
  }

  v1::UpsertGroupsRequest BigTech(const std::vector<std::string>& members) {
    v1::UpsertGroupsRequest request;
    request.mutable_change()->set_actor("test");
    v1::Group* const group = request.add_groups();
    group->set_group_id("big-tech");
    group->add_names()->set_language("en");
    group->mutable_names(0)->set_name("Big Tech");
    for (const std::string& member : members) group->add_organization_ids(member);
    return request;
  }

  IngestServer server_;
};

TEST_F(CatalogueTest, AnEqualEntryChangesNothing) {
  AddCompanies(server_);
  auto request = Organizations({Company("amazon", "Amazon"), Company("alphabet", "Google")});
  const auto response = Ask(server_, &Stub::UpsertOrganizations, request);
  EXPECT_EQ(response.changed_count(), 1u);
  EXPECT_EQ(response.organizations(0).revision(), 1u);
  EXPECT_EQ(response.organizations(0).sequence(), 1u);
  EXPECT_EQ(response.organizations(1).revision(), 2u);
  EXPECT_EQ(response.organizations(1).sequence(), 4u);
  EXPECT_EQ(response.organizations(1).fiscal_year_end(), "12-31");
  EXPECT_EQ(response.stamp().ingest_sequence(), 4u);
}

TEST_F(CatalogueTest, AnEntryMayBeSentBackAsItWasRead) {
  AddCompanies(server_);
  v1::GetOrganizationRequest get;
  get.set_organization_id("microsoft");
  v1::Organization microsoft = Ask(server_, &Stub::GetOrganization, get).organization();
  EXPECT_EQ(Ask(server_, &Stub::UpsertOrganizations, Organizations({microsoft})).changed_count(),
            0u);
  microsoft.set_ticker("MSFT");
  EXPECT_EQ(Ask(server_, &Stub::UpsertOrganizations, Organizations({microsoft}))
                .organizations(0)
                .revision(),
            2u);
}

TEST_F(CatalogueTest, AllOrNone) {
  v1::Organization wrong = Company("b", "B");
  wrong.set_cik("12");
  const Failure failure =
      Refused(server_, &Stub::UpsertOrganizations, Organizations({Company("a", "A"), wrong}));
  EXPECT_EQ(failure.reason, "MALFORMED_CIK");
  EXPECT_THAT(failure.fields, ElementsAre("organizations[1].cik"));
  EXPECT_EQ(Head(server_), 0u);
}

TEST_F(CatalogueTest, ParentsAreKnownAndFormNoCycle) {
  v1::Organization child = Company("aws", "AWS");
  child.set_parent_id("amazon");
  const Failure unknown = Refused(server_, &Stub::UpsertOrganizations, Organizations({child}));
  EXPECT_EQ(unknown.code, absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(unknown.reason, "UNKNOWN_PARENT");
  Ask(server_, &Stub::UpsertOrganizations, Organizations({child, Company("amazon", "Amazon")}));
  v1::Organization parent = Company("amazon", "Amazon");
  parent.set_parent_id("aws");
  const Failure cycle = Refused(server_, &Stub::UpsertOrganizations, Organizations({parent}));
  EXPECT_EQ(cycle.code, absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(cycle.reason, "PARENT_CYCLE");
}

TEST_F(CatalogueTest, ARepeatedRequestGetsWhatItGotThen) {
  auto request = Organizations({Company("a", "A"), Company("b", "B")});
  request.set_request_id("r1");
  Ask(server_, &Stub::UpsertOrganizations, request);
  Ask(server_, &Stub::UpsertOrganizations, Organizations({Company("a", "Another")}));
  const auto again = Ask(server_, &Stub::UpsertOrganizations, request);
  EXPECT_EQ(again.changed_count(), 2u);
  EXPECT_EQ(again.organizations(0).names(0).name(), "A");
  EXPECT_EQ(again.organizations(0).revision(), 1u);
  EXPECT_EQ(Head(server_), 3u);

  // A refusal too, though it would be accepted by now.
  v1::Organization child = Company("c", "C");
  child.set_parent_id("d");
  auto refused = Organizations({child});
  refused.set_request_id("r2");
  EXPECT_EQ(Refused(server_, &Stub::UpsertOrganizations, refused).reason, "UNKNOWN_PARENT");
  Ask(server_, &Stub::UpsertOrganizations, Organizations({Company("d", "D")}));
  EXPECT_EQ(Refused(server_, &Stub::UpsertOrganizations, refused).reason, "UNKNOWN_PARENT");

  // And a success that would be refused by now.
  v1::Organization keyed = Company("e", "E");
  keyed.set_cik("0000000001");
  auto first = Organizations({keyed});
  first.set_request_id("r3");
  Ask(server_, &Stub::UpsertOrganizations, first);
  v1::Organization taker = Company("f", "F");
  taker.set_cik("0000000001");
  Ask(server_, &Stub::UpsertOrganizations, Organizations({Company("e", "E"), taker}));
  EXPECT_EQ(Ask(server_, &Stub::UpsertOrganizations, first).organizations(0).cik(), "0000000001");
}

TEST_F(CatalogueTest, GroupsHaveRevisionsToo) {
  AddCompanies(server_);
  EXPECT_EQ(Ask(server_, &Stub::UpsertGroups, BigTech({"amazon"})).groups(0).sequence(), 4u);
  EXPECT_EQ(Ask(server_, &Stub::UpsertGroups, BigTech({"amazon"})).changed_count(), 0u);
  EXPECT_EQ(Ask(server_, &Stub::UpsertGroups, BigTech({"amazon", "alphabet"})).changed_count(), 1u);
  v1::GetGroupRequest get;
  get.set_group_id("big-tech");
  EXPECT_THAT(Ask(server_, &Stub::GetGroup, get).group().organization_ids(),
              ElementsAre("amazon", "alphabet"));
  get.mutable_as_of()->set_recorded_sequence(4);
  EXPECT_THAT(Ask(server_, &Stub::GetGroup, get).group().organization_ids(), ElementsAre("amazon"));
  EXPECT_EQ(Ask(server_, &Stub::ListGroups, v1::ListGroupsRequest()).groups_size(), 1);

  const Failure failure = Refused(server_, &Stub::UpsertGroups, BigTech({"amazon", "gogle"}));
  EXPECT_EQ(failure.code, absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(failure.reason, "UNKNOWN_ORGANIZATION");
  EXPECT_THAT(failure.fields, ElementsAre("groups[0].organization_ids[1]"));
}

class CatalogueAtOnceTest : public CatalogueTest {
 protected:
  v1::UpsertOrganizationsRequest Both(const std::vector<v1::Organization>& organizations,
                                      const std::vector<std::string>& members) {
    v1::UpsertOrganizationsRequest request = Organizations(organizations);
    *request.mutable_groups() = BigTech(members).groups();
    return request;
  }
};

TEST_F(CatalogueAtOnceTest, AGroupMayNameOrganizationsOfItsOwnRequest) {
  const auto both = Both({Company("a", "A"), Company("b", "B")}, {"b", "a"});
  const auto response = Ask(server_, &Stub::UpsertOrganizations, both);
  EXPECT_EQ(response.organizations_size(), 2);
  EXPECT_EQ(response.changed_count(), 2u);
  ASSERT_EQ(response.groups_size(), 1);
  EXPECT_EQ(response.groups(0).sequence(), 3u);
  EXPECT_EQ(response.changed_group_count(), 1u);
  EXPECT_EQ(response.stamp().ingest_sequence(), 3u);
  const auto again = Ask(server_, &Stub::UpsertOrganizations, both);
  EXPECT_EQ(again.changed_count() + again.changed_group_count(), 0u);
  EXPECT_EQ(Head(server_), 3u);
}

TEST_F(CatalogueAtOnceTest, ARefusedGroupKeepsTheOrganizationsOutToo) {
  const Failure unknown =
      Refused(server_, &Stub::UpsertOrganizations, Both({Company("a", "A")}, {"a", "b"}));
  EXPECT_EQ(unknown.code, absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(unknown.reason, "UNKNOWN_ORGANIZATION");
  EXPECT_THAT(unknown.fields, ElementsAre("groups[0].organization_ids[1]"));
  EXPECT_EQ(Head(server_), 0u);
}

TEST_F(CatalogueAtOnceTest, WhatIsWrongWithBothIsSaidAtOnce) {
  v1::Organization wrong = Company("a", "A");
  wrong.set_cik("12");
  auto request = Both({wrong}, {"a"});
  request.mutable_groups(0)->set_group_id("Big Tech");
  EXPECT_THAT(Refused(server_, &Stub::UpsertOrganizations, request).fields,
              ElementsAre("organizations[0].cik", "groups[0].group_id"));
  v1::Organization orphan = Company("a", "A");
  orphan.set_parent_id("z");
  EXPECT_THAT(Refused(server_, &Stub::UpsertOrganizations, Both({orphan}, {"b"})).fields,
              ElementsAre("organizations[0].parent_id", "groups[0].organization_ids[0]"));
  EXPECT_EQ(Head(server_), 0u);
}

TEST_F(CatalogueAtOnceTest, ARepeatedRequestGetsItsGroupsToo) {
  auto request = Both({Company("a", "A")}, {"a"});
  request.set_request_id("r1");
  const auto first = Ask(server_, &Stub::UpsertOrganizations, request);
  EXPECT_EQ(Ask(server_, &Stub::UpsertOrganizations, request).SerializeAsString(),
            first.SerializeAsString());
  request.mutable_groups(0)->mutable_names(0)->set_name("Other");
  EXPECT_EQ(Refused(server_, &Stub::UpsertOrganizations, request).reason, "REQUEST_ID_REUSED");
}

TEST_F(CatalogueAtOnceTest, GroupsMayComeAloneAndNothingMayNot) {
  Ask(server_, &Stub::UpsertOrganizations, Organizations({Company("a", "A")}));
  EXPECT_EQ(Ask(server_, &Stub::UpsertOrganizations, Both({}, {"a"})).changed_group_count(), 1u);
  EXPECT_EQ(Refused(server_, &Stub::UpsertOrganizations, Organizations({})).reason, "EMPTY_BATCH");
  EXPECT_EQ(Refused(server_, &Stub::UpsertGroups, v1::UpsertGroupsRequest()).reason, "EMPTY_BATCH");
  auto many = Both({}, {"a"});
  for (int i = 0; i < 1'000; ++i) *many.add_groups() = many.groups(0);
  EXPECT_EQ(Refused(server_, &Stub::UpsertOrganizations, many).reason, "BATCH_TOO_LARGE");
}

// Each would be right alone: together a cycle. One of the two must be refused.
TEST_F(CatalogueTest, TwoWritersAtOnceCannotMakeACycle) {
  Ask(server_, &Stub::UpsertOrganizations, Organizations({Company("a", "A"), Company("b", "B")}));
  v1::Organization a = Company("a", "A");
  a.set_parent_id("b");
  v1::Organization b = Company("b", "B");
  b.set_parent_id("a");
  Failure of_a;
  std::thread writer(
      [&] { of_a = Refused(server_, &Stub::UpsertOrganizations, Organizations({a})); });
  const Failure of_b = Refused(server_, &Stub::UpsertOrganizations, Organizations({b}));
  writer.join();
  EXPECT_NE(of_a.reason == "PARENT_CYCLE", of_b.reason == "PARENT_CYCLE");
}

}  // namespace
}  // namespace outlay::ingest
