#include "tests/aggregation/world.h"

#include <gtest/gtest.h>

#include <utility>

#include "fmt/format.h"
#include "services/common/status/text.h"

namespace outlay::aggregation {
namespace {

money::Amount Make(money::AmountInput input, bool non_negative, std::string_view unit = "") {
  if (input.currency_code.empty()) input.currency_code = "USD";
  if (!unit.empty()) input.written_unit = Number(unit);
  return money::MakeAmount(std::move(input), non_negative).value();
}

std::string_view RoleName(Role role) {
  switch (role) {
    case Role::kSelected:
      return "SELECTED";
    case Role::kCorroborates:
      return "CORROBORATES";
    case Role::kConflicts:
      return "CONFLICTS";
    case Role::kSuperseded:
      return "SUPERSEDED";
    case Role::kAlternative:
      return "ALTERNATIVE";
  }
  return "";
}

std::vector<WantedPeriod> Wanted(const std::vector<std::string>& labels) {
  std::vector<WantedPeriod> periods;
  for (const std::string& label : labels) {
    periods.push_back(ParseWantedPeriod(label, "", "").value());
  }
  return periods;
}

}  // namespace

money::Decimal Number(std::string_view text) { return money::Decimal::Parse(text).value(); }
time::Date Day(std::string_view text) { return time::ParseDate(text).value(); }
time::Moment MomentOf(std::string_view text) { return time::ParseDateOrInstant(text).value(); }

money::Amount Point(std::string_view value, std::string_view unit, std::string_view currency) {
  return Make({.currency_code = std::string(currency), .stated = Number(value)}, false, unit);
}

money::Amount AtLeast(std::string_view value, std::string_view unit) {
  return Make({.bound = money::Bound::kAtLeast, .low = Number(value)}, true, unit);
}

money::Amount MoreThan(std::string_view value) {
  return Make({.bound = money::Bound::kMoreThan, .low = Number(value)}, true);
}

money::Amount LessThan(std::string_view value) {
  return Make({.bound = money::Bound::kLessThan, .high = Number(value)}, true);
}

money::Amount UpTo(std::string_view value, std::string_view unit) {
  return Make({.bound = money::Bound::kUpTo, .high = Number(value)}, true, unit);
}

money::Amount UpToOfSigned(std::string_view value) {
  return Make({.bound = money::Bound::kUpTo, .high = Number(value)}, false);
}

money::Amount Range(std::string_view low, std::string_view high) {
  return Make({.bound = money::Bound::kRange, .low = Number(low), .high = Number(high)}, true);
}

money::Amount About(money::Amount amount) {
  amount.approximate = true;
  return amount;
}

Disclosure MakeDisclosure(const Said& said) {
  const time::FiscalCalendar calendar = time::ParseFiscalCalendar(said.fiscal_year_end).value();
  Disclosure disclosure;
  disclosure.disclosure_id = said.id;
  disclosure.organization_id = said.organization;
  disclosure.scope = said.scope;
  disclosure.measure = said.measure;
  disclosure.definition = said.definition;
  disclosure.basis = said.basis;
  disclosure.period = time::ParsePeriod(said.period, &calendar).value();
  disclosure.period_ambiguous = said.period_ambiguous;
  disclosure.amount = said.amount;
  disclosure.claim = said.claim;
  if (!said.stated_at.empty()) disclosure.stated_at = MomentOf(said.stated_at);
  disclosure.published_at = MomentOf(said.published_at);
  disclosure.source_class = said.source_class;
  disclosure.source_id = said.source;
  disclosure.publisher = said.publisher;
  return disclosure;
}

uint64_t World::Apply(ChangeKind kind) {
  ++sequence_;
  const absl::Status status =
      view_.Apply({{sequence_, time::Instant(std::chrono::seconds(sequence_)), std::move(kind)}});
  EXPECT_TRUE(status.ok()) << status;
  return sequence_;
}

uint64_t World::AddOrganization(std::string_view id, std::string_view fiscal_year_end,
                                std::string_view parent_id, std::vector<std::string> known_as) {
  Organization organization{.organization_id = std::string(id),
                            .name = std::string(id),
                            .known_as = std::move(known_as),
                            .parent_id = std::string(parent_id),
                            .calendar = time::ParseFiscalCalendar(fiscal_year_end).value()};
  organization.name.front() = static_cast<char>(std::toupper(organization.name.front()));
  return Apply(OrganizationChanged{std::move(organization)});
}

uint64_t World::AddGroup(std::string_view id, std::vector<std::string> members) {
  return Apply(GroupChanged{{std::string(id), {}, std::move(members)}});
}

uint64_t World::Record(const Said& said) {
  Disclosure disclosure = MakeDisclosure(said);
  if (said.id.empty()) disclosure.disclosure_id = fmt::format("d-{}", sequence_ + 1);
  return Apply(DisclosureChanged{std::move(disclosure)});
}

uint64_t World::Correct(std::string_view id, Said said) {
  said.id = std::string(id);
  return Apply(DisclosureChanged{MakeDisclosure(said)});
}

uint64_t World::Void(std::string_view id) { return Apply(DisclosureVoided{std::string(id)}); }

absl::StatusOr<Answer> World::TryAsk(Query query, const AsOf& as_of, size_t page_size) {
  if (const absl::Status status = CompleteQuery(query); !status.ok()) return status;
  Question question{.queries = {std::move(query)},
                    .as_of = as_of,
                    .include_contributors = true,
                    .page_size = page_size};
  return Aggregate(view_, question, [] { return absl::OkStatus(); });
}

QueryResult World::Ask(const Query& query, const AsOf& as_of) {
  absl::StatusOr<Answer> answer = TryAsk(query, as_of);
  if (!answer.ok()) {
    ADD_FAILURE() << answer.status();
    return {};
  }
  return answer->results.front();
}

Query About(std::vector<std::string> organization_ids, const std::vector<std::string>& periods) {
  return {.organization_ids = std::move(organization_ids), .periods = Wanted(periods)};
}

Query AboutGroup(std::string group_id, const std::vector<std::string>& periods) {
  return {.group_ids = {std::move(group_id)}, .periods = Wanted(periods)};
}

Query InTotal(Query query) {
  query.group_by = {.period = true};
  return query;
}

AsOf PublishedBy(std::string_view moment) { return {.published = MomentOf(moment)}; }
AsOf RecordedBy(uint64_t sequence) { return {.recorded_sequence = sequence}; }

std::vector<std::string> ContributorsOf(const Cell& cell) {
  std::vector<std::string> contributors;
  for (const JudgedStatement& judged : cell.contributors) {
    contributors.push_back(
        fmt::format("{} {}", RoleName(judged.role), judged.statement->disclosure_id));
  }
  return contributors;
}

std::vector<std::string> WarningCodesOf(const Cell& cell) {
  std::vector<std::string> codes;
  for (const Warning& warning : cell.warnings) codes.push_back(warning.code);
  return codes;
}

}  // namespace outlay::aggregation
