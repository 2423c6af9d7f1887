// What `outlay import disclosures --template` prints.
#ifndef OUTLAY_GATEWAY_CLI_DISCLOSURE_TEMPLATE_H_
#define OUTLAY_GATEWAY_CLI_DISCLOSURE_TEMPLATE_H_

#include <string>

namespace outlay::cli {

enum class DisclosureFormat { kCsv, kJsonLines };

// Comments that say what is what, and one example that can be imported with the catalogue that Outlay brings along.
std::string DisclosureTemplate(DisclosureFormat format);

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_DISCLOSURE_TEMPLATE_H_
