// The measures and definitions that the rules know: what can be recorded, and so what can be asked about.
#ifndef OUTLAY_SERVICES_COMMON_MEASURES_MEASURES_H_
#define OUTLAY_SERVICES_COMMON_MEASURES_MEASURES_H_

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace outlay::measures {

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

// For errors about an id that FindMeasure does not know: the nearest ones, and all.
std::string NoSuchMeasure(std::string_view id);

}  // namespace outlay::measures

#endif  // OUTLAY_SERVICES_COMMON_MEASURES_MEASURES_H_
