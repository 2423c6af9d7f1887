#include "gateway/cli/rate_format.h"

#include <algorithm>
#include <array>
#include <string>

#include "gateway/cli/ecb_csv.h"
#include "gateway/cli/h10_csv.h"
#include "gateway/cli/rate_columns.h"

namespace outlay::cli {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kBlank = " \t\r\n";

std::string_view WithoutBlanks(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(kBlank), text.size()));
  return text;
}

// From the first byte that counts.
std::string_view Content(std::string_view head) {
  if (head.starts_with(kByteOrderMark)) head.remove_prefix(kByteOrderMark.size());
  head = WithoutBlanks(head);
  while (head.starts_with('#')) {
    head.remove_prefix(std::min(head.find('\n'), head.size()));
    head = WithoutBlanks(head);
  }
  return head;
}

// Rates of the currency API begin with their date, or with an object of figures; no field of Rate is called "date", and of its objects the
// names are known.
RateFormat FormatOfJson(std::string_view text) {
  text = WithoutBlanks(text.substr(1));
  if (!text.starts_with('"')) return RateFormat::kJsonLines;
  const size_t end = text.find('"', 1);
  if (end == text.npos) return RateFormat::kJsonLines;
  const std::string_view key = text.substr(1, end - 1);
  if (key == "date") return RateFormat::kCurrencyApi;
  text = WithoutBlanks(text.substr(end + 1));
  if (!text.starts_with(':')) return RateFormat::kJsonLines;
  constexpr std::array<std::string_view, 3> kObjects = {"value", "impliedBy", "implied_by"};
  const bool is_object = WithoutBlanks(text.substr(1)).starts_with('{');
  const bool is_of_rate = std::find(kObjects.begin(), kObjects.end(), key) != kObjects.end();
  return is_object && !is_of_rate ? RateFormat::kCurrencyApi : RateFormat::kJsonLines;
}

}  // namespace

RateFormat RateFormatOf(std::string_view head) {
  const std::string_view content = Content(head);
  if (content.empty())
    return head.empty() || head == kByteOrderMark ? RateFormat::kEmpty : RateFormat::kJsonLines;
  if (content[0] == '<') return RateFormat::kEcbXml;
  if (content[0] == '{') return FormatOfJson(content);
  const std::string_view line = content.substr(0, content.find('\n'));
  if (RateColumns::IsHeader(line)) return RateFormat::kPlainCsv;
  if (H10CsvReader::IsHeader(line)) return RateFormat::kH10;
  if (EcbCsvReader::IsHeader(line)) return RateFormat::kEcbCsv;
  return RateFormat::kUnknown;
}

}  // namespace outlay::cli
