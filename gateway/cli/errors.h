// The errors of the command line.
#ifndef OUTLAY_GATEWAY_CLI_ERRORS_H_
#define OUTLAY_GATEWAY_CLI_ERRORS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"

namespace outlay::cli {

// The command was called wrongly: exit code 2. The message says what would be right. INVALID_ARGUMENT, reason USAGE.
absl::Status Usage(std::string_view message);
bool IsUsage(const absl::Status& status);

// A value of a flag, with what would be right.
absl::Status BadFlag(std::string_view flag, std::string_view value, std::string_view right);

// What is wrong with a text that is no UTF-8, for a message that names its place.
std::string NotUtf8(std::string_view text);

// NOT_FOUND (CANNOT_READ), or what the system says.
absl::Status CannotRead(std::string_view path, std::string_view why);
// UNAVAILABLE (CANNOT_READ): the system could not read on in the middle of a file. `line` is the one that was being read; of a file without
// lines `byte` were read, and `fact` facts.
absl::Status CannotReadOn(std::string_view path, size_t line, std::string_view why);
absl::Status CannotReadOn(uint64_t byte, uint64_t fact, std::string_view why);
absl::Status CannotReadOn(uint64_t byte, std::string_view why);

// Of the records of a file, those that an error concerns.
struct Stretch {
  const char* counted = "line";
  size_t first = 0;
  size_t last = 0;  // 0: of a format without lines
};
// The error of a call in the middle of an import, saying which records it was about and what is known of them. Its code, reason and advice.
absl::Status SendingStopped(const Stretch& records, bool dry_run, const absl::Status& error);
// The same error with the file in front.
absl::Status InFile(std::string_view path, const absl::Status& error);

absl::Status CannotWrite(std::string_view path, std::string_view why);

// INVALID_ARGUMENT (UNKNOWN_FORMAT): a file whose first line is of no known format.
absl::Status UnknownFormat(std::string_view path, std::string_view expected);

// INVALID_ARGUMENT: a file that is no JSON, or not that of SEC EDGAR's companyfacts. `byte` counts from 1. Reasons MALFORMED_JSON,
// NOT_COMPANYFACTS, TOKEN_TOO_LONG.
absl::Status MalformedJson(size_t byte, std::string_view what);
absl::Status NotCompanyFacts(std::string_view why);
absl::Status TokenTooLong(uint64_t byte, size_t limit);

// INVALID_ARGUMENT: a file of rates that is not what it began as. Reasons NOT_H10_CSV, UNKNOWN_SERIES naming the known ones, NOT_ECB_XML with the place,
// NOT_CURRENCY_API; MISSING_COLUMN of a plain table; PROVIDER_NOT_SAID where neither the table nor a flag says whose rates they are.
absl::Status NotH10();
absl::Status UnknownSeries(std::string_view name, const std::vector<std::string>& known);
absl::Status NotEcbXml(size_t line, size_t column, std::string_view what);
absl::Status NotCurrencyApi(std::string_view why);
absl::Status MissingRateColumn(std::string_view name);
absl::Status ProviderNotSaid();

// INVALID_ARGUMENT: a line of the concept timeline (CONCEPT_ENTRY), a fact of a filing (MALFORMED_FACT).
absl::Status BadConceptEntry(std::string_view why);
absl::Status MalformedFact(std::string_view why);
// RESOURCE_EXHAUSTED (TOO_MANY_WAITING): more facts wait for the other parts of their figures than are kept.
absl::Status TooManyWaiting(size_t limit);

// INVALID_ARGUMENT about a table: QUOTE_NOT_CLOSED, UNKNOWN_COLUMN, DOUBLED_COLUMN, MISSING_COLUMN of the header, CELL_COUNT of a record.
absl::Status QuoteNotClosed(size_t line);
absl::Status UnknownColumn(std::string_view name, const std::vector<std::string>& known);
absl::Status DoubledColumn(std::string_view name);
absl::Status MissingColumn(std::string_view name);
absl::Status CellCount(size_t count, size_t expected);
// INVALID_ARGUMENT (MALFORMED_RECORD): a record that cannot be taken apart.
absl::Status MalformedRecord(std::string_view why);

// NOT_FOUND: the catalogue has no organization with that CIK (UNKNOWN_ISSUER); the concept timeline has nothing of it (NO_CONCEPTS).
absl::Status UnknownIssuer(std::string_view cik);
absl::Status NoConcepts(std::string_view organization_id);

// CANCELLED (INTERRUPTED): Ctrl-C.
absl::Status Interrupted();

// UNAVAILABLE (SERVER_FAILED): a server that was started did not come up or not end well.
absl::Status ServerFailed(std::string_view program, std::string_view what);

// FAILED_PRECONDITION (IMPORT_REJECTED): sample data that must be accepted was not.
absl::Status SampleRejected(std::string_view path, size_t count);

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_ERRORS_H_
