#include "services/aggregation/ledger.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "services/common/status/text.h"

namespace outlay::aggregation {

void Ledger::Apply(SequencedChange change) {
  const time::Instant last =
      recorded_times_.empty() ? time::Instant::min() : recorded_times_.back();
  recorded_times_.push_back(std::max(last, change.recorded_time));
  std::visit([&](auto&& kind) { Take(change.sequence, std::forward<decltype(kind)>(kind)); },
             std::move(change.kind));
}

uint64_t Ledger::SequenceAt(time::Instant time) const {
  const auto after = std::upper_bound(recorded_times_.begin(), recorded_times_.end(), time);
  return static_cast<uint64_t>(after - recorded_times_.begin());
}

const std::vector<const DisclosureHistory*>& Ledger::AboutOrganization(std::string_view id) const {
  const auto found = by_organization_.find(ToAbsl(id));
  return found == by_organization_.end() ? nothing_ : found->second;
}

DisclosureHistory* Ledger::Find(const std::string& disclosure_id) {
  const auto found = disclosures_.find(disclosure_id);
  return found == disclosures_.end() ? nullptr : found->second.get();
}

void Ledger::Take(uint64_t sequence, DisclosureChanged change) {
  std::unique_ptr<DisclosureHistory>& history = disclosures_[change.disclosure.disclosure_id];
  const bool added = history == nullptr;
  if (added) history = std::make_unique<DisclosureHistory>();
  const bool moved =
      !added && history->last().content->organization_id != change.disclosure.organization_id;
  if (added || moved) {
    std::vector<const DisclosureHistory*>& about =
        by_organization_[change.disclosure.organization_id];
    if (added || std::find(about.begin(), about.end(), history.get()) == about.end()) {
      about.push_back(history.get());
    }
  }
  const uint32_t next_revision = added ? 1 : history->last().revision + 1;
  history->Add(sequence, {std::make_shared<const Disclosure>(std::move(change.disclosure)),
                          change.revision == 0 ? next_revision : change.revision, false});
}

void Ledger::Take(uint64_t sequence, DisclosureVoided change) {
  DisclosureHistory* const history = Find(change.disclosure_id);
  if (history == nullptr) return Take(sequence, Unreadable{});
  DisclosureReading reading = history->last();
  reading.revision = change.revision == 0 ? reading.revision + 1 : change.revision;
  reading.voided = true;
  history->Add(sequence, std::move(reading));
}

void Ledger::Take(uint64_t sequence, OrganizationChanged change) {
  std::string id = change.organization.organization_id;
  organizations_[std::move(id)].Add(
      sequence, std::make_shared<const Organization>(std::move(change.organization)));
}

void Ledger::Take(uint64_t sequence, GroupChanged change) {
  std::string id = change.group.group_id;
  groups_[std::move(id)].Add(sequence, std::make_shared<const Group>(std::move(change.group)));
}

void Ledger::Take(uint64_t sequence, const SourceRedacted& change) {
  for (const std::string& disclosure_id : change.disclosure_ids) {
    DisclosureHistory* const history = Find(disclosure_id);
    if (history == nullptr) {
      Take(sequence, Unreadable{});
      continue;
    }
    DisclosureReading reading = history->last();
    ++reading.revision;
    history->Add(sequence, std::move(reading));
  }
}

void Ledger::Take(uint64_t, Unreadable) { ++unreadable_count_; }

}  // namespace outlay::aggregation
