// How SubscribeRates is encoded.
#ifndef OUTLAY_SERVICES_FX_RATE_FEED_PROTO_H_
#define OUTLAY_SERVICES_FX_RATE_FEED_PROTO_H_

#include "services/common/feed/encoder_proto.h"

namespace outlay::fx {

feed::Encoder RateFeedEncoder();

}  // namespace outlay::fx

#endif  // OUTLAY_SERVICES_FX_RATE_FEED_PROTO_H_
