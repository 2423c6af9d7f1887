// Laws that hold for every history, on seeded random ones, and the same answers by a naive recomputation.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "tests/aggregation/naive_aggregation.h"
#include "tests/aggregation/world.h"

namespace outlay::aggregation {
namespace {

constexpr int kOrganizations = 4;
constexpr int kLastDay = 28;
constexpr int kHistories = 400;
// Organization 1 belongs to 0, and 2 to 1.
const std::map<int, int> kParents = {{1, 0}, {2, 1}};

std::string IdOf(int organization) { return fmt::format("org-{}", organization); }

class Random {
 public:
  explicit Random(uint32_t seed) : engine_(seed) {}

  int Below(int limit) { return static_cast<int>(engine_() % static_cast<uint32_t>(limit)); }
  bool OneIn(int n) { return Below(n) == 0; }

  template <typename T>
  void Shuffle(std::vector<T>& values) {
    std::shuffle(values.begin(), values.end(), engine_);
  }

 private:
  std::mt19937 engine_;
};

naive::Fact RandomFact(Random& random, int number) {
  naive::Fact fact;
  fact.id = fmt::format("d-{:02}", number);
  fact.organization = random.Below(kOrganizations);
  fact.measure = random.OneIn(3) ? 1 : 0;
  fact.definition = random.Below(2);
  fact.basis = random.Below(3);
  fact.year = 2024 + random.Below(2);
  fact.stated_day = 1 + random.Below(kLastDay);
  fact.published_day = std::min(kLastDay, fact.stated_day + random.Below(3));
  fact.source_class = random.Below(4);
  fact.source = random.Below(3);
  fact.counts = !random.OneIn(10);
  fact.sequence = number;
  fact.withdrawn = fact.basis != 0 && random.OneIn(8);
  if (fact.withdrawn) return fact;
  const long value = 10 + random.Below(10);
  switch (random.Below(4)) {
    case 0:
      fact.low = fact.high = value;
      break;
    case 1:
      fact.low = value;
      break;
    case 2:
      fact.low = 0;
      fact.high = value;
      break;
    default:
      fact.low = value;
      fact.high = value + 1 + random.Below(5);
  }
  return fact;
}

std::vector<naive::Fact> RandomFacts(Random& random) {
  std::vector<naive::Fact> facts;
  const int count = 1 + random.Below(40);
  for (int i = 0; i < count; ++i) facts.push_back(RandomFact(random, i));
  return facts;
}

std::optional<money::Amount> AmountOf(const naive::Fact& fact) {
  if (fact.withdrawn) return std::nullopt;
  if (!fact.high) return AtLeast(std::to_string(*fact.low));
  if (*fact.low == *fact.high) return Point(std::to_string(*fact.low));
  if (*fact.low == 0) return UpTo(std::to_string(*fact.high));
  return Range(std::to_string(*fact.low), std::to_string(*fact.high));
}

Said SaidOf(const naive::Fact& fact) {
  return {.id = fact.id,
          .organization = IdOf(fact.organization),
          .measure = fact.measure == 0 ? "capital_expenditure" : "ai_investment",
          .definition = fact.definition == 0 ? "gross" : "net",
          .basis = static_cast<Basis>(fact.basis),
          .period = std::to_string(fact.year),
          .amount = AmountOf(fact),
          .stated_at = fmt::format("2025-03-{:02}", fact.stated_day),
          .published_at = fmt::format("2025-03-{:02}", fact.published_day),
          .source_class = static_cast<SourceClass>(fact.source_class),
          .source = fmt::format("source-{}", fact.source),
          .claim = !fact.counts};
}

void Fill(World& world, const std::vector<naive::Fact>& facts) {
  for (int i = 0; i < kOrganizations; ++i) {
    const auto parent = kParents.find(i);
    world.AddOrganization(IdOf(i), "12-31", parent == kParents.end() ? "" : IdOf(parent->second));
  }
  for (const naive::Fact& fact : facts) world.Record(SaidOf(fact));
}

Query AskForAll(Dimensions group_by) {
  std::vector<std::string> ids;
  for (int i = 0; i < kOrganizations; ++i) ids.push_back(IdOf(i));
  Query query = About(ids, {"2024", "2025"});
  query.group_by = group_by;
  return query;
}

std::string NameOf(Role role) {
  return role == Role::kCorroborates ? "corroborates"
         : role == Role::kConflicts  ? "conflicts"
                                     : "superseded";
}

std::optional<money::Decimal> ToDecimal(const std::optional<long>& value) {
  return value ? std::optional(money::Decimal::FromInt(*value)) : std::nullopt;
}

class Property : public ::testing::TestWithParam<int> {};

TEST_P(Property, AgreesWithTheNaiveRecomputation) {
  for (int i = 0; i < kHistories; ++i) {
    Random random(static_cast<uint32_t>(GetParam() * kHistories + i));
    const std::vector<naive::Fact> facts = RandomFacts(random);
    World world;
    Fill(world, facts);
    const int day = 1 + random.Below(kLastDay);
    const AsOf as_of = PublishedBy(fmt::format("2025-03-{:02}", day));
    const naive::Standing standing = naive::Select(facts, day);

    // One organization at a time, so that subsidiaries are not left out.
    for (int organization = 0; organization < kOrganizations; ++organization) {
      for (int year = 2024; year <= 2025; ++year) {
        SCOPED_TRACE(fmt::format("history {}, organization {}, {}", i, organization, year));
        const QueryResult result =
            world.Ask(About({IdOf(organization)}, {std::to_string(year)}), as_of);
        const auto expected = standing.find({organization, year});
        ASSERT_EQ(result.cells.size(), expected == standing.end() ? 0U : 1U);
        if (expected == standing.end()) continue;
        const std::vector<Contributor>& contributors = result.cells[0].contributors;
        ASSERT_EQ(contributors[0].statement->disclosure_id, expected->second);
        std::map<std::string, std::string> roles;
        for (size_t c = 1; c < contributors.size(); ++c) {
          if (contributors[c].role == Role::kAlternative) continue;
          roles[contributors[c].statement->disclosure_id] = NameOf(contributors[c].role);
        }
        ASSERT_EQ(roles, naive::RolesBeside(facts, day, expected->second));
      }
    }

    const std::map<int, naive::Sum> sums = naive::AddUp(facts, day, kParents);
    const QueryResult totals = world.Ask(AskForAll({.period = true}), as_of);
    ASSERT_EQ(totals.cells.size(), sums.size()) << "history " << i;
    for (const Cell& cell : totals.cells) {
      const naive::Sum& sum = sums.at(std::stoi(cell.key.period->label));
      ASSERT_EQ(cell.interval.low.value, ToDecimal(sum.low)) << "history " << i;
      ASSERT_EQ(cell.interval.high.value, ToDecimal(sum.high)) << "history " << i;
      ASSERT_EQ(cell.figure_count, sum.count) << "history " << i;
    }
  }
}

// What a cell says, without what depends on the journal's sequences.
std::string Describe(const QueryResult& result) {
  std::string text;
  for (const Cell& cell : result.cells) {
    text += fmt::format("{} {} {} [{}]\n", DescribeKey(cell.key), money::ToString(cell.interval),
                        cell.point ? cell.point->ToString() : "-",
                        fmt::join(ContributorsOf(cell), ", "));
    for (const Warning& warning : cell.warnings) text += warning.code + warning.message + "\n";
  }
  for (const AbsentFigure& absent : result.absent) {
    text +=
        fmt::format("{} {} {}\n", absent.organization_id, absent.period.label, absent.withdrawn);
  }
  return text;
}

TEST_P(Property, OrderOfArrivalDoesNotMatter) {
  for (int i = 0; i < kHistories / 4; ++i) {
    Random random(static_cast<uint32_t>(7'000 + GetParam() * kHistories + i));
    std::vector<naive::Fact> facts = RandomFacts(random);
    // The last tie-break within a key is the sequence itself: each statement of a key has its own moment here.
    std::vector<naive::Fact> distinct;
    for (const naive::Fact& fact : facts) {
      const bool tie = std::any_of(distinct.begin(), distinct.end(), [&](const naive::Fact& other) {
        return other.organization == fact.organization && other.stated_day == fact.stated_day &&
               other.published_day == fact.published_day && other.definition == fact.definition;
      });
      if (!tie) distinct.push_back(fact);
    }
    const Query query = AskForAll({.organization = true, .period = true});
    World in_order;
    Fill(in_order, distinct);
    const std::string expected = Describe(in_order.Ask(query));
    for (int shuffle = 0; shuffle < 3; ++shuffle) {
      random.Shuffle(distinct);
      World shuffled;
      Fill(shuffled, distinct);
      ASSERT_EQ(Describe(shuffled.Ask(query)), expected) << "history " << i;
    }
  }
}

TEST_P(Property, MemberCellsAddUpToTheTotal) {
  for (int i = 0; i < kHistories; ++i) {
    Random random(static_cast<uint32_t>(20'000 + GetParam() * kHistories + i));
    World world;
    Fill(world, RandomFacts(random));
    const QueryResult totals = world.Ask(AskForAll({.period = true}));
    const QueryResult members = world.Ask(AskForAll({.organization = true, .period = true}));
    for (const Cell& total : totals.cells) {
      money::Interval sum = money::Interval::PointAt(money::Decimal());
      money::Decimal point;
      int count = 0;
      for (const Cell& member : members.cells) {
        if (!(member.key.period == total.key.period)) continue;
        sum = money::Add(sum, member.interval).value();
        point = money::Add(point, *member.point).value();
        count += member.figure_count;
      }
      ASSERT_EQ(sum, total.interval) << "history " << i;
      ASSERT_EQ(point, total.point) << "history " << i;
      ASSERT_EQ(count, total.figure_count) << "history " << i;
    }
  }
}

TEST_P(Property, ThePointLiesInTheIntervalAndItsCompositionAddsUpToIt) {
  for (int i = 0; i < kHistories; ++i) {
    Random random(static_cast<uint32_t>(40'000 + GetParam() * kHistories + i));
    World world;
    Fill(world, RandomFacts(random));
    for (const Cell& cell : world.Ask(AskForAll({.period = true})).cells) {
      ASSERT_TRUE(money::Contains(cell.interval, *cell.point)) << "history " << i;
      if (cell.interval.low.value && cell.interval.high.value) {
        ASSERT_LE(*cell.interval.low.value, *cell.interval.high.value) << "history " << i;
      }
      money::Decimal sum;
      for (const std::optional<money::Decimal>* const part :
           {&cell.composition.stated, &cell.composition.floors, &cell.composition.ceilings,
            &cell.composition.midpoints}) {
        if (*part) sum = money::Add(sum, **part).value();
      }
      ASSERT_EQ(sum, cell.point) << "history " << i;
    }
  }
}

TEST_P(Property, AnOldStampGivesTheOldAnswer) {
  for (int i = 0; i < kHistories / 4; ++i) {
    Random random(static_cast<uint32_t>(60'000 + GetParam() * kHistories + i));
    const Query query = AskForAll({.organization = true, .period = true});
    World world;
    Fill(world, RandomFacts(random));
    const uint64_t stamp = world.view().applied_sequence();
    const std::string then = Describe(world.Ask(query));
    for (int more = 0; more < 20; ++more) {
      if (random.OneIn(3)) {
        world.Void("d-00");
      } else {
        world.Correct(fmt::format("d-{:02}", random.Below(10)), SaidOf(RandomFact(random, 50)));
      }
    }
    ASSERT_EQ(Describe(world.Ask(query, RecordedBy(stamp))), then) << "history " << i;
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, Property, ::testing::Range(0, 3));

}  // namespace
}  // namespace outlay::aggregation
