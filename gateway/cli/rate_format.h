// Which format of rates a file has, by what stands at its beginning. The name of the file says nothing.
#ifndef OUTLAY_GATEWAY_CLI_RATE_FORMAT_H_
#define OUTLAY_GATEWAY_CLI_RATE_FORMAT_H_

#include <string_view>

namespace outlay::cli {

enum class RateFormat {
  kEmpty,
  kEcbCsv,       // Date,USD,JPY,… of the historical file; Date, USD, JPY, … of the daily one
  kEcbXml,       // <?xml …><gesmes:Envelope …
  kH10,          // observation_date,DEXKOUS or DATE,DEXKOUS
  kCurrencyApi,  // {"date":"2025-02-10","usd":{"krw":1455.15,…}}
  kPlainCsv,     // date,base,quote,value
  kJsonLines,    // of outlay.fx.v1.Rate
  kUnknown,
};

// Blank lines and those that begin with "#" before it count for nothing.
RateFormat RateFormatOf(std::string_view head);

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_RATE_FORMAT_H_
