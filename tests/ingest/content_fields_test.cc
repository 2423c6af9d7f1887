#include "services/ingest/content_fields.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/ingest/disclosure_id.h"
#include "tests/ingest/domain_support.h"

namespace outlay::ingest {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class ContentFieldsTest : public ::testing::Test {
 protected:
  const std::unique_ptr<Ledger> ledger_ = LedgerWithCatalogue();
};

TEST_F(ContentFieldsTest, EqualStatementsInOtherWritingHaveTheSameBytes) {
  DisclosureInput other = AmazonGuidance();
  other.amount->stated = "100000000000.00";
  other.period = PeriodInput{.start_date = "2025-01-01", .end_date = "2026-01-01"};
  EXPECT_EQ(CanonicalBytes(Content(AmazonGuidance(), *ledger_)),
            CanonicalBytes(Content(other, *ledger_)));
}

TEST_F(ContentFieldsTest, NamesTheFieldsThatDiffer) {
  DisclosureInput other = AmazonGuidance();
  other.amount =
      AmountText{.currency_code = "USD", .bound = money::Bound::kAtLeast, .low = "100e9"};
  other.scope = "aws";
  EXPECT_THAT(
      DifferingFields(Content(AmazonGuidance(), *ledger_), Content(other, *ledger_)),
      ElementsAre("amount.bound", "amount.high", "amount.stated", "amount.written_unit", "scope"));
  EXPECT_THAT(DifferingFields(Content(other, *ledger_), Content(other, *ledger_)), IsEmpty());
}

// Stored for ever with corrections: a change of these bytes would make replays conflicts.
TEST_F(ContentFieldsTest, TheBytesOfAStoredStatementNeverChange) {
  DisclosureInput input = AmazonGuidance();
  input.source->title = "t";
  input.quote = "q";
  EXPECT_EQ(CanonicalBytes(Content(input, *ledger_)),
            "organization_id=6:amazon\nmeasure=19:capital_expenditure\n"
            "definition=35:purchases_of_property_and_equipment\nbasis=8:GUIDANCE\n"
            "period.label=4:2025\nperiod.start_date=10:2025-01-01\nperiod.end_date=10:2026-01-01\n"
            "amount.currency_code=3:USD\namount.bound=5:POINT\namount.low=12:100000000000\n"
            "amount.high=12:100000000000\namount.stated=12:100000000000\n"
            "amount.written_unit=10:1000000000\naction=6:STATED\nstated_at=10:2025-02-06\n"
            "published_at=10:2025-02-10\nsource.source_id=17:brunch-2025-02-10\n"
            "source.source_class=5:PRESS\nsource.title=1:t\nsource.publisher=6:Brunch\n"
            "source.url=25:https://brunch.co.kr/@x/1\nsource.language=2:ko\nquote=1:q\n");
}

TEST(ContentHashTest, IsXxh3Of128BitsAndTheQuoteIsASeedOfIt) {
  EXPECT_EQ(Digest(HashContent("", "")), "99aa06d3014798d86001c324468d497f");
  EXPECT_NE(Digest(HashContent("", "q")), Digest(HashContent("", "")));
  EXPECT_NE(Digest(HashContent("c", "q")), Digest(HashContent("c", "r")));
}

TEST(DisclosureIdTest, IsTheSequenceInSixteenHexadecimalDigits) {
  EXPECT_EQ(FormatDisclosureId(26), "d-000000000000001a");
  EXPECT_EQ(ParseDisclosureId("d-000000000000001a"), 26u);
  for (const char* const wrong :
       {"", "d-1a", "d-000000000000001A", "d-000000000000001g", "d-0000000000000000",
        "e-000000000000001a", "d-000000000000001a "}) {
    EXPECT_EQ(ParseDisclosureId(wrong), std::nullopt) << wrong;
  }
}

}  // namespace
}  // namespace outlay::ingest
