// The errors of the gateway itself.
#ifndef OUTLAY_GATEWAY_ERRORS_H_
#define OUTLAY_GATEWAY_ERRORS_H_

#include <string>
#include <string_view>

#include <fmt/format.h>

#include "absl/status/status.h"
#include "services/common/status/error.h"

namespace outlay::gateway {

// INTERNAL (BACKEND_ANSWER_MALFORMED): a service answered something that breaks its contract, which the caller cannot mend.
inline absl::Status AnswerMalformed(std::string_view service, std::string_view why) {
  return MakeError(
      absl::StatusCode::kInternal,
      fmt::format("{} gave an answer that cannot be read: {}", service, why),
      {.reason = "BACKEND_ANSWER_MALFORMED", .metadata = {{"service", std::string(service)}}});
}

}  // namespace outlay::gateway

#endif  // OUTLAY_GATEWAY_ERRORS_H_
