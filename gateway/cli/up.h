// The command `outlay up`: the four servers in one process.
#ifndef OUTLAY_GATEWAY_CLI_UP_H_
#define OUTLAY_GATEWAY_CLI_UP_H_

#include "gateway/cli/command.h"

namespace outlay::cli {

std::unique_ptr<Command> MakeUpCommand(CLI::App& parent);

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_UP_H_
