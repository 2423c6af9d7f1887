// The rows of a journal's chains as every engine reads them, and whether one follows another.
#ifndef OUTLAY_SERVICES_COMMON_JOURNAL_CHAIN_H_
#define OUTLAY_SERVICES_COMMON_JOURNAL_CHAIN_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "services/common/journal/checksum.h"
#include "services/common/journal/record.h"

namespace outlay::journal {

// Rows where they lie: the views are the reader's.
struct EntryRow {
  EntryFields fields;
  uint64_t checksum = 0;
  std::string_view stored_erasable;  // the column as it lies
  // Set by FaultOf.
  std::string_view erasable;
  bool erased = false;
};

struct RequestRow {
  RequestFields fields;
  uint64_t checksum = 0;
};

// What is wrong with a row whose place in the chain follows the one with the checksum `previous`;
// nullptr: nothing. Takes the row's erasable bytes apart.
const char* FaultOf(uint64_t previous, EntryRow& row);
const char* FaultOf(uint64_t previous, const RequestRow& row);

// A row that was found to be right.
Entry ToEntry(const EntryRow& row);

}  // namespace outlay::journal

#endif  // OUTLAY_SERVICES_COMMON_JOURNAL_CHAIN_H_
