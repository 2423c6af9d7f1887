// How far a long piece of work has come: a bar on a terminal, now and then a line elsewhere.
#ifndef OUTLAY_GATEWAY_CLI_PROGRESS_H_
#define OUTLAY_GATEWAY_CLI_PROGRESS_H_

#include <chrono>
#include <cstdint>
#include <functional>
#include <iosfwd>
#include <optional>
#include <string>

#include "gateway/cli/session.h"

namespace outlay::cli {

class Progress {
 public:
  using Clock = std::function<std::chrono::steady_clock::time_point()>;

  // `what` is counted: "rates". Of work of `total` (bytes); 0: not known. Nothing is shown before the first Update.
  Progress(std::ostream& out, const Terminal& terminal, std::string what, uint64_t total,
           Clock clock = std::chrono::steady_clock::now);
  // Removes the bar.
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // So much of the total is done, `count` things in all. The bar is drawn anew at most ten times a second. Lines appear for every further tenth, from
  // 1,000 things on: what is less is done before it is read.
  void Update(uint64_t done, uint64_t count);

 private:
  std::string Line(uint64_t count) const;

  std::ostream& out_;
  const Terminal terminal_;
  const std::string what_;
  const uint64_t total_;
  uint64_t percent_ = 0;
  uint64_t shown_tenth_ = 0;
  const Clock clock_;
  std::optional<std::chrono::steady_clock::time_point> drawn_at_;  // none: no bar is shown
};

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_PROGRESS_H_
