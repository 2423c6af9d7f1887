#include "services/aggregation/figures.h"

#include <algorithm>
#include <map>
#include <utility>

#include "services/aggregation/definition_order.h"

namespace outlay::aggregation {
namespace {

// A key of the organization that answers a wanted period.
struct Candidate {
  const KeyOutcome* outcome = nullptr;
  Exactness exactness = Exactness::kDates;
};

template <typename T>
bool Admits(const std::vector<T>& preferences, const T& value) {
  return preferences.empty() ||
         std::find(preferences.begin(), preferences.end(), value) != preferences.end();
}

// 0 for all where the query has no preference.
template <typename T>
size_t Rank(const std::vector<T>& preferences, const T& value) {
  return preferences.empty()
             ? 0
             : static_cast<size_t>(std::find(preferences.begin(), preferences.end(), value) -
                                   preferences.begin());
}

bool IsAdmitted(const Query& query, const std::optional<time::Moment>& published,
                const Disclosure& disclosure) {
  return (!published || disclosure.published_at.instant <= published->instant) &&
         Admits(query.measures, disclosure.measure) &&
         Admits(query.definitions, disclosure.definition) &&
         Admits(query.bases, disclosure.basis) &&
         Admits(query.source_classes, disclosure.source_class);
}

bool IsPreferred(const Query& query, const Candidate& a, const Candidate& b) {
  // Times are negated so that the later statement sorts first.
  const auto order = [&query](const Candidate& candidate) {
    const Disclosure& figure = **candidate.outcome->selected;
    return std::make_tuple(
        Rank(query.measures, figure.measure), Rank(query.definitions, figure.definition),
        Rank(query.bases, figure.basis), candidate.exactness, figure.source_class,
        -StatedAt(figure).instant.time_since_epoch(),
        -figure.published_at.instant.time_since_epoch(), DefaultDefinitionRank(figure.definition),
        std::string_view(figure.definition), std::string_view(figure.amount->currency_code),
        figure.period.start, figure.period.end);
  };
  return order(a) < order(b);
}

std::optional<Exactness> MatchOutcome(const WantedPeriod& wanted,
                                      const std::optional<time::Period>& resolved,
                                      const KeyOutcome& outcome) {
  std::optional<Exactness> best;
  for (const Statement& statement : outcome.statements) {
    const std::optional<Exactness> match = MatchPeriod(wanted, resolved, statement->period);
    if (match && (!best || *match < *best)) best = match;
  }
  return best;
}

Partition PartitionOf(const Dimensions& group_by, const Disclosure& figure) {
  Partition partition;
  if (group_by.measure) partition.measure = figure.measure;
  if (group_by.definition) partition.definition = figure.definition;
  if (group_by.basis) partition.basis = figure.basis;
  return partition;
}

// `candidates` are of one partition, at least one.
Figure Prefer(const Query& query, std::vector<Candidate> candidates) {
  std::sort(candidates.begin(), candidates.end(),
            [&query](const Candidate& a, const Candidate& b) { return IsPreferred(query, a, b); });
  const KeyOutcome& best = *candidates.front().outcome;
  Figure figure{
      .selected = *best.selected, .exactness = candidates.front().exactness, .others = best.others};
  for (size_t i = 1; i < candidates.size(); ++i) {
    figure.others.push_back({*candidates[i].outcome->selected, Role::kAlternative});
  }
  return figure;
}

// Appends the figures of one wanted period, one a partition; says whether there was any, or a withdrawal.
struct Found {
  bool figure = false;
  bool withdrawal = false;
};

Found AddFiguresOf(const Query& query, size_t period_index, const ScopedOrganization& organization,
                   const std::vector<KeyOutcome>& outcomes, std::vector<Figure>& figures) {
  const WantedPeriod& wanted = query.periods[period_index];
  const std::optional<time::Period> resolved =
      ResolveWanted(wanted, organization.organization->calendar);
  Found found;
  std::map<Partition, std::vector<Candidate>> partitions;
  for (const KeyOutcome& outcome : outcomes) {
    const std::optional<Exactness> exactness = MatchOutcome(wanted, resolved, outcome);
    if (!exactness) continue;
    if (!outcome.selected) {
      found.withdrawal = true;
      continue;
    }
    found.figure = true;
    partitions[PartitionOf(query.group_by, **outcome.selected)].push_back({&outcome, *exactness});
  }
  for (auto& [partition, candidates] : partitions) {
    Figure figure = Prefer(query, std::move(candidates));
    figure.organization = &organization;
    figure.period_index = period_index;
    figure.partition = partition;
    figures.push_back(std::move(figure));
  }
  return found;
}

std::vector<Figure> WithoutOverlaps(std::vector<Figure> figures) {
  std::vector<Figure> kept;
  for (Figure& figure : figures) {
    const auto before = std::find_if(kept.begin(), kept.end(), [&figure](const Figure& other) {
      return other.partition == figure.partition &&
             MayOverlap(other.selected->period, figure.selected->period);
    });
    if (before == kept.end()) {
      kept.push_back(std::move(figure));
    } else if (before->selected.disclosure != figure.selected.disclosure) {
      before->others.push_back({figure.selected, Role::kAlternative});
      before->not_counted.push_back(figure.selected->period);
    }
  }
  return kept;
}

}  // namespace

OrganizationFigures SelectFigures(const Query& query, const std::optional<time::Moment>& published,
                                  const ScopedOrganization& organization) {
  std::vector<Statement> admitted;
  for (const Statement& statement : organization.statements) {
    if (IsAdmitted(query, published, *statement)) admitted.push_back(statement);
  }
  const std::vector<KeyOutcome> outcomes = SelectByKey(admitted);
  OrganizationFigures result;
  for (size_t i = 0; i < query.periods.size(); ++i) {
    const Found found = AddFiguresOf(query, i, organization, outcomes, result.figures);
    if (!found.figure) result.absent.push_back({i, found.withdrawal});
  }
  if (!query.group_by.period) result.figures = WithoutOverlaps(std::move(result.figures));
  return result;
}

}  // namespace outlay::aggregation
