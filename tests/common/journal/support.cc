#include "tests/common/journal/support.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <utility>

#include "services/common/status/error.h"

// Read by ThreadSanitizer, which does not see the atomic reference counts inside the packaged,
// uninstrumented Abseil: a status that two threads share looks to it as if it were freed without
// order.
extern "C" const char* __tsan_default_suppressions() { return "race:libabsl_status.so\n"; }

namespace outlay::journal {
namespace {

// In memory where that is possible: the tests sync thousands of times and none depends on a real
// disk.
std::filesystem::path Parent() {
  const std::filesystem::path memory = "/dev/shm";
  return ::access(memory.c_str(), W_OK | X_OK) == 0 ? memory
                                                    : std::filesystem::temp_directory_path();
}

}  // namespace

TemporaryDirectory::TemporaryDirectory() {
  std::string pattern = Parent() / "outlay-journal-XXXXXX";
  if (::mkdtemp(pattern.data()) == nullptr) std::abort();
  path_ = pattern;
}

TemporaryDirectory::~TemporaryDirectory() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

Record MakeRecord(std::string key, std::string payload) {
  Record record{.key = std::move(key), .payload = std::move(payload)};
  record.fingerprint = Fingerprint(record.payload);
  return record;
}

Record MakeRejection(std::string rejection) { return {.rejection = std::move(rejection)}; }

Batch MakeBatch(std::string request_id, std::vector<Record> records) {
  Batch batch{.request_id = std::move(request_id), .records = std::move(records)};
  std::string content;
  for (const Record& record : batch.records) {
    content += record.key.str() + '\0' + record.payload.str() + '\0' + record.erasable.str() +
               '\0' + record.rejection + '\0';
  }
  batch.request_fingerprint = Fingerprint(content);
  return batch;
}

absl::StatusOr<std::vector<Entry>> TryReadAll(Journal& journal) {
  std::vector<Entry> all;
  while (true) {
    ASSIGN_OR_RETURN(std::vector<Entry> page, journal.ReadFrom(all.size(), 50, 100'000));
    if (page.empty()) return all;
    all.insert(all.end(), std::make_move_iterator(page.begin()),
               std::make_move_iterator(page.end()));
  }
}

std::vector<Entry> ReadAll(Journal& journal) {
  absl::StatusOr<std::vector<Entry>> all = TryReadAll(journal);
  EXPECT_TRUE(all.ok()) << all.status();
  if (!all.ok()) return {};
  for (size_t i = 0; i < all->size(); ++i) EXPECT_EQ((*all)[i].sequence, i + 1);
  return *std::move(all);
}

std::string ReasonOf(const absl::Status& status) { return GetErrorDetail(status).reason; }

std::string MetadataOf(const absl::Status& status, const std::string& key) {
  return GetErrorDetail(status).metadata[key];
}

std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

void WriteFile(const std::filesystem::path& path, const std::string& content) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out.write(content.data(), static_cast<std::streamsize>(content.size()));
}

SqliteOptions SmallOptions(const std::filesystem::path& directory) {
  SqliteOptions options;
  options.directory = directory;
  options.name = "j";
  options.log_bytes_max = 32 * 1024;
  options.recent_bytes_max = 16 * 1024;
  return options;
}

void CopyJournal(const std::filesystem::path& from, const std::filesystem::path& to) {
  std::filesystem::create_directory(to);
  for (const char* name : {"j.db", "j.db-wal", "j.head"}) {
    if (std::filesystem::exists(from / name)) {
      std::filesystem::copy_file(from / name, to / name,
                                 std::filesystem::copy_options::overwrite_existing);
    } else {
      std::filesystem::remove(to / name);
    }
  }
}

}  // namespace outlay::journal
