#include "gateway/cli/organizations.h"

#include "services/common/status/error.h"

namespace outlay::cli {
namespace {

constexpr int kPageSize = 1'000;

}  // namespace

absl::StatusOr<std::map<std::string, std::string>> OrganizationsByCik(const Client& client) {
  using ingest::v1::IngestService;
  std::map<std::string, std::string> ids;
  ingest::v1::ListOrganizationsRequest request;
  request.set_page_size(kPageSize);
  do {
    ASSIGN_OR_RETURN(
        const ingest::v1::ListOrganizationsResponse page,
        Call(client, *client.ingest, &IngestService::Stub::ListOrganizations, request));
    for (const ingest::v1::Organization& organization : page.organizations()) {
      if (!organization.cik().empty()) ids[organization.cik()] = organization.organization_id();
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return ids;
}

}  // namespace outlay::cli
