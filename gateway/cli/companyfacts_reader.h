// SEC EDGAR's companyfacts JSON, fact by fact:
//
//   {"cik": 1326801, "entityName": "…", "facts": {"us-gaap": {"PaymentsTo…": {"units": {"USD": [
//     {"start": "2023-01-01", "end": "2023-12-31", "val": 27266000000, "accn": "0001326801-24-000012", "form": "10-K",
//      "filed": "2024-02-02", "fy": 2023, "fp": "FY", "frame": "CY2023"}, …]}}}}}
//
// `fy` and `fp` describe the filing, not the fact, and may be null; `frame` is a guess at the period. None of the three is read: the
// dates decide. `end` is the last day of the period, `val` is in whole units.
//
// The text is streamed: memory does not grow with it.
#ifndef OUTLAY_GATEWAY_CLI_COMPANYFACTS_READER_H_
#define OUTLAY_GATEWAY_CLI_COMPANYFACTS_READER_H_

#include <cstdint>
#include <functional>
#include <istream>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace outlay::cli {

struct Issuer {
  std::string cik;  // ten digits
  std::string entity_name;
};

// As the file has it, unchecked; absent fields are empty.
struct CompanyFact {
  uint64_t number = 0;       // among all facts of the file, from 1
  std::string concept_name;  // with its taxonomy: "us-gaap:PaymentsToAcquireProductiveAssets"
  std::string unit;
  std::string start;  // empty: a balance on a day
  std::string end;    // inclusive
  std::string value;  // a number's digits
  std::string accession;
  std::string form;
  std::string filed;
  std::string problem;  // a field that is not of its type, empty where all are
};

// What a reader hands out. An error ends the reading.
struct CompanyFactsSink {
  std::function<absl::Status(const Issuer&)> on_issuer;  // once, before the first fact
  std::function<bool(std::string_view concept_name)> wants;
  std::function<absl::Status(const CompanyFact&)> on_fact;  // of the wanted concepts
  std::function<void(uint64_t bytes_read, uint64_t facts)> on_progress;
};

struct CompanyFactsCount {
  uint64_t facts = 0;   // in the file
  uint64_t wanted = 0;  // handed out
};

// INVALID_ARGUMENT: MALFORMED_JSON with metadata "byte"; NOT_COMPANYFACTS where the text is another JSON; TOKEN_TOO_LONG. UNAVAILABLE
// (CANNOT_READ) with the byte reached where the system could not read on. Errors of the sink as they are. What was handed out before an error stays handed out.
absl::StatusOr<CompanyFactsCount> ReadCompanyFacts(std::istream& in, const CompanyFactsSink& sink);

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_COMPANYFACTS_READER_H_
