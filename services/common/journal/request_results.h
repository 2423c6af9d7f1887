// A request's results as bytes: what the store keeps, so that a replay gets the same answer.
#ifndef OUTLAY_SERVICES_COMMON_JOURNAL_REQUEST_RESULTS_H_
#define OUTLAY_SERVICES_COMMON_JOURNAL_REQUEST_RESULTS_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/common/journal/record.h"

namespace outlay::journal {

// Runs of results with the same disposition and rising (or no) sequences share a few bytes: a batch
// of which every record was appended takes less than ten, whatever its size. Stored: never change
// it.
std::string EncodeResults(const std::vector<RecordResult>& results);

// Nothing when the bytes are not what EncodeResults makes.
std::optional<std::vector<RecordResult>> DecodeResults(std::string_view bytes);

}  // namespace outlay::journal

#endif  // OUTLAY_SERVICES_COMMON_JOURNAL_REQUEST_RESULTS_H_
