// outlay-aggregation: answers questions over all disclosures.
#include "services/aggregation/aggregation_module.h"
#include "services/aggregation/settings.h"
#include "services/common/rpc/run_server.h"

int main(int argc, char** argv) {
  return outlay::rpc::RunServer(
      argc, argv,
      {.name = "outlay-aggregation",
       .summary = "Adds disclosures of spending up, from a view in memory that follows ingest.",
       .version = OUTLAY_VERSION,
       .table = outlay::aggregation::AggregationSettings()},
      outlay::aggregation::MakeAggregation);
}
