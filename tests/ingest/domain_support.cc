#include "tests/ingest/domain_support.h"

#include <gtest/gtest.h>

#include "services/common/status/error.h"
#include "services/ingest/disclosure_validator.h"

namespace outlay::ingest {
namespace {

OrganizationContent Company(std::string id, std::string name, std::string alias) {
  return {.organization_id = std::move(id),
          .kind = OrganizationKind::kCompany,
          .names = {{"en", std::move(name)}},
          .aliases = {{"en", std::move(alias)}}};
}

}  // namespace

time::Instant At(std::string_view text) { return time::ParseInstant(text).value(); }
time::Date Day(std::string_view text) { return time::ParseDate(text).value(); }

SequencedChange Sequenced(uint64_t sequence, std::string_view recorded_at, Change change) {
  return {.sequence = sequence,
          .recorded_at = At(recorded_at),
          .key = "disclosure/" + std::to_string(sequence),
          .change = std::move(change)};
}

std::unique_ptr<Ledger> LedgerWithCatalogue() {
  OrganizationContent amazon = Company("amazon", "Amazon", "AWS");
  amazon.cik = "0001018724";
  OrganizationContent microsoft = Company("microsoft", "Microsoft", "MS");
  microsoft.fiscal_calendar = time::FiscalCalendar::MonthEnd(6);
  const GroupContent group{.group_id = "big-tech-2",
                           .names = {{"en", "Big Tech"}},
                           .organization_ids = {"amazon", "alphabet"}};
  auto ledger = std::make_unique<Ledger>();
  const std::string_view when = "2025-01-01T00:00:00Z";
  const ChangeNote note{"test", ""};
  std::vector<SequencedChange> changes;
  changes.push_back(Sequenced(1, when, {OrganizationUpserted{amazon, 1}, note}));
  changes.push_back(Sequenced(
      2, when, {OrganizationUpserted{Company("alphabet", "Alphabet", "Google"), 1}, note}));
  changes.push_back(Sequenced(3, when, {OrganizationUpserted{microsoft, 1}, note}));
  changes.push_back(Sequenced(4, when, {GroupUpserted{group, 1}, note}));
  EXPECT_TRUE(ledger->Apply(std::move(changes)).ok());
  return ledger;
}

DisclosureInput AmazonGuidance() {
  DisclosureInput input;
  input.organization_id = "amazon";
  input.measure = "capital_expenditure";
  input.definition = "purchases_of_property_and_equipment";
  input.basis = Basis::kGuidance;
  input.period = PeriodInput{.label = "2025"};
  input.amount = AmountText{.currency_code = "USD",
                            .bound = money::Bound::kPoint,
                            .stated = "100e9",
                            .written_unit = "1e9"};
  input.stated_at = "2025-02-06";
  input.published_at = "2025-02-10";
  input.source = Source{.source_id = "brunch-2025-02-10",
                        .source_class = SourceClass::kPress,
                        .title = "빅테크 4곳 AI 투자 총액 466조 원 돌파 전망",
                        .publisher = "Brunch",
                        .url = "https://brunch.co.kr/@x/1",
                        .language = "ko"};
  input.quote = "1,000억 달러";
  return input;
}

DisclosureContent Content(const DisclosureInput& input, const Ledger& ledger) {
  DisclosureValidator validator(ledger, At("2025-03-15T00:00:00Z"));
  absl::StatusOr<DisclosureContent> content = validator.Validate(input);
  EXPECT_TRUE(content.ok()) << content.status();
  return *std::move(content);
}

std::vector<std::string> Fields(const absl::Status& status) {
  std::vector<std::string> fields;
  for (const FieldViolation& violation : GetErrorDetail(status).violations) {
    fields.push_back(violation.field);
  }
  return fields;
}

}  // namespace outlay::ingest
