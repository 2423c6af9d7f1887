// What the journal's tests share.
#ifndef OUTLAY_TESTS_COMMON_JOURNAL_SUPPORT_H_
#define OUTLAY_TESTS_COMMON_JOURNAL_SUPPORT_H_

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "services/common/journal/journal.h"
#include "services/common/journal/sqlite_journal.h"

namespace outlay::journal {

// A directory of its own, gone at the end.
class TemporaryDirectory {
 public:
  TemporaryDirectory();
  ~TemporaryDirectory();
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

// A record whose fingerprint is that of its payload.
Record MakeRecord(std::string key, std::string payload);
Record MakeRejection(std::string rejection);

// A batch whose request fingerprint follows from its records.
Batch MakeBatch(std::string request_id, std::vector<Record> records);

// Every entry, read in pages. Fails the test on an error.
std::vector<Entry> ReadAll(Journal& journal);
absl::StatusOr<std::vector<Entry>> TryReadAll(Journal& journal);

std::string ReasonOf(const absl::Status& status);
std::string MetadataOf(const absl::Status& status, const std::string& key);

std::string ReadFile(const std::filesystem::path& path);
void WriteFile(const std::filesystem::path& path, const std::string& content);

// A journal "j" in the directory with small bounds, so that small tests reach them.
SqliteOptions SmallOptions(const std::filesystem::path& directory);

// Copies the files that make up a journal (database, write-ahead log, head file) as they are now.
void CopyJournal(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace outlay::journal

#endif  // OUTLAY_TESTS_COMMON_JOURNAL_SUPPORT_H_
