// Colours and weights of a terminal.
#ifndef OUTLAY_GATEWAY_CLI_RENDER_COLOUR_H_
#define OUTLAY_GATEWAY_CLI_RENDER_COLOUR_H_

#include <string>
#include <string_view>

namespace outlay::cli {

class Colours {
 public:
  // Switched off, the texts come back as they are.
  explicit Colours(bool enabled) : enabled_(enabled) {}

  std::string Bold(std::string_view text) const { return Wrapped("1", text); }
  std::string Faint(std::string_view text) const { return Wrapped("2", text); }
  std::string Red(std::string_view text) const { return Wrapped("31", text); }
  std::string Yellow(std::string_view text) const { return Wrapped("33", text); }

 private:
  std::string Wrapped(std::string_view code, std::string_view text) const {
    if (!enabled_ || text.empty()) return std::string(text);
    return "\x1b[" + std::string(code) + "m" + std::string(text) + "\x1b[0m";
  }

  bool enabled_;
};

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_RENDER_COLOUR_H_
