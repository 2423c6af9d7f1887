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
