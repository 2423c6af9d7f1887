// A disclosure's content as a list of texts: what its fingerprint is made of, and how two contents are told apart.
#ifndef OUTLAY_SERVICES_INGEST_CONTENT_FIELDS_H_
#define OUTLAY_SERVICES_INGEST_CONTENT_FIELDS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "services/ingest/disclosure.h"
#include "services/ingest/organization.h"

namespace outlay::ingest {

struct ContentField {
  std::string_view path;  // "amount.low", as on the wire
  std::string text;

  friend bool operator==(const ContentField&, const ContentField&) = default;
};

// The fields that are not empty, in a fixed order. Amounts are compared by value ("1.50" is "1.5"), instants in UTC.
std::vector<ContentField> ContentFields(const DisclosureContent& content);

// The bytes that stand for the content. Those of corrections and of the catalogue are hashed, and the hashes stored for ever: a field added
// later must be left out while it is empty, and nothing may change for contents that have been stored.
std::string CanonicalBytes(const DisclosureContent& content);
std::string CanonicalBytes(const OrganizationContent& content);
std::string CanonicalBytes(const GroupContent& content);

// The paths whose texts differ, in the order of ContentFields.
std::vector<std::string> DifferingFields(const DisclosureContent& a, const DisclosureContent& b);

// What a recorded disclosure is told apart by, from its stored bytes and those of its quote: XXH3-128 of the first with that of the second
// as seed. Stored for ever, as fingerprint and in keys that are made from contents.
struct ContentHash {
  uint64_t low = 0;
  uint64_t high = 0;
};
ContentHash HashContent(std::string_view content, std::string_view quote);

// 32 hexadecimal digits.
std::string Digest(const ContentHash& hash);

}  // namespace outlay::ingest

#endif  // OUTLAY_SERVICES_INGEST_CONTENT_FIELDS_H_
