#include "services/aggregation/selection.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <map>

#include "tests/aggregation/world.h"

namespace outlay::aggregation {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Statements of one key, recorded in the order given.
class Selection : public ::testing::Test {
 protected:
  void Say(Said said) {
    disclosures_.push_back(MakeDisclosure(said));
    statements_.push_back({&disclosures_.back(), 1, statements_.size() + 1});
  }

  KeyOutcome Select() const { return SelectOfKey(statements_); }

  std::string Selected() const {
    const KeyOutcome outcome = Select();
    return outcome.selected ? (*outcome.selected)->disclosure_id : "none";
  }

  Role RoleOf(std::string_view id) const {
    for (const JudgedStatement& other : Select().others) {
      if (other.statement->disclosure_id == id) return other.role;
    }
    ADD_FAILURE() << id << " is not among the others";
    return Role::kSelected;
  }

  std::deque<Disclosure> disclosures_;
  std::vector<Statement> statements_;
};

Said Actual(std::string id, SourceClass source_class, std::string published_at,
            money::Amount amount) {
  return {.id = id,
          .basis = Basis::kActual,
          .period = "2024",
          .amount = std::move(amount),
          .published_at = std::move(published_at),
          .source_class = source_class,
          .source = id};
}

Said Guidance(std::string id, SourceClass source_class, std::string published_at,
              std::optional<money::Amount> amount) {
  return {.id = id,
          .amount = std::move(amount),
          .published_at = std::move(published_at),
          .source_class = source_class,
          .source = id};
}

using ActualSelection = Selection;
using GuidanceSelection = Selection;
using Roles = Selection;

TEST_F(ActualSelection, HigherClassWinsWhateverItsDate) {
  Say(Actual("filing", SourceClass::kFiling, "2025-02-07", Point("82.999")));
  Say(Actual("blog", SourceClass::kPress, "2025-03-01", Point("83", "1")));
  EXPECT_EQ(Selected(), "filing");
}

TEST_F(ActualSelection, ABlogs83DoesNotReplaceTheTenKs82999AndCorroboratesIt) {
  Say(Actual("10-k", SourceClass::kFiling, "2025-02-07", Point("82.999")));
  Say(Actual("blog", SourceClass::kPress, "2025-02-10", Point("83", "1")));
  EXPECT_EQ(Selected(), "10-k");
  EXPECT_EQ(RoleOf("blog"), Role::kCorroborates);
}

TEST_F(ActualSelection, EveryClassOutranksTheNext) {
  Say(Actual("other", SourceClass::kOther, "2025-02-04", Point("4")));
  EXPECT_EQ(Selected(), "other");
  Say(Actual("press", SourceClass::kPress, "2025-02-03", Point("3")));
  EXPECT_EQ(Selected(), "press");
  Say(Actual("release", SourceClass::kOrganization, "2025-02-02", Point("2")));
  EXPECT_EQ(Selected(), "release");
  Say(Actual("filing", SourceClass::kFiling, "2025-02-01", Point("1")));
  EXPECT_EQ(Selected(), "filing");
}

TEST_F(ActualSelection, WithinAClassTheLaterWins) {
  Say(Actual("10-k of 2023", SourceClass::kFiling, "2024-02-02", Point("27266")));
  Say(Actual("10-k of 2024", SourceClass::kFiling, "2025-01-30", Point("27045")));
  EXPECT_EQ(Selected(), "10-k of 2024");
  EXPECT_EQ(RoleOf("10-k of 2023"), Role::kSuperseded);
}

TEST_F(GuidanceSelection, TheLaterStatementWinsWhateverItsClass) {
  Say(Guidance("release", SourceClass::kOrganization, "2025-02-01", Point("75")));
  Say(Guidance("press", SourceClass::kPress, "2025-04-01", Point("90")));
  EXPECT_EQ(Selected(), "press");
  EXPECT_EQ(RoleOf("release"), Role::kConflicts);
}

TEST_F(GuidanceSelection, UpTo65InThePressDoesNotReplaceTheCompanysOwn60To65) {
  Say(Guidance("call", SourceClass::kOrganization, "2025-01-29", Range("60", "65")));
  Say(Guidance("press", SourceClass::kPress, "2025-02-09", UpTo("65")));
  EXPECT_EQ(Selected(), "call");
  EXPECT_EQ(RoleOf("press"), Role::kCorroborates);
}

TEST_F(GuidanceSelection, AHigherClassReplacesAnEarlierLowerOneThatItMeets) {
  Say(Guidance("press", SourceClass::kPress, "2025-01-20", UpTo("65")));
  Say(Guidance("call", SourceClass::kOrganization, "2025-01-29", Range("60", "65")));
  EXPECT_EQ(Selected(), "call");
  EXPECT_EQ(RoleOf("press"), Role::kCorroborates);
}

TEST_F(GuidanceSelection, AnotherStatementOfTheSameClassReplacesEvenWhereTheyMeet) {
  Say(Guidance("at least", SourceClass::kPress, "2025-02-09", AtLeast("100")));
  Say(Guidance("point", SourceClass::kPress, "2025-02-10", Point("100")));
  EXPECT_EQ(Selected(), "point");
  EXPECT_EQ(RoleOf("at least"), Role::kCorroborates);
}

TEST_F(GuidanceSelection, MeetingIsByHalfTheWrittenUnitsOfBoth) {
  Say(Guidance("call", SourceClass::kOrganization, "2025-01-29", Point("99.2", "0.1")));
  Say(Guidance("press", SourceClass::kPress, "2025-02-09", Point("100", "1")));
  EXPECT_EQ(Selected(), "press") << "99.25 and 99.5 do not meet";
  Say(Guidance("wider", SourceClass::kOther, "2025-02-11", Point("101", "10")));
  EXPECT_EQ(Selected(), "press") << "100.5 and 96 meet";
}

TEST_F(GuidanceSelection, StatedAtCountsBeforePublishedAt) {
  Said early = Guidance("said first", SourceClass::kPress, "2025-03-01", Point("75"));
  early.stated_at = "2025-02-01";
  Say(early);
  Say(Guidance("said later", SourceClass::kPress, "2025-02-15", Point("80")));
  EXPECT_EQ(Selected(), "said later");
}

TEST_F(GuidanceSelection, TiesGoByPublicationThenBySequence) {
  Said first = Guidance("published first", SourceClass::kPress, "2025-02-09", Point("1"));
  Said second = Guidance("published second", SourceClass::kPress, "2025-02-10", Point("2"));
  first.stated_at = second.stated_at = "2025-02-06";
  Say(second);
  Say(first);
  EXPECT_EQ(Selected(), "published second");
  second.id = "recorded last";
  Say(second);
  EXPECT_EQ(Selected(), "recorded last");
}

TEST_F(GuidanceSelection, EstimatesAreSelectedAsGuidanceIs) {
  Said first = Guidance("analyst", SourceClass::kOther, "2025-02-09", Point("1"));
  Said second = Guidance("later analyst", SourceClass::kOther, "2025-02-10", Point("2"));
  first.basis = second.basis = Basis::kEstimate;
  Say(second);
  Say(first);
  EXPECT_EQ(Selected(), "later analyst");
}

TEST_F(GuidanceSelection, WithdrawnGuidanceLeavesNothing) {
  Say(Guidance("call", SourceClass::kOrganization, "2025-02-01", Point("75")));
  Say(Guidance("withdrawal", SourceClass::kOrganization, "2025-03-01", std::nullopt));
  EXPECT_EQ(Selected(), "none");
  EXPECT_THAT(Select().others, IsEmpty());
}

TEST_F(GuidanceSelection, LaterGuidanceCountsAgainAfterAWithdrawal) {
  Say(Guidance("call", SourceClass::kOrganization, "2025-02-01", Point("75")));
  Say(Guidance("withdrawal", SourceClass::kOrganization, "2025-03-01", std::nullopt));
  Say(Guidance("anew", SourceClass::kOrganization, "2025-04-01", Point("70")));
  EXPECT_EQ(Selected(), "anew");
  EXPECT_EQ(RoleOf("call"), Role::kSuperseded);
  EXPECT_EQ(RoleOf("withdrawal"), Role::kSuperseded);
}

TEST_F(GuidanceSelection, PressThatRepeatsWhatWasSaidBeforeTheWithdrawalDoesNotBringItBack) {
  Say(Guidance("withdrawal", SourceClass::kOrganization, "2025-03-01", std::nullopt));
  Said repeated = Guidance("repeated", SourceClass::kPress, "2025-03-05", Point("75"));
  repeated.stated_at = "2025-02-01";
  Say(repeated);
  EXPECT_EQ(Selected(), "none");
}

TEST_F(Roles, AnotherSourceThatDoesNotMeetConflicts) {
  Say(Actual("enacted", SourceClass::kOrganization, "2023-12-21", Point("656.6", "0.1")));
  Say(Actual("article", SourceClass::kPress, "2025-02-10", Point("655.6", "0.1")));
  EXPECT_EQ(Selected(), "enacted");
  EXPECT_EQ(RoleOf("article"), Role::kConflicts);
}

TEST_F(Roles, AFilingAndAReleaseAreTheSameSpeaker) {
  Say(Guidance("release", SourceClass::kOrganization, "2025-02-03", Point("70")));
  Say(Guidance("filing", SourceClass::kFiling, "2025-04-24", Point("90")));
  EXPECT_EQ(Selected(), "filing");
  EXPECT_EQ(RoleOf("release"), Role::kSuperseded);
}

TEST_F(Roles, OnePublisherIsOneSpeaker) {
  Said first = Guidance("monday", SourceClass::kPress, "2025-02-03", Point("70"));
  Said second = Guidance("tuesday", SourceClass::kPress, "2025-02-04", Point("90"));
  first.publisher = second.publisher = "The Daily";
  Say(first);
  Say(second);
  EXPECT_EQ(RoleOf("monday"), Role::kSuperseded);
}

TEST_F(Roles, OneSourceIsOneSpeakerAndTwoUnknownPublishersAreNot) {
  Said first = Guidance("one", SourceClass::kPress, "2025-02-03", Point("70"));
  Said second = Guidance("two", SourceClass::kPress, "2025-02-04", Point("90"));
  Say(first);
  Say(second);
  EXPECT_EQ(RoleOf("one"), Role::kConflicts);
  first.id = "one, updated";
  first.published_at = "2025-02-05";
  Say(first);
  EXPECT_EQ(Selected(), "one, updated");
  EXPECT_EQ(RoleOf("one"), Role::kSuperseded);
  EXPECT_EQ(RoleOf("two"), Role::kConflicts);
}

TEST_F(Roles, OthersAreListedLatestFirst) {
  Say(Actual("a", SourceClass::kPress, "2025-02-01", Point("1")));
  Say(Actual("c", SourceClass::kPress, "2025-02-03", Point("1")));
  Say(Actual("b", SourceClass::kPress, "2025-02-02", Point("1")));
  Say(Actual("d", SourceClass::kFiling, "2025-02-01", Point("1")));
  std::vector<std::string> ids;
  for (const JudgedStatement& other : Select().others) {
    ids.push_back(other.statement->disclosure_id);
  }
  EXPECT_THAT(ids, ElementsAre("c", "b", "a"));
}

using Keys = Selection;

TEST_F(Keys, MeasureDefinitionBasisPeriodAndCurrencyTellFiguresApart) {
  const Said base = {.id = "base", .amount = Point("1")};
  Said measure = base;
  measure.measure = "ai_investment";
  Said definition = base;
  definition.definition = "purchases_net_of_disposals";
  Said basis = base;
  basis.basis = Basis::kActual;
  Said period = base;
  period.period = "2024";
  Said currency = base;
  currency.amount = Point("1", "", "KRW");
  for (const Said& said : {base, measure, definition, basis, period, currency}) Say(said);
  EXPECT_EQ(SelectByKey(statements_).size(), 6U);
}

TEST_F(Keys, TheFiscalYearOfACalendarYearCompanyIsTheCalendarYear) {
  Say({.id = "calendar", .period = "2025", .amount = Point("1")});
  Say({.id = "fiscal", .period = "FY2025", .amount = Point("1"), .source = "b"});
  const std::vector<KeyOutcome> outcomes = SelectByKey(statements_);
  ASSERT_EQ(outcomes.size(), 1U);
  EXPECT_EQ((*outcomes[0].selected)->disclosure_id, "fiscal");
}

TEST_F(Keys, TwelveTrailingMonthsThatEndWithAYearAreNotThatYear) {
  Say({.id = "year", .period = "2024", .amount = Point("1")});
  Say({.id = "trailing", .period = "TTM-2024-12-31", .amount = Point("1")});
  EXPECT_EQ(SelectByKey(statements_).size(), 2U);
}

TEST_F(Keys, AWithdrawalCountsInEveryCurrencyOfItsKey) {
  Say({.id = "usd", .amount = Point("1"), .published_at = "2025-02-01"});
  Say({.id = "krw", .amount = Point("1", "", "KRW"), .published_at = "2025-02-20"});
  Say({.id = "withdrawal", .published_at = "2025-02-10"});
  std::map<std::string, bool> standing;
  for (const KeyOutcome& outcome : SelectByKey(statements_)) {
    for (const Statement& statement : outcome.statements) {
      if (statement->amount) {
        standing[statement->amount->currency_code] = outcome.selected.has_value();
      }
    }
  }
  EXPECT_EQ(standing, (std::map<std::string, bool>{{"KRW", true}, {"USD", false}}));
}

TEST_F(Keys, AWithdrawalAloneIsAKeyWithoutFigure) {
  Say({.id = "withdrawal"});
  const std::vector<KeyOutcome> outcomes = SelectByKey(statements_);
  ASSERT_EQ(outcomes.size(), 1U);
  EXPECT_FALSE(outcomes[0].selected);
}

}  // namespace
}  // namespace outlay::aggregation
