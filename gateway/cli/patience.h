// Calls that are made again where the server says that this makes sense.
#ifndef OUTLAY_GATEWAY_CLI_PATIENCE_H_
#define OUTLAY_GATEWAY_CLI_PATIENCE_H_

#include <chrono>
#include <optional>

#include "absl/status/status.h"
#include "gateway/cli/session.h"

namespace outlay::cli {

// For reads, and for writes that carry a request id: whatever became of the attempt before, one more does no harm. Not thread-safe.
class Patience {
 public:
  static constexpr int kAttemptsMax = 7;
  static constexpr std::chrono::milliseconds kWaitMax = std::chrono::seconds(5);

  explicit Patience(const Session& session) : session_(session) {}

  // `ask` until it is answered: at most kAttemptsMax times while it fails with UNAVAILABLE or RESOURCE_EXHAUSTED and advice to try again
  // later. The first wait is the one advised, each further one twice the one before, none longer than kWaitMax. A server that cannot be
  // reached and never was is not waited for: it is the address that is wrong, or nothing runs there. The last attempt's error.
  template <typename Ask>
  auto Call(Ask ask) -> decltype(ask()) {
    for (int attempt = 1;; ++attempt) {
      auto answer = ask();
      if (answer.ok()) {
        was_answered_ = true;
        return answer;
      }
      const auto wait = WaitAfter(attempt, answer.status());
      if (!wait) return answer;
      session_.sleep(*wait);
    }
  }

 private:
  // None where it is not to be made again.
  std::optional<std::chrono::milliseconds> WaitAfter(int attempt, const absl::Status& error);

  const Session& session_;
  bool was_answered_ = false;
};

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_PATIENCE_H_
