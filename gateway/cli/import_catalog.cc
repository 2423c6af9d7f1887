#include "gateway/cli/import_catalog.h"

#include <algorithm>
#include <charconv>
#include <filesystem>

#include "fmt/format.h"
#include "gateway/cli/concept_timeline.h"
#include "gateway/cli/errors.h"
#include "gateway/cli/file_lines.h"
#include "gateway/cli/proto_json.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"

namespace outlay::cli {
namespace {

using ingest::v1::IngestService;

constexpr size_t kBatchSize = 1'000;

absl::Status Malformed(const std::vector<std::string>& lines) {
  ErrorDetail detail = {.reason = "CATALOG_MALFORMED"};
  for (const std::string& line : lines) {
    const size_t colon = line.find(": ");
    detail.violations.push_back({line.substr(0, colon), line.substr(colon + 2)});
  }
  return MakeError(
      absl::StatusCode::kInvalidArgument,
      fmt::format("{} lines of the catalogue are malformed; nothing was recorded", lines.size()),
      std::move(detail));
}

// A folder as its .jsonl files by name; a file as itself.
absl::StatusOr<std::vector<std::string>> FilesOf(const std::vector<std::string>& paths) {
  std::vector<std::string> files;
  for (const std::string& path : paths) {
    std::error_code error;
    if (!std::filesystem::is_directory(path, error)) {
      files.push_back(path);
      continue;
    }
    std::vector<std::string> found;
    for (const auto& entry : std::filesystem::directory_iterator(path, error)) {
      if (entry.path().extension() == ".jsonl" && entry.path().filename() != kConceptsFile)
        found.push_back(entry.path().string());
    }
    if (error) return CannotRead(path, error.message());
    if (found.empty()) return CannotRead(path, "no file in it ends in .jsonl");
    std::sort(found.begin(), found.end());
    files.insert(files.end(), found.begin(), found.end());
  }
  return files;
}

absl::Status ParseRecord(const std::string& line, const CatalogPlace& place,
                         CatalogRecords* records) {
  const bool is_group = HasField(line, "groupId") || HasField(line, "group_id");
  if (is_group) {
    ingest::v1::Group group;
    RETURN_IF_ERROR(ParseJson(line, &group));
    records->groups.push_back(std::move(group));
    records->group_places.push_back(place);
    return absl::OkStatus();
  }
  ingest::v1::Organization organization;
  RETURN_IF_ERROR(ParseJson(line, &organization));
  records->organizations.push_back(std::move(organization));
  records->organization_places.push_back(place);
  return absl::OkStatus();
}

// The index in "organizations[12].names".
std::optional<size_t> IndexIn(std::string_view field) {
  const size_t bracket = field.find('[');
  size_t index = 0;
  if (bracket == field.npos) return std::nullopt;
  const auto [rest, error] =
      std::from_chars(field.data() + bracket + 1, field.data() + field.size(), index);
  if (error != std::errc()) return std::nullopt;
  return index;
}

// The same error with file and line in front of every field.
absl::Status WithPlaces(const absl::Status& error, const std::vector<CatalogPlace>& places,
                        size_t first) {
  ErrorDetail detail = GetErrorDetail(error);
  for (FieldViolation& violation : detail.violations) {
    const std::optional<size_t> index = IndexIn(violation.field);
    if (!index || first + *index >= places.size()) continue;
    const CatalogPlace& place = places[first + *index];
    violation.field = fmt::format("{}:{}: {}", place.path, place.line, violation.field);
  }
  return MakeError(error.code(), FromAbsl(error.message()), std::move(detail));
}

// Sends the entries in batches; `add` puts one into a request. The count of changes.
template <class Request, class Response, class Entry, class Add>
absl::Status Upsert(const Client& client, const ImportOptions& options,
                    const std::vector<Entry>& entries, const std::vector<CatalogPlace>& places,
                    grpc::Status (IngestService::Stub::*method)(grpc::ClientContext*,
                                                                const Request&, Response*),
                    Add add, CatalogTally* tally) {
  for (size_t first = 0; first < entries.size(); first += kBatchSize) {
    Request request;
    *request.mutable_change() = options.Note();
    for (size_t i = first; i < std::min(first + kBatchSize, entries.size()); ++i)
      add(request, entries[i]);
    const absl::StatusOr<Response> response = Call(client, *client.ingest, method, request);
    if (!response.ok()) return WithPlaces(response.status(), places, first);
    tally->changed += response->changed_count();
    tally->head_sequence = response->stamp().ingest_sequence();
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<CatalogRecords> ReadCatalog(const std::vector<std::string>& paths) {
  ASSIGN_OR_RETURN(const std::vector<std::string> files, FilesOf(paths));
  CatalogRecords records;
  std::vector<std::string> malformed;
  for (const std::string& path : files) {
    ASSIGN_OR_RETURN(FileLines lines, FileLines::Open(path));
    std::string line;
    while (lines.NextRecord(&line)) {
      const absl::Status parsed = ParseRecord(line, {path, lines.number()}, &records);
      if (parsed.ok()) continue;
      std::string text = RejectionText(path, MakeRejection(lines.number(), parsed, ""));
      text.pop_back();
      malformed.push_back(std::move(text));
    }
  }
  if (!malformed.empty()) return Malformed(malformed);
  return records;
}

std::string CatalogSummary(const CatalogTally& tally) {
  return fmt::format("{} organizations and {} groups, {} added or changed", tally.organizations,
                     tally.groups, tally.changed);
}

absl::StatusOr<CatalogTally> ImportCatalog(const Client& client, const CatalogRecords& records,
                                           const ImportOptions& options) {
  CatalogTally tally = {records.organizations.size(), records.groups.size()};
  RETURN_IF_ERROR(Upsert(
      client, options, records.organizations, records.organization_places,
      &IngestService::Stub::UpsertOrganizations,
      [](auto& request, const auto& organization) { *request.add_organizations() = organization; },
      &tally));
  RETURN_IF_ERROR(Upsert(
      client, options, records.groups, records.group_places, &IngestService::Stub::UpsertGroups,
      [](auto& request, const auto& group) { *request.add_groups() = group; }, &tally));
  return tally;
}

}  // namespace outlay::cli
