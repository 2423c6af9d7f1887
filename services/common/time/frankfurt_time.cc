#include "services/common/time/frankfurt_time.h"

namespace outlay::time {
namespace {

using std::chrono::hours;

Instant Switch(int year, int month) {
  return StartOfDay(LastWeekdayOfMonth(std::chrono::Sunday, year, month)) + hours(1);
}

}  // namespace

bool IsFrankfurtSummerTime(Instant instant) {
  const int year = YearOf(DateOf(instant));
  return Switch(year, 3) <= instant && instant < Switch(year, 10);
}

Instant FrankfurtPublication(Date date) {
  // The clocks change at night, so that the offset at 15:00 UTC is the one at 16:00 local time.
  const Instant winter = StartOfDay(date) + hours(15);
  return IsFrankfurtSummerTime(winter) ? winter - hours(1) : winter;
}

}  // namespace outlay::time
