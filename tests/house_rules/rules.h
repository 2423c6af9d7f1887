// The rules of the house (docs/architecture.md), each a function from the tree to what breaks it.
// The exceptions stand in tables beside the rules, each with its reason.

#ifndef OUTLAY_TESTS_HOUSE_RULES_RULES_H_
#define OUTLAY_TESTS_HOUSE_RULES_RULES_H_

#include <string>
#include <vector>

#include "tests/house_rules/source_tree.h"

namespace outlay::house_rules {

struct Finding {
  std::string where;  // "path" or "path:line"
  std::string what;   // the rule that it breaks, in words

  bool operator==(const Finding&) const = default;
};

using Findings = std::vector<Finding>;
using Tree = std::vector<SourceFile>;

// No service includes another or the gateway; services/common includes neither; the gateway
// includes no service, except where `outlay up` wires them into one process.
Findings ServicesMeetOnlyThroughProtos(const Tree& tree);

// Only the wire files include gRPC, protobuf or generated headers.
Findings OnlyTheWireSeesGrpc(const Tree& tree);

// Only the journal's engines include the headers of SQLite and PostgreSQL.
Findings OnlyTheEnginesSeeSql(const Tree& tree);

// No floating point where money is handled.
Findings MoneyIsNeverFloatingPoint(const Tree& tree);

// No C++ file or script is longer than 400 lines.
Findings FilesAreShort(const Tree& tree);

// A folder that builds a library has a folder of tests at the same place under tests/.
Findings EveryLibraryHasTests(const Tree& tree);

// No file names a folder of somebody's own machine.
Findings NoPathsOfAMachine(const Tree& tree);

// docs/dependencies.md describes the packages of tools/packages.txt, no more and no fewer.
Findings DependenciesAreDocumented(const Tree& tree);

}  // namespace outlay::house_rules

#endif  // OUTLAY_TESTS_HOUSE_RULES_RULES_H_
