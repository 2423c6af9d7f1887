// A batch of records between its checks and its acknowledgement.
#ifndef OUTLAY_SERVICES_INGEST_PREPARED_BATCH_H_
#define OUTLAY_SERVICES_INGEST_PREPARED_BATCH_H_

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/common/journal/record.h"
#include "services/common/time/clock.h"
#include "services/ingest/change.h"
#include "services/ingest/change_codec.h"
#include "services/ingest/ledger.h"
#include "services/ingest/record_command.h"

namespace outlay::ingest {

// What the checks have found, kept until the results are known. Its address is its records' origin: it is not moved.
struct PreparedBatch {
  struct Entry {
    std::optional<PreparedRecord> record;  // nullopt: refused
    absl::Status error;
    std::string_view client_key;
  };

  ChangeNote note;
  std::vector<Entry> entries;
  std::vector<journal::Record> records;  // until the journal takes them
  size_t refused_count = 0;
};

// "entries[3]".
std::string EntryPath(size_t index);

// Checks the entries and writes their records. Errors are those of `command.entry`; what is wrong with an entry's values is in the batch.
absl::StatusOr<std::shared_ptr<PreparedBatch>> PrepareBatch(const RecordCommand& command,
                                                            const Ledger& ledger,
                                                            const ChangeCodec& codec,
                                                            time::Instant now);

}  // namespace outlay::ingest

#endif  // OUTLAY_SERVICES_INGEST_PREPARED_BATCH_H_
