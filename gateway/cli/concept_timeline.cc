#include "gateway/cli/concept_timeline.h"

#include <algorithm>

#include "fmt/format.h"
#include "gateway/cli/errors.h"
#include "gateway/cli/file_lines.h"
#include "nlohmann/json.hpp"
#include "services/common/status/error.h"
#include "services/common/status/text.h"

namespace outlay::cli {
namespace {

using nlohmann::json;

// Reads the fields of one object; the first thing wrong stays.
class Fields {
 public:
  Fields(const json& object, std::vector<std::string> known) : object_(object) {
    for (const auto& [name, value] : object.items()) {
      if (std::find(known.begin(), known.end(), name) == known.end()) {
        Refuse(fmt::format("there is no field {}{}", Quote(name), DidYouMean(name, known)));
      }
    }
  }

  std::string Text(const std::string& name, bool required) {
    if (!object_.contains(name)) {
      if (required) Refuse(fmt::format("{} is required", name));
      return "";
    }
    if (!object_[name].is_string()) {
      Refuse(fmt::format("{} must be a text", name));
      return "";
    }
    return object_[name].get<std::string>();
  }

  std::optional<time::Date> Day(const std::string& name, bool required) {
    const std::string text = Text(name, required);
    if (text.empty()) return std::nullopt;
    const absl::StatusOr<time::Date> date = time::ParseDate(text);
    if (date.ok()) return *date;
    Refuse(fmt::format("{}: {}", name, FromAbsl(date.status().message())));
    return std::nullopt;
  }

  void Refuse(const std::string& why) {
    if (status_.ok()) status_ = BadConceptEntry(why);
  }
  const absl::Status& status() const { return status_; }

 private:
  const json& object_;
  absl::Status status_;
};

bool IsConceptName(std::string_view name) {
  const size_t colon = name.find(':');
  return colon != name.npos && colon > 0 && colon + 1 < name.size() &&
         name.find(':', colon + 1) == name.npos && name.find_first_of(" +\t") == name.npos;
}

std::vector<ConceptPart> PartsOf(const json& object, Fields& fields) {
  std::vector<ConceptPart> parts;
  const auto concepts = object.find("concepts");
  if (concepts == object.end() || !concepts->is_array() || concepts->empty()) {
    fields.Refuse("concepts must be a list of concepts such as [\"us-gaap:Revenues\"]");
    return parts;
  }
  for (const json& item : *concepts) {
    std::string name = item.is_string() ? item.get<std::string>() : "";
    const bool subtracted = name.starts_with('-');
    if (subtracted) name.erase(0, 1);
    if (!IsConceptName(name)) {
      fields.Refuse(fmt::format("concepts: {} is no taxonomy:Concept", Quote(item.dump())));
    }
    const bool doubled = std::any_of(parts.begin(), parts.end(), [&](const ConceptPart& part) {
      return part.concept_name == name;
    });
    if (doubled) fields.Refuse(fmt::format("concepts: {} stands twice", name));
    parts.push_back({std::move(name), subtracted});
  }
  if (parts.front().subtracted) fields.Refuse("concepts: the first one cannot be taken off");
  return parts;
}

std::optional<Restatement> RestatementOf(const json& object, Fields& fields) {
  const auto restates = object.find("restates");
  if (restates == object.end()) return std::nullopt;
  if (!restates->is_object()) {
    fields.Refuse("restates must be an object with action and periodsUntil");
    return std::nullopt;
  }
  Fields inner(*restates, {"action", "periodsUntil", "why"});
  const std::string action = inner.Text("action", true);
  if (action != "RESTATED" && action != "DEFINITION_CHANGE") {
    inner.Refuse(
        fmt::format("restates.action is {}: RESTATED or DEFINITION_CHANGE", Quote(action)));
  }
  const std::optional<time::Date> until = inner.Day("periodsUntil", true);
  inner.Text("why", false);
  if (!inner.status().ok()) {
    fields.Refuse(std::string(FromAbsl(inner.status().message())));
    return std::nullopt;
  }
  if (!until) return std::nullopt;
  return Restatement{action, *until};
}

bool MayHoldTogether(const TimelineEntry& a, const TimelineEntry& b) {
  const auto ends_before = [](const TimelineEntry& first, const TimelineEntry& second) {
    return first.filed_until && second.filed_from && *first.filed_until < *second.filed_from;
  };
  return !ends_before(a, b) && !ends_before(b, a);
}

}  // namespace

bool TimelineEntry::HoldsOn(time::Date filed) const {
  return (!filed_from || *filed_from <= filed) && (!filed_until || filed <= *filed_until);
}

bool TimelineEntry::Names(std::string_view concept_name) const {
  return std::any_of(parts.begin(), parts.end(),
                     [&](const ConceptPart& part) { return part.concept_name == concept_name; });
}

absl::StatusOr<TimelineEntry> ConceptTimeline::ParseEntry(std::string_view line) {
  const json object = json::parse(line, nullptr, /*allow_exceptions=*/false);
  if (!object.is_object()) return BadConceptEntry("is no JSON object");
  Fields fields(object, {"organizationId", "measure", "definition", "concepts", "filedFrom",
                         "filedUntil", "restates"});
  TimelineEntry entry;
  entry.organization_id = fields.Text("organizationId", true);
  entry.measure = fields.Text("measure", true);
  entry.definition = fields.Text("definition", false);
  entry.parts = PartsOf(object, fields);
  entry.filed_from = fields.Day("filedFrom", false);
  entry.filed_until = fields.Day("filedUntil", false);
  entry.restates = RestatementOf(object, fields);
  if (entry.filed_from && entry.filed_until && *entry.filed_until < *entry.filed_from) {
    fields.Refuse("filedUntil is before filedFrom");
  }
  if (!fields.status().ok()) return fields.status();
  return entry;
}

absl::Status ConceptTimeline::Add(TimelineEntry entry) {
  for (const TimelineEntry& other : entries_) {
    if (other.organization_id != entry.organization_id || !MayHoldTogether(other, entry)) continue;
    const bool same_figure = other.measure == entry.measure && other.definition == entry.definition;
    if (same_figure && (other.IsComposed() || entry.IsComposed())) {
      return BadConceptEntry(
          fmt::format("the entry of line {} holds for the same definition and filings, and one of "
                      "them is composed: bound them by filedFrom and filedUntil",
                      other.line));
    }
    const bool same_concept =
        !other.IsComposed() && !entry.IsComposed() && other.parts.front() == entry.parts.front();
    if (same_concept) {
      return BadConceptEntry(
          fmt::format("{} has a meaning in the same filings by line {}: one fact is one figure",
                      entry.parts.front().concept_name, other.line));
    }
  }
  entries_.push_back(std::move(entry));
  return absl::OkStatus();
}

std::vector<TimelineEntry> ConceptTimeline::Of(std::string_view organization_id) const {
  std::vector<TimelineEntry> entries;
  for (const TimelineEntry& entry : entries_) {
    if (entry.organization_id == organization_id) entries.push_back(entry);
  }
  return entries;
}

absl::StatusOr<ConceptTimeline> ReadConceptTimeline(const std::string& path) {
  ASSIGN_OR_RETURN(FileLines lines, FileLines::Open(path));
  ConceptTimeline timeline;
  std::string line;
  while (true) {
    ASSIGN_OR_RETURN(const bool more, lines.NextRecord(&line));
    if (!more) return timeline;
    absl::StatusOr<TimelineEntry> entry = ConceptTimeline::ParseEntry(line);
    absl::Status status = entry.status();
    if (status.ok()) {
      entry->line = lines.number();
      status = timeline.Add(*std::move(entry));
    }
    if (!status.ok()) {
      return MakeError(status.code(),
                       fmt::format("{}:{}: {}", path, lines.number(), FromAbsl(status.message())),
                       GetErrorDetail(status));
    }
  }
}

}  // namespace outlay::cli
