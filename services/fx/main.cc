// outlay-fx: keeps reference rates and converts exactly.
#include "services/common/rpc/run_server.h"
#include "services/fx/fx_module.h"
#include "services/fx/settings.h"

int main(int argc, char** argv) {
  return outlay::rpc::RunServer(
      argc, argv,
      {.name = "outlay-fx",
       .summary = "Keeps dated exchange rates by provider, and converts amounts with them exactly.",
       .version = OUTLAY_VERSION,
       .table = outlay::fx::FxSettings()},
      outlay::fx::MakeFx);
}
