#ifndef OUTLAY_SERVICES_COMMON_JOURNAL_INDEXES_H_
#define OUTLAY_SERVICES_COMMON_JOURNAL_INDEXES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/common/journal/key_index.h"

namespace outlay::journal {

// Which keys and request ids a journal has, up to one end, and when keys of the guarded prefixes
// came last. What was added since the last Commit goes at Rollback. Not thread safe.
class Indexes {
 public:
  explicit Indexes(const std::vector<std::string>& guarded_prefixes);

  const KeyIndex& keys() const { return keys_; }  // → sequence
  KeyIndex& keys() { return keys_; }
  const KeyIndex& requests() const { return requests_; }  // → ordinal
  // The last entry with a key of a guarded prefix, 0 for none; nothing for another prefix.
  std::optional<uint64_t> LastOf(std::string_view prefix) const;

  void AddKey(std::string_view key, uint64_t sequence);
  // For a key that keys() was given already: what else is known of keys. May be empty.
  void NoteKey(std::string_view key, uint64_t sequence);
  void AddRequest(std::string_view id, uint64_t ordinal) {
    requests_.Insert(requests_.HashOf(id), ordinal);
  }

  void Commit();
  void Rollback();

 private:
  struct Guarded {
    std::string prefix;
    uint64_t last = 0;
    uint64_t committed_last = 0;
  };

  KeyIndex keys_;
  KeyIndex requests_;
  std::vector<Guarded> guarded_;
};

}  // namespace outlay::journal

#endif  // OUTLAY_SERVICES_COMMON_JOURNAL_INDEXES_H_
