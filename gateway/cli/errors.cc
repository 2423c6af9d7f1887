#include "gateway/cli/errors.h"

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"

namespace outlay::cli {
namespace {

constexpr std::string_view kUsageReason = "USAGE";

// The server has looked at the request and said no, or had no room for it: it did nothing.
bool IsRefusal(const absl::Status& error) {
  if (GetErrorDetail(error).reason == "STORAGE_FULL") return true;
  switch (error.code()) {
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kNotFound:
    case absl::StatusCode::kAlreadyExists:
    case absl::StatusCode::kFailedPrecondition:
    case absl::StatusCode::kOutOfRange:
    case absl::StatusCode::kPermissionDenied:
    case absl::StatusCode::kUnauthenticated:
    case absl::StatusCode::kUnimplemented:
      return true;
    default:
      return false;
  }
}

}  // namespace

absl::Status Usage(std::string_view message) {
  return MakeError(absl::StatusCode::kInvalidArgument, message,
                   {.reason = std::string(kUsageReason)});
}

bool IsUsage(const absl::Status& status) { return GetErrorDetail(status).reason == kUsageReason; }

absl::Status BadFlag(std::string_view flag, std::string_view value, std::string_view right) {
  return Usage(fmt::format("{} is {}: {}", flag, Quote(value), right));
}

std::string NotUtf8(std::string_view text) {
  return fmt::format("{} is not UTF-8: write it in that encoding", Quote(text));
}

absl::Status CannotRead(std::string_view path, std::string_view why) {
  return MakeError(absl::StatusCode::kNotFound, fmt::format("cannot read {}: {}", path, why),
                   {.reason = "CANNOT_READ", .metadata = {{"path", std::string(path)}}});
}

absl::Status CannotReadOn(std::string_view path, size_t line, std::string_view why) {
  return MakeError(absl::StatusCode::kUnavailable,
                   fmt::format("cannot read {}: line {}: {}", path, line, why),
                   {.reason = "CANNOT_READ",
                    .metadata = {{"path", std::string(path)}, {"line", std::to_string(line)}}});
}

absl::Status CannotReadOn(uint64_t byte, uint64_t fact, std::string_view why) {
  return MakeError(absl::StatusCode::kUnavailable,
                   fmt::format("cannot be read on after byte {}, fact {}: {}", byte, fact, why),
                   {.reason = "CANNOT_READ", .metadata = {{"byte", std::to_string(byte)}}});
}

absl::Status CannotReadOn(uint64_t byte, std::string_view why) {
  return MakeError(absl::StatusCode::kUnavailable,
                   fmt::format("cannot be read on after byte {}: {}", byte, why),
                   {.reason = "CANNOT_READ", .metadata = {{"byte", std::to_string(byte)}}});
}

absl::Status SendingStopped(const Stretch& records, bool dry_run, const absl::Status& error) {
  const std::string place =
      records.last == 0 ? "figures"
      : records.first == records.last
          ? fmt::format("{} {}", records.counted, records.first)
          : fmt::format("{}s {} to {}", records.counted, records.first, records.last);
  ErrorDetail detail = GetErrorDetail(error);
  detail.metadata["first"] = std::to_string(records.first);
  detail.metadata["last"] = std::to_string(records.last);
  const std::string_view known = dry_run ? ""
                                 : IsRefusal(error)
                                     ? " (not stored)"
                                     : " (stored or not: the same import again goes on from there)";
  return MakeError(error.code(),
                   fmt::format("stopped in {} {}{}: {}", dry_run ? "checking" : "sending", place,
                               known, FromAbsl(error.message())),
                   std::move(detail));
}

absl::Status InFile(std::string_view path, const absl::Status& error) {
  return MakeError(error.code(), fmt::format("{}: {}", path, FromAbsl(error.message())),
                   GetErrorDetail(error));
}

absl::Status CannotWrite(std::string_view path, std::string_view why) {
  return MakeError(absl::StatusCode::kFailedPrecondition,
                   fmt::format("cannot write {}: {}", path, why),
                   {.reason = "CANNOT_WRITE", .metadata = {{"path", std::string(path)}}});
}

absl::Status UnknownFormat(std::string_view path, std::string_view expected) {
  return MakeError(absl::StatusCode::kInvalidArgument, fmt::format("{}: {}", path, expected),
                   {.reason = "UNKNOWN_FORMAT", .metadata = {{"path", std::string(path)}}});
}

absl::Status MalformedJson(size_t byte, std::string_view what) {
  // "[json.exception.parse_error.101] parse error at line 1, column 6: syntax error while …": the place is said in bytes.
  const size_t column = what.find("column ");
  const size_t colon = column == what.npos ? what.npos : what.find(": ", column);
  if (colon != what.npos) what.remove_prefix(colon + 2);
  return MakeError(absl::StatusCode::kInvalidArgument,
                   fmt::format("is no valid JSON at byte {}: {}", byte, what),
                   {.reason = "MALFORMED_JSON", .metadata = {{"byte", std::to_string(byte)}}});
}

absl::Status NotCompanyFacts(std::string_view why) {
  return MakeError(absl::StatusCode::kInvalidArgument,
                   fmt::format("is no companyfacts file of SEC EDGAR: {}; it begins with "
                               "{{\"cik\":1326801,\"entityName\":\"…\",\"facts\":{{\"us-gaap\":…",
                               why),
                   {.reason = "NOT_COMPANYFACTS"});
}

absl::Status TokenTooLong(uint64_t byte, size_t limit) {
  return MakeError(
      absl::StatusCode::kInvalidArgument,
      fmt::format("a text or number that ends after byte {} has more than {} bytes", byte, limit),
      {.reason = "TOKEN_TOO_LONG", .metadata = {{"byte", std::to_string(byte)}}});
}

absl::Status NotH10() {
  return MakeError(absl::StatusCode::kInvalidArgument,
                   "is no table of H.10 as FRED serves it: its first line reads "
                   "observation_date,DEXKOUS",
                   {.reason = "NOT_H10_CSV"});
}

absl::Status UnknownSeries(std::string_view name, const std::vector<std::string>& known) {
  return MakeError(
      absl::StatusCode::kInvalidArgument,
      fmt::format("there is no series {} that is a rate of one currency{}: there are {}",
                  Quote(name), DidYouMean(name, known), fmt::join(known, ", ")),
      {.reason = "UNKNOWN_SERIES", .metadata = {{"name", std::string(name)}}});
}

absl::Status NotEcbXml(size_t line, size_t column, std::string_view what) {
  return MakeError(
      absl::StatusCode::kInvalidArgument,
      fmt::format("is not the ECB's XML of reference rates at line {}, column {}: {}", line, column,
                  what),
      {.reason = "NOT_ECB_XML",
       .metadata = {{"line", std::to_string(line)}, {"column", std::to_string(column)}}});
}

absl::Status NotCurrencyApi(std::string_view why) {
  return MakeError(absl::StatusCode::kInvalidArgument,
                   fmt::format("is no file of @fawazahmed0/currency-api: {}; it begins with "
                               "{{\"date\":\"2025-02-10\",\"usd\":{{\"krw\":1455.15,…",
                               why),
                   {.reason = "NOT_CURRENCY_API"});
}

absl::Status MissingRateColumn(std::string_view name) {
  return MakeError(absl::StatusCode::kInvalidArgument,
                   fmt::format("the column {} is missing; `outlay import rates --template` prints "
                               "a table with all",
                               name),
                   {.reason = "MISSING_COLUMN", .metadata = {{"name", std::string(name)}}});
}

absl::Status ProviderNotSaid() {
  return MakeError(absl::StatusCode::kInvalidArgument,
                   "does not say whose rates they are: fill in the column provider, or give "
                   "--provider",
                   {.reason = "PROVIDER_NOT_SAID"});
}

absl::Status BadConceptEntry(std::string_view why) {
  return MakeError(absl::StatusCode::kInvalidArgument, why, {.reason = "CONCEPT_ENTRY"});
}

absl::Status MalformedFact(std::string_view why) {
  return MakeError(absl::StatusCode::kInvalidArgument, why, {.reason = "MALFORMED_FACT"});
}

absl::Status TooManyWaiting(size_t limit) {
  return MakeError(
      absl::StatusCode::kResourceExhausted,
      fmt::format("more than {} facts wait for the other parts of their figures: this is no "
                  "one issuer's file",
                  limit),
      {.reason = "TOO_MANY_WAITING"});
}

absl::Status QuoteNotClosed(size_t line) {
  return MakeError(absl::StatusCode::kInvalidArgument,
                   fmt::format("the record of line {} has a quote that is never closed: what "
                               "follows cannot be told apart",
                               line),
                   {.reason = "QUOTE_NOT_CLOSED", .metadata = {{"line", std::to_string(line)}}});
}

absl::Status UnknownColumn(std::string_view name, const std::vector<std::string>& known) {
  return MakeError(absl::StatusCode::kInvalidArgument,
                   fmt::format("there is no column {}{}: there are {}", Quote(name),
                               DidYouMean(name, known), fmt::join(known, ", ")),
                   {.reason = "UNKNOWN_COLUMN", .metadata = {{"name", std::string(name)}}});
}

absl::Status DoubledColumn(std::string_view name) {
  return MakeError(absl::StatusCode::kInvalidArgument,
                   fmt::format("the column {} stands twice: which one holds?", name),
                   {.reason = "DOUBLED_COLUMN", .metadata = {{"name", std::string(name)}}});
}

absl::Status MissingColumn(std::string_view name) {
  return MakeError(absl::StatusCode::kInvalidArgument,
                   fmt::format("the column {} is missing; `outlay import disclosures --template "
                               "csv` prints a table with all",
                               name),
                   {.reason = "MISSING_COLUMN", .metadata = {{"name", std::string(name)}}});
}

absl::Status CellCount(size_t count, size_t expected) {
  return MakeError(absl::StatusCode::kInvalidArgument,
                   fmt::format("has {} where the header has {}", Counted(count, "cell"), expected),
                   {.reason = "CELL_COUNT"});
}

absl::Status MalformedRecord(std::string_view why) {
  return MakeError(absl::StatusCode::kInvalidArgument, why, {.reason = "MALFORMED_RECORD"});
}

absl::Status UnknownIssuer(std::string_view cik) {
  return MakeError(absl::StatusCode::kNotFound,
                   fmt::format("the catalogue has no organization with CIK {}: add it with `outlay "
                               "import catalog` first",
                               cik),
                   {.reason = "UNKNOWN_ISSUER", .metadata = {{"cik", std::string(cik)}}});
}

absl::Status NoConcepts(std::string_view organization_id) {
  return MakeError(
      absl::StatusCode::kNotFound,
      fmt::format("no concept has a meaning for {}: add entries for it to the catalogue's "
                  "concepts.jsonl, or to a file of your own given by --concepts",
                  organization_id),
      {.reason = "NO_CONCEPTS", .metadata = {{"organization_id", std::string(organization_id)}}});
}

absl::Status Interrupted() {
  return MakeError(absl::StatusCode::kCancelled, "interrupted", {.reason = "INTERRUPTED"});
}

absl::Status ServerFailed(std::string_view program, std::string_view what) {
  return MakeError(absl::StatusCode::kUnavailable, fmt::format("{} {}", program, what),
                   {.reason = "SERVER_FAILED", .metadata = {{"program", std::string(program)}}});
}

absl::Status SampleRejected(std::string_view path, size_t count) {
  return MakeError(absl::StatusCode::kFailedPrecondition,
                   fmt::format("{}: {} rejected; the lines above say why", path,
                               count == 1 ? "1 record was" : fmt::format("{} records were", count)),
                   {.reason = "IMPORT_REJECTED", .metadata = {{"path", std::string(path)}}});
}

}  // namespace outlay::cli
