// A service's journal by its settings: the same for every service that keeps one.
#ifndef OUTLAY_SERVICES_COMMON_JOURNAL_SETTINGS_H_
#define OUTLAY_SERVICES_COMMON_JOURNAL_SETTINGS_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "services/common/config/setting.h"
#include "services/common/config/settings.h"
#include "services/common/journal/journal.h"
#include "services/common/telemetry/logger.h"

namespace outlay::journal {

// store, data-dir, accept-missing-head, store-follow-ms, store-retry-ms.
config::Table JournalSettings(std::string_view default_directory);

struct ServiceJournal {
  std::string name;  // "ingest"
  std::vector<std::string> guarded_prefixes;
};

// Opens a service's journal where the settings say. What happens beside the calls is
// logged. Errors of OpenSqliteJournal and OpenPostgresJournal.
absl::StatusOr<std::unique_ptr<Journal>> OpenJournal(const config::Settings& settings,
                                                     ServiceJournal journal, Clock clock,
                                                     const telemetry::Logger& logger);

}  // namespace outlay::journal

#endif  // OUTLAY_SERVICES_COMMON_JOURNAL_SETTINGS_H_
