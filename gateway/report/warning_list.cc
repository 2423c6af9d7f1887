#include "gateway/report/warning_list.h"

#include <utility>

#include "fmt/format.h"

namespace outlay::gateway {

void WarningList::Add(Warning warning) {
  if (++counts_[warning.code] <= kOfACodeMax) kept_.push_back(std::move(warning));
}

std::vector<Warning> WarningList::Take() && {
  for (const auto& [code, count] : counts_) {
    if (count <= kOfACodeMax) continue;
    kept_.push_back({code, fmt::format("{} more of this kind are not shown.", count - kOfACodeMax),
                     /*organization_id=*/""});
  }
  return std::move(kept_);
}

}  // namespace outlay::gateway
