// What the tests of the PostgreSQL engine share.
#ifndef OUTLAY_TESTS_COMMON_JOURNAL_POSTGRES_SUPPORT_H_
#define OUTLAY_TESTS_COMMON_JOURNAL_POSTGRES_SUPPORT_H_

#include <libpq-fe.h>
#include <sys/types.h>

#include <memory>
#include <string>
#include <vector>

#include "services/common/journal/postgres_journal.h"

namespace outlay::journal {

// The server that tools/test.sh started, from OUTLAY_POSTGRES_URL.
std::string PostgresUrl();
// Why there is none; empty where there is one.
std::string WhyNoPostgres();

// A session of psql's kind: plain SQL, on its own connection.
class SqlSession {
 public:
  explicit SqlSession(const std::string& url = PostgresUrl());

  // Fails the test on an error. The first column of each row, as text.
  std::vector<std::string> Run(const std::string& sql);
  std::string Value(const std::string& sql);
  // The SQLSTATE of the error, empty for none.
  std::string TryRun(const std::string& sql);

 private:
  struct Close {
    void operator()(PGconn* handle) const { PQfinish(handle); }
  };
  std::unique_ptr<PGconn, Close> handle_;
};

// A journal's place on that server, of its own, gone at the end.
class TemporarySchema {
 public:
  TemporarySchema();
  ~TemporarySchema();
  TemporarySchema(const TemporarySchema&) = delete;
  TemporarySchema& operator=(const TemporarySchema&) = delete;

  // Small bounds, so that small tests reach them.
  PostgresOptions Options() const;
  const std::string& journal_name() const { return name_; }
  // "outlay_<name>": what the tables are under.
  std::string schema() const { return "outlay_" + name_; }

 private:
  std::string name_;
};

// A PostgreSQL of a test's own, for what the others must not feel. Stopped and gone at the end.
class PrivateCluster {
 public:
  // `settings`: "-c NAME=VALUE" …
  explicit PrivateCluster(const std::vector<std::string>& settings = {});
  ~PrivateCluster();
  PrivateCluster(const PrivateCluster&) = delete;
  PrivateCluster& operator=(const PrivateCluster&) = delete;

  const std::string& url() const { return url_; }
  // "fast" or "immediate"; immediate as if the power had failed.
  void Restart(const std::string& mode);
  void Stop(const std::string& mode);
  void Start();
  // As a machine that hangs: connections stay and are even taken, by the system; nothing answers until it goes on.
  void Hang();
  void GoOn();

 private:
  // Of the server, then of its children.
  std::vector<pid_t> Processes() const;

  std::string folder_;
  std::string url_;
};

}  // namespace outlay::journal

#endif  // OUTLAY_TESTS_COMMON_JOURNAL_POSTGRES_SUPPORT_H_
