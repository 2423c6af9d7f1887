// The names of records: "d-" and the 16 hexadecimal digits of the sequence that recorded them.
#ifndef OUTLAY_SERVICES_INGEST_DISCLOSURE_ID_H_
#define OUTLAY_SERVICES_INGEST_DISCLOSURE_ID_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace outlay::ingest {

std::string FormatDisclosureId(uint64_t sequence);

// Exactly what FormatDisclosureId makes, lower case; nullopt for anything else and for sequence 0.
std::optional<uint64_t> ParseDisclosureId(std::string_view text);

}  // namespace outlay::ingest

#endif  // OUTLAY_SERVICES_INGEST_DISCLOSURE_ID_H_
