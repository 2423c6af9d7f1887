// Several processes of a service on one PostgreSQL.
#ifndef OUTLAY_TESTS_END_TO_END_REPLICAS_FIXTURE_H_
#define OUTLAY_TESTS_END_TO_END_REPLICAS_FIXTURE_H_

#include <unistd.h>

#include <gtest/gtest.h>

#include "tests/common/journal/postgres_support.h"
#include "tests/end_to_end/cluster.h"
#include "tests/support/guidance.h"

namespace outlay::tests {

using ingest::v1::IngestService;
using journal::PostgresUrl;
using journal::SqlSession;
using journal::WhyNoPostgres;
using std::chrono::seconds;

class Replicas : public testing::Test {
 protected:
  void SetUp() override {
    if (const std::string why = WhyNoPostgres(); !why.empty()) GTEST_SKIP() << why;
    database_ = fmt::format("replicas_{}_{}", getpid(), ++count_);
    SqlSession().Run("CREATE DATABASE " + database_);
  }

  void TearDown() override {
    servers_.clear();
    if (!database_.empty()) SqlSession().Run("DROP DATABASE " + database_ + " WITH (FORCE)");
  }

  std::string Url() const {
    std::string url = PostgresUrl();
    return url.replace(url.find("/postgres?"), 10, "/" + database_ + "?");
  }

  ServerProcess& Start(const std::string& program, std::vector<std::string> flags = {}) {
    return StartOn(Url(), program, std::move(flags));
  }

  ServerProcess& StartOn(const std::string& store, const std::string& program,
                         std::vector<std::string> flags) {
    const std::filesystem::path scratch = folder_.path() / std::to_string(servers_.size());
    std::filesystem::create_directory(scratch);
    flags.insert(flags.end(),
                 {"--listen-address=127.0.0.1:0", "--drain-ms=50", "--store=" + store});
    servers_.push_back(std::make_unique<ServerProcess>(program, flags, scratch));
    return *servers_.back();
  }

  static inline int count_ = 0;
  uint32_t revision_ = 0;
  TemporaryFolder folder_;
  std::string database_;
  std::vector<std::unique_ptr<ServerProcess>> servers_;
};

inline ingest::v1::Organization Company(const std::string& id, const std::string& parent) {
  ingest::v1::Organization organization;
  organization.set_organization_id(id);
  organization.set_kind(ingest::v1::ORGANIZATION_KIND_COMPANY);
  organization.add_names()->set_language("en");
  organization.mutable_names(0)->set_name(id);
  organization.set_parent_id(parent);
  return organization;
}

inline grpc::Status Upsert(IngestService::Stub& stub, const ingest::v1::Organization& organization,
                           ingest::v1::UpsertOrganizationsResponse& response) {
  ingest::v1::UpsertOrganizationsRequest request;
  request.mutable_change()->set_actor("test");
  *request.add_organizations() = organization;
  return stub.UpsertOrganizations(Context().get(), request, &response);
}

inline grpc::Status Upsert(IngestService::Stub& stub,
                           const ingest::v1::Organization& organization) {
  ingest::v1::UpsertOrganizationsResponse response;
  return Upsert(stub, organization, response);
}

inline ingest::v1::UpsertGroupsRequest Hyperscalers(const std::string& name) {
  ingest::v1::UpsertGroupsRequest request;
  request.mutable_change()->set_actor("test");
  ingest::v1::Group& group = *request.add_groups();
  group.set_group_id("hyperscalers");
  group.add_names()->set_language("en");
  group.mutable_names(0)->set_name(name);
  group.add_organization_ids("amazon");
  return request;
}

// The revision that the group has then; 0 when it was refused.
inline uint32_t UpsertGroup(IngestService::Stub& stub, const std::string& name,
                            const std::string& request_id = "") {
  ingest::v1::UpsertGroupsRequest request = Hyperscalers(name);
  request.set_request_id(request_id);
  ingest::v1::UpsertGroupsResponse response;
  const grpc::Status status = stub.UpsertGroups(Context().get(), request, &response);
  EXPECT_TRUE(status.ok()) << status.error_message();
  return status.ok() ? response.groups(0).revision() : 0;
}

}  // namespace outlay::tests

#endif  // OUTLAY_TESTS_END_TO_END_REPLICAS_FIXTURE_H_
