// The tables behind the view. Not safe for concurrent use: View guards it.
#ifndef OUTLAY_SERVICES_AGGREGATION_LEDGER_H_
#define OUTLAY_SERVICES_AGGREGATION_LEDGER_H_

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "services/aggregation/change.h"
#include "services/aggregation/history.h"

namespace outlay::aggregation {

struct DisclosureReading {
  std::shared_ptr<const Disclosure> content;  // shared by readings that differ in revision alone
  uint32_t revision = 0;
  bool voided = false;
};

using DisclosureHistory = History<DisclosureReading>;
template <typename T>
using HistoryById = std::map<std::string, History<std::shared_ptr<const T>>, std::less<>>;

// Readings are added and never changed or taken away, so that a pointer to a disclosure's content stays valid as long as
// the ledger.
class Ledger {
 public:
  // Takes in the change that follows applied_sequence(). A void or redaction of an unknown record counts as unreadable.
  void Apply(SequencedChange change);

  uint64_t applied_sequence() const { return recorded_times_.size(); }
  uint64_t unreadable_count() const { return unreadable_count_; }
  uint64_t disclosure_count() const { return disclosures_.size(); }

  // The last sequence stored at or before a time; 0 where there is none. Where the host's clock stepped back, an entry
  // counts as stored no earlier than those before it. O(log n).
  uint64_t SequenceAt(time::Instant time) const;

  const HistoryById<Organization>& organizations() const { return organizations_; }
  const HistoryById<Group>& groups() const { return groups_; }
  // Every record that ever was about the organization; a correction may have moved it to another one.
  const std::vector<const DisclosureHistory*>& AboutOrganization(std::string_view id) const;

 private:
  void Take(uint64_t, NothingChanged) {}
  void Take(uint64_t sequence, DisclosureChanged change);
  void Take(uint64_t sequence, DisclosureVoided change);
  void Take(uint64_t sequence, OrganizationChanged change);
  void Take(uint64_t sequence, GroupChanged change);
  void Take(uint64_t sequence, const SourceRedacted& change);
  void Take(uint64_t sequence, Unreadable);

  // Null where there is no such record.
  DisclosureHistory* Find(const std::string& disclosure_id);

  std::vector<time::Instant> recorded_times_;  // by sequence - 1, not falling
  uint64_t unreadable_count_ = 0;
  absl::flat_hash_map<std::string, std::unique_ptr<DisclosureHistory>> disclosures_;
  absl::flat_hash_map<std::string, std::vector<const DisclosureHistory*>> by_organization_;
  HistoryById<Organization> organizations_;
  HistoryById<Group> groups_;
  const std::vector<const DisclosureHistory*> nothing_;
};

}  // namespace outlay::aggregation

#endif  // OUTLAY_SERVICES_AGGREGATION_LEDGER_H_
