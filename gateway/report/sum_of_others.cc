#include "gateway/report/sum_of_others.h"

namespace outlay::gateway {

void SumOfOthers::Ends::Add(const money::RationalIntervalEnd& end) {
  if (end.IsOpen()) {
    ++open;
    return;
  }
  sum += *end.value;
  strict += end.strict ? 1 : 0;
  implied += end.implied ? 1 : 0;
}

money::RationalIntervalEnd SumOfOthers::Ends::Without(const money::RationalIntervalEnd& end) const {
  const bool is_closed = !end.IsOpen();
  const size_t others_open = open - (is_closed ? 0 : 1);
  if (others_open > 0) return {};
  return {.value = is_closed ? sum - *end.value : sum,
          .strict = strict > (is_closed && end.strict ? 1u : 0u),
          .implied = implied > (is_closed && end.implied ? 1u : 0u)};
}

void SumOfOthers::Add(const ExactFigure& figure) {
  low_.Add(figure.interval.low);
  high_.Add(figure.interval.high);
  if (figure.point) {
    points_ += *figure.point;
  } else {
    ++without_point_;
  }
}

ExactFigure SumOfOthers::Without(const ExactFigure& figure) const {
  ExactFigure others{
      .currency_code = figure.currency_code,
      .interval = {low_.Without(figure.interval.low), high_.Without(figure.interval.high)}};
  if (without_point_ == (figure.point ? 0u : 1u)) {
    others.point = figure.point ? points_ - *figure.point : points_;
  }
  return others;
}

}  // namespace outlay::gateway
