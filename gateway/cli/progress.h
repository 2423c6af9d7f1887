// How far a long piece of work has come: a bar on a terminal, now and then a line elsewhere.
#ifndef OUTLAY_GATEWAY_CLI_PROGRESS_H_
#define OUTLAY_GATEWAY_CLI_PROGRESS_H_

#include <cstdint>
#include <iosfwd>
#include <string>

#include "gateway/cli/session.h"

namespace outlay::cli {

class Progress {
 public:
  // `what` is counted: "rates". Of work of `total` (bytes); 0: not known. Nothing is shown before the first Update.
  Progress(std::ostream& out, const Terminal& terminal, std::string what, uint64_t total);
  // Removes the bar.
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // So much of the total is done, `count` things in all. Lines appear for every further tenth, from
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
  bool bar_shown_ = false;
};

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_PROGRESS_H_
