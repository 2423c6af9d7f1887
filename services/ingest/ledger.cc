#include "services/ingest/ledger.h"

#include <xxhash.h>

#include <mutex>
#include <utility>

#include "fmt/format.h"
#include "services/common/status/error.h"
#include "services/ingest/disclosure_id.h"
#include "services/ingest/errors.h"

namespace outlay::ingest {
namespace {

// What every revision made by `change` has.
Disclosure NewRevision(const SequencedChange& change, uint64_t id, uint32_t revision,
                       std::shared_ptr<const ChangeNote> note) {
  return {.id = id,
          .revision = revision,
          .quote_redacted = change.quote_redacted,
          .sequence = change.sequence,
          .recorded_at = change.recorded_at,
          .note = std::move(note)};
}

}  // namespace

// Puts one change of the journal into the ledger, by its kind.
class Ledger::Applier {
 public:
  Applier(Ledger& ledger, SequencedChange& change) : ledger_(ledger), change_(change) {}

  absl::Status operator()(UnknownChange&) { return absl::OkStatus(); }

  absl::Status operator()(DisclosureRecorded& recorded) {
    Disclosure first = NewRevision(change_, change_.sequence, 1, TakeNote());
    first.content = std::make_shared<const DisclosureContent>(std::move(recorded.content));
    if (change_.key.starts_with(kClientKeyPrefix)) {
      first.idempotency_key =
          std::make_shared<const std::string>(change_.key.substr(kClientKeyPrefix.size()));
    }
    ledger_.book_.Add(std::move(first));
    ledger_.ids_by_key_.emplace(DigestOf(change_.key), change_.sequence);
    return absl::OkStatus();
  }

  absl::Status operator()(DisclosureCorrected& corrected) {
    RETURN_IF_ERROR(CheckNext(corrected.id, corrected.revision));
    Disclosure next = NewRevision(change_, corrected.id, corrected.revision, TakeNote());
    next.idempotency_key = ledger_.book_.History(corrected.id)->back().idempotency_key;
    next.content = std::make_shared<const DisclosureContent>(std::move(corrected.content));
    ledger_.book_.AddRevision(std::move(next));
    return absl::OkStatus();
  }

  absl::Status operator()(DisclosureVoided& voided) {
    RETURN_IF_ERROR(CheckNext(voided.id, voided.revision));
    Disclosure next = NewRevision(change_, voided.id, voided.revision, TakeNote());
    const Disclosure& last = ledger_.book_.History(voided.id)->back();
    next.idempotency_key = last.idempotency_key;
    next.content = last.content;
    next.voided = true;
    ledger_.book_.AddRevision(std::move(next));
    return absl::OkStatus();
  }

  absl::Status operator()(SourceRedacted& redacted) {
    const std::shared_ptr<const ChangeNote> note = TakeNote();
    for (const uint64_t id : redacted.ids) {
      RETURN_IF_ERROR(CheckKnown(id));
      ledger_.book_.RemoveQuotes(id);
      const Disclosure last = ledger_.book_.History(id)->back();
      Disclosure next = NewRevision(change_, id, last.revision + 1, note);
      next.idempotency_key = last.idempotency_key;
      next.content = last.content;
      next.voided = last.voided;
      next.quote_redacted = true;
      ledger_.book_.AddRevision(std::move(next));
    }
    return absl::OkStatus();
  }

  absl::Status operator()(OrganizationUpserted& upserted) {
    const std::string& id = upserted.content.organization_id;
    RETURN_IF_ERROR(CheckEntry(id, ledger_.catalogue_.organizations().Find(id), upserted.revision));
    ledger_.catalogue_.Add(
        Organization{std::move(upserted.content), upserted.revision, change_.sequence});
    return absl::OkStatus();
  }

  absl::Status operator()(GroupUpserted& upserted) {
    const std::string& id = upserted.content.group_id;
    RETURN_IF_ERROR(CheckEntry(id, ledger_.catalogue_.groups().Find(id), upserted.revision));
    ledger_.catalogue_.Add(Group{std::move(upserted.content), upserted.revision, change_.sequence});
    return absl::OkStatus();
  }

 private:
  std::shared_ptr<const ChangeNote> TakeNote() {
    return ledger_.Share(std::move(change_.change.note));
  }

  absl::Status CheckKnown(uint64_t id) const {
    if (ledger_.book_.History(id) != nullptr) return absl::OkStatus();
    return ChangeOutOfPlace(change_.sequence, fmt::format("it changes {}, which was never recorded",
                                                          FormatDisclosureId(id)));
  }

  absl::Status CheckNext(uint64_t id, uint32_t revision) const {
    RETURN_IF_ERROR(CheckKnown(id));
    const Disclosure& last = ledger_.book_.History(id)->back();
    if (last.voided || revision != last.revision + 1) {
      return ChangeOutOfPlace(
          change_.sequence,
          fmt::format("it makes revision {} of {}, whose last is {}{}", revision,
                      FormatDisclosureId(id), last.revision, last.voided ? ", a void" : ""));
    }
    return absl::OkStatus();
  }

  template <typename Entry>
  absl::Status CheckEntry(const std::string& id, const Entry* last, uint32_t revision) const {
    const uint32_t expected = last == nullptr ? 1 : last->revision + 1;
    if (revision == expected) return absl::OkStatus();
    return ChangeOutOfPlace(change_.sequence, fmt::format("it makes revision {} of {}, not {}",
                                                          revision, id, expected));
  }

  Ledger& ledger_;
  SequencedChange& change_;
};

Ledger::KeyDigest Ledger::DigestOf(std::string_view key) {
  const XXH128_hash_t hash = XXH3_128bits(key.data(), key.size());
  return {hash.low64, hash.high64};
}

std::shared_ptr<const ChangeNote> Ledger::Share(ChangeNote note) {
  if (last_note_ == nullptr || *last_note_ != note) {
    last_note_ = std::make_shared<const ChangeNote>(std::move(note));
  }
  return last_note_;
}

absl::Status Ledger::ApplyOne(SequencedChange change) {
  const uint64_t next = sequence_.load(std::memory_order_relaxed) + 1;
  if (change.sequence != next) {
    return ChangeOutOfPlace(change.sequence, fmt::format("the next is {}", next));
  }
  RETURN_IF_ERROR(std::visit(Applier(*this, change), change.change.kind));
  sequence_.store(next, std::memory_order_release);
  return absl::OkStatus();
}

absl::Status Ledger::Apply(std::vector<SequencedChange> changes) {
  const std::unique_lock<std::shared_mutex> lock(mutex_);
  for (SequencedChange& change : changes) RETURN_IF_ERROR(ApplyOne(std::move(change)));
  return absl::OkStatus();
}

std::optional<Disclosure> Ledger::Find(uint64_t id, const AsOf& as_of) const {
  const std::shared_lock<std::shared_mutex> lock(mutex_);
  return book_.Find(id, as_of);
}

std::optional<Disclosure> Ledger::Find(uint64_t id) const {
  return Find(id, AsOf{.sequence = kLatest});
}

DisclosureBook::Visibility Ledger::See(uint64_t id, const AsOf& as_of) const {
  const std::shared_lock<std::shared_mutex> lock(mutex_);
  return book_.See(id, as_of);
}

std::vector<Disclosure> Ledger::History(uint64_t id) const {
  const std::shared_lock<std::shared_mutex> lock(mutex_);
  const std::vector<Disclosure>* const history = book_.History(id);
  return history == nullptr ? std::vector<Disclosure>() : *history;
}

DisclosureScan Ledger::Scan(const DisclosureFilter& filter, const AsOf& as_of, uint64_t after_id,
                            const ScanBounds& bounds) const {
  const std::shared_lock<std::shared_mutex> lock(mutex_);
  return book_.Scan(filter, as_of, after_id, bounds);
}

std::vector<Disclosure> Ledger::ClaimsOf(std::string_view source_id, const AsOf& as_of) const {
  const std::shared_lock<std::shared_mutex> lock(mutex_);
  return book_.ClaimsOf(source_id, as_of);
}

bool Ledger::KnowsSource(std::string_view source_id) const {
  const std::shared_lock<std::shared_mutex> lock(mutex_);
  return book_.KnowsSource(source_id);
}

std::vector<QuotedRecord> Ledger::QuotedOf(std::string_view source_id, size_t limit) const {
  const std::shared_lock<std::shared_mutex> lock(mutex_);
  return book_.QuotedOf(source_id, limit);
}

std::optional<uint64_t> Ledger::FindKey(std::string_view key) const {
  const std::shared_lock<std::shared_mutex> lock(mutex_);
  const auto found = ids_by_key_.find(DigestOf(key));
  return found == ids_by_key_.end() ? std::nullopt : std::optional(found->second);
}

const Organization* Ledger::FindOrganization(std::string_view id) const {
  return FindOrganization(id, kLatest);
}

const Organization* Ledger::FindOrganization(std::string_view id, uint64_t sequence) const {
  const std::shared_lock<std::shared_mutex> lock(mutex_);
  return catalogue_.organizations().Find(id, sequence);
}

const Organization* Ledger::FindOrganizationByCik(std::string_view cik) const {
  const std::shared_lock<std::shared_mutex> lock(mutex_);
  return catalogue_.FindByCik(cik);
}

std::vector<const Organization*> Ledger::ListOrganizations(std::string_view after_id, size_t limit,
                                                           uint64_t sequence) const {
  const std::shared_lock<std::shared_mutex> lock(mutex_);
  return catalogue_.organizations().List(after_id, limit, sequence);
}

const Group* Ledger::FindGroup(std::string_view id) const { return FindGroup(id, kLatest); }

const Group* Ledger::FindGroup(std::string_view id, uint64_t sequence) const {
  const std::shared_lock<std::shared_mutex> lock(mutex_);
  return catalogue_.groups().Find(id, sequence);
}

std::vector<const Group*> Ledger::ListGroups(std::string_view after_id, size_t limit,
                                             uint64_t sequence) const {
  const std::shared_lock<std::shared_mutex> lock(mutex_);
  return catalogue_.groups().List(after_id, limit, sequence);
}

std::vector<std::string> Ledger::OrganizationsLike(std::string_view word) const {
  const std::shared_lock<std::shared_mutex> lock(mutex_);
  return catalogue_.OrganizationsLike(word);
}

std::vector<std::string> Ledger::GroupsLike(std::string_view word) const {
  const std::shared_lock<std::shared_mutex> lock(mutex_);
  return catalogue_.GroupsLike(word);
}

}  // namespace outlay::ingest
