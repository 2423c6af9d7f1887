#include "services/aggregation/selection.h"

#include <algorithm>
#include <map>

namespace outlay::aggregation {
namespace {

bool Agree(const Disclosure& a, const Disclosure& b) {
  return a.amount && b.amount && money::Corroborates(*a.amount, *b.amount);
}

// `statements` are in the order in which they were made.
Statement SelectActual(const std::vector<Statement>& statements) {
  Statement standing = statements.front();
  for (const Statement& next : statements) {
    if (!Outranks(standing->source_class, next->source_class)) standing = next;
  }
  return standing;
}

Statement SelectOutlook(const std::vector<Statement>& statements) {
  Statement standing = statements.front();
  for (const Statement& next : statements) {
    const bool only_corroborates =
        Outranks(standing->source_class, next->source_class) && Agree(*standing, *next);
    if (!only_corroborates) standing = next;
  }
  return standing;
}

// A filing and a release both are the organization speaking.
bool IsOwnVoice(SourceClass source_class) {
  return source_class == SourceClass::kFiling || source_class == SourceClass::kOrganization;
}

Role RoleBeside(const Statement& selected, const Statement& other) {
  if (other->IsWithdrawal()) return Role::kSuperseded;
  if (IsEarlier(other, selected) && IsSameSpeaker(*selected, *other)) return Role::kSuperseded;
  return Agree(*selected, *other) ? Role::kCorroborates : Role::kConflicts;
}

}  // namespace

SeriesKey KeyOf(const Disclosure& disclosure) {
  return {disclosure.measure,    disclosure.definition,
          disclosure.basis,      disclosure.period.start,
          disclosure.period.end, disclosure.period.kind == time::PeriodKind::kTrailingTwelveMonths};
}

bool IsSameSpeaker(const Disclosure& a, const Disclosure& b) {
  if (a.organization_id != b.organization_id) return false;
  if (IsOwnVoice(a.source_class) || IsOwnVoice(b.source_class)) {
    return IsOwnVoice(a.source_class) && IsOwnVoice(b.source_class);
  }
  return a.source_id == b.source_id || (!a.publisher.empty() && a.publisher == b.publisher);
}

KeyOutcome SelectOfKey(std::vector<Statement> statements) {
  std::sort(statements.begin(), statements.end(), IsEarlier);
  const bool actual = statements.front()->basis == Basis::kActual;
  const Statement standing = actual ? SelectActual(statements) : SelectOutlook(statements);
  KeyOutcome outcome{.statements = std::move(statements)};
  if (standing->IsWithdrawal()) return outcome;
  outcome.selected = standing;
  for (auto it = outcome.statements.rbegin(); it != outcome.statements.rend(); ++it) {
    if (it->disclosure == standing.disclosure) continue;
    outcome.others.push_back({*it, RoleBeside(standing, *it)});
  }
  return outcome;
}

std::vector<KeyOutcome> SelectByKey(const std::vector<Statement>& statements) {
  struct OfKey {
    std::map<std::string_view, std::vector<Statement>> by_currency;
    std::vector<Statement> withdrawals;
  };
  std::map<SeriesKey, OfKey> keys;
  for (const Statement& statement : statements) {
    OfKey& of_key = keys[KeyOf(*statement)];
    if (statement->IsWithdrawal()) {
      of_key.withdrawals.push_back(statement);
    } else {
      of_key.by_currency[statement->amount->currency_code].push_back(statement);
    }
  }
  std::vector<KeyOutcome> outcomes;
  for (auto& [key, of_key] : keys) {
    if (of_key.by_currency.empty()) outcomes.push_back(SelectOfKey(of_key.withdrawals));
    for (auto& [currency, of_currency] : of_key.by_currency) {
      of_currency.insert(of_currency.end(), of_key.withdrawals.begin(), of_key.withdrawals.end());
      outcomes.push_back(SelectOfKey(std::move(of_currency)));
    }
  }
  return outcomes;
}

}  // namespace outlay::aggregation
