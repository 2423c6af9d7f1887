// The names of the queries that a report asks aggregation.
#ifndef OUTLAY_GATEWAY_REPORT_QUERIES_H_
#define OUTLAY_GATEWAY_REPORT_QUERIES_H_

namespace outlay::gateway {

inline constexpr char kCurrentQuery[] = "current";
inline constexpr char kPriorQuery[] = "prior";
inline constexpr char kReferenceQuery[] = "reference";

}  // namespace outlay::gateway

#endif  // OUTLAY_GATEWAY_REPORT_QUERIES_H_
