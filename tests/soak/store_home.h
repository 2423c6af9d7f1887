// Where a server under test keeps its journal, for each engine.
#ifndef OUTLAY_TESTS_SOAK_STORE_HOME_H_
#define OUTLAY_TESTS_SOAK_STORE_HOME_H_

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "tests/support/process.h"

namespace outlay::tests {

class StoreHome {
 public:
  virtual ~StoreHome() = default;

  // What tells a server of it.
  virtual std::vector<std::string> Flags() const = 0;

  // Whether the store is a process of its own, which can be killed while the server runs.
  virtual bool IsProcess() const { return false; }
  // As if its machine had failed; throws where it cannot be done.
  virtual void KillStore() {}
  virtual void StartStore() {}
};

std::unique_ptr<StoreHome> MakeSqliteHome();

// A PostgreSQL cluster of its own, by tools/postgres.sh. Null, with the reason in `why`, where there is none to be had.
std::unique_ptr<StoreHome> MakePostgresHome(std::string* why);

}  // namespace outlay::tests

#endif  // OUTLAY_TESTS_SOAK_STORE_HOME_H_
