#include "tests/house_rules/source_tree.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>

namespace outlay::house_rules {
namespace {

namespace fs = std::filesystem;

bool IsLeftOut(const fs::path& folder, const fs::path& root) {
  const std::string name = folder.filename().string();
  return name == ".git" || name == ".cache" || name == "node_modules" ||
         (folder.parent_path() == root && name.starts_with("build"));
}

std::vector<std::string> SplitLines(const std::string& text) {
  std::vector<std::string> lines;
  size_t begin = 0;
  while (begin < text.size()) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

// Blanks comments and literals and keeps line ends, so that words in them are not taken for code.
class Blanker {
 public:
  explicit Blanker(std::string text) : text_(std::move(text)) {}

  std::string Run() {
    while (at_ < text_.size()) {
      if (StartsWith("//")) {
        BlankTo(text_.find('\n', at_));
      } else if (StartsWith("/*")) {
        BlankPast(text_.find("*/", at_ + 2), 2);
      } else if (StartsWith("R\"")) {
        BlankRawString();
      } else if (text_[at_] == '"') {
        BlankQuoted('"');
      } else if (text_[at_] == '\'' && !IsDigitSeparator()) {
        BlankQuoted('\'');
      } else {
        ++at_;
      }
    }
    return std::move(text_);
  }

 private:
  bool StartsWith(std::string_view what) const {
    return std::string_view(text_).substr(at_, what.size()) == what;
  }

  bool IsDigitSeparator() const { return at_ > 0 && std::isxdigit(text_[at_ - 1]) != 0; }

  void BlankTo(size_t end) {
    end = std::min(end, text_.size());
    for (; at_ < end; ++at_) {
      if (text_[at_] != '\n') text_[at_] = ' ';
    }
  }

  void BlankPast(size_t found, size_t length) {
    BlankTo(found == std::string::npos ? text_.size() : found + length);
  }

  void BlankRawString() {
    const size_t open = std::min(text_.find('(', at_), text_.size());
    const std::string close = ")" + text_.substr(at_ + 2, open - at_ - 2) + "\"";
    BlankPast(text_.find(close, open), close.size());
  }

  void BlankQuoted(char quote) {
    size_t end = at_ + 1;
    while (end < text_.size() && text_[end] != quote && text_[end] != '\n') {
      end += text_[end] == '\\' ? 2 : 1;
    }
    BlankTo(end + 1);
  }

  std::string text_;
  size_t at_ = 0;
};

std::optional<SourceFile> Load(const fs::path& file, const fs::path& root) {
  std::ifstream in(file, std::ios::binary);
  std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  if (text.find('\0') != std::string::npos) return std::nullopt;
  SourceFile source;
  source.path = fs::relative(file, root).generic_string();
  source.lines = SplitLines(text);
  if (source.IsCpp()) source.code = SplitLines(Blanker(std::move(text)).Run());
  return source;
}

}  // namespace

bool SourceFile::IsCpp() const { return path.ends_with(".cc") || path.ends_with(".h"); }

std::vector<SourceFile> LoadTree(const fs::path& root) {
  std::vector<SourceFile> tree;
  fs::recursive_directory_iterator entry(root);
  for (; entry != fs::recursive_directory_iterator(); ++entry) {
    if (entry->is_directory() && IsLeftOut(entry->path(), root)) entry.disable_recursion_pending();
    if (!entry->is_regular_file()) continue;
    if (std::optional<SourceFile> source = Load(entry->path(), root)) {
      tree.push_back(std::move(*source));
    }
  }
  std::sort(tree.begin(), tree.end(),
            [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });
  return tree;
}

const SourceFile* Find(const std::vector<SourceFile>& tree, std::string_view path) {
  const auto found = std::find_if(tree.begin(), tree.end(),
                                  [path](const SourceFile& file) { return file.path == path; });
  return found == tree.end() ? nullptr : &*found;
}

std::string_view IncludedHeader(std::string_view line) {
  constexpr std::string_view kInclude = "#include";
  const size_t start = line.find_first_not_of(" \t");
  if (start == std::string_view::npos || !line.substr(start).starts_with(kInclude)) return {};
  const size_t open = line.find_first_of("\"<", start + kInclude.size());
  if (open == std::string_view::npos) return {};
  const size_t close = line.find_first_of("\">", open + 1);
  if (close == std::string_view::npos) return {};
  return line.substr(open + 1, close - open - 1);
}

bool Matches(std::string_view pattern, std::string_view path) {
  const size_t star = pattern.find('*');
  if (star == std::string_view::npos) return pattern == path;
  if (!path.starts_with(pattern.substr(0, star))) return false;
  const std::string_view rest = pattern.substr(star + 1);
  for (size_t at = star; at <= path.size(); ++at) {
    if (Matches(rest, path.substr(at))) return true;
  }
  return false;
}

}  // namespace outlay::house_rules
