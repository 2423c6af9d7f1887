// The file of one day and one base of @fawazahmed0/currency-api:
//
//   {"date": "2025-02-10", "usd": {"1inch": 3.90677907, "aed": 3.6725, "krw": 1455.15…, "usd": 1, …}}
//
// One unit of the base is worth so many units of each other. Codes are in lower case; those of no currency of ISO 4217, mostly of
// crypto-currencies, are skipped and counted. Figures keep the digits that the file has, also 1.2e-7.
#ifndef OUTLAY_GATEWAY_CLI_CURRENCY_API_H_
#define OUTLAY_GATEWAY_CLI_CURRENCY_API_H_

#include <istream>

#include "absl/status/status.h"
#include "gateway/cli/rate_file.h"

namespace outlay::cli {

// INVALID_ARGUMENT: MALFORMED_JSON with metadata "byte"; NOT_CURRENCY_API where the text is another JSON; TOKEN_TOO_LONG. UNAVAILABLE
// (CANNOT_READ) where the system could not read on. Nothing is handed out before the file was read to its end.
absl::Status ReadCurrencyApi(std::istream& in, const RateFileSink& sink);

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_CURRENCY_API_H_
