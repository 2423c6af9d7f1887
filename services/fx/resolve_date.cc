#include <algorithm>
#include <optional>

#include "fmt/format.h"
#include "services/common/status/error.h"
#include "services/fx/providers.h"
#include "services/fx/resolve_rate.h"

namespace outlay::fx {
namespace {

using std::chrono::days;

std::optional<time::Date> DateOf(const std::optional<PathOnDate>& found) {
  return found ? std::optional<time::Date>(found->date) : std::nullopt;
}

absl::Status NothingNear(const Resolution& at, const std::vector<RatePath>& paths,
                         const DateRate& method, int max_age_days) {
  const time::Date date = method.date;
  const bool forward = method.fallback == DateFallback::kNext;
  const NearestFixings nearest{
      .previous = DateOf(LatestUntil(paths, date, at.reading)),
      .next = DateOf(EarliestFrom(paths, date + days(1), at.reading)),
  };
  const std::optional<HeldFixing> held =
      LatestHeld(paths, forward ? date : date - days(max_age_days),
                 forward ? date + days(max_age_days) : date, at.reading);
  if (!nearest.previous) {
    return BeforeCoverage(at.lookup, date, nearest.next, at.reading.published, held);
  }
  return RateTooOld(at.lookup, date, max_age_days, nearest, held);
}

absl::StatusOr<PathOnDate> FindWithin(const Resolution& at, const std::vector<RatePath>& paths,
                                      const DateRate& method) {
  int max_age_days =
      method.max_age_days == 0 ? RulesOf(at.lookup.provider).max_age_days : method.max_age_days;
  if (method.fallback == DateFallback::kExact) max_age_days = 0;
  const std::optional<PathOnDate> found = method.fallback == DateFallback::kNext
                                              ? EarliestFrom(paths, method.date, at.reading)
                                              : LatestUntil(paths, method.date, at.reading);
  const bool near = found && std::chrono::abs(found->date - method.date) <= days(max_age_days);
  if (!near) return NothingNear(at, paths, method, max_age_days);
  return *found;
}

void WarnIfStale(RateAnswer& answer) {
  if (answer.age_days <= kStaleAgeDays) return;
  answer.warnings.push_back(
      {"STALE_RATE",
       fmt::format("The fixing of {} is {} days from {}.", time::FormatDate(*answer.used_date),
                   answer.age_days, time::FormatDate(*answer.requested_date))});
}

absl::StatusOr<RateAnswer> Joined(const Resolution& at, const RatePath& path, time::Date date) {
  ASSIGN_OR_RETURN(RateAnswer answer, AnswerFromPath(at.lookup, path, {}, at.reading));
  answer.requested_date = date;
  return answer;
}

}  // namespace

void WarnIfHeld(const std::vector<RatePath>& paths, const Reading& reading, RateAnswer& answer) {
  const auto [first, last] = std::minmax(*answer.used_date, *answer.requested_date);
  const std::optional<HeldFixing> held = LatestHeld(paths, first, last, reading);
  if (!held) return;
  answer.warnings.push_back(
      {"HELD_RATE", fmt::format("The fixing of {} (sequence {}) is held as suspicious and was left "
                                "out.",
                                time::FormatDate(held->date), held->sequence)});
}

absl::StatusOr<RateAnswer> ResolveDate(const Resolution& at, const DateRate& method) {
  if (method.date > at.reading.LastDay()) {
    return DateToCome("date", method.date, at.reading.LastDay());
  }
  const Equivalent from = CurrentOn(*at.query.from, method.date);
  const Equivalent to = CurrentOn(*at.query.to, method.date);
  if (from.currency == to.currency) return Joined(at, JoinedPath(from, to), method.date);

  ASSIGN_OR_RETURN(const ProviderBook* const provider,
                   RequireProvider(at.book, at.reading, at.lookup));
  const std::vector<RatePath> paths = FindPaths(*provider, from, to, at.reading);
  for (const RatePath& path : paths) {
    if (!path.HasSeries() && path.Covers(method.date)) return Joined(at, path, method.date);
  }
  const bool any_series =
      std::ranges::any_of(paths, [](const RatePath& path) { return path.HasSeries(); });
  if (!any_series) return NoPath(at.lookup);

  ASSIGN_OR_RETURN(const PathOnDate found, FindWithin(at, paths, method));
  ASSIGN_OR_RETURN(
      RateAnswer answer,
      AnswerFromPath(at.lookup, *found.path, *found.path->On(found.date, at.reading), at.reading));
  answer.requested_date = method.date;
  answer.age_days = static_cast<int>(std::chrono::abs(found.date - method.date).count());
  WarnIfStale(answer);
  WarnIfHeld(paths, at.reading, answer);
  return answer;
}

absl::StatusOr<RateAnswer> ResolvePeriodEnd(const Resolution& at, const PeriodEndRate& method) {
  if (!IsFinished(method.end, at.reading)) {
    return PeriodUnfinished(method.end, at.reading.published, false);
  }
  return ResolveDate(at, {.date = method.end - days(1),
                          .fallback = DateFallback::kPrevious,
                          .max_age_days = method.max_age_days});
}

}  // namespace outlay::fx
