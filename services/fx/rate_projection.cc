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

void Apply(const journal::Entry& entry, std::optional<RateChange> change,
           RateBookBuilder& builder) {
  if (!change) {
    builder.Skip(entry.sequence);
  } else if (const auto* const release = std::get_if<RateRelease>(&*change)) {
    builder.Release(release->rate_sequence, entry.sequence);
  } else {
    builder.Add({.rate = std::get<Rate>(*std::move(change)),
                 .sequence = entry.sequence,
                 .recorded_at = entry.recorded_at});
  }
}

}  // namespace

RateProjection::RateProjection(journal::Journal& journal, const ChangeCodec& codec,
                               int suspicious_move_percent)
    : journal_(journal),
      codec_(codec),
      book_(std::make_shared<const RateBook>(suspicious_move_percent)) {}

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
      absl::StatusOr<std::optional<RateChange>> change = codec_.DecodeChange(entry.payload);
      if (!change.ok()) {
        return UnreadableChange(entry.sequence, FromAbsl(change.status().message()));
      }
      Apply(entry, *std::move(change), builder);
    }
    sequence = entries.back().sequence;
  }
  if (sequence != before->sequence()) book_.store(builder.Build());
  return absl::OkStatus();
}

}  // namespace outlay::fx
