#include "services/common/journal/settings.h"

#include <chrono>
#include <utility>
#include <variant>

#include "services/common/journal/postgres_journal.h"
#include "services/common/journal/sqlite_journal.h"
#include "services/common/journal/store_address.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"

namespace outlay::journal {
namespace {

std::string FaultOfStore(const std::string& text) {
  const absl::StatusOr<StoreAddress> address = ParseStoreAddress(text);
  if (address.ok()) return "";
  const ErrorDetail detail = GetErrorDetail(address.status());
  return detail.violations.empty() ? std::string(FromAbsl(address.status().message()))
                                   : detail.violations.front().description;
}

std::string FaultOfDirectory(const std::string& text) {
  return text.empty() ? "is empty: give a directory, such as ./data" : "";
}

absl::StatusOr<StoreAddress> AddressOf(const config::Settings& settings) {
  const std::string& store = settings.String("store");
  if (store.empty()) return SqliteAddress{settings.String("data-dir")};
  return ParseStoreAddress(store);
}

std::chrono::milliseconds Milliseconds(const config::Settings& settings, std::string_view name) {
  return std::chrono::milliseconds(settings.DurationMs(name));
}

}  // namespace

config::Table JournalSettings(std::string_view default_directory) {
  config::Setting store = config::StringSetting(
      "store", "",
      "where the journal is kept: sqlite:PATH, a directory, or postgres://USER@HOST/DATABASE; "
      "empty is SQLite in data-dir");
  store.fault = FaultOfStore;
  config::Setting directory =
      config::StringSetting("data-dir", default_directory,
                            "directory of the journal, one a service; made when missing; not "
                            "used where store is set");
  directory.fault = FaultOfDirectory;
  return {std::move(store), std::move(directory),
          config::BoolSetting(
              "accept-missing-head", false,
              "start although the journal's head file is missing or damaged, after restoring or "
              "copying the database on purpose: the end of the database is then taken as it is"),
          config::DurationSetting("store-follow-ms", 25, 1, 60'000,
                                  "how often PostgreSQL is asked for what other replicas have "
                                  "stored"),
          config::DurationSetting("store-retry-ms", 10'000, 100, 300'000,
                                  "how long a write or read goes on trying while PostgreSQL is "
                                  "away, before it is UNAVAILABLE")};
}

absl::StatusOr<std::unique_ptr<Journal>> OpenJournal(const config::Settings& settings,
                                                     ServiceJournal journal, Clock clock,
                                                     const telemetry::Logger& logger) {
  ASSIGN_OR_RETURN(const StoreAddress address, AddressOf(settings));
  const auto report = [logger](const absl::Status& status) {
    logger.Error("journal", {{"error", FromAbsl(status.message())},
                             {"reason", GetErrorDetail(status).reason}});
  };
  if (const auto* sqlite = std::get_if<SqliteAddress>(&address)) {
    return OpenSqliteJournal({.directory = sqlite->directory,
                              .name = std::move(journal.name),
                              .guarded_prefixes = std::move(journal.guarded_prefixes),
                              .accept_missing_head = settings.Bool("accept-missing-head"),
                              .clock = std::move(clock),
                              .on_background_error = report});
  }
  return OpenPostgresJournal(
      {.url = std::get<PostgresAddress>(address).url,
       .name = std::move(journal.name),
       .guarded_prefixes = std::move(journal.guarded_prefixes),
       .follow_interval = Milliseconds(settings, "store-follow-ms"),
       .retry_for = Milliseconds(settings, "store-retry-ms"),
       .clock = std::move(clock),
       .on_background_error = report,
       .on_store_back = [logger] { logger.Info("the journal's store is back"); }});
}

}  // namespace outlay::journal
