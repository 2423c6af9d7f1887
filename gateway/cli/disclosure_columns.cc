#include "gateway/cli/disclosure_columns.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "gateway/cli/errors.h"
#include "gateway/cli/utf8.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"
#include "services/common/status/violations.h"

namespace outlay::cli {
namespace {

using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using ingest::v1::DisclosureEntry;

struct Column {
  std::string_view name;
  std::string_view path;  // in DisclosureEntry
  bool required = false;  // in the header
};

constexpr Column kColumns[] = {
    {"idempotency_key", "idempotency_key"},
    {"disclosure_id", "disclosure.disclosure_id"},
    {"organization_id", "disclosure.organization_id"},
    {"group_id", "disclosure.group_id"},
    {"scope", "disclosure.scope"},
    {"measure", "disclosure.measure", true},
    {"definition", "disclosure.definition"},
    {"basis", "disclosure.basis", true},
    {"period", "disclosure.period.label"},
    {"period_start_date", "disclosure.period.start_date"},
    {"period_end_date", "disclosure.period.end_date"},
    {"period_fiscal", "disclosure.period.fiscal"},
    {"period_ambiguous", "disclosure.period_ambiguous"},
    {"currency", "disclosure.amount.currency_code"},
    {"bound", "disclosure.amount.bound"},
    {"stated", "disclosure.amount.stated.value"},
    {"low", "disclosure.amount.low.value"},
    {"high", "disclosure.amount.high.value"},
    {"approximate", "disclosure.amount.approximate"},
    {"written_unit", "disclosure.amount.written_unit.value"},
    {"action", "disclosure.action"},
    {"claim_kind", "disclosure.claim_kind"},
    {"stated_at", "disclosure.stated_at"},
    {"published_at", "disclosure.published_at", true},
    {"source_id", "disclosure.source.source_id", true},
    {"source_class", "disclosure.source.source_class", true},
    {"source_title", "disclosure.source.title"},
    {"source_publisher", "disclosure.source.publisher"},
    {"source_url", "disclosure.source.url"},
    {"source_language", "disclosure.source.language"},
    {"source_accession", "disclosure.source.accession"},
    {"source_form", "disclosure.source.form"},
    {"quote", "disclosure.quote"},
};

// The message that holds the path's last field, and that field. Null where `message` lacks one on the way.
struct Place {
  const Message* message = nullptr;
  const FieldDescriptor* field = nullptr;
};

Place Find(const Message& message, std::string_view path) {
  const size_t end = std::min(path.find('.'), path.size());
  const FieldDescriptor* const field =
      message.GetDescriptor()->FindFieldByName(std::string(path.substr(0, end)));
  if (end == path.size()) return {&message, field};
  if (!message.GetReflection()->HasField(message, field)) return {};
  return Find(message.GetReflection()->GetMessage(message, field), path.substr(end + 1));
}

Message* MakeMessage(Message* message, std::string_view* path) {
  for (size_t end = path->find('.'); end != path->npos; end = path->find('.')) {
    const FieldDescriptor* const field =
        message->GetDescriptor()->FindFieldByName(std::string(path->substr(0, end)));
    message = message->GetReflection()->MutableMessage(message, field);
    path->remove_prefix(end + 1);
  }
  return message;
}

// "BASIS_" of BASIS_UNSPECIFIED, BASIS_ACTUAL, …
std::string PrefixOf(const EnumDescriptor& type) {
  constexpr std::string_view kUnspecified = "UNSPECIFIED";
  const std::string& zero = type.FindValueByNumber(0)->name();
  return zero.substr(0, zero.size() - kUnspecified.size());
}

std::vector<std::string> ShortNames(const EnumDescriptor& type) {
  std::vector<std::string> names;
  for (int i = 1; i < type.value_count(); ++i) {
    names.push_back(type.value(i)->name().substr(PrefixOf(type).size()));
  }
  return names;
}

std::string EnumText(const EnumDescriptor& type, int number) {
  if (number == 0) return "";
  const auto* const value = type.FindValueByNumber(number);
  return value == nullptr ? fmt::to_string(number) : value->name().substr(PrefixOf(type).size());
}

std::string CellOf(const DisclosureEntry& entry, const Column& column) {
  const Place place = Find(entry, column.path);
  if (place.message == nullptr) return "";
  const auto& reflection = *place.message->GetReflection();
  switch (place.field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_BOOL:
      return reflection.GetBool(*place.message, place.field) ? "true" : "";
    case FieldDescriptor::CPPTYPE_ENUM:
      return EnumText(*place.field->enum_type(),
                      reflection.GetEnumValue(*place.message, place.field));
    default:
      return reflection.GetString(*place.message, place.field);
  }
}

// Empty where the cell was taken, else what would be right.
std::string Put(const std::string& text, Message* message, const FieldDescriptor* field) {
  const auto& reflection = *message->GetReflection();
  if (field->cpp_type() == FieldDescriptor::CPPTYPE_BOOL) {
    if (text != "true" && text != "false") {
      return fmt::format("{} is neither true nor false", Quote(text));
    }
    reflection.SetBool(message, field, text == "true");
  } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_ENUM) {
    const EnumDescriptor& type = *field->enum_type();
    const auto* value = type.FindValueByName(PrefixOf(type) + text);
    if (value == nullptr) value = type.FindValueByName(text);
    if (value == nullptr || value->number() == 0) {
      const std::vector<std::string> names = ShortNames(type);
      return fmt::format("{} is none of {}{}", Quote(text), fmt::join(names, ", "),
                         DidYouMean(text, names));
    }
    reflection.SetEnum(message, field, value);
  } else {
    if (!IsUtf8(text)) return NotUtf8(text);
    reflection.SetString(message, field, text);
  }
  return "";
}

}  // namespace

std::vector<std::string> DisclosureColumnNames() {
  std::vector<std::string> names;
  for (const Column& column : kColumns) names.emplace_back(column.name);
  return names;
}

std::vector<std::string> CellsOf(const DisclosureEntry& entry) {
  std::vector<std::string> cells;
  for (const Column& column : kColumns) cells.push_back(CellOf(entry, column));
  return cells;
}

bool DisclosureColumns::IsHeader(const std::vector<std::string>& cells) {
  const std::vector<std::string> names = DisclosureColumnNames();
  return std::any_of(cells.begin(), cells.end(), [&](const std::string& cell) {
    return std::find(names.begin(), names.end(), cell) != names.end();
  });
}

absl::StatusOr<DisclosureColumns> DisclosureColumns::FromHeader(
    const std::vector<std::string>& names) {
  DisclosureColumns columns;
  std::set<std::string_view> seen;
  for (const std::string& name : names) {
    const auto* const found =
        std::find_if(std::begin(kColumns), std::end(kColumns),
                     [&](const Column& column) { return column.name == name; });
    if (found == std::end(kColumns)) return UnknownColumn(name, DisclosureColumnNames());
    if (!seen.insert(found->name).second) return DoubledColumn(name);
    columns.columns_.push_back(static_cast<size_t>(found - std::begin(kColumns)));
  }
  for (const Column& column : kColumns) {
    if (column.required && !seen.contains(column.name)) return MissingColumn(column.name);
  }
  return columns;
}

absl::StatusOr<DisclosureEntry> DisclosureColumns::Read(
    const std::vector<std::string>& cells) const {
  if (cells.size() != columns_.size()) return CellCount(cells.size(), columns_.size());
  DisclosureEntry entry;
  Violations malformed;
  entry.mutable_disclosure();
  for (size_t i = 0; i < cells.size(); ++i) {
    if (cells[i].empty()) continue;
    const Column& column = kColumns[columns_[i]];
    std::string_view path = column.path;
    Message* const message = MakeMessage(&entry, &path);
    const FieldDescriptor* const field =
        message->GetDescriptor()->FindFieldByName(std::string(path));
    const std::string problem = Put(cells[i], message, field);
    if (!problem.empty()) malformed.Add("MALFORMED_CELL", column.name, problem);
  }
  RETURN_IF_ERROR(malformed.ToStatus());
  return entry;
}

}  // namespace outlay::cli
