#include "services/aggregation/disclosure.h"

#include <tuple>

namespace outlay::aggregation {

std::string_view BasisName(Basis basis) {
  switch (basis) {
    case Basis::kActual:
      return "ACTUAL";
    case Basis::kGuidance:
      return "GUIDANCE";
    case Basis::kEstimate:
      return "ESTIMATE";
  }
  return "";
}

const time::Moment& StatedAt(const Disclosure& disclosure) {
  return disclosure.stated_at ? *disclosure.stated_at : disclosure.published_at;
}

bool IsEarlier(const Statement& a, const Statement& b) {
  const auto order = [](const Statement& statement) {
    return std::make_tuple(StatedAt(*statement).instant, statement->published_at.instant,
                           statement.recorded_sequence);
  };
  return order(a) < order(b);
}

}  // namespace outlay::aggregation
