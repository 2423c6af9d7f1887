// The gateway's connections to the services behind it.
#ifndef OUTLAY_GATEWAY_BACKENDS_CLIENT_H_
#define OUTLAY_GATEWAY_BACKENDS_CLIENT_H_

#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "outlay/aggregation/v1/aggregation_service.grpc.pb.h"
#include "outlay/fx/v1/fx_service.grpc.pb.h"
#include "outlay/ingest/v1/ingest_service.grpc.pb.h"
#include "services/common/config/settings.h"
#include "services/common/rpc/forwarding.h"

namespace outlay::gateway {

// One channel a service, shared by the typed stubs and the forwarded methods. Safe for concurrent use.
struct Backends {
  std::unique_ptr<ingest::v1::IngestService::Stub> ingest;
  std::unique_ptr<fx::v1::FxService::Stub> fx;
  std::unique_ptr<aggregation::v1::AggregationService::Stub> aggregation;
  // Every method of the three services, for callers from outside.
  std::vector<rpc::Route> routes;
};

// Connects when first used. INVALID_ARGUMENT (BAD_TARGET) for an address that is none.
absl::StatusOr<Backends> MakeBackends(const config::Settings& settings);

}  // namespace outlay::gateway

#endif  // OUTLAY_GATEWAY_BACKENDS_CLIENT_H_
