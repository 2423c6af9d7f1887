// A disclosure as the rules of selection see it: who said that whom spends how much on what, when.
#ifndef OUTLAY_SERVICES_AGGREGATION_DISCLOSURE_H_
#define OUTLAY_SERVICES_AGGREGATION_DISCLOSURE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "services/common/money/amount.h"
#include "services/common/time/moment.h"
#include "services/common/time/period.h"

namespace outlay::aggregation {

// On what authority a figure stands, in the default order of preference.
enum class Basis : uint8_t { kActual, kGuidance, kEstimate };

// "ACTUAL", "GUIDANCE", "ESTIMATE".
std::string_view BasisName(Basis basis);

// What kind of source speaks. The first of this list outranks the rest.
enum class SourceClass : uint8_t { kFiling, kOrganization, kPress, kOther };

constexpr bool Outranks(SourceClass a, SourceClass b) { return a < b; }

// Immutable once it is in the view.
struct Disclosure {
  std::string disclosure_id;
  std::string organization_id;
  std::string scope;  // empty: the whole organization
  std::string measure;
  std::string definition;  // empty: the source does not say
  Basis basis = Basis::kActual;
  time::Period period;
  bool period_ambiguous = false;
  std::optional<money::Amount> amount;  // absent exactly where the statement withdraws
  bool claim = false;                   // a total or derived figure: never added to anything
  std::optional<time::Moment> stated_at;
  time::Moment published_at;
  SourceClass source_class = SourceClass::kOther;
  std::string source_id;
  std::string publisher;

  // Takes guidance back and puts nothing in its place.
  bool IsWithdrawal() const { return !amount.has_value(); }
  // Speaks of the whole organization and is no claim: only these are ever selected.
  bool IsFigure() const { return scope.empty() && !claim; }
};

// When it was said, as far as is known: stated_at, else published_at.
const time::Moment& StatedAt(const Disclosure& disclosure);

// A disclosure as one answer sees it: the revision in force at the answer's sequence. The pointer is valid as long as
// the snapshot of the view that it came from.
struct Statement {
  const Disclosure* disclosure = nullptr;
  uint32_t revision = 0;
  uint64_t recorded_sequence = 0;  // of its first recording: a correction makes nothing later

  const Disclosure& operator*() const { return *disclosure; }
  const Disclosure* operator->() const { return disclosure; }
};

// The order in which statements were made: by StatedAt, then published_at, then recording. Total and strict.
bool IsEarlier(const Statement& a, const Statement& b);

}  // namespace outlay::aggregation

#endif  // OUTLAY_SERVICES_AGGREGATION_DISCLOSURE_H_
