#include "services/fx/rate_feed_proto.h"

#include "outlay/fx/v1/fx_service.pb.h"

namespace outlay::fx {

feed::Encoder RateFeedEncoder() {
  return feed::Encoder(
      {.batch = v1::SubscribeRatesResponse::kBatchFieldNumber,
       .caught_up_sequence = v1::SubscribeRatesResponse::kCaughtUpSequenceFieldNumber,
       .heartbeat_sequence = v1::SubscribeRatesResponse::kHeartbeatSequenceFieldNumber,
       .changes = v1::RateChangeBatch::kChangesFieldNumber,
       .last_checksum = v1::RateChangeBatch::kLastChecksumFieldNumber,
       .sequence = v1::SequencedRateChange::kSequenceFieldNumber,
       .recorded_time = v1::SequencedRateChange::kRecordedTimeFieldNumber,
       .change = v1::SequencedRateChange::kChangeFieldNumber});
}

}  // namespace outlay::fx
