// What `outlay up` loads: entries that ingest has stay as they are.
#include "gateway/cli/missing_catalog.h"

#include <gmock/gmock.h>
#include <grpcpp/server_builder.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace outlay::cli {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// Lists ids in pages of two, whatever is asked for.
class FakeCatalogue final : public ingest::v1::IngestService::Service {
 public:
  grpc::Status ListOrganizations(grpc::ServerContext*,
                                 const ingest::v1::ListOrganizationsRequest* request,
                                 ingest::v1::ListOrganizationsResponse* response) override {
    Page(organizations, *request, *response, [response](const std::string& id) {
      response->add_organizations()->set_organization_id(id);
    });
    return grpc::Status::OK;
  }

  grpc::Status ListGroups(grpc::ServerContext*, const ingest::v1::ListGroupsRequest* request,
                          ingest::v1::ListGroupsResponse* response) override {
    Page(groups, *request, *response,
         [response](const std::string& id) { response->add_groups()->set_group_id(id); });
    return failure;
  }

  std::vector<std::string> organizations;
  std::vector<std::string> groups;
  grpc::Status failure;

 private:
  template <class Request, class Response, class Add>
  void Page(const std::vector<std::string>& ids, const Request& request, Response& response,
            Add add) {
    const size_t begin = request.page_token().empty() ? 0 : std::stoul(request.page_token());
    const size_t end = std::min(begin + 2, ids.size());
    for (size_t i = begin; i < end; ++i) add(ids[i]);
    if (end < ids.size()) response.set_next_page_token(std::to_string(end));
  }
};

class MissingCatalogTest : public ::testing::Test {
 protected:
  MissingCatalogTest() {
    int port = 0;
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
    builder.RegisterService(&catalogue_);
    server_ = builder.BuildAndStart();
    client_ = MakeClient("127.0.0.1:" + std::to_string(port), std::chrono::seconds(60)).value();
    for (const char* id : {"alphabet", "amazon", "meta", "microsoft"}) {
      records_.organizations.emplace_back().set_organization_id(id);
      records_.organization_places.push_back(
          {"organizations.jsonl", records_.organizations.size()});
    }
    records_.groups.emplace_back().set_group_id("big-tech-4");
    records_.group_places.push_back({"groups.jsonl", 1});
  }
  ~MissingCatalogTest() override { server_->Shutdown(std::chrono::system_clock::now()); }

  static std::vector<std::string> IdsOf(const CatalogRecords& records) {
    std::vector<std::string> ids;
    for (const auto& organization : records.organizations)
      ids.push_back(organization.organization_id());
    for (const auto& group : records.groups) ids.push_back(group.group_id());
    return ids;
  }

  FakeCatalogue catalogue_;
  std::unique_ptr<grpc::Server> server_;
  Client client_;
  CatalogRecords records_;
};

TEST_F(MissingCatalogTest, OfAnEmptyIngestItIsTheWholeCatalogue) {
  EXPECT_THAT(IdsOf(MissingFromCatalog(client_, records_).value()),
              ElementsAre("alphabet", "amazon", "meta", "microsoft", "big-tech-4"));
}

TEST_F(MissingCatalogTest, WhatIngestHasIsLeftOutWithItsPlace) {
  catalogue_.organizations = {"acme", "alphabet", "amazon", "meta"};
  const CatalogRecords missing = MissingFromCatalog(client_, records_).value();
  EXPECT_THAT(IdsOf(missing), ElementsAre("microsoft", "big-tech-4"));
  ASSERT_EQ(missing.organization_places.size(), 1U);
  EXPECT_EQ(missing.organization_places[0].line, 4U);
  EXPECT_EQ(missing.group_places.size(), 1U);
}

TEST_F(MissingCatalogTest, NothingIsMissingWhereAllIsThere) {
  catalogue_.organizations = {"alphabet", "amazon", "meta", "microsoft"};
  catalogue_.groups = {"a", "b", "big-tech-4"};
  EXPECT_THAT(IdsOf(MissingFromCatalog(client_, records_).value()), IsEmpty());
}

TEST_F(MissingCatalogTest, IngestsErrorIsPassedOn) {
  catalogue_.failure = grpc::Status(grpc::StatusCode::DATA_LOSS, "the journal is damaged");
  EXPECT_EQ(MissingFromCatalog(client_, records_).status().code(), absl::StatusCode::kDataLoss);
}

}  // namespace
}  // namespace outlay::cli
