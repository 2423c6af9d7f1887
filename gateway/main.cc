// outlay-gateway: the one address that callers from outside need.
#include "gateway/gateway_module.h"
#include "gateway/settings.h"
#include "services/common/config/command_line.h"
#include "services/common/rpc/run_server.h"

int main(int argc, char** argv) {
  return outlay::rpc::RunServer(
      argc, argv,
      {.name = "outlay-gateway",
       .summary = "Joins the services' answers into reports and forwards their methods.",
       .version = OUTLAY_VERSION,
       .table = outlay::gateway::GatewaySettings()},
      outlay::gateway::MakeGateway);
}
