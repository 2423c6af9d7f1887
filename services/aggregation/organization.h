// The catalogue as aggregation needs it: who spends, who belongs to whom, whose fiscal year ends when.
#ifndef OUTLAY_SERVICES_AGGREGATION_ORGANIZATION_H_
#define OUTLAY_SERVICES_AGGREGATION_ORGANIZATION_H_

#include <string>
#include <vector>

#include "services/common/time/fiscal_calendar.h"

namespace outlay::aggregation {

struct Organization {
  std::string organization_id;
  std::string name;                   // in English, for sentences
  std::vector<std::string> known_as;  // every other name and alias, for suggestions
  std::string parent_id;              // empty: belongs to none
  time::FiscalCalendar calendar;
};

struct Group {
  std::string group_id;
  std::vector<std::string> known_as;  // its names, for suggestions
  std::vector<std::string> organization_ids;
};

}  // namespace outlay::aggregation

#endif  // OUTLAY_SERVICES_AGGREGATION_ORGANIZATION_H_
