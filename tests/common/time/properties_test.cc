// Properties that hold for every value, checked on generated ones. The seed is fixed: a failure
// repeats.
#include <random>
#include <vector>

#include "gtest/gtest.h"
#include "services/common/time/moment.h"
#include "services/common/time/period.h"
#include "tests/common/time/support.h"

namespace outlay::time {
namespace {

using std::chrono::days;

constexpr int kFirstYear = 1990;
constexpr int kLastYear = 2100;
constexpr int kRounds = 20'000;

class Generator {
 public:
  int Between(int low, int high) { return std::uniform_int_distribution<int>(low, high)(engine_); }

  Date AnyDate() {
    return D("1900-01-01") + days(Between(0, (D("2200-12-31") - D("1900-01-01")).count()));
  }

  Instant AnyInstant() {
    return StartOfDay(AnyDate()) + std::chrono::seconds(Between(0, 86'399)) +
           std::chrono::microseconds(Between(0, 3) == 0 ? 0 : Between(0, 999'999));
  }

  PeriodLabel AnyLabel() {
    PeriodLabel label{.kind = static_cast<PeriodKind>(Between(0, 7))};
    switch (label.kind) {
      case PeriodKind::kUndated:
        return label;
      case PeriodKind::kDates:
        label.first_day = AnyDate();
        label.last_day = std::min(D("2200-12-31"), label.first_day + days(Between(0, 2000)));
        return label;
      case PeriodKind::kTrailingTwelveMonths:
        label.last_day = AnyDate();
        return label;
      default:
        break;
    }
    label.fiscal = Between(0, 1) == 1;
    label.year = Between(kMinYear, kMaxYear - 1);
    if (label.kind == PeriodKind::kHalf) label.part = Between(1, 2);
    if (label.kind == PeriodKind::kQuarter) label.part = Between(1, 4);
    if (label.kind == PeriodKind::kYearToDate) label.part = Between(1, 11);
    if (label.kind == PeriodKind::kSeveralYears)
      label.last_year = Between(label.year + 1, kMaxYear);
    return label;
  }

 private:
  std::mt19937 engine_{20250207};
};

// Every rule with every month, weekday, name and place of the extra week; every fixed day.
std::vector<FiscalCalendar> AllCalendars() {
  std::vector<FiscalCalendar> calendars;
  const auto add = [&](FiscalCalendar calendar) {
    for (const bool named_after_start_year : {false, true}) {
      calendar.named_after_start_year = named_after_start_year;
      calendars.push_back(calendar);
    }
  };
  for (int month = 1; month <= 12; ++month) {
    add(FiscalCalendar::MonthEnd(month));
    for (int day = 1; day < DaysInMonth(2024, month); ++day)
      add(FiscalCalendar::FixedDay(month, day));
    for (unsigned weekday = 0; weekday < 7; ++weekday) {
      for (int quarter = 1; quarter <= 4; ++quarter) {
        FiscalCalendar last = FiscalCalendar::LastWeekday(std::chrono::weekday(weekday), month);
        FiscalCalendar nearest =
            FiscalCalendar::NearestWeekday(std::chrono::weekday(weekday), month);
        last.extra_week_quarter = nearest.extra_week_quarter = quarter;
        add(last);
        add(nearest);
      }
    }
  }
  return calendars;
}

TEST(RoundTripTest, Dates) {
  for (Date date = D("1900-01-01"); date <= D("2200-12-31"); date += days(1)) {
    ASSERT_EQ(ParseDate(FormatDate(date)).value(), date) << FormatDate(date);
  }
}

TEST(RoundTripTest, InstantsAndMoments) {
  Generator generate;
  for (int round = 0; round < kRounds; ++round) {
    const Instant instant = generate.AnyInstant();
    ASSERT_EQ(ParseInstant(FormatInstant(instant)).value(), instant) << FormatInstant(instant);
    ASSERT_EQ(ParseDateOrInstant(FormatInstant(instant)).value(), Moment::At(instant));
    const Moment day = Moment::Day(DateOf(instant));
    ASSERT_EQ(ParseDateOrInstant(FormatMoment(day)).value(), day) << FormatMoment(day);
    ASSERT_LE(instant, day.instant);
  }
}

TEST(RoundTripTest, Labels) {
  Generator generate;
  for (int round = 0; round < kRounds; ++round) {
    const PeriodLabel label = generate.AnyLabel();
    ASSERT_EQ(ParsePeriodLabel(FormatPeriodLabel(label)).value(), label)
        << FormatPeriodLabel(label);
  }
}

// Whatever the calendar was, the label and the dates that it gave are enough.
TEST(RoundTripTest, FiscalPeriodsWithoutTheirCalendar) {
  Generator generate;
  for (const FiscalCalendar& calendar : AllCalendars()) {
    for (int round = 0; round < 3; ++round) {
      PeriodLabel label = generate.AnyLabel();
      while (!label.fiscal) label = generate.AnyLabel();
      const absl::StatusOr<Period> period = ResolvePeriod(label, &calendar);
      if (!period.ok()) continue;  // months of a year of weeks
      const std::optional<Period> found =
          FiscalPeriodOfSomeCalendar(label, period->start, period->end);
      ASSERT_TRUE(found) << period->label << " " << FormatFiscalCalendar(calendar);
      ASSERT_EQ(*found, *period) << period->label << " " << FormatFiscalCalendar(calendar);
      ASSERT_EQ(found->label, period->label);
    }
  }
}

TEST(RoundTripTest, FiscalCalendars) {
  for (const FiscalCalendar& calendar : AllCalendars()) {
    ASSERT_TRUE(calendar.Validate().ok());
    ASSERT_EQ(ParseFiscalCalendar(FormatFiscalCalendar(calendar)).value(), calendar)
        << FormatFiscalCalendar(calendar);
  }
}

TEST(RoundTripTest, ThePeriodOfDatesHasThoseDates) {
  Generator generate;
  const std::vector<FiscalCalendar> calendars = AllCalendars();
  for (int round = 0; round < kRounds; ++round) {
    const FiscalCalendar& calendar = calendars[generate.Between(0, calendars.size() - 1)];
    const absl::StatusOr<Period> period = ResolvePeriod(generate.AnyLabel(), &calendar);
    if (!period.ok() || !period->HasDates()) continue;
    const absl::StatusOr<Period> found = PeriodFromDates(period->start, period->end, &calendar);
    if (!found.ok()) continue;
    ASSERT_EQ(Range(*found), Range(*period)) << period->label;
    ASSERT_EQ(ParsePeriod(found->label, &calendar).value(), *found) << found->label;
  }
}

TEST(TilingTest, YearsTileTimeInEveryCalendar) {
  for (const FiscalCalendar& calendar : AllCalendars()) {
    const std::string name = FormatFiscalCalendar(calendar);
    for (int year = kFirstYear; year <= kLastYear; ++year) {
      const Date start = calendar.FiscalYearStart(year);
      const Date end = calendar.FiscalYearEnd(year);
      ASSERT_EQ(end, calendar.FiscalYearStart(year + 1)) << name << " " << year;
      ASSERT_LT(start, end) << name << " " << year;
      ASSERT_EQ(calendar.FiscalYearOf(start), year) << name;
      ASSERT_EQ(calendar.FiscalYearOf(end - days(1)), year) << name;
    }
  }
}

TEST(TilingTest, QuartersTileTheYearInEveryCalendar) {
  for (const FiscalCalendar& calendar : AllCalendars()) {
    const std::string name = FormatFiscalCalendar(calendar);
    for (int year = kFirstYear; year <= kLastYear; ++year) {
      Date position = calendar.FiscalYearStart(year);
      for (int quarter = 1; quarter <= 4; ++quarter) {
        ASSERT_EQ(calendar.QuarterStart(year, quarter), position) << name << " " << year;
        ASSERT_LT(position, calendar.QuarterEnd(year, quarter)) << name << " " << year;
        position = calendar.QuarterEnd(year, quarter);
      }
      ASSERT_EQ(position, calendar.FiscalYearEnd(year)) << name << " " << year;
    }
  }
}

TEST(TilingTest, MonthsGrowThroughTheYear) {
  for (const FiscalCalendar& calendar : AllCalendars()) {
    if (calendar.HasWeekYears()) continue;
    for (int year = 2019; year <= 2026; ++year) {
      Date position = calendar.FiscalYearStart(year);
      for (int months = 1; months <= 12; ++months) {
        const int length = (calendar.MonthsEnd(year, months) - position).count();
        ASSERT_GE(length, 28) << FormatFiscalCalendar(calendar) << " " << year << " " << months;
        ASSERT_LE(length, 32) << FormatFiscalCalendar(calendar) << " " << year << " " << months;
        position = calendar.MonthsEnd(year, months);
      }
    }
  }
}

TEST(TilingTest, YearsOfWeeksHave52Or53AndQuarters13Or14) {
  for (const FiscalCalendar& calendar : AllCalendars()) {
    if (!calendar.HasWeekYears()) continue;
    const std::string name = FormatFiscalCalendar(calendar);
    int long_years = 0;
    for (int year = kFirstYear; year <= kLastYear; ++year) {
      const int length = (calendar.FiscalYearEnd(year) - calendar.FiscalYearStart(year)).count();
      ASSERT_TRUE(length == 364 || length == 371) << name << " " << year << " has " << length;
      if (length == 371) ++long_years;
      for (int quarter = 1; quarter <= 4; ++quarter) {
        const int weeks =
            (calendar.QuarterEnd(year, quarter) - calendar.QuarterStart(year, quarter)).count() / 7;
        const bool is_long = length == 371 && quarter == calendar.extra_week_quarter;
        ASSERT_EQ(weeks, is_long ? 14 : 13) << name << " " << year << " " << quarter;
      }
      ASSERT_EQ(WeekdayOf(calendar.FiscalYearEnd(year) - days(1)), calendar.weekday)
          << name << " " << year;
    }
    // Each of the 111 years is about 1.2425 days longer than 52 weeks, which makes 19.7 weeks.
    ASSERT_GE(long_years, 19) << name;
    ASSERT_LE(long_years, 21) << name;
  }
}

// Twelve months up to 28 February of a leap year: a year on, the 28th is the month's end, and the
// leap day falls between.
bool EndsBeforeALeapDay(const Period& period) {
  const Date day_after = period.end;
  return period.kind == PeriodKind::kTrailingTwelveMonths && MonthOf(day_after) == 2 &&
         DayOf(day_after) == 29;
}

TEST(TilingTest, NextAndPreviousAreAdjacentAndUndoEachOther) {
  Generator generate;
  const std::vector<FiscalCalendar> calendars = AllCalendars();
  for (int round = 0; round < kRounds; ++round) {
    const FiscalCalendar& calendar = calendars[generate.Between(0, calendars.size() - 1)];
    const absl::StatusOr<Period> period = ResolvePeriod(generate.AnyLabel(), &calendar);
    if (!period.ok()) continue;
    const std::optional<Period> next = Next(*period, &calendar);
    if (!next) continue;
    if (period->kind == PeriodKind::kYearToDate) {
      ASSERT_EQ(PriorYear(*next, &calendar), *period) << period->label;
      continue;
    }
    if (EndsBeforeALeapDay(*period)) continue;
    ASSERT_EQ(next->start, period->end) << period->label;
    const std::optional<Period> back = Previous(*next, &calendar);
    ASSERT_TRUE(back.has_value()) << period->label;
    ASSERT_EQ(*back, *period) << period->label;
  }
}

TEST(PriorYearPropertyTest, ThePriorPeriodEndsAYearBeforeAndIsAsLong) {
  Generator generate;
  const std::vector<FiscalCalendar> calendars = AllCalendars();
  for (int round = 0; round < kRounds; ++round) {
    const FiscalCalendar& calendar = calendars[generate.Between(0, calendars.size() - 1)];
    const absl::StatusOr<Period> period = ResolvePeriod(generate.AnyLabel(), &calendar);
    if (!period.ok()) continue;
    const std::optional<Period> prior = PriorYear(*period, &calendar);
    if (!prior) continue;
    ASSERT_EQ(prior->kind, period->kind);
    ASSERT_EQ(prior->fiscal, period->fiscal);
    ASSERT_TRUE(SameLength(*prior, *period)) << period->label;
    const int apart = (period->end - prior->end).count();
    ASSERT_GE(apart, 364) << period->label;
    ASSERT_LE(apart, 371) << period->label;
    if (period->kind == PeriodKind::kYear) {
      ASSERT_EQ(prior->end, period->start) << period->label;
    }
  }
}

}  // namespace
}  // namespace outlay::time
