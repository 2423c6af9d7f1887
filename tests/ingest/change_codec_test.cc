#include "services/ingest/change_codec_proto.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "outlay/ingest/v1/disclosure.pb.h"
#include "services/common/status/error.h"
#include "services/ingest/content_fields.h"

namespace outlay::ingest {
namespace {

const ProtoChangeCodec kCodec;

DisclosureContent UpTo() {
  DisclosureContent content;
  content.organization_id = "meta";
  content.measure = "ai_investment";
  content.basis = Basis::kGuidance;
  content.period =
      time::ParsePeriod(
          "FY2025-Q1",
          std::make_unique<time::FiscalCalendar>(time::FiscalCalendar::MonthEnd(6)).get())
          .value();
  content.amount = money::MakeAmount({.currency_code = "USD",
                                      .bound = money::Bound::kUpTo,
                                      .high = money::Decimal::FromInt(65),
                                      .approximate = true},
                                     true)
                       .value();
  content.stated_at = time::ParseDateOrInstant("2025-02-06T21:30:00.5Z").value();
  content.published_at = time::ParseDateOrInstant("2025-02-09").value();
  content.source = {.source_id = "s", .source_class = SourceClass::kPress, .title = "제목"};
  content.quote = "최대 650억 달러";
  return content;
}

absl::StatusOr<Change> Again(const Change& change) {
  const EncodedChange encoded = kCodec.Encode(change);
  return kCodec.Decode(encoded.payload, encoded.erasable);
}

TEST(ChangeCodecTest, ARecordedDisclosureComesBackAsItWas) {
  const Change change{DisclosureRecorded{UpTo()}, {"a", "r"}};
  const absl::StatusOr<Change> decoded = Again(change);
  ASSERT_TRUE(decoded.ok()) << decoded.status();
  EXPECT_EQ(decoded->note, change.note);
  const auto& content = std::get<DisclosureRecorded>(decoded->kind).content;
  EXPECT_EQ(CanonicalBytes(content), CanonicalBytes(UpTo()));
  EXPECT_EQ(content.period, UpTo().period);
  EXPECT_EQ(content.amount, UpTo().amount);
}

TEST(ChangeCodecTest, ARecordedDisclosureIsKeptWithoutWhatTheJournalKnows) {
  v1::Change stored;
  ASSERT_TRUE(
      stored.ParseFromString(kCodec.Encode({DisclosureRecorded{UpTo()}, {"a", ""}}).payload));
  EXPECT_EQ(stored.disclosure_recorded().disclosure_id(), "");
  EXPECT_EQ(stored.disclosure_recorded().sequence(), 0u);
  EXPECT_FALSE(stored.disclosure_recorded().has_recorded_time());
  EXPECT_FALSE(stored.disclosure_recorded().has_change());
  EXPECT_EQ(stored.disclosure_recorded().revision(), 1u);
}

TEST(ChangeCodecTest, QuotedWordsCanBeTakenAwayFromTheRest) {
  for (const Change& change :
       {Change{DisclosureRecorded{UpTo()}, {}}, Change{DisclosureCorrected{7, 3, UpTo()}, {}}}) {
    const EncodedChange encoded = kCodec.Encode(change);
    EXPECT_EQ(encoded.payload.find(UpTo().quote), std::string::npos);
    EXPECT_NE(encoded.erasable.find(UpTo().quote), std::string::npos);
    const auto content = [](const Change& decoded) {
      const auto* const recorded = std::get_if<DisclosureRecorded>(&decoded.kind);
      return recorded != nullptr ? recorded->content
                                 : std::get<DisclosureCorrected>(decoded.kind).content;
    };
    EXPECT_EQ(content(*Again(change)).quote, UpTo().quote);
    DisclosureContent redacted = UpTo();
    redacted.quote = {};
    EXPECT_EQ(CanonicalBytes(content(*kCodec.Decode(encoded.payload, ""))),
              CanonicalBytes(redacted));
  }
  DisclosureContent wordless = UpTo();
  wordless.quote = {};
  EXPECT_EQ(kCodec.Encode({DisclosureRecorded{wordless}, {}}).erasable, "");
}

TEST(ChangeCodecTest, BulkBytesAreThoseOfTheMessage) {
  const ChangeNote note{"loader", "a bulk load"};
  DisclosureContent withdrawn = UpTo();
  withdrawn.action = StatementAction::kWithdrawn;
  withdrawn.amount.reset();
  withdrawn.period = time::UndatedPeriod();
  withdrawn.period_ambiguous = true;
  withdrawn.stated_at.reset();
  withdrawn.quote = {};
  const std::string long_title(300, 't');  // its length takes two bytes
  withdrawn.source.title = long_title;
  for (const DisclosureContent& content : {UpTo(), withdrawn}) {
    const EncodedChange message = kCodec.Encode({DisclosureRecorded{content}, note});
    std::string bulk = "before";
    const RecordedSizes sizes = kCodec.AppendRecorded(content, note, bulk);
    EXPECT_EQ(bulk, "before" + message.payload + message.erasable);
    EXPECT_EQ(sizes.payload, message.payload.size());
    EXPECT_EQ(sizes.erasable, message.erasable.size());
  }
}

// Stored for ever as fingerprints, and in the keys of records that came without one.
TEST(ChangeCodecTest, WhatARecordedContentIsToldApartByNeverChanges) {
  std::string bytes;
  const RecordedSizes sizes = kCodec.AppendRecorded(UpTo(), {"a", "b"}, bytes);
  const std::string content = bytes.substr(0, sizes.content);
  EXPECT_EQ(Digest(HashContent(content, bytes.substr(sizes.payload))),
            "4af31701014eb8798064142be50d3736");
  std::string by_another;
  const size_t size = kCodec.AppendRecorded(UpTo(), {"c", ""}, by_another).content;
  EXPECT_EQ(by_another.substr(0, size), content);
}

TEST(ChangeCodecTest, CorrectionsAndVoidsNameTheirRecord) {
  const auto corrected = Again({DisclosureCorrected{7, 3, UpTo()}, {}});
  EXPECT_EQ(std::get<DisclosureCorrected>(corrected->kind).id, 7u);
  EXPECT_EQ(std::get<DisclosureCorrected>(corrected->kind).revision, 3u);
  const auto voided = Again({DisclosureVoided{7, 4}, {}});
  EXPECT_EQ(std::get<DisclosureVoided>(voided->kind).id, 7u);
  EXPECT_EQ(std::get<DisclosureVoided>(voided->kind).revision, 4u);
  const auto redacted = Again({SourceRedacted{"s", {7, 9}}, {}});
  EXPECT_EQ(std::get<SourceRedacted>(redacted->kind).source_id, "s");
  EXPECT_EQ(std::get<SourceRedacted>(redacted->kind).ids, (std::vector<uint64_t>{7, 9}));
}

TEST(ChangeCodecTest, TheCatalogueComesBackAsItWas) {
  const OrganizationContent apple{
      .organization_id = "apple",
      .kind = OrganizationKind::kCompany,
      .names = {{"en", "Apple"}, {"ko", "애플"}},
      .aliases = {{"en", "AAPL"}},
      .parent_id = "p",
      .fiscal_calendar =
          time::ParseFiscalCalendar("last-saturday-of-september,extra-week-in-q1").value(),
      .cik = "0000320193",
      .ticker = "AAPL",
      .country_code = "US"};
  const auto organization = Again({OrganizationUpserted{apple, 2}, {}});
  EXPECT_EQ(std::get<OrganizationUpserted>(organization->kind).content, apple);
  EXPECT_EQ(std::get<OrganizationUpserted>(organization->kind).revision, 2u);
  const GroupContent group{"g", {{"en", "G"}}, {"a", "b"}};
  const auto decoded = Again({GroupUpserted{group, 1}, {}});
  EXPECT_EQ(std::get<GroupUpserted>(decoded->kind).content, group);
}

TEST(ChangeCodecTest, WhatIsNoChangeIsDataLoss) {
  for (const std::string& bytes : {std::string("\xff\xff"), std::string("\x0a\x00", 2)}) {
    const absl::Status status = kCodec.Decode(bytes, "").status();
    EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
    EXPECT_EQ(GetErrorDetail(status).reason, "PAYLOAD_UNREADABLE");
  }
}

TEST(ChangeCodecTest, AKindOfALaterVersionIsUnknown) {
  // Field 99, a message of one byte.
  const auto decoded = kCodec.Decode(std::string("\x9a\x06\x01\x00", 4), "");
  ASSERT_TRUE(decoded.ok()) << decoded.status();
  EXPECT_TRUE(std::holds_alternative<UnknownChange>(decoded->kind));
}

TEST(ChangeCodecTest, ARefusalComesBackWithItsDetail) {
  const absl::Status error =
      Under("entries[3].disclosure", InvalidField("TOO_LONG", "quote", "is long", {{"k", "v"}}));
  const absl::Status decoded = kCodec.DecodeError(kCodec.EncodeError(error));
  EXPECT_EQ(decoded.code(), error.code());
  EXPECT_EQ(decoded.message(), error.message());
  EXPECT_EQ(GetErrorDetail(decoded), GetErrorDetail(error));
  EXPECT_EQ(kCodec.DecodeError("\xff").code(), absl::StatusCode::kDataLoss);
}

}  // namespace
}  // namespace outlay::ingest
