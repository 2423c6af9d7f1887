// A small world of organizations and statements for tests of the domain.
#ifndef OUTLAY_TESTS_AGGREGATION_WORLD_H_
#define OUTLAY_TESTS_AGGREGATION_WORLD_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/aggregation/aggregate.h"
#include "services/aggregation/view.h"

namespace outlay::aggregation {

money::Decimal Number(std::string_view text);
time::Date Day(std::string_view text);
time::Moment MomentOf(std::string_view text);

// Amounts of US dollars written to the unit, unless told otherwise.
money::Amount Point(std::string_view value, std::string_view unit = "",
                    std::string_view currency = "USD");
money::Amount AtLeast(std::string_view value, std::string_view unit = "");
money::Amount MoreThan(std::string_view value);
money::Amount LessThan(std::string_view value);
money::Amount UpTo(std::string_view value, std::string_view unit = "");
money::Amount UpToOfSigned(
    std::string_view value);  // of a measure that may be negative: open below
money::Amount Range(std::string_view low, std::string_view high);
money::Amount About(money::Amount amount);

// A statement with what matters to a test; the rest is a press statement of 2025-02-10 that Amazon guides capital expenditure of 2025.
struct Said {
  std::string id;  // empty: made from the sequence
  std::string organization = "amazon";
  std::string measure = "capital_expenditure";
  std::string definition;
  Basis basis = Basis::kGuidance;
  std::string period = "2025";
  std::optional<money::Amount> amount;  // absent: withdrawn
  std::string stated_at;
  std::string published_at = "2025-02-10";
  SourceClass source_class = SourceClass::kPress;
  std::string source = "some-press";
  std::string publisher;
  std::string scope;
  bool claim = false;
  bool period_ambiguous = false;
  std::string fiscal_year_end = "12-31";  // for fiscal labels
};

Disclosure MakeDisclosure(const Said& said);

class World {
 public:
  // Sequences count from 1.
  uint64_t AddOrganization(std::string_view id, std::string_view fiscal_year_end = "12-31",
                           std::string_view parent_id = "", std::vector<std::string> known_as = {});
  uint64_t AddGroup(std::string_view id, std::vector<std::string> members);
  uint64_t Record(const Said& said);
  uint64_t Correct(std::string_view id, Said said);
  uint64_t Void(std::string_view id);
  uint64_t Apply(ChangeKind kind);

  // Answers one query, which need not be completed. The answer's statements live as long as the world.
  absl::StatusOr<Answer> TryAsk(Query query, const AsOf& as_of = {}, size_t page_size = 10'000);
  // The same; fails the test on an error.
  QueryResult Ask(const Query& query, const AsOf& as_of = {});

  View& view() { return view_; }

 private:
  View view_;
  uint64_t sequence_ = 0;
};

// A query by organization and period.
Query About(std::vector<std::string> organization_ids, const std::vector<std::string>& periods);
Query AboutGroup(std::string group_id, const std::vector<std::string>& periods);
// The same question with one cell for everything of a period.
Query InTotal(Query query);

AsOf PublishedBy(std::string_view moment);
AsOf RecordedBy(uint64_t sequence);

// "SELECTED d-1", in the order of the cell.
std::vector<std::string> ContributorsOf(const Cell& cell);
std::vector<std::string> WarningCodesOf(const Cell& cell);

}  // namespace outlay::aggregation

#endif  // OUTLAY_TESTS_AGGREGATION_WORLD_H_
