#include "gateway/cli/import_catalog.h"

#include <algorithm>
#include <charconv>
#include <filesystem>

#include "fmt/format.h"
#include "gateway/cli/concept_timeline.h"
#include "gateway/cli/errors.h"
#include "gateway/cli/file_lines.h"
#include "gateway/cli/proto_json.h"
#include "gateway/cli/render/words.h"
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
  return MakeError(absl::StatusCode::kInvalidArgument,
                   fmt::format("{} of the catalogue {} malformed; nothing was recorded",
                               Counted(lines.size(), "line"), lines.size() == 1 ? "is" : "are"),
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

// Of the records, those that one call sends.
struct Part {
  size_t first_organization = 0;
  size_t organizations = 0;
  size_t first_group = 0;
  size_t groups = 0;
};

// All at once where that is possible. Else the organizations come first: groups name them.
std::vector<Part> PartsOf(const CatalogRecords& records) {
  const size_t organizations = records.organizations.size();
  const size_t groups = records.groups.size();
  if (organizations <= kBatchSize && groups <= kBatchSize) return {{0, organizations, 0, groups}};
  std::vector<Part> parts;
  for (size_t first = 0; first < organizations; first += kBatchSize) {
    parts.push_back({first, std::min(kBatchSize, organizations - first), 0, 0});
  }
  for (size_t first = 0; first < groups; first += kBatchSize) {
    parts.push_back({0, 0, first, std::min(kBatchSize, groups - first)});
  }
  return parts;
}

// The place of the record that a field belongs to, if it belongs to one.
const CatalogPlace* PlaceOf(std::string_view field, const CatalogRecords& records,
                            const Part& part) {
  const bool is_group = field.starts_with("groups[");
  const std::vector<CatalogPlace>& places =
      is_group ? records.group_places : records.organization_places;
  const std::optional<size_t> index = IndexIn(field);
  if (!index || (!is_group && !field.starts_with("organizations["))) return nullptr;
  const size_t place = (is_group ? part.first_group : part.first_organization) + *index;
  return place < places.size() ? &places[place] : nullptr;
}

// The same error with file and line in front of every field.
absl::Status WithPlaces(const absl::Status& error, const CatalogRecords& records,
                        const Part& part) {
  ErrorDetail detail = GetErrorDetail(error);
  for (FieldViolation& violation : detail.violations) {
    const CatalogPlace* const place = PlaceOf(violation.field, records, part);
    if (place == nullptr) continue;
    violation.field = fmt::format("{}:{}: {}", place->path, place->line, violation.field);
  }
  return MakeError(error.code(), FromAbsl(error.message()), std::move(detail));
}

absl::StatusOr<ingest::v1::UpsertOrganizationsResponse> Send(const Client& client,
                                                             const ImportOptions& options,
                                                             const CatalogRecords& records,
                                                             const Part& part,
                                                             std::string request_id) {
  ingest::v1::UpsertOrganizationsRequest request;
  request.set_request_id(std::move(request_id));
  *request.mutable_change() = options.Note();
  for (size_t i = 0; i < part.organizations; ++i) {
    *request.add_organizations() = records.organizations[part.first_organization + i];
  }
  for (size_t i = 0; i < part.groups; ++i) {
    *request.add_groups() = records.groups[part.first_group + i];
  }
  auto response = Call(client, *client.ingest, &IngestService::Stub::UpsertOrganizations, request);
  if (!response.ok()) return WithPlaces(response.status(), records, part);
  return response;
}

}  // namespace

absl::StatusOr<CatalogRecords> ReadCatalog(const std::vector<std::string>& paths) {
  ASSIGN_OR_RETURN(const std::vector<std::string> files, FilesOf(paths));
  CatalogRecords records;
  std::vector<std::string> malformed;
  for (const std::string& path : files) {
    ASSIGN_OR_RETURN(FileLines lines, FileLines::Open(path));
    std::string line;
    while (true) {
      ASSIGN_OR_RETURN(const bool more, lines.NextRecord(&line));
      if (!more) break;
      const absl::Status parsed =
          lines.was_cut()
              ? MalformedRecord(fmt::format("is longer than {} bytes", FileLines::kLineBytesMax))
              : ParseRecord(line, {path, lines.number()}, &records);
      if (parsed.ok()) continue;
      std::string text = RejectionText(path, MakeRejection(lines.number(), parsed, ""));
      text.pop_back();
      malformed.push_back(std::move(text));
    }
  }
  if (!malformed.empty()) return Malformed(malformed);
  return records;
}

std::string CatalogSummary(const CatalogTally& tally, Language language) {
  return fmt::format(
      fmt::runtime(
          In(language, "{} and {}, {} added or changed", "기관 {}, 그룹 {}, 추가 또는 변경 {}건")),
      CountedIn(language, static_cast<int64_t>(tally.organizations), "organization", "곳"),
      CountedIn(language, static_cast<int64_t>(tally.groups), "group", "개"), tally.changed);
}

absl::StatusOr<CatalogTally> ImportCatalog(const Client& client, const CatalogRecords& records,
                                           const ImportOptions& options, Patience& patience) {
  CatalogTally tally = {records.organizations.size(), records.groups.size()};
  const ImportRun run;
  uint64_t number = 0;
  for (const Part& part : PartsOf(records)) {
    if (part.organizations + part.groups == 0) continue;
    const std::string request_id = run.RequestId(++number);
    ASSIGN_OR_RETURN(const ingest::v1::UpsertOrganizationsResponse response, patience.Call([&] {
      return Send(client, options, records, part, request_id);
    }));
    tally.changed += response.changed_count() + response.changed_group_count();
    tally.head_sequence = response.stamp().ingest_sequence();
  }
  return tally;
}

}  // namespace outlay::cli
