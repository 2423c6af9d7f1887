#include "gateway/cli/progress.h"

#include <algorithm>
#include <ostream>

#include "fmt/format.h"
#include "gateway/cli/render/readable_amount.h"

namespace outlay::cli {
namespace {

constexpr std::chrono::milliseconds kBetweenBars{100};
constexpr uint64_t kBarCells = 24;
constexpr uint64_t kLeastForLines = 1'000;
constexpr const char* kEraseLine = "\r\x1b[K";

std::string Bar(uint64_t percent) {
  const uint64_t full = percent * kBarCells / 100;
  std::string bar = "[";
  for (uint64_t i = 0; i < kBarCells; ++i) bar += i < full ? '#' : ' ';
  return bar + "]";
}

}  // namespace

Progress::Progress(std::ostream& out, const Terminal& terminal, std::string what, uint64_t total,
                   Clock clock)
    : out_(out),
      terminal_(terminal),
      what_(std::move(what)),
      total_(total),
      clock_(std::move(clock)) {}

Progress::~Progress() {
  if (drawn_at_) out_ << kEraseLine << std::flush;
}

std::string Progress::Line(uint64_t count) const {
  const std::string counted = fmt::format(
      "{} {}", GroupedDigits(money::Decimal::FromInt(static_cast<int64_t>(count))), what_);
  return total_ == 0 ? counted : fmt::format("{:3} %  {}", percent_, counted);
}

void Progress::Update(uint64_t done, uint64_t count) {
  percent_ = total_ == 0 ? 0 : std::min(done, total_) * 100 / total_;
  if (terminal_.is_terminal) {
    const auto now = clock_();
    if (drawn_at_ && now - *drawn_at_ < kBetweenBars) return;
    out_ << kEraseLine << (total_ == 0 ? "" : Bar(percent_) + " ") << Line(count) << std::flush;
    drawn_at_ = now;
    return;
  }
  const uint64_t tenth = percent_ / 10;
  // The end is the caller's to say.
  if (tenth == shown_tenth_ || percent_ == 100 || count < kLeastForLines) return;
  shown_tenth_ = tenth;
  out_ << Line(count) << std::endl;
}

}  // namespace outlay::cli
