// The history of one entry: its readings by the sequence from which they hold.
#ifndef OUTLAY_SERVICES_AGGREGATION_HISTORY_H_
#define OUTLAY_SERVICES_AGGREGATION_HISTORY_H_

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

namespace outlay::aggregation {

template <typename Reading>
class History {
 public:
  // Sequences rise.
  void Add(uint64_t sequence, Reading reading) {
    readings_.emplace_back(sequence, std::move(reading));
  }

  // The reading as of a sequence, or null where there was none yet. O(log n).
  const Reading* AsOf(uint64_t sequence) const {
    const auto after =
        std::upper_bound(readings_.begin(), readings_.end(), sequence,
                         [](uint64_t value, const auto& reading) { return value < reading.first; });
    return after == readings_.begin() ? nullptr : &std::prev(after)->second;
  }

  bool empty() const { return readings_.empty(); }
  const Reading& last() const { return readings_.back().second; }
  uint64_t first_sequence() const { return readings_.front().first; }

 private:
  std::vector<std::pair<uint64_t, Reading>> readings_;
};

}  // namespace outlay::aggregation

#endif  // OUTLAY_SERVICES_AGGREGATION_HISTORY_H_
