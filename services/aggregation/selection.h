// Which of the statements about one key stands, and what the others are to it (docs/semantics.md, section 2).
#ifndef OUTLAY_SERVICES_AGGREGATION_SELECTION_H_
#define OUTLAY_SERVICES_AGGREGATION_SELECTION_H_

#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/aggregation/disclosure.h"

namespace outlay::aggregation {

enum class Role : uint8_t { kSelected, kCorroborates, kConflicts, kSuperseded, kAlternative };

struct JudgedStatement {
  Statement statement;
  Role role = Role::kSelected;
};

// What statements must share to be about the same thing, within one organization: a period is its dates, so that the
// fiscal year of a calendar-year company is the calendar year.
struct SeriesKey {
  std::string_view measure;
  std::string_view definition;
  Basis basis = Basis::kActual;
  time::Date period_start{};
  time::Date period_end{};
  bool trailing = false;  // trailing twelve months are a kind of their own, whatever their dates

  friend auto operator<=>(const SeriesKey&, const SeriesKey&) = default;
};

// Views into the disclosure: valid as long as it is.
SeriesKey KeyOf(const Disclosure& disclosure);

// The figure that stands for one key in one currency, or none because it was withdrawn.
struct KeyOutcome {
  std::vector<Statement> statements;  // all of the key, in the order in which they were made
  std::optional<Statement> selected;
  std::vector<JudgedStatement> others;  // the rest, latest first; empty where nothing is selected
};

// Whether the two were said by the same speaker: the organization itself, by filing or otherwise (FILING, ORGANIZATION), or one
// publisher (or one source, where the publisher is not known) in PRESS and OTHER.
bool IsSameSpeaker(const Disclosure& a, const Disclosure& b);

// Selects among statements of one key whose amounts, where they have one, are of one currency; at least one statement.
//
// ACTUAL: the higher class wins, then the later statement. GUIDANCE and ESTIMATE: statements are taken in the order in
// which they were made, and each replaces the one that stands, unless it is of a lower class and its interval meets that
// one's (each widened by half its written unit): then it corroborates. A withdrawal that stands leaves nothing.
//
// To the selected figure the others are SUPERSEDED (earlier, the same speaker; withdrawals too), CORROBORATES
// (their widened intervals meet) or CONFLICTS. O(n log n). The order of `statements` does not matter.
KeyOutcome SelectOfKey(std::vector<Statement> statements);

// Sorts statements of one organization into keys and currencies and selects in each. A withdrawal names no currency: it
// counts in each currency of its key. Outcomes are in a fixed order that does not depend on that of `statements`.
std::vector<KeyOutcome> SelectByKey(const std::vector<Statement>& statements);

}  // namespace outlay::aggregation

#endif  // OUTLAY_SERVICES_AGGREGATION_SELECTION_H_
