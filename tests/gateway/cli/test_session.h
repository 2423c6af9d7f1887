// A session whose streams a test reads.
#ifndef OUTLAY_TESTS_GATEWAY_CLI_TEST_SESSION_H_
#define OUTLAY_TESTS_GATEWAY_CLI_TEST_SESSION_H_

#include <chrono>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "gateway/cli/session.h"

namespace outlay::cli {

struct TestSession {
  std::ostringstream out;
  std::ostringstream err;
  std::map<std::string, std::string> variables;
  Session session = {out,
                     err,
                     {},
                     {},
                     [this](const std::string& name) -> std::optional<std::string> {
                       const auto variable = variables.find(name);
                       if (variable == variables.end()) return std::nullopt;
                       return variable->second;
                     },
                     "/nowhere/bin",
                     [this](std::chrono::milliseconds time) { waits.push_back(time); }};
  std::vector<std::chrono::milliseconds> waits;
};

}  // namespace outlay::cli

#endif  // OUTLAY_TESTS_GATEWAY_CLI_TEST_SESSION_H_
