// The catalogue as the gateway gives it.
#ifndef OUTLAY_GATEWAY_CLI_ORGANIZATIONS_H_
#define OUTLAY_GATEWAY_CLI_ORGANIZATIONS_H_

#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "gateway/cli/client.h"

namespace outlay::cli {

// Organization ids by CIK of ten digits, of those that have one. The catalogue has every CIK once at most.
absl::StatusOr<std::map<std::string, std::string>> OrganizationsByCik(const Client& client);

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_ORGANIZATIONS_H_
