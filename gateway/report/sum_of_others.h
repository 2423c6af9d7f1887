// The sum of all figures but one, for each of them in turn: what a share is a share against.
#ifndef OUTLAY_GATEWAY_REPORT_SUM_OF_OTHERS_H_
#define OUTLAY_GATEWAY_REPORT_SUM_OF_OTHERS_H_

#include <cstddef>

#include "gateway/report/figure.h"
#include "services/common/money/interval.h"
#include "services/common/money/rational.h"

namespace outlay::gateway {

// Figures of one currency. Each end of the interval is summed by itself and taken away again by itself, which is exact; subtracting one
// interval from another would widen it. Add and Without are linear in the length of the sum, so that of many figures at as many
// different rates each one's others cost as much as one more addition.
class SumOfOthers {
 public:
  void Add(const ExactFigure& figure);

  // Of all that were added, `figure` among them, but for it. Only the point and the interval, which is all that a share needs.
  ExactFigure Without(const ExactFigure& figure) const;

 private:
  // Of the low or the high ends. An open end leaves the sum open, whatever the others are.
  struct Ends {
    money::Rational sum;  // of those that are not open
    size_t open = 0;
    size_t strict = 0;
    size_t implied = 0;

    void Add(const money::RationalIntervalEnd& end);
    money::RationalIntervalEnd Without(const money::RationalIntervalEnd& end) const;
  };

  Ends low_;
  Ends high_;
  money::Rational points_;
  size_t without_point_ = 0;
};

}  // namespace outlay::gateway

#endif  // OUTLAY_GATEWAY_REPORT_SUM_OF_OTHERS_H_
