// One change of ingest's journal, decoded.
#ifndef OUTLAY_SERVICES_INGEST_CHANGE_H_
#define OUTLAY_SERVICES_INGEST_CHANGE_H_

#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "services/common/journal/shared_bytes.h"
#include "services/ingest/disclosure.h"
#include "services/ingest/organization.h"

namespace outlay::ingest {

// Its id is the entry's sequence.
struct DisclosureRecorded {
  DisclosureContent content;
};

// What the recorder leaves with its records (journal::Origin): the disclosure as it was checked. Its texts are borrowed, and stay as long
// as it does.
struct PreparedRecord {
  DisclosureContent content;
  const ChangeNote* note = nullptr;
};

// A DisclosureRecorded of this process, not read back: its note is the record's.
struct DisclosurePrepared {
  std::shared_ptr<const PreparedRecord> record;
};

struct DisclosureCorrected {
  uint64_t id = 0;
  uint32_t revision = 0;
  DisclosureContent content;
};

struct DisclosureVoided {
  uint64_t id = 0;
  uint32_t revision = 0;
};

// The quoted words of these records of a source are gone, from every revision. Makes a revision of each, which has the key of a revision:
// so a redaction and a correction that race are told apart like two corrections.
struct SourceRedacted {
  std::string source_id;
  std::vector<uint64_t> ids;
};

struct OrganizationUpserted {
  OrganizationContent content;
  uint32_t revision = 0;
};

struct GroupUpserted {
  GroupContent content;
  uint32_t revision = 0;
};

// A kind of change that this version does not know: written by a later one, and passed over.
struct UnknownChange {};

struct Change {
  std::variant<UnknownChange, DisclosureRecorded, DisclosurePrepared, DisclosureCorrected,
               DisclosureVoided, SourceRedacted, OrganizationUpserted, GroupUpserted>
      kind;
  ChangeNote note;
};

// A change with its place in the journal.
struct SequencedChange {
  uint64_t sequence = 0;
  time::Instant recorded_at;
  journal::SharedBytes key;
  Change change;
  bool quote_redacted = false;  // the change had quoted words, which were removed since
};

}  // namespace outlay::ingest

#endif  // OUTLAY_SERVICES_INGEST_CHANGE_H_
