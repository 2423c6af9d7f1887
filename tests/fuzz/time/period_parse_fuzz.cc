// Every parser of the time library on hostile text. What is accepted must print to a text that
// reads back as the same value, and a period must have its dates in order.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "services/common/time/fiscal_calendar.h"
#include "services/common/time/moment.h"
#include "services/common/time/period.h"

namespace outlay::time {
namespace {

void Require(bool condition) {
  if (!condition) std::abort();
}

void CheckNeighbour(const std::optional<Period>& neighbour) {
  Require(!neighbour || neighbour->start < neighbour->end);
}

void CheckPeriod(std::string_view text, const FiscalCalendar& calendar) {
  const absl::StatusOr<Period> period = ParsePeriod(text, &calendar);
  if (!period.ok()) return;
  Require(period->label == text);
  Require(period->HasDates() ? period->start < period->end : period->start == period->end);
  Require(ParseCalendarOrFiscal(text, calendar).ok());
  CheckNeighbour(PriorYear(*period, &calendar));
  CheckNeighbour(Next(*period, &calendar));
  CheckNeighbour(Previous(*period, &calendar));
  if (!period->HasDates()) return;
  const absl::StatusOr<Period> found = PeriodFromDates(period->start, period->end, &calendar);
  Require(!found.ok() || (found->start == period->start && found->end == period->end));
}

void CheckCalendar(std::string_view text) {
  const absl::StatusOr<FiscalCalendar> calendar = ParseFiscalCalendar(text);
  if (!calendar.ok()) return;
  Require(calendar->Validate().ok());
  Require(*ParseFiscalCalendar(FormatFiscalCalendar(*calendar)) == *calendar);
  Require(calendar->FiscalYearStart(2024) < calendar->FiscalYearEnd(2024));
}

void CheckMoment(std::string_view text) {
  const absl::StatusOr<Moment> moment = ParseDateOrInstant(text);
  if (moment.ok()) Require(*ParseDateOrInstant(FormatMoment(*moment)) == *moment);
}

}  // namespace
}  // namespace outlay::time

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using outlay::time::FiscalCalendar;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  outlay::time::CheckPeriod(text, FiscalCalendar::MonthEnd(6));
  outlay::time::CheckPeriod(text, FiscalCalendar::LastWeekday(std::chrono::Saturday, 9));
  outlay::time::CheckCalendar(text);
  outlay::time::CheckMoment(text);
  return 0;
}
