// Disclosures as values: what a client states, what is stored, and what a reader gets.
#ifndef OUTLAY_SERVICES_INGEST_DISCLOSURE_H_
#define OUTLAY_SERVICES_INGEST_DISCLOSURE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/common/money/amount.h"
#include "services/common/time/moment.h"
#include "services/common/time/period.h"

namespace outlay::ingest {

// The numbers of these enums are those of the wire, so that a number from outside can be held until it is checked.
enum class Basis : int { kUnspecified = 0, kActual = 1, kGuidance = 2, kEstimate = 3 };
enum class SourceClass : int {
  kUnspecified = 0,
  kFiling = 1,
  kOrganization = 2,
  kPress = 3,
  kOther = 4,
};
enum class StatementAction : int {
  kUnspecified = 0,
  kStated = 1,
  kReaffirmed = 2,
  kWithdrawn = 3,
  kRestated = 4,
  kDefinitionChange = 5,
};
enum class ClaimKind : int { kNone = 0, kTotal = 1, kEquivalent = 2, kChange = 3 };

// "ACTUAL", "FILING", "STATED", "TOTAL"; empty for unspecified and for numbers that have no name.
std::string_view NameOf(Basis basis);
std::string_view NameOf(SourceClass source_class);
std::string_view NameOf(StatementAction action);
std::string_view NameOf(ClaimKind claim_kind);

// Texts of the structs below lie elsewhere: in the message that they were read from, or in what an owner holds. Bulk loads make
// millions of them, and a copy of every text would cost more than everything else.
struct Source {
  std::string_view source_id;
  SourceClass source_class = SourceClass::kUnspecified;
  std::string_view title;
  std::string_view publisher;
  std::string_view url;
  std::string_view language;
  std::string_view accession;
  std::string_view form;

  friend bool operator==(const Source&, const Source&) = default;
};

// What a client wrote, unchecked. Texts are as they came; absent messages are nullopt.
struct PeriodInput {
  std::string_view label;
  std::string_view start_date;
  std::string_view end_date;
  // Label and dates are as they were recorded, of a fiscal period: they hold whatever the organization's calendar is now.
  bool as_recorded = false;

  friend bool operator==(const PeriodInput&, const PeriodInput&) = default;
};

struct AmountText {
  std::string_view currency_code;
  std::optional<money::Bound> bound;  // nullopt: not one of the six
  std::optional<std::string_view> low;
  std::optional<std::string_view> high;
  std::optional<std::string_view> stated;
  bool approximate = false;
  std::optional<std::string_view> written_unit;

  friend bool operator==(const AmountText&, const AmountText&) = default;
};

struct DisclosureInput {
  std::string_view organization_id;
  std::string_view group_id;
  std::string_view scope;
  std::string_view measure;
  std::string_view definition;
  Basis basis = Basis::kUnspecified;
  std::optional<PeriodInput> period;
  bool period_ambiguous = false;
  std::optional<AmountText> amount;
  StatementAction action = StatementAction::kUnspecified;
  ClaimKind claim_kind = ClaimKind::kNone;
  std::string_view stated_at;
  std::string_view published_at;
  std::optional<Source> source;
  std::string_view quote;
  // The paths of the output-only fields that the client filled.
  std::vector<std::string> output_only_fields;

  friend bool operator==(const DisclosureInput&, const DisclosureInput&) = default;
};

// A checked and normalized statement: the period has its label and its dates, the amount its low and high. Made by
// DisclosureValidator or read back from the journal.
struct DisclosureContent {
  // Holds the texts; null where they are borrowed from the DisclosureInput that the content was made of.
  std::shared_ptr<const void> owner;
  std::string_view organization_id;
  std::string_view group_id;
  std::string_view scope;
  std::string_view measure;
  std::string_view definition;
  Basis basis = Basis::kUnspecified;
  time::Period period;
  bool period_ambiguous = false;
  std::optional<money::Amount> amount;
  StatementAction action = StatementAction::kStated;
  ClaimKind claim_kind = ClaimKind::kNone;
  std::optional<time::Moment> stated_at;
  time::Moment published_at;
  Source source;
  std::string_view quote;
};

// Who made a change, and why.
struct ChangeNote {
  std::string actor;
  std::string reason;

  friend bool operator==(const ChangeNote&, const ChangeNote&) = default;
};

// One revision of a record, as a reader gets it. Texts, the note too, lie in the ledger that it was read from, which outlives it.
struct Disclosure {
  uint64_t id = 0;        // the sequence that recorded it; see disclosure_id.h for its text
  uint32_t revision = 0;  // from 1
  bool voided = false;
  bool quote_redacted = false;  // there was a quote, and it was removed on request
  uint64_t sequence = 0;        // of the change that made this revision
  time::Instant recorded_at;
  const ChangeNote* note = nullptr;
  std::string_view idempotency_key;  // the client's; empty where it gave none
  std::shared_ptr<const DisclosureContent> content;
};

// The journal's key of a record that was sent under a client's key: this and the key.
inline constexpr std::string_view kClientKeyPrefix = "disclosure/";

}  // namespace outlay::ingest

#endif  // OUTLAY_SERVICES_INGEST_DISCLOSURE_H_
