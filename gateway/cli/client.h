// Calls to the gateway, and through it to the services.
#ifndef OUTLAY_GATEWAY_CLI_CLIENT_H_
#define OUTLAY_GATEWAY_CLI_CLIENT_H_

#include <chrono>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "grpcpp/client_context.h"
#include "outlay/fx/v1/fx_service.grpc.pb.h"
#include "outlay/gateway/v1/gateway_service.grpc.pb.h"
#include "outlay/ingest/v1/ingest_service.grpc.pb.h"
#include "services/common/rpc/error_mapping.h"

namespace outlay::cli {

// The stubs of one connection.
struct Client {
  std::string address;
  std::chrono::milliseconds timeout;
  std::unique_ptr<gateway::v1::GatewayService::Stub> gateway;
  std::unique_ptr<ingest::v1::IngestService::Stub> ingest;
  std::unique_ptr<fx::v1::FxService::Stub> fx;
};

// Connects when first used. INVALID_ARGUMENT (BAD_TARGET).
absl::StatusOr<Client> MakeClient(const std::string& address, std::chrono::milliseconds timeout);

// The gateway itself could not be reached, rather than a service behind it.
bool IsUnreachable(const absl::Status& error);

// How the gateway is called in errors.
std::string NameOf(const Client& client);

// One call, with the client's timeout as its deadline. Errors as the service gave them; BACKEND_UNAVAILABLE and its like where it
// could not be reached.
template <class Stub, class Request, class Response>
absl::StatusOr<Response> Call(const Client& client, Stub& stub,
                              grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                           Response*),
                              const Request& request) {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + client.timeout);
  Response response;
  const grpc::Status status = (stub.*method)(&context, request, &response);
  if (!status.ok()) return rpc::FromGrpcStatus(status, NameOf(client));
  return response;
}

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_CLIENT_H_
