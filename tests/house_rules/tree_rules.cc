// The rules about files and folders.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <set>

#include "tests/house_rules/rules.h"

namespace outlay::house_rules {
namespace {

constexpr size_t kMostLines = 400;

// Put together here, or this file would break its own rule.
const std::array<std::string, 3> kMachineFolders = {
    std::string("/") + "work/", std::string("/") + "home/", std::string("/") + "root/"};

// "services/common/money" → "common/money"; the gateway keeps its name.
std::string_view MirroredFolder(std::string_view folder) {
  constexpr std::string_view kServices = "services/";
  return folder.starts_with(kServices) ? folder.substr(kServices.size()) : folder;
}

bool HasLine(const SourceFile& file, std::string_view text) {
  return std::any_of(file.lines.begin(), file.lines.end(), [text](const std::string& line) {
    return line.find(text) != std::string::npos;
  });
}

// Whether the path at `at` starts there, rather than going on from a word: in "example.org/home/"
// it does not.
bool StartsPath(std::string_view line, size_t at) {
  if (at == 0) return true;
  const char before = line[at - 1];
  return std::isalnum(static_cast<unsigned char>(before)) == 0 &&
         std::string_view("._-~*)}>").find(before) == std::string_view::npos;
}

bool HasMachinePath(std::string_view line, std::string_view folder) {
  for (size_t at = line.find(folder); at != std::string_view::npos;
       at = line.find(folder, at + 1)) {
    if (StartsPath(line, at)) return true;
  }
  return false;
}

// The second word of each line that is neither empty nor a comment: GROUP PACKAGE WHY.
std::set<std::string> ListedPackages(const SourceFile& file) {
  std::set<std::string> packages;
  for (const std::string& line : file.lines) {
    if (line.empty() || line[0] == '#') continue;
    const size_t begin = line.find_first_not_of(' ', line.find(' '));
    if (begin == std::string::npos) continue;
    packages.insert(line.substr(begin, line.find(' ', begin) - begin));
  }
  return packages;
}

// What stands in backquotes at the start of each row of a table: "| `cmake` | …".
std::set<std::string> DescribedPackages(const SourceFile& file) {
  constexpr std::string_view kRow = "| `";
  std::set<std::string> packages;
  for (const std::string& line : file.lines) {
    if (!line.starts_with(kRow)) continue;
    packages.insert(line.substr(kRow.size(), line.find('`', kRow.size()) - kRow.size()));
  }
  return packages;
}

}  // namespace

Findings FilesAreShort(const Tree& tree) {
  Findings findings;
  for (const SourceFile& file : tree) {
    const bool is_script = file.path == "run" || file.path.ends_with(".sh");
    if (!(file.IsCpp() || is_script) || file.lines.size() <= kMostLines) continue;
    findings.push_back(
        {file.path, fmt::format("{} lines, {} at most", file.lines.size(), kMostLines)});
  }
  return findings;
}

Findings EveryLibraryHasTests(const Tree& tree) {
  constexpr std::string_view kBuildFile = "/CMakeLists.txt";
  Findings findings;
  for (const SourceFile& file : tree) {
    const bool is_product = file.path.starts_with("services/") || file.path.starts_with("gateway/");
    if (!is_product || !file.path.ends_with(kBuildFile) || !HasLine(file, "outlay_library(")) {
      continue;
    }
    const std::string_view folder =
        std::string_view(file.path).substr(0, file.path.size() - kBuildFile.size());
    const std::string wanted = fmt::format("tests/{}{}", MirroredFolder(folder), kBuildFile);
    const SourceFile* tests = Find(tree, wanted);
    if (tests != nullptr && HasLine(*tests, "outlay_test(")) continue;
    findings.push_back(
        {file.path, fmt::format("a library without tests: {} declares none", wanted)});
  }
  return findings;
}

Findings NoPathsOfAMachine(const Tree& tree) {
  Findings findings;
  for (const SourceFile& file : tree) {
    for (size_t i = 0; i < file.lines.size(); ++i) {
      for (const std::string& folder : kMachineFolders) {
        if (!HasMachinePath(file.lines[i], folder)) continue;
        findings.push_back({fmt::format("{}:{}", file.path, i + 1),
                            fmt::format("names {}, a folder of somebody's own machine", folder)});
      }
    }
  }
  return findings;
}

Findings DependenciesAreDocumented(const Tree& tree) {
  constexpr std::string_view kList = "tools/packages.txt";
  constexpr std::string_view kManual = "docs/dependencies.md";
  Findings findings;
  for (std::string_view path : {kList, kManual}) {
    if (Find(tree, path) == nullptr) findings.push_back({std::string(path), "missing"});
  }
  if (!findings.empty()) return findings;
  const std::set<std::string> listed = ListedPackages(*Find(tree, kList));
  const std::set<std::string> described = DescribedPackages(*Find(tree, kManual));
  for (const std::string& package : listed) {
    if (described.contains(package)) continue;
    findings.push_back({std::string(kManual), fmt::format("does not describe {}", package)});
  }
  for (const std::string& package : described) {
    if (listed.contains(package)) continue;
    findings.push_back({std::string(kManual),
                        fmt::format("describes {}, which {} does not list", package, kList)});
  }
  return findings;
}

}  // namespace outlay::house_rules
