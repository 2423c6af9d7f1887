// outlay-ingest: keeps every disclosure with its source and revisions.
#include "services/common/rpc/run_server.h"
#include "services/ingest/ingest_module.h"
#include "services/ingest/settings.h"

int main(int argc, char** argv) {
  return outlay::rpc::RunServer(
      argc, argv,
      {.name = "outlay-ingest",
       .summary = "Keeps disclosures of spending with their sources, and feeds their changes.",
       .version = OUTLAY_VERSION,
       .table = outlay::ingest::IngestSettings()},
      outlay::ingest::MakeIngest);
}
