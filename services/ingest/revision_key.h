#ifndef OUTLAY_SERVICES_INGEST_REVISION_KEY_H_
#define OUTLAY_SERVICES_INGEST_REVISION_KEY_H_

#include <cstdint>
#include <string>

#include "fmt/format.h"
#include "services/ingest/disclosure_id.h"

namespace outlay::ingest {

// The journal's key of the change that makes revision n of a record: of two that would make it, one is first.
inline std::string RevisionKey(uint64_t id, uint32_t revision) {
  return fmt::format("revision/{}/{}", FormatDisclosureId(id), revision);
}

}  // namespace outlay::ingest

#endif  // OUTLAY_SERVICES_INGEST_REVISION_KEY_H_
