#include "services/ingest/ledger.h"

#include <algorithm>
#include <mutex>
#include <optional>

#include "fmt/format.h"
#include "services/common/status/error.h"
#include "services/ingest/disclosure_id.h"
#include "services/ingest/errors.h"

namespace outlay::ingest {

namespace {

constexpr size_t kAppliedAtOnce = 256;

}  // namespace

// Puts one change of the journal into the ledger, by its kind.
class Ledger::Applier {
 public:
  Applier(Ledger& ledger, const SequencedChange& change) : ledger_(ledger), change_(change) {}

  absl::Status operator()(const UnknownChange&) { return absl::OkStatus(); }

  absl::Status operator()(const DisclosureRecorded& recorded) {
    return Add(recorded.content, change_.change.note);
  }

  absl::Status operator()(const DisclosurePrepared& prepared) {
    return Add(prepared.record->content, *prepared.record->note);
  }

  absl::Status operator()(const DisclosureCorrected& corrected) {
    RETURN_IF_ERROR(CheckNext(corrected.id, corrected.revision));
    ledger_.book_.Correct(corrected.id, Stamp(), corrected.content, change_.quote_redacted);
    return absl::OkStatus();
  }

  absl::Status operator()(const DisclosureVoided& voided) {
    RETURN_IF_ERROR(CheckNext(voided.id, voided.revision));
    ledger_.book_.Void(voided.id, Stamp());
    return absl::OkStatus();
  }

  absl::Status operator()(const SourceRedacted& redacted) {
    for (const uint64_t id : redacted.ids) {
      RETURN_IF_ERROR(RequireStanding(id).status());
      ledger_.book_.Redact(id, Stamp());
    }
    return absl::OkStatus();
  }

  absl::Status operator()(const OrganizationUpserted& upserted) {
    const std::string& id = upserted.content.organization_id;
    RETURN_IF_ERROR(CheckEntry(id, ledger_.catalogue_.organizations().Find(id), upserted.revision));
    ledger_.catalogue_.Add(Organization{upserted.content, upserted.revision, change_.sequence});
    return absl::OkStatus();
  }

  absl::Status operator()(const GroupUpserted& upserted) {
    const std::string& id = upserted.content.group_id;
    RETURN_IF_ERROR(CheckEntry(id, ledger_.catalogue_.groups().Find(id), upserted.revision));
    ledger_.catalogue_.Add(Group{upserted.content, upserted.revision, change_.sequence});
    return absl::OkStatus();
  }

 private:
  absl::Status Add(const DisclosureContent& content, const ChangeNote& note) {
    const std::string_view key = change_.key;
    const bool has_client_key = key.starts_with(kClientKeyPrefix);
    ledger_.book_.Add({change_.sequence, change_.recorded_at, note},
                      has_client_key ? key.substr(kClientKeyPrefix.size()) : "", content,
                      change_.quote_redacted);
    return absl::OkStatus();
  }

  RevisionStamp Stamp() const {
    return {change_.sequence, change_.recorded_at, change_.change.note};
  }

  absl::StatusOr<DisclosureBook::Standing> RequireStanding(uint64_t id) const {
    const std::optional<DisclosureBook::Standing> standing = ledger_.book_.StandingOf(id);
    if (standing) return *standing;
    return ChangeOutOfPlace(change_.sequence, fmt::format("it changes {}, which was never recorded",
                                                          FormatDisclosureId(id)));
  }

  absl::Status CheckNext(uint64_t id, uint32_t revision) const {
    ASSIGN_OR_RETURN(const DisclosureBook::Standing last, RequireStanding(id));
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
  const SequencedChange& change_;
};

absl::Status Ledger::ApplyOne(const SequencedChange& change) {
  const uint64_t next = sequence_.load(std::memory_order_relaxed) + 1;
  if (change.sequence != next) {
    return ChangeOutOfPlace(change.sequence, fmt::format("the next is {}", next));
  }
  RETURN_IF_ERROR(std::visit(Applier(*this, change), change.change.kind));
  sequence_.store(next, std::memory_order_release);
  return absl::OkStatus();
}

absl::Status Ledger::Apply(const std::vector<SequencedChange>& changes) {
  // Readers get a turn in between.
  for (size_t first = 0; first < changes.size(); first += kAppliedAtOnce) {
    const std::unique_lock<std::shared_mutex> lock(mutex_);
    const size_t end = std::min(first + kAppliedAtOnce, changes.size());
    for (size_t i = first; i < end; ++i) RETURN_IF_ERROR(ApplyOne(changes[i]));
  }
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
  return book_.History(id);
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
