// The European Central Bank's reference rates as XML, of all days, of 90 or of one:
//
//   <gesmes:Envelope xmlns:gesmes="…" xmlns="…/eurofxref"><gesmes:subject>Reference rates</gesmes:subject><gesmes:Sender>…</gesmes:Sender>
//   <Cube><Cube time="2018-06-29"><Cube currency="USD" rate="1.1658"/>…</Cube>…</Cube></gesmes:Envelope>
//
// A currency without a rate on a day has no element. Figures are units of the currency for one euro.
//
// The text is streamed: memory does not grow with it. What is not of this shape is refused with its line and column: other elements or attributes, text
// between the figures, a document type (and so any entity).
#ifndef OUTLAY_GATEWAY_CLI_ECB_XML_H_
#define OUTLAY_GATEWAY_CLI_ECB_XML_H_

#include <istream>

#include "absl/status/status.h"
#include "gateway/cli/rate_file.h"

namespace outlay::cli {

// INVALID_ARGUMENT (NOT_ECB_XML) with the place; a malformed or doubled figure and a malformed or doubled day cost themselves only, and are given to
// the sink, as is a currency that ISO 4217 does not have, once. UNAVAILABLE (CANNOT_READ) where the system could not read on. Errors of the sink as they are. What
// was handed out before an error stays handed out.
absl::Status ReadEcbXml(std::istream& in, const RateFileSink& sink);

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_ECB_XML_H_
