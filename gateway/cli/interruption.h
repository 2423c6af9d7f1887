// Ctrl-C and SIGTERM for commands that have something to clean up.
#ifndef OUTLAY_GATEWAY_CLI_INTERRUPTION_H_
#define OUTLAY_GATEWAY_CLI_INTERRUPTION_H_

#include "absl/status/status.h"

namespace outlay::cli {

// The two signals must be blocked (rpc::BlockTerminationSignals). CANCELLED (INTERRUPTED) once one has come, and ever after. One thread.
class Interruption {
 public:
  absl::Status Check();

 private:
  bool seen_ = false;
};

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_INTERRUPTION_H_
