// Times, medians and the table of results.
#ifndef OUTLAY_TESTS_BENCH_REPORT_TABLE_H_
#define OUTLAY_TESTS_BENCH_REPORT_TABLE_H_

#include <chrono>
#include <string>
#include <vector>

namespace outlay::bench {

class Stopwatch {
 public:
  double Seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  }

 private:
  const std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

// 0 of none; the mean of the middle two of an even number.
double Median(std::vector<double> values);

// "312 k", "1.25 M": three digits.
std::string Short(double value);

// One measure, run several times. Runs of the peer belong to those of the subject one by one: they were made next to each other, so that
// what disturbs the host disturbs both.
struct Comparison {
  std::string subject;
  std::string peer;         // empty: there is none
  std::string unit;         // "records/s"
  double wanted_ratio = 0;  // 0: nothing is asked for
  std::vector<double> subject_rates;
  std::vector<double> peer_rates;

  // The median of the runs' ratios.
  double Ratio() const;
};

// Rows as they are measured, each printed at once.
void PrintHeading(const std::string& heading);
void PrintComparison(const Comparison& comparison);
void PrintFigure(const std::string& what, const std::string& value);

}  // namespace outlay::bench

#endif  // OUTLAY_TESTS_BENCH_REPORT_TABLE_H_
