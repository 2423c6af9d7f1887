// outlay: the command for people.
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <iostream>

#include "gateway/cli/cli.h"
#include "gateway/cli/terminal.h"
#include "gateway/cli/up.h"
#include "services/common/rpc/grpc_log.h"
#include "services/common/telemetry/logger.h"

namespace {

std::optional<std::string> Variable(const std::string& name) {
  const char* const value = std::getenv(name.c_str());
  if (value == nullptr || *value == '\0') return std::nullopt;
  return value;
}

}  // namespace

int main(int argc, char** argv) {
  // gRPC would write its own view of errors beside ours.
  outlay::rpc::RouteGrpcLog(outlay::telemetry::Logger());
  std::error_code no_link;
  outlay::cli::Session session = {
      std::cout,
      std::cerr,
      outlay::cli::DetectTerminal(STDOUT_FILENO, Variable),
      outlay::cli::DetectTerminal(STDERR_FILENO, Variable),
      Variable,
      std::filesystem::read_symlink("/proc/self/exe", no_link).parent_path()};
  try {
    return outlay::cli::RunCli({argv + 1, argv + argc}, {outlay::cli::MakeUpCommand}, session);
  } catch (const std::exception& exception) {
    std::cerr << "outlay: unexpected exception: " << exception.what() << "\n";
    return outlay::cli::kFailure;
  }
}
