#include "services/common/journal/postgres_journal.h"

#include <utility>

#include "fmt/format.h"
#include "services/common/journal/errors.h"
#include "services/common/journal/postgres_store.h"
#include "services/common/journal/postgres_url.h"
#include "services/common/journal/store_journal.h"
#include "services/common/status/error.h"

namespace outlay::journal {
namespace {

constexpr size_t kNameBytesMax = 48;                  // with "outlay_" below PostgreSQL's 63
constexpr size_t kQueueBytesMax = size_t{512} << 20;  // a group is one statement, below 1 GB

absl::Status CheckOptions(const PostgresOptions& options) {
  RETURN_IF_ERROR(CheckName(options.name));
  if (options.name.size() > kNameBytesMax) {
    return OptionInvalid("name", fmt::format("must be at most {} bytes", kNameBytesMax));
  }
  if (options.readers_max == 0) return OptionInvalid("readers_max", "must be at least 1");
  if (options.follow_interval.count() < 1) {
    return OptionInvalid("follow_interval", "must be at least 1 ms");
  }
  if (options.retry_for.count() < 1) return OptionInvalid("retry_for", "must be at least 1 ms");
  if (options.clock == nullptr) return OptionInvalid("clock", "must be set");
  RETURN_IF_ERROR(CheckLimitOptions(options.limits));
  if (options.limits.queue_bytes_max > kQueueBytesMax) {
    return OptionInvalid("limits.queue_bytes_max",
                         fmt::format("must be at most {}", kQueueBytesMax));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::unique_ptr<Journal>> OpenPostgresJournal(PostgresOptions options) {
  RETURN_IF_ERROR(CheckOptions(options));
  ASSIGN_OR_RETURN(std::string place, DescribePostgresUrl(options.url));
  place += " schema outlay_" + options.name;
  ASSIGN_OR_RETURN(std::unique_ptr<Store> store, PostgresStore::Open(options, std::move(place)));
  return std::make_unique<StoreJournal>(
      StoreJournalOptions{.limits = options.limits,
                          .recent_bytes_max = options.recent_bytes_max,
                          .follow_interval = options.follow_interval,
                          .on_background_error = std::move(options.on_background_error),
                          .on_store_back = std::move(options.on_store_back)},
      std::move(store));
}

}  // namespace outlay::journal
