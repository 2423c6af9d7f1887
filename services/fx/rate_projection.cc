#include "services/fx/rate_projection.h"

#include <optional>
#include <utility>
#include <vector>

#include "services/common/status/error.h"
#include "services/common/status/text.h"
#include "services/fx/errors.h"

namespace outlay::fx {
namespace {

constexpr size_t kEntriesMax = 20'000;
constexpr size_t kBytesMax = size_t{8} << 20;

}  // namespace

RateProjection::RateProjection(journal::Journal& journal, const ChangeCodec& codec)
    : journal_(journal), codec_(codec), book_(std::make_shared<const RateBook>()) {}

absl::Status RateProjection::CatchUp() {
  const std::lock_guard lock(mutex_);
  const std::shared_ptr<const RateBook> before = book_.load();
  if (before->sequence() == journal_.Head()) return absl::OkStatus();
  RateBookBuilder builder(*before);
  uint64_t sequence = before->sequence();
  while (true) {
    ASSIGN_OR_RETURN(const std::vector<journal::Entry> entries,
                     journal_.ReadFrom(sequence, kEntriesMax, kBytesMax));
    if (entries.empty()) break;
    for (const journal::Entry& entry : entries) {
      absl::StatusOr<std::optional<Rate>> rate = codec_.DecodeRate(entry.payload);
      if (!rate.ok()) return UnreadableChange(entry.sequence, FromAbsl(rate.status().message()));
      if (*rate) {
        builder.Add({.rate = **std::move(rate),
                     .sequence = entry.sequence,
                     .recorded_at = entry.recorded_at});
      } else {
        builder.Skip(entry.sequence);
      }
    }
    sequence = entries.back().sequence;
  }
  if (sequence != before->sequence()) book_.store(builder.Build());
  return absl::OkStatus();
}

}  // namespace outlay::fx
