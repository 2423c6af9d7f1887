// The command `outlay`.
#ifndef OUTLAY_GATEWAY_CLI_CLI_H_
#define OUTLAY_GATEWAY_CLI_CLI_H_

#include <string>
#include <vector>

#include "gateway/cli/command.h"
#include "gateway/cli/session.h"

namespace outlay::cli {

// `arguments` without the program's name; `further` are commands beside those of command.h. The exit code: 0, 1 for failures, 2 for usage errors, 3 for a partial report; what went wrong is on session.err.
int RunCli(std::vector<std::string> arguments, const std::vector<CommandMaker>& further,
           Session& session);

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_CLI_H_
