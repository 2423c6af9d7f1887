// How SubscribeChanges is encoded.
#ifndef OUTLAY_SERVICES_INGEST_CHANGE_FEED_PROTO_H_
#define OUTLAY_SERVICES_INGEST_CHANGE_FEED_PROTO_H_

#include "services/common/feed/encoder_proto.h"

namespace outlay::ingest {

// To a recorded disclosure its id is added, so that subscribers need not know how ids are made; to one whose words are gone, that they are.
feed::Encoder ChangeFeedEncoder();

}  // namespace outlay::ingest

#endif  // OUTLAY_SERVICES_INGEST_CHANGE_FEED_PROTO_H_
