// The project's files as the house rules read them.

#ifndef OUTLAY_TESTS_HOUSE_RULES_SOURCE_TREE_H_
#define OUTLAY_TESTS_HOUSE_RULES_SOURCE_TREE_H_

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace outlay::house_rules {

struct SourceFile {
  std::string path;                // from the root, with '/', e.g. "services/fx/main.cc"
  std::vector<std::string> lines;  // as written, without line ends
  std::vector<std::string> code;   // C++ only: the lines with comments and literals blanked out

  bool IsCpp() const;
};

// All text files under a root, in the order of their paths. Folders of version control, builds and
// caches are left out, and files that hold a NUL byte.
std::vector<SourceFile> LoadTree(const std::filesystem::path& root);

// The file at `path`, or null.
const SourceFile* Find(const std::vector<SourceFile>& tree, std::string_view path);

// What `#include "x"` or `#include <x>` names, or "" where the line is no include.
std::string_view IncludedHeader(std::string_view line);

// Whether `path` fits `pattern`, in which '*' stands for anything, '/' included.
bool Matches(std::string_view pattern, std::string_view path);

}  // namespace outlay::house_rules

#endif  // OUTLAY_TESTS_HOUSE_RULES_SOURCE_TREE_H_
