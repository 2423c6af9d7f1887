// The rules about who may include what, and about floating point.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

#include "tests/house_rules/rules.h"

namespace outlay::house_rules {
namespace {

struct Exception {
  std::string_view pattern;
  std::string_view why;
};

// Wiring the four services into one process is what these are for.
constexpr std::array kWiring = {
    Exception{"gateway/cli/up*.cc", "outlay up starts the four services in its own process"},
    Exception{"gateway/cli/up*.h", "the same, declared"},
};

// The wire layer: everything else is domain or storage.
constexpr std::array kWire = {
    Exception{"*_service.cc", "answers RPCs"},
    Exception{"*_service.h", "declares the class that derives from the generated service"},
    Exception{"*_proto.cc", "turns messages into values and back"},
    Exception{"*_proto.h", "declares those conversions"},
    Exception{"*_client.cc", "calls another service"},
    Exception{"*_client.h", "holds the stub of another service"},
    Exception{"*/main.cc", "builds the services once and hands them to the server"},
    Exception{"services/common/rpc/*", "the scaffold that every server stands on"},
    Exception{"services/common/wire/*", "what several services' messages share, converted once"},
    Exception{"gateway/cli/*",
              "the command line is a client of the gateway and prints its messages"},
};

constexpr std::array kEngines = {
    Exception{"services/common/journal/*sqlite*", "the engine on SQLite"},
    Exception{"services/common/journal/*postgres*", "the engine on PostgreSQL"},
};

// Where amounts, rates and what is made of them are handled.
constexpr std::array<std::string_view, 5> kMoneyFolders = {"services/common/money/", "services/fx/",
                                                           "services/aggregation/",
                                                           "services/ingest/", "gateway/"};

template <typename Table>
bool IsListed(const Table& table, std::string_view path) {
  return std::any_of(table.begin(), table.end(), [path](const Exception& exception) {
    return Matches(exception.pattern, path);
  });
}

// The service a path of the tree or of an include belongs to, "gateway" too; "" for all others.
std::string_view ServiceOf(std::string_view path) {
  for (std::string_view service : {"services/ingest", "services/fx", "services/aggregation"}) {
    if (path.starts_with(service) && path.substr(service.size()).starts_with("/")) return service;
  }
  return path.starts_with("gateway/") ? "gateway" : "";
}

bool IsProduct(std::string_view path) {
  return path.starts_with("services/") || path.starts_with("gateway/");
}

bool IsWireHeader(std::string_view header) {
  return header.starts_with("grpcpp/") || header.starts_with("grpc/") ||
         header.starts_with("google/protobuf/") || header.ends_with(".pb.h");
}

bool IsSqlHeader(std::string_view header) {
  return header == "sqlite3.h" || header == "sqlite3ext.h" || header.ends_with("libpq-fe.h");
}

bool IsWordCharacter(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

bool HasWord(std::string_view line, std::string_view word) {
  for (size_t at = line.find(word); at != std::string_view::npos; at = line.find(word, at + 1)) {
    const size_t end = at + word.size();
    if ((at == 0 || !IsWordCharacter(line[at - 1])) &&
        (end == line.size() || !IsWordCharacter(line[end]))) {
      return true;
    }
  }
  return false;
}

std::string Place(const SourceFile& file, size_t line_index) {
  return fmt::format("{}:{}", file.path, line_index + 1);
}

// Calls `check(file, header)` for every include of the product; what it returns, if anything, is a
// finding at that line.
template <typename Check>
Findings CheckIncludes(const Tree& tree, Check check) {
  Findings findings;
  for (const SourceFile& file : tree) {
    if (!file.IsCpp() || !IsProduct(file.path)) continue;
    for (size_t i = 0; i < file.lines.size(); ++i) {
      const std::string_view header = IncludedHeader(file.lines[i]);
      if (header.empty()) continue;
      std::string what = check(file, header);
      if (!what.empty()) findings.push_back({Place(file, i), std::move(what)});
    }
  }
  return findings;
}

}  // namespace

Findings ServicesMeetOnlyThroughProtos(const Tree& tree) {
  return CheckIncludes(tree, [](const SourceFile& file, std::string_view header) -> std::string {
    const std::string_view mine = ServiceOf(file.path);
    const std::string_view theirs = ServiceOf(header);
    if (theirs.empty() || theirs == mine || IsListed(kWiring, file.path)) return "";
    return fmt::format("{} includes {}: services meet only through protos",
                       mine.empty() ? "services/common" : mine, header);
  });
}

Findings OnlyTheWireSeesGrpc(const Tree& tree) {
  return CheckIncludes(tree, [](const SourceFile& file, std::string_view header) -> std::string {
    if (!IsWireHeader(header) || IsListed(kWire, file.path)) return "";
    return fmt::format("includes {}, which only the wire layer may", header);
  });
}

Findings OnlyTheEnginesSeeSql(const Tree& tree) {
  return CheckIncludes(tree, [](const SourceFile& file, std::string_view header) -> std::string {
    if (!IsSqlHeader(header) || IsListed(kEngines, file.path)) return "";
    return fmt::format("includes {}, which only the journal's engines may", header);
  });
}

Findings MoneyIsNeverFloatingPoint(const Tree& tree) {
  Findings findings;
  for (const SourceFile& file : tree) {
    const bool handles_money =
        std::any_of(kMoneyFolders.begin(), kMoneyFolders.end(),
                    [&file](std::string_view folder) { return file.path.starts_with(folder); });
    if (!file.IsCpp() || !handles_money) continue;
    for (size_t i = 0; i < file.code.size(); ++i) {
      for (std::string_view type : {"double", "float"}) {
        if (!HasWord(file.code[i], type)) continue;
        findings.push_back({Place(file, i), fmt::format("{} where money is handled", type)});
      }
    }
  }
  return findings;
}

}  // namespace outlay::house_rules
