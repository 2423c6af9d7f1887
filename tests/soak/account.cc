#include "tests/soak/account.h"

#include <utility>

#include "fmt/format.h"

namespace outlay::tests {

void Account::Asked(const ingest::v1::Disclosure& disclosure) {
  const std::lock_guard lock(mutex_);
  asked_.insert(disclosure.quote());
}

void Account::Recorded(const ingest::v1::Disclosure& disclosure, uint64_t sequence) {
  const std::lock_guard lock(mutex_);
  if (!recorded_.emplace(disclosure.quote(), sequence).second) return;
  targets_.push_back({fmt::format("d-{:016x}", sequence), 1, disclosure});
}

void Account::Corrected(const ingest::v1::Disclosure& answer) {
  const std::lock_guard lock(mutex_);
  if (!revised_.emplace(answer.sequence(), answer.disclosure_id()).second) return;
  targets_.push_back({answer.disclosure_id(), answer.revision(), answer});
}

void Account::Voided(const ingest::v1::Disclosure& answer) {
  const std::lock_guard lock(mutex_);
  revised_.emplace(answer.sequence(), answer.disclosure_id());
}

void Account::InDoubt(Doubt doubt) {
  const std::lock_guard lock(mutex_);
  doubts_.push_back(std::move(doubt));
}

std::optional<Target> Account::TakeTarget(std::mt19937_64& random) {
  const std::lock_guard lock(mutex_);
  if (targets_.empty()) return std::nullopt;
  std::swap(targets_[random() % targets_.size()], targets_.back());
  Target target = std::move(targets_.back());
  targets_.pop_back();
  return target;
}

std::vector<Doubt> Account::TakeDoubts() {
  const std::lock_guard lock(mutex_);
  return std::exchange(doubts_, {});
}

size_t Account::acknowledged() const {
  const std::lock_guard lock(mutex_);
  return recorded_.size() + revised_.size();
}

std::vector<std::string> Account::Compare(const std::vector<FeedEvent>& feed, bool settled) const {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> wrong;
  std::map<std::string, uint64_t> found;  // quote → sequence
  std::map<std::string, uint32_t> revisions;
  for (size_t i = 0; i < feed.size(); ++i) {
    const FeedEvent& event = feed[i];
    if (event.sequence != i + 1) {
      wrong.push_back(fmt::format("entry {} has sequence {}", i + 1, event.sequence));
      return wrong;
    }
    if (event.kind == "recorded") {
      if (!asked_.contains(event.quote)) wrong.push_back("nobody asked for " + event.quote);
      if (!found.emplace(event.quote, event.sequence).second) {
        wrong.push_back(event.quote + " is there twice");
      }
      revisions[event.id] = 1;
    } else if (event.kind == "corrected" || event.kind == "voided") {
      if (event.revision != ++revisions[event.id]) {
        wrong.push_back(fmt::format("{} skips to revision {}", event.id, event.revision));
      }
    }
  }
  for (const auto& [quote, sequence] : recorded_) {
    const auto at = found.find(quote);
    if (at == found.end()) {
      wrong.push_back(fmt::format("lost: {}, acknowledged as {}", quote, sequence));
    } else if (at->second != sequence) {
      wrong.push_back(
          fmt::format("{} is {}, not {} as was acknowledged", quote, at->second, sequence));
    }
  }
  for (const auto& [sequence, id] : revised_) {
    if (sequence > feed.size() || feed[sequence - 1].id != id) {
      wrong.push_back(fmt::format("lost: the change of {}, acknowledged as {}", id, sequence));
    }
  }
  if (settled && found.size() != asked_.size()) {
    wrong.push_back(fmt::format("{} records, {} were asked for", found.size(), asked_.size()));
  }
  return wrong;
}

}  // namespace outlay::tests
