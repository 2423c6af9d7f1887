#include "gateway/cli/missing_catalog.h"

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "services/common/status/error.h"

namespace outlay::cli {
namespace {

using ingest::v1::IngestService;

constexpr int kPageSize = 1'000;

// Calls a listing page by page; `take` puts the ids of one into the set.
template <class Request, class Response, class Take>
absl::StatusOr<std::set<std::string>> KnownIds(
    const Client& client,
    grpc::Status (IngestService::Stub::*method)(grpc::ClientContext*, const Request&, Response*),
    Take take) {
  std::set<std::string> ids;
  Request request;
  request.set_page_size(kPageSize);
  do {
    ASSIGN_OR_RETURN(const Response page, Call(client, *client.ingest, method, request));
    take(page, ids);
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return ids;
}

template <class Entry, class IdOf>
void KeepUnknown(const std::set<std::string>& known, IdOf id_of, std::vector<Entry>& entries,
                 std::vector<CatalogPlace>& places) {
  std::vector<Entry> kept;
  std::vector<CatalogPlace> kept_places;
  for (size_t i = 0; i < entries.size(); ++i) {
    if (known.contains(id_of(entries[i]))) continue;
    kept.push_back(std::move(entries[i]));
    kept_places.push_back(std::move(places[i]));
  }
  entries = std::move(kept);
  places = std::move(kept_places);
}

}  // namespace

absl::StatusOr<CatalogRecords> MissingFromCatalog(const Client& client, CatalogRecords records) {
  ASSIGN_OR_RETURN(
      const std::set<std::string> organizations,
      KnownIds(client, &IngestService::Stub::ListOrganizations,
               [](const ingest::v1::ListOrganizationsResponse& page, std::set<std::string>& ids) {
                 for (const auto& organization : page.organizations())
                   ids.insert(organization.organization_id());
               }));
  ASSIGN_OR_RETURN(
      const std::set<std::string> groups,
      KnownIds(client, &IngestService::Stub::ListGroups,
               [](const ingest::v1::ListGroupsResponse& page, std::set<std::string>& ids) {
                 for (const auto& group : page.groups()) ids.insert(group.group_id());
               }));
  KeepUnknown(
      organizations, [](const auto& organization) { return organization.organization_id(); },
      records.organizations, records.organization_places);
  KeepUnknown(
      groups, [](const auto& group) { return group.group_id(); }, records.groups,
      records.group_places);
  return records;
}

}  // namespace outlay::cli
