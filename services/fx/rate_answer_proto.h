#ifndef OUTLAY_SERVICES_FX_RATE_ANSWER_PROTO_H_
#define OUTLAY_SERVICES_FX_RATE_ANSWER_PROTO_H_

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "outlay/fx/v1/rate.pb.h"
#include "services/fx/rate_answer.h"

namespace outlay::fx {

inline constexpr int kDefaultSignificantDigits = 12;
inline constexpr int kMaxSignificantDigits = 34;

// 0 is the default. INVALID_ARGUMENT (NUMBER_OUT_OF_RANGE), field "significant_digits".
absl::StatusOr<int> ParseSignificantDigits(int digits);

// `value` is rounded half to even; `low` down and `high` up. AMOUNT_OVERFLOW where these cannot be
// held.
absl::Status ToProto(const RateAnswer& answer, int significant_digits, v1::RateAnswer& message);

}  // namespace outlay::fx

#endif  // OUTLAY_SERVICES_FX_RATE_ANSWER_PROTO_H_
