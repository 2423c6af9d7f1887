// Warnings, so many that they can be read.
#ifndef OUTLAY_GATEWAY_REPORT_WARNING_LIST_H_
#define OUTLAY_GATEWAY_REPORT_WARNING_LIST_H_

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "gateway/report/report.h"

namespace outlay::gateway {

class WarningList {
 public:
  // Of one code so many are kept; the others are counted.
  static constexpr size_t kOfACodeMax = 20;

  void Add(Warning warning);

  // In the order in which they came, then one of each code that has more, with their number.
  std::vector<Warning> Take() &&;

 private:
  std::vector<Warning> kept_;
  std::map<std::string, size_t> counts_;  // by code, those left out too
};

}  // namespace outlay::gateway

#endif  // OUTLAY_GATEWAY_REPORT_WARNING_LIST_H_
