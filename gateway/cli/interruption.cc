#include "gateway/cli/interruption.h"

#include <signal.h>

#include <ctime>

#include "gateway/cli/errors.h"

namespace outlay::cli {

absl::Status Interruption::Check() {
  if (!seen_) {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    const timespec at_once{};
    seen_ = sigtimedwait(&signals, nullptr, &at_once) > 0;
  }
  return seen_ ? Interrupted() : absl::OkStatus();
}

}  // namespace outlay::cli
