// The projection of ingest's journal in memory: what every read answers from.
#ifndef OUTLAY_SERVICES_INGEST_LEDGER_H_
#define OUTLAY_SERVICES_INGEST_LEDGER_H_

#include <atomic>
#include <cstdint>
#include <optional>
#include <shared_mutex>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "services/ingest/catalogue.h"
#include "services/ingest/catalogue_view.h"
#include "services/ingest/change.h"
#include "services/ingest/disclosure_book.h"

namespace outlay::ingest {

// Thread safe: one thread applies, any number read. What reads return is immutable or their own; the texts of disclosures lie here, so
// the ledger outlives them.
class Ledger final : public CatalogueView {
 public:
  // Changes in order, the first one after sequence(). DATA_LOSS CHANGE_OUT_OF_PLACE where one does not fit those before it (a gap,
  // a revision of a record that is not there); those before it have been applied.
  absl::Status Apply(const std::vector<SequencedChange>& changes);

  // The last sequence applied: what a read made now reflects. Lock-free.
  uint64_t sequence() const { return sequence_.load(std::memory_order_acquire); }

  std::optional<Disclosure> Find(uint64_t id, const AsOf& as_of) const;
  // At the latest sequence, whenever published.
  std::optional<Disclosure> Find(uint64_t id) const;
  DisclosureBook::Visibility See(uint64_t id, const AsOf& as_of) const;
  std::vector<Disclosure> History(uint64_t id) const;
  DisclosureScan Scan(const DisclosureFilter& filter, const AsOf& as_of, uint64_t after_id,
                      const ScanBounds& bounds) const;
  std::vector<Disclosure> ClaimsOf(std::string_view source_id, const AsOf& as_of) const;

  bool KnowsSource(std::string_view source_id) const;
  // See DisclosureBook.
  std::vector<QuotedRecord> QuotedOf(std::string_view source_id, size_t limit) const;

  const Organization* FindOrganization(std::string_view id) const override;
  const Organization* FindOrganization(std::string_view id, uint64_t sequence) const;
  const Organization* FindOrganizationByCik(std::string_view cik) const override;
  std::vector<const Organization*> ListOrganizations(std::string_view after_id, size_t limit,
                                                     uint64_t sequence) const;
  const Group* FindGroup(std::string_view id) const override;
  const Group* FindGroup(std::string_view id, uint64_t sequence) const;
  std::vector<const Group*> ListGroups(std::string_view after_id, size_t limit,
                                       uint64_t sequence) const;
  std::vector<std::string> OrganizationsLike(std::string_view word) const override;
  std::vector<std::string> GroupsLike(std::string_view word) const override;

 private:
  class Applier;

  // With the lock held exclusively.
  absl::Status ApplyOne(const SequencedChange& change);

  mutable std::shared_mutex mutex_;
  DisclosureBook book_;
  Catalogue catalogue_;
  std::atomic<uint64_t> sequence_{0};
};

}  // namespace outlay::ingest

#endif  // OUTLAY_SERVICES_INGEST_LEDGER_H_
