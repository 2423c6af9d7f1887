// Local time of Frankfurt, as far as the European Central Bank's fixings need it.
#ifndef OUTLAY_SERVICES_COMMON_TIME_FRANKFURT_TIME_H_
#define OUTLAY_SERVICES_COMMON_TIME_FRANKFURT_TIME_H_

#include "services/common/time/instant.h"

namespace outlay::time {

// Whether Central European Summer Time (UTC+2) is in force at `instant`; else it is Central
// European Time (UTC+1). The European Union's rule of 1996 and after: from 01:00 UTC on the last
// Sunday of March to 01:00 UTC on the last Sunday of October. It is applied to earlier years too,
// where it is wrong; the euro's fixings begin in 1999.
bool IsFrankfurtSummerTime(Instant instant);

// 16:00 in Frankfurt on that date, when the fixings of the day are published: 15:00 UTC in winter,
// 14:00 UTC in summer.
Instant FrankfurtPublication(Date date);

}  // namespace outlay::time

#endif  // OUTLAY_SERVICES_COMMON_TIME_FRANKFURT_TIME_H_
