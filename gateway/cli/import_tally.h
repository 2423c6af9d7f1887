// What became of the records of a file.
#ifndef OUTLAY_GATEWAY_CLI_IMPORT_TALLY_H_
#define OUTLAY_GATEWAY_CLI_IMPORT_TALLY_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "gateway/cli/render/language.h"
#include "outlay/journal/v1/journal.pb.h"

namespace outlay::cli {

// A record that was not taken.
struct Rejection {
  size_t line = 0;                   // from 1; 0: not known
  size_t column = 0;                 // from 1; 0: not known
  std::string message;               // what was wrong, and what would be right
  std::string reason;                // UPPER_SNAKE; empty: not known
  std::vector<std::string> details;  // wrong fields beyond the message
  std::string record;                // as it can be imported again once mended; empty: no such text
  std::string place;  // said in place of line and column: "fact 17, us-gaap:Revenues"
};

struct ImportTally {
  uint64_t read = 0;
  uint64_t recorded = 0;  // stored now; with a dry run what would be
  uint64_t already_there = 0;
  uint64_t voided = 0;  // of those already there: they were entered in error, and count no more
  std::vector<Rejection> rejections;  // not yet reported
  uint64_t skipped = 0;               // not read: figures of what is no currency
  uint64_t reported = 0;              // those that were, and are not kept
  std::string rejected_head;   // what the file of --rejected begins with: the header of a table
  uint64_t head_sequence = 0;  // of the journal after the last batch; 0: nothing was sent

  absl::Status stopped;  // why the file was not read or sent to its end; OK: it was

  uint64_t rejected() const { return reported + rejections.size(); }
  // Read, and without an answer.
  uint64_t unsettled() const { return read - recorded - already_there - rejected(); }
};

Rejection MakeRejection(size_t line, const absl::Status& error, std::string record);
Rejection MakeRejection(size_t line, const journal::v1::RecordError& error, std::string record);

// What an import counts.
struct Countable {
  std::string_view english;  // one of them; more take an s
  std::string_view korean;
};
inline constexpr Countable kDisclosures = {"disclosure", "발표"};
inline constexpr Countable kFigures = {"figure", "수치"};
inline constexpr Countable kRates = {"rate", "환율"};

// "18 disclosures read, 18 recorded, 0 already there, 0 rejected"; of an import that stopped also "500 not settled"; "179 skipped" where some were.
std::string SummaryLine(const ImportTally& tally, const Countable& what, bool dry_run,
                        Language language);
// That some of those already there were voided since; empty where none was.
std::string VoidedLine(const ImportTally& tally, Language language);

// "file.jsonl:3:14: …" and its details on lines of their own.
std::string RejectionText(const std::string& path, const Rejection& rejection);

// The file of --rejected: every record below a comment that says why it was rejected. It can be imported once it is mended. What was
// reported before stays in it.
absl::Status WriteRejected(const std::string& path, const std::string& source,
                           const ImportTally& tally);

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_IMPORT_TALLY_H_
