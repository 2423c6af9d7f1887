// A question as a line for grpcurl, to copy into a shell.
#ifndef OUTLAY_GATEWAY_CLI_GRPCURL_LINE_H_
#define OUTLAY_GATEWAY_CLI_GRPCURL_LINE_H_

#include <string>
#include <string_view>

#include "google/protobuf/message.h"

namespace outlay::cli {

// "grpcurl -plaintext -d '{…}' 127.0.0.1:7400 outlay.gateway.v1.GatewayService/GetReport".
std::string GrpcurlLine(const google::protobuf::Message& request, std::string_view address,
                        std::string_view method);

// The text as one word of a POSIX shell: in single quotes where it has to be.
std::string ShellQuoted(std::string_view text);

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_GRPCURL_LINE_H_
