#include "gateway/cli/filed_figures.h"

#include <algorithm>

#include "fmt/format.h"
#include "gateway/cli/errors.h"
#include "services/common/money/currency.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"

namespace outlay::cli {
namespace {

bool IsAccession(std::string_view text) {
  constexpr std::string_view kPattern = "0000000000-00-000000";
  return text.size() == kPattern.size() &&
         std::equal(text.begin(), text.end(), kPattern.begin(), [](char c, char wanted) {
           return wanted == '-' ? c == '-' : c >= '0' && c <= '9';
         });
}

absl::StatusOr<time::Date> DayOf(std::string_view field, const std::string& text) {
  absl::StatusOr<time::Date> date = time::ParseDate(text);
  if (date.ok()) return date;
  return MalformedFact(fmt::format("{}: {}", field, FromAbsl(date.status().message())));
}

// Without the sign, which stands between the parts.
std::string PartText(const CheckedFact& part) {
  return fmt::format("{} {}", part.fact.concept_name, part.value.ToString());
}

}  // namespace

absl::StatusOr<CheckedFact> CheckFact(const CompanyFact& fact) {
  if (!fact.problem.empty()) return MalformedFact(fact.problem);
  CheckedFact checked = {fact};
  if (fact.start.empty()) {
    return MalformedFact("start is missing: a balance on a day, not spending over a period");
  }
  ASSIGN_OR_RETURN(checked.start, DayOf("start", fact.start));
  ASSIGN_OR_RETURN(checked.last_day, DayOf("end", fact.end));
  ASSIGN_OR_RETURN(checked.filed, DayOf("filed", fact.filed));
  if (checked.last_day < checked.start) {
    return MalformedFact(fmt::format("end {} is before start {}", fact.end, fact.start));
  }
  if (checked.filed < checked.last_day) {
    return MalformedFact(fmt::format("it was filed on {}, before its period was over", fact.filed));
  }
  if (money::FindCurrency(fact.unit) == nullptr) {
    return MalformedFact(fmt::format("the unit {} is no currency of ISO 4217", Quote(fact.unit)));
  }
  const absl::StatusOr<money::Decimal> value = money::Decimal::Parse(fact.value);
  if (!value.ok()) return MalformedFact(fmt::format("val: {}", FromAbsl(value.status().message())));
  checked.value = *value;
  if (!IsAccession(fact.accession)) {
    return MalformedFact(fmt::format("accn {} is no accession number such as 0001326801-24-000012",
                                     Quote(fact.accession)));
  }
  return checked;
}

std::string FiledFigure::IdempotencyKey() const {
  const std::string what =
      entry->IsComposed() ? "definition=" + entry->definition : entry->parts.front().concept_name;
  return fmt::format("sec/{}/{}/{}/{}/{}", fact.fact.accession, what, fact.fact.unit,
                     fact.fact.start, fact.fact.end);
}

FiledFigures::FiledFigures(std::vector<TimelineEntry> entries, Take take, Refuse refuse,
                           size_t waiting_max)
    : entries_(std::move(entries)),
      take_(std::move(take)),
      refuse_(std::move(refuse)),
      waiting_max_(waiting_max) {}

bool FiledFigures::Wants(std::string_view concept_name) const {
  return std::any_of(entries_.begin(), entries_.end(),
                     [&](const TimelineEntry& entry) { return entry.Names(concept_name); });
}

bool FiledFigures::HasRival(size_t entry, time::Date filed) const {
  for (size_t i = 0; i < entries_.size(); ++i) {
    if (i != entry && entries_[i].HoldsOn(filed) &&
        entries_[i].measure == entries_[entry].measure &&
        entries_[i].definition == entries_[entry].definition) {
      return true;
    }
  }
  return false;
}

size_t FiledFigures::FirstRival(size_t entry, time::Date filed) const {
  for (size_t i = 0; i < entry; ++i) {
    if (entries_[i].HoldsOn(filed) && entries_[i].measure == entries_[entry].measure &&
        entries_[i].definition == entries_[entry].definition) {
      return i;
    }
  }
  return entry;
}

absl::Status FiledFigures::Add(const CompanyFact& fact) {
  const absl::StatusOr<CheckedFact> checked = CheckFact(fact);
  if (!checked.ok()) {
    refuse_(fact, checked.status());
    return absl::OkStatus();
  }
  bool has_meaning = false;
  for (size_t i = 0; i < entries_.size(); ++i) {
    const TimelineEntry& entry = entries_[i];
    if (!entry.Names(fact.concept_name) || !entry.HoldsOn(checked->filed)) continue;
    has_meaning = true;
    if (entry.IsComposed()) {
      RETURN_IF_ERROR(TakePart(i, *checked));
    } else if (HasRival(i, checked->filed)) {
      RETURN_IF_ERROR(CheckRoom());
      ++waiting_;
      const Place place = {FirstRival(i, checked->filed), fact.accession, fact.unit, checked->start,
                           checked->last_day};
      alternatives_[place].push_back({&entry, *checked});
    } else {
      RETURN_IF_ERROR(TakeSingle(entry, *checked));
    }
  }
  if (!has_meaning) ++outside_;
  return absl::OkStatus();
}

absl::Status FiledFigures::CheckRoom() const {
  return waiting_ < waiting_max_ ? absl::OkStatus() : TooManyWaiting(waiting_max_);
}

absl::Status FiledFigures::TakeSingle(const TimelineEntry& entry, const CheckedFact& fact) {
  return take_({&entry, fact, fact.value, PartText(fact)});
}

absl::Status FiledFigures::TakePart(size_t index, const CheckedFact& fact) {
  const TimelineEntry& entry = entries_[index];
  Gathered& gathered =
      gathered_[{index, fact.fact.accession, fact.fact.unit, fact.start, fact.last_day}];
  gathered.parts.resize(entry.parts.size());
  size_t part = 0;
  while (entry.parts[part].concept_name != fact.fact.concept_name) ++part;
  std::optional<CheckedFact>& slot = gathered.parts[part];
  if (slot) {
    if (slot->value == fact.value) return absl::OkStatus();
    refuse_(fact.fact, MalformedFact(fmt::format("the same filing has it with {} too, at fact {}",
                                                 slot->value.ToString(), slot->fact.number)));
    return absl::OkStatus();
  }
  RETURN_IF_ERROR(CheckRoom());
  ++waiting_;
  slot = fact;
  const bool whole = std::all_of(gathered.parts.begin(), gathered.parts.end(),
                                 [](const auto& one) { return one.has_value(); });
  if (!whole) return absl::OkStatus();
  gathered.done = true;
  FiledFigure figure = {&entry, *gathered.parts.front()};
  for (size_t i = 0; i < entry.parts.size(); ++i) {
    const CheckedFact& own = *gathered.parts[i];
    const bool subtracted = entry.parts[i].subtracted;
    const absl::StatusOr<money::Decimal> sum =
        subtracted ? money::Subtract(figure.value, own.value) : money::Add(figure.value, own.value);
    if (!sum.ok()) {
      refuse_(own.fact, sum.status());
      return absl::OkStatus();
    }
    figure.value = *sum;
    if (i > 0) figure.composition += subtracted ? " - " : " + ";
    figure.composition += PartText(own);
  }
  ++composed_;
  return take_(figure);
}

absl::Status FiledFigures::Finish() {
  for (const auto& [place, gathered] : gathered_) incomplete_ += gathered.done ? 0 : 1;
  for (const auto& [place, alternatives] : alternatives_) {
    const TimelineEntry* const first = alternatives.front().entry;
    const auto other = std::find_if(alternatives.begin(), alternatives.end(),
                                    [first](const Alternative& one) { return one.entry != first; });
    for (const Alternative& one : alternatives) {
      if (other == alternatives.end()) {
        RETURN_IF_ERROR(TakeSingle(*one.entry, one.fact));
        continue;
      }
      refuse_(one.fact.fact,
              MalformedFact(fmt::format(
                  "the filing has both {} and {} for this period, and by the concept timeline "
                  "either could be meant on {}: end one of the entries before that day",
                  alternatives.front().fact.fact.concept_name, other->fact.fact.concept_name,
                  one.fact.fact.filed)));
    }
  }
  return absl::OkStatus();
}

}  // namespace outlay::cli
