#include "services/common/wire/time_proto.h"

#include <gtest/gtest.h>

#include "services/common/status/error.h"

namespace outlay::wire {
namespace {

const time::FiscalCalendar kJune = time::FiscalCalendar::MonthEnd(6);

time::v1::Period Proto(const char* label, const char* start = "", const char* end = "") {
  time::v1::Period proto;
  proto.set_label(label);
  proto.set_start_date(start);
  proto.set_end_date(end);
  return proto;
}

TEST(PeriodProto, ReadsALabelWithTheOrganizationsCalendar) {
  const time::Period period = *FromProto(Proto("FY2025"), &kJune);
  time::v1::Period proto;
  ToProto(period, &proto);
  EXPECT_EQ(proto.start_date(), "2024-07-01");
  EXPECT_EQ(proto.end_date(), "2025-07-01");
  EXPECT_EQ(proto.kind(), time::v1::PERIOD_KIND_YEAR);
  EXPECT_TRUE(proto.fiscal());
  EXPECT_EQ(*StoredPeriodFromProto(proto), period);
}

TEST(PeriodProto, FindsTheLabelOfDates) {
  EXPECT_EQ(FromProto(Proto("", "2025-01-01", "2025-04-01"), nullptr)->label, "2025-Q1");
}

TEST(PeriodProto, RefusesALabelThatItsDatesContradict) {
  const absl::Status error = FromProto(Proto("2025", "2025-01-01", "2025-12-31"), nullptr).status();
  EXPECT_EQ(GetErrorDetail(error).reason, "PERIOD_DISAGREES");
  EXPECT_EQ(error.message(),
            "end_date: is \"2025-12-31\", but \"2025\" has 2026-01-01; give the label or the dates "
            "alone");
}

TEST(PeriodProto, NeedsALabelOrBothDates) {
  EXPECT_EQ(GetErrorDetail(FromProto(Proto("", "2025-01-01"), nullptr).status()).reason,
            "MISSING_PERIOD");
  EXPECT_EQ(GetErrorDetail(FromProto(Proto("FY2025"), nullptr).status()).reason,
            "FISCAL_YEAR_UNKNOWN");
  EXPECT_EQ(GetErrorDetail(FromProto(Proto("", "2025-01-01", "2025-02-30"), nullptr).status())
                .violations[0]
                .field,
            "end_date");
}

TEST(PeriodProto, ReadsUndatedPledges) {
  EXPECT_FALSE(FromProto(Proto("undated"), nullptr)->HasDates());
  EXPECT_EQ(GetErrorDetail(StoredPeriodFromProto(time::v1::Period()).status()).violations[0].field,
            "kind");
}

// What is stored must always be read again: a journal with an entry that nobody can read is lost.
TEST(PeriodProto, ReadsBackEveryPeriodThatItTakesToTheEndsOfTheYears) {
  const time::FiscalCalendar calendars[] = {
      time::FiscalCalendar::Calendar(), kJune, time::FiscalCalendar::FixedDay(4, 5),
      time::FiscalCalendar::LastWeekday(std::chrono::Saturday, 9)};
  for (const time::FiscalCalendar& calendar : calendars) {
    for (const char* label : {"1900",
                              "2200",
                              "1900-Q1",
                              "1900-H1",
                              "2200-Q4",
                              "2200-9M",
                              "1900..1901",
                              "2199..2200",
                              "FY1900",
                              "FY2200",
                              "FY1900-Q1",
                              "FY2200-Q4",
                              "FY2200-H2",
                              "FY1900..FY1901",
                              "FY2199..FY2200",
                              "TTM-1900-03-31",
                              "TTM-2200-12-31",
                              "1900-01-01..1900-01-31",
                              "2200-12-01..2200-12-31",
                              "undated"}) {
      const absl::StatusOr<time::Period> period = FromProto(Proto(label), &calendar);
      ASSERT_TRUE(period.ok()) << period.status();
      time::v1::Period proto;
      ToProto(*period, &proto);
      const absl::StatusOr<time::Period> stored = StoredPeriodFromProto(proto);
      ASSERT_TRUE(stored.ok()) << label << ": " << stored.status();
      EXPECT_EQ(*stored, *period) << label;
      const absl::StatusOr<time::Period> sent_again = FromProto(proto, &calendar);
      ASSERT_TRUE(sent_again.ok()) << label << ": " << sent_again.status();
      EXPECT_EQ(*sent_again, *period) << label;
    }
  }
}

TEST(TimestampProto, KeepsMicrosecondsBeforeAndAfterTheEpoch) {
  for (const char* text : {"2025-02-07T15:00:00.000001Z", "1969-12-31T23:59:59.999999Z"}) {
    google::protobuf::Timestamp proto;
    ToProto(*time::ParseInstant(text), &proto);
    EXPECT_GE(proto.nanos(), 0);
    EXPECT_EQ(time::FormatInstant(*FromProto(proto)), text);
  }
  google::protobuf::Timestamp bad;
  bad.set_nanos(-1);
  EXPECT_EQ(GetErrorDetail(FromProto(bad).status()).reason, "MALFORMED_INSTANT");
}

}  // namespace
}  // namespace outlay::wire
