// outlay: the command for people.
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <iostream>

#include "gateway/cli/cli.h"
#include "gateway/cli/output_buffer.h"
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

// The exit code in the end. Output that got lost is a failure, unless whoever read it has gone: that is how `| head` ends.
int WithOutput(int code, const outlay::cli::OutputBuffer& output) {
  if (output.error() == 0 || output.error() == EPIPE) return code;
  std::cerr << "outlay: cannot write to standard output: " << std::strerror(output.error()) << "\n";
  return code == outlay::cli::kUsage ? code : outlay::cli::kFailure;
}

}  // namespace

int main(int argc, char** argv) {
  // gRPC would write its own view of errors beside ours.
  outlay::rpc::RouteGrpcLog(outlay::telemetry::Logger());
  const outlay::cli::Terminal terminal = outlay::cli::DetectTerminal(STDOUT_FILENO, Variable);
  outlay::cli::OutputBuffer output(STDOUT_FILENO, terminal.is_terminal);
  std::ostream out(&output);
  std::error_code no_link;
  outlay::cli::Session session = {
      out,      std::cerr,
      terminal, outlay::cli::DetectTerminal(STDERR_FILENO, Variable),
      Variable, std::filesystem::read_symlink("/proc/self/exe", no_link).parent_path()};
  try {
    const int code =
        outlay::cli::RunCli({argv + 1, argv + argc}, {outlay::cli::MakeUpCommand}, session);
    out.flush();
    return WithOutput(code, output);
  } catch (const std::exception& exception) {
    std::cerr << "outlay: unexpected exception: " << exception.what() << "\n";
    return outlay::cli::kFailure;
  }
}
