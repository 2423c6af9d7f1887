#include "services/ingest/ledger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/common/status/error.h"
#include "tests/ingest/domain_support.h"

namespace outlay::ingest {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class LedgerTest : public ::testing::Test {
 protected:
  absl::Status Apply(uint64_t sequence, std::string_view recorded_at, Change change) {
    std::vector<SequencedChange> changes;
    changes.push_back(Sequenced(sequence, recorded_at, std::move(change)));
    return ledger_->Apply(std::move(changes));
  }

  void Record(uint64_t sequence, const DisclosureInput& input) {
    ASSERT_TRUE(Apply(sequence, "2025-02-10T00:00:00Z",
                      {DisclosureRecorded{Content(input, *ledger_)}, {"a", ""}})
                    .ok());
  }

  std::string StatedAt(uint64_t id, const AsOf& as_of) {
    const std::optional<Disclosure> found = ledger_->Find(id, as_of);
    return found ? found->content->amount->stated->ToString() : "nothing";
  }

  std::vector<uint64_t> Ids(const DisclosureFilter& filter, const AsOf& as_of) {
    std::vector<uint64_t> ids;
    for (const Disclosure& found : ledger_->Scan(filter, as_of, 0, {1'000, 1'000}).found) {
      ids.push_back(found.id);
    }
    return ids;
  }

  const std::unique_ptr<Ledger> ledger_ = LedgerWithCatalogue();
};

// Typed 1,000 on 6 February, corrected to 100 on 1 March.
TEST_F(LedgerTest, ACorrectionShowsOnTheRecordedAxisOnly) {
  DisclosureInput typed = AmazonGuidance();
  typed.published_at = "2025-02-06";
  typed.amount->stated = "1000";
  DisclosureInput meant = typed;
  meant.amount->stated = "100";
  ASSERT_TRUE(
      Apply(5, "2025-02-06T10:00:00Z", {DisclosureRecorded{Content(typed, *ledger_)}, {"a", ""}})
          .ok());
  ASSERT_TRUE(Apply(6, "2025-03-01T10:00:00Z",
                    {DisclosureCorrected{5, 2, Content(meant, *ledger_)}, {"a", "typed"}})
                  .ok());

  const time::Instant ninth = time::EndOfDay(Day("2025-02-09"));
  EXPECT_EQ(StatedAt(5, {.sequence = 6, .published = ninth}), "100");
  EXPECT_EQ(StatedAt(5, {.sequence = 5, .published = ninth}), "1000");
  EXPECT_EQ(StatedAt(5, {.sequence = 4, .published = ninth}), "nothing");
  EXPECT_EQ(StatedAt(5, {.sequence = 6, .published = time::EndOfDay(Day("2025-02-05"))}),
            "nothing");
  EXPECT_EQ(ledger_->History(5).size(), 2u);
  EXPECT_EQ(ledger_->History(5)[1].note->reason, "typed");
}

TEST_F(LedgerTest, ADateIsKnownFromTheEndOfItsDay) {
  Record(5, AmazonGuidance());
  EXPECT_EQ(StatedAt(5, {.sequence = 5, .published = At("2025-02-10T23:59:59.999998Z")}),
            "nothing");
  EXPECT_EQ(StatedAt(5, {.sequence = 5, .published = At("2025-02-10T23:59:59.999999Z")}),
            "100000000000");
}

TEST_F(LedgerTest, AVoidedRecordCountsFromItsVoidOn) {
  Record(5, AmazonGuidance());
  ASSERT_TRUE(Apply(6, "2025-02-11T00:00:00Z", {DisclosureVoided{5, 2}, {"a", "twice"}}).ok());
  EXPECT_TRUE(ledger_->Find(5)->voided);
  EXPECT_FALSE(ledger_->Find(5, {.sequence = 5})->voided);
  EXPECT_THAT(Ids({}, {.sequence = 6}), IsEmpty());
  EXPECT_THAT(Ids({.include_voided = true}, {.sequence = 6}), ElementsAre(5));
  EXPECT_THAT(Ids({}, {.sequence = 5}), ElementsAre(5));
}

TEST_F(LedgerTest, FiltersByEveryProperty) {
  DisclosureInput microsoft = AmazonGuidance();
  microsoft.organization_id = "microsoft";
  microsoft.measure = "ai_investment";
  microsoft.definition = "";
  microsoft.period = PeriodInput{.label = "FY2025"};
  microsoft.source->source_id = "msft-blog";
  microsoft.source->source_class = SourceClass::kOrganization;
  DisclosureInput undated = AmazonGuidance();
  undated.period = PeriodInput{.label = "undated"};
  undated.basis = Basis::kEstimate;
  Record(5, AmazonGuidance());
  Record(6, microsoft);
  Record(7, undated);
  const AsOf now{.sequence = 7};
  EXPECT_THAT(Ids({}, now), ElementsAre(5, 6, 7));
  EXPECT_THAT(Ids({.organization_ids = {"amazon"}}, now), ElementsAre(5, 7));
  EXPECT_THAT(Ids({.organization_ids = {"microsoft", "amazon"}}, now), ElementsAre(5, 6, 7));
  EXPECT_THAT(Ids({.organization_ids = {"alphabet"}}, now), IsEmpty());
  EXPECT_THAT(Ids({.measures = {"ai_investment"}}, now), ElementsAre(6));
  EXPECT_THAT(Ids({.bases = {Basis::kEstimate}}, now), ElementsAre(7));
  EXPECT_THAT(Ids({.source_classes = {SourceClass::kPress}}, now), ElementsAre(5, 7));
  EXPECT_THAT(Ids({.source_id = "msft-blog"}, now), ElementsAre(6));
  // FY2025 of a year to June is 2024-07-01 to 2025-06-30; an undated pledge is in no range.
  EXPECT_THAT(Ids({.period_end = Day("2025-01-01")}, now), ElementsAre(6));
  EXPECT_THAT(Ids({.period_start = Day("2025-07-01")}, now), ElementsAre(5));
  EXPECT_THAT(Ids({.period_start = Day("2026-01-01")}, now), IsEmpty());
}

TEST_F(LedgerTest, AScanGoesOnWhereItStopped) {
  for (uint64_t sequence = 5; sequence < 15; ++sequence) {
    DisclosureInput input = AmazonGuidance();
    input.organization_id = sequence % 2 == 0 ? "amazon" : "alphabet";
    Record(sequence, input);
  }
  const DisclosureFilter filter{.organization_ids = {"amazon"}};
  std::vector<uint64_t> ids;
  DisclosureScan scan;
  while (!scan.complete) {
    scan = ledger_->Scan(filter, {.sequence = 12}, scan.last_id, {2, 1});
    for (const Disclosure& found : scan.found) ids.push_back(found.id);
  }
  EXPECT_THAT(ids, ElementsAre(6, 8, 10, 12));
}

TEST_F(LedgerTest, RefusesWhatDoesNotFit) {
  Record(5, AmazonGuidance());
  const auto reason = [&](uint64_t sequence, Change change) {
    return GetErrorDetail(Apply(sequence, "2025-02-11T00:00:00Z", std::move(change))).reason;
  };
  const DisclosureContent content = Content(AmazonGuidance(), *ledger_);
  EXPECT_EQ(reason(7, {DisclosureRecorded{content}, {}}), "CHANGE_OUT_OF_PLACE");
  EXPECT_EQ(reason(6, {DisclosureCorrected{4, 2, content}, {}}), "CHANGE_OUT_OF_PLACE");
  EXPECT_EQ(reason(6, {DisclosureCorrected{5, 3, content}, {}}), "CHANGE_OUT_OF_PLACE");
  EXPECT_EQ(ledger_->sequence(), 5u);
  EXPECT_TRUE(Apply(6, "2025-02-11T00:00:00Z", {DisclosureVoided{5, 2}, {}}).ok());
  EXPECT_EQ(reason(7, {DisclosureVoided{5, 3}, {}}), "CHANGE_OUT_OF_PLACE");
}

TEST_F(LedgerTest, PassesOverChangesOfALaterVersion) {
  EXPECT_TRUE(Apply(5, "2025-02-11T00:00:00Z", {UnknownChange{}, {}}).ok());
  EXPECT_EQ(ledger_->sequence(), 5u);
}

TEST_F(LedgerTest, TheCatalogueIsAsOfASequenceToo) {
  OrganizationContent renamed = ledger_->FindOrganization("alphabet")->content;
  renamed.names = {{"en", "Alphabet Inc."}};
  renamed.cik = "0001652044";
  ASSERT_TRUE(Apply(5, "2025-02-11T00:00:00Z", {OrganizationUpserted{renamed, 2}, {}}).ok());
  EXPECT_EQ(ledger_->FindOrganization("alphabet", 4)->content.names[0].name, "Alphabet");
  EXPECT_EQ(ledger_->FindOrganization("alphabet", 5)->content.names[0].name, "Alphabet Inc.");
  EXPECT_EQ(ledger_->FindOrganization("alphabet", 1), nullptr);
  EXPECT_EQ(ledger_->FindOrganizationByCik("0001652044")->content.organization_id, "alphabet");
  EXPECT_EQ(ledger_->ListOrganizations("", 10, 1).size(), 1u);
  EXPECT_EQ(ledger_->ListOrganizations("alphabet", 10, 5).size(), 2u);
}

TEST_F(LedgerTest, FindsWhatSourcesCallAnOrganization) {
  EXPECT_THAT(ledger_->OrganizationsLike("GOOGLE"), ElementsAre("alphabet"));
  EXPECT_THAT(ledger_->OrganizationsLike("micro-soft"), ElementsAre("microsoft"));
  EXPECT_THAT(ledger_->OrganizationsLike("zzzzzzzzzz"), IsEmpty());
}

}  // namespace
}  // namespace outlay::ingest
