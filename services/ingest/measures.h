// The measures and definitions that the rules know.
#ifndef OUTLAY_SERVICES_INGEST_MEASURES_H_
#define OUTLAY_SERVICES_INGEST_MEASURES_H_

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace outlay::ingest {

struct Definition {
  std::string_view id;
  std::string_view description;  // one sentence: what is counted
  bool may_be_negative = false;  // it nets proceeds or incentives, or states a reduction
};

struct Measure {
  std::string_view id;
  std::string_view english_name;
  std::string_view korean_name;
  bool non_negative = true;                 // unless its definition says otherwise
  std::span<const Definition> definitions;  // in the default order of preference

  // Null where it has no such definition.
  const Definition* Find(std::string_view definition_id) const;
};

// Ordered by id.
std::span<const Measure> AllMeasures();

// Null where there is none. The pointer stays valid for ever.
const Measure* FindMeasure(std::string_view id);

std::vector<std::string> MeasureIds();
std::vector<std::string> DefinitionIds(const Measure& measure);

}  // namespace outlay::ingest

#endif  // OUTLAY_SERVICES_INGEST_MEASURES_H_
