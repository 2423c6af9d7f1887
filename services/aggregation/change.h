// One entry of ingest's journal, as far as aggregation cares.
#ifndef OUTLAY_SERVICES_AGGREGATION_CHANGE_H_
#define OUTLAY_SERVICES_AGGREGATION_CHANGE_H_

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "services/aggregation/disclosure.h"
#include "services/aggregation/organization.h"
#include "services/common/time/instant.h"

namespace outlay::aggregation {

// A record as it reads from now on: newly recorded, or corrected.
struct DisclosureChanged {
  Disclosure disclosure;
  uint32_t revision = 0;  // 0: one more than the last
};

struct DisclosureVoided {
  std::string disclosure_id;
  uint32_t revision = 0;
};

struct OrganizationChanged {
  Organization organization;
};

struct GroupChanged {
  Group group;
};

// Quoted words went: the figures stay, the records' revisions go up.
struct SourceRedacted {
  std::vector<std::string> disclosure_ids;
};

// An entry of a kind that this version does not know: takes its place in the sequence, changes nothing.
struct NothingChanged {};

// An entry of a known kind that cannot be read: counted, so that answers can say that they are partial.
struct Unreadable {};

using ChangeKind = std::variant<NothingChanged, DisclosureChanged, DisclosureVoided,
                                OrganizationChanged, GroupChanged, SourceRedacted, Unreadable>;

struct SequencedChange {
  uint64_t sequence = 0;
  time::Instant recorded_time{};
  ChangeKind kind;
};

}  // namespace outlay::aggregation

#endif  // OUTLAY_SERVICES_AGGREGATION_CHANGE_H_
