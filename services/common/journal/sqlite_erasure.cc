#include "services/common/journal/sqlite_erasure.h"

#include <memory>
#include <string>

#include "services/common/journal/bytes.h"
#include "services/common/journal/erasable.h"
#include "services/common/status/error.h"

namespace outlay::journal {
namespace {

struct CloseBlob {
  void operator()(sqlite3_blob* blob) const { sqlite3_blob_close(blob); }
};
using Blob = std::unique_ptr<sqlite3_blob, CloseBlob>;

}  // namespace

absl::Status EraseRow(SqliteConnection& connection, uint64_t sequence, uint64_t erased_by) {
  const auto check = [&](int code) {
    if (code == SQLITE_OK) return absl::OkStatus();
    return SqliteError(code, sqlite3_errmsg(connection.handle()), connection.file(),
                       {"entry", sequence});
  };
  sqlite3_blob* opened = nullptr;
  const int open_code = sqlite3_blob_open(connection.handle(), "main", "entry", "erasable",
                                          static_cast<int64_t>(sequence), 1, &opened);
  const Blob blob(opened);
  RETURN_IF_ERROR(check(open_code));
  const int size = sqlite3_blob_bytes(blob.get());
  if (size == 0) return absl::OkStatus();
  std::string header(8, '\0');
  RETURN_IF_ERROR(check(sqlite3_blob_read(blob.get(), header.data(), 8, 0)));
  if (GetLittleEndian(header.data()) != 0) return absl::OkStatus();
  const std::string erased = StoreErased(static_cast<size_t>(size), erased_by);
  return check(sqlite3_blob_write(blob.get(), erased.data(), size, 0));
}

}  // namespace outlay::journal
