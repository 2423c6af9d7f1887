// The engines that the conformance suite runs against.
#ifndef OUTLAY_TESTS_COMMON_JOURNAL_ENGINES_H_
#define OUTLAY_TESTS_COMMON_JOURNAL_ENGINES_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/common/journal/journal.h"
#include "services/common/journal/limits.h"
#include "tests/common/journal/postgres_support.h"
#include "tests/common/journal/support.h"

namespace outlay::journal {

// What the engines' journals are opened with.
inline constexpr char kGuardedPrefix[] = "guarded/";

// The home of one journal, empty at first, which can be opened again and again.
class Engine {
 public:
  virtual ~Engine() = default;
  virtual absl::StatusOr<std::unique_ptr<Journal>> Open(const JournalLimits& limits,
                                                        Clock clock) = 0;
};

struct EngineKind {
  std::string name;
  std::function<std::string()> missing;  // why it cannot be tested here; empty: it can
  std::function<std::unique_ptr<Engine>()> make;
};

class SqliteEngine final : public Engine {
 public:
  explicit SqliteEngine(size_t recent_bytes_max) : recent_bytes_max_(recent_bytes_max) {}

  absl::StatusOr<std::unique_ptr<Journal>> Open(const JournalLimits& limits, Clock clock) override {
    SqliteOptions options = SmallOptions(directory_.path());
    options.recent_bytes_max = recent_bytes_max_;
    options.limits = limits;
    options.guarded_prefixes = {kGuardedPrefix};
    options.clock = std::move(clock);
    return OpenSqliteJournal(std::move(options));
  }

 private:
  TemporaryDirectory directory_;
  const size_t recent_bytes_max_;
};

class PostgresEngine final : public Engine {
 public:
  explicit PostgresEngine(size_t recent_bytes_max) : recent_bytes_max_(recent_bytes_max) {}

  absl::StatusOr<std::unique_ptr<Journal>> Open(const JournalLimits& limits, Clock clock) override {
    PostgresOptions options = schema_.Options();
    options.recent_bytes_max = recent_bytes_max_;
    options.limits = limits;
    options.guarded_prefixes = {kGuardedPrefix};
    options.clock = std::move(clock);
    return OpenPostgresJournal(std::move(options));
  }

 private:
  TemporarySchema schema_;
  const size_t recent_bytes_max_;
};

inline std::vector<EngineKind> EngineKinds() {
  const auto never = [] { return std::string(); };
  return {
      {"Sqlite", never, [] { return std::make_unique<SqliteEngine>(size_t{1} << 20); }},
      {"SqliteWithoutMemory", never, [] { return std::make_unique<SqliteEngine>(0); }},
      {"Postgres", WhyNoPostgres, [] { return std::make_unique<PostgresEngine>(size_t{1} << 20); }},
      {"PostgresWithoutMemory", WhyNoPostgres, [] { return std::make_unique<PostgresEngine>(0); }},
  };
}

}  // namespace outlay::journal

#endif  // OUTLAY_TESTS_COMMON_JOURNAL_ENGINES_H_
