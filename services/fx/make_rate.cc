#include "services/fx/make_rate.h"

#include <algorithm>
#include <utility>

#include "services/common/money/currency.h"
#include "services/common/status/error.h"
#include "services/fx/errors.h"
#include "services/fx/providers.h"
#include "services/fx/take_into.h"

namespace outlay::fx {
namespace {

using money::Decimal;

// The farthest a day's start lies before its start in UTC: the Line Islands' clocks.
constexpr std::chrono::hours kEarliestZone{14};

bool IsSlugCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

absl::Status CheckSourceId(std::string_view id) {
  if (id.size() > kSourceIdBytesMax) return TooLong("provider", id.size(), kSourceIdBytesMax);
  if (std::ranges::any_of(id, [](unsigned char c) { return c <= ' ' || c == 0x7f; })) {
    return MalformedProvider("provider", id,
                             "an implied rate's provider is the id of its source, without blanks");
  }
  return absl::OkStatus();
}

absl::Status CheckProvider(const RateInput& input) {
  if (input.provider.empty()) return MissingField("provider", "who published the rate: \"ecb\"");
  return input.kind == RateKind::kImplied ? CheckSourceId(input.provider)
                                          : CheckProviderSlug("provider", input.provider);
}

absl::Status CheckCurrency(std::string_view field, std::string_view code) {
  return Under(field, money::RequireCurrency(code).status());
}

absl::StatusOr<Decimal> ParsePositive(std::string_view field, const std::string& text) {
  absl::StatusOr<Decimal> value = Decimal::Parse(text);
  if (!value.ok()) return Under(field, value.status());
  if (value->Sign() <= 0) return NotPositive(field, value->ToString());
  return value;
}

// The unit's half must leave the amount above zero.
absl::StatusOr<std::optional<Decimal>> ParseWrittenUnit(std::string_view field,
                                                        const std::string& text,
                                                        const Decimal& amount) {
  if (text.empty()) return std::nullopt;
  absl::StatusOr<Decimal> unit = Decimal::Parse(text);
  if (!unit.ok()) return Under(field, unit.status());
  const absl::StatusOr<Decimal> half = money::Multiply(*unit, *Decimal::FromParts(5, 1));
  if (!unit->IsPowerOfTen() || !half.ok() || *half >= amount) {
    return InvalidWrittenUnit(field, unit->ToString(), amount.ToString());
  }
  return std::optional<Decimal>(*unit);
}

void TakeAmountPair(const AmountPairInput& input, Rate& rate, Violations& errors) {
  AmountPair pair;
  if (input.base_amount.empty()) {
    errors.Add("", MissingField("implied_by.base_amount", "the amount in the base currency"));
  } else if (TakeInto(errors, "", ParsePositive("implied_by.base_amount", input.base_amount),
                      pair.base_amount)) {
    TakeInto(
        errors, "",
        ParseWrittenUnit("implied_by.base_written_unit", input.base_written_unit, pair.base_amount),
        pair.base_written_unit);
  }
  if (input.quote_amount.empty()) {
    errors.Add("", MissingField("implied_by.quote_amount", "the amount in the quote currency"));
  } else if (TakeInto(errors, "", ParsePositive("implied_by.quote_amount", input.quote_amount),
                      pair.quote_amount)) {
    TakeInto(errors, "",
             ParseWrittenUnit("implied_by.quote_written_unit", input.quote_written_unit,
                              pair.quote_amount),
             pair.quote_written_unit);
  }
  if (!errors.empty()) return;
  absl::StatusOr<Decimal> value = money::Divide(pair.quote_amount, pair.base_amount,
                                                kImpliedValueScale, money::Rounding::kHalfEven);
  if (!value.ok() || value->IsZero()) {
    errors.Add("", FigureOutOfRange("implied_by",
                                    "the quotient of the amounts cannot be held at 18 "
                                    "places; state the amounts in larger or smaller units"));
    return;
  }
  rate.value = *value;
  rate.implied_by = pair;
}

void TakeImplied(const RateInput& input, Rate& rate, Violations& errors) {
  if (!input.value.empty()) {
    errors.Add("", UnexpectedField("value", "an implied rate is the quotient of its amounts"));
  }
  if (input.unit != 0 && input.unit != 1) {
    errors.Add("", UnexpectedField("unit", "an implied rate is per 1"));
  }
  if (!input.implied_by) {
    errors.Add("", MissingField("implied_by", "the two amounts that imply the rate"));
    return;
  }
  TakeAmountPair(*input.implied_by, rate, errors);
}

bool IsUnit(int unit) {
  for (int power = 1; power <= kMaxUnit; power *= 10) {
    if (unit == power) return true;
  }
  return false;
}

void TakeReference(const RateInput& input, Rate& rate, Violations& errors) {
  if (input.implied_by) {
    errors.Add("", UnexpectedField("implied_by", "only a rate of kind IMPLIED is made of amounts"));
  }
  rate.unit = input.unit == 0 ? 1 : input.unit;
  const bool unit_ok = IsUnit(rate.unit);
  if (!unit_ok) errors.Add("", InvalidUnit(rate.unit));
  if (input.value.empty()) {
    errors.Add("", MissingField("value", "the figure as published"));
  } else if (TakeInto(errors, "", ParsePositive("value", input.value), rate.value) && unit_ok &&
             !ValuePerUnit(rate.value, rate.unit).ok()) {
    errors.Add("", FigureOutOfRange("value", "has more than 38 places once divided by its unit"));
  }
}

void TakeCurrencies(const RateInput& input, Rate& rate, Violations& errors) {
  errors.Add("", CheckCurrency("base_currency", input.base_currency));
  errors.Add("", CheckCurrency("quote_currency", input.quote_currency));
  if (!input.base_currency.empty() && input.base_currency == input.quote_currency) {
    errors.Add("", SameCurrency("quote_currency", input.quote_currency));
  }
  rate.base_currency = input.base_currency;
  rate.quote_currency = input.quote_currency;
}

absl::StatusOr<time::Moment> ParsePublished(const RateInput& input, const Rate& rate,
                                            time::Instant now) {
  if (input.published_at.empty()) {
    const ProviderRules rules =
        rate.kind == RateKind::kImplied ? ProviderRules{} : RulesOf(rate.provider);
    return DerivedPublication(rules, rate.fixing_date);
  }
  absl::StatusOr<time::Moment> moment = time::ParseDateOrInstant(input.published_at);
  if (!moment.ok()) return Under("published_at", moment.status());
  const bool to_come =
      moment->whole_day ? time::DateOf(moment->instant) > time::DateOf(now) : moment->instant > now;
  if (to_come) return FutureDate("published_at", input.published_at, now);
  if (moment->instant < time::StartOfDay(rate.fixing_date) - kEarliestZone) {
    return PublishedBeforeFixing(input.published_at, rate.fixing_date);
  }
  return moment;
}

void TakeTimes(const RateInput& input, time::Instant now, Rate& rate, Violations& errors) {
  if (input.fixing_date.empty()) {
    errors.Add("", MissingField("fixing_date", "the day the rate is for: \"2025-02-07\""));
    return;
  }
  absl::StatusOr<time::Date> date = time::ParseDate(input.fixing_date);
  if (!date.ok()) {
    errors.Add("", Under("fixing_date", date.status()));
    return;
  }
  if (*date > time::DateOf(now)) {
    errors.Add("", FutureDate("fixing_date", input.fixing_date, now));
    return;
  }
  rate.fixing_date = *date;
  TakeInto(errors, "", ParsePublished(input, rate, now), rate.published);
}

}  // namespace

absl::Status CheckProviderSlug(std::string_view field, std::string_view slug) {
  const bool well_formed = !slug.empty() && slug.size() <= kProviderBytesMax &&
                           std::ranges::all_of(slug, IsSlugCharacter) && slug.front() != '-' &&
                           slug.back() != '-' && slug.find("--") == std::string_view::npos;
  if (well_formed) return absl::OkStatus();
  return MalformedProvider(field, slug,
                           "it is named by lower-case letters, digits and single hyphens, at most "
                           "64 of them: \"fed-h10\"");
}

absl::StatusOr<Decimal> ValuePerUnit(const Decimal& value, int unit) {
  if (unit == 1) return value;
  int places = 0;
  for (int rest = unit; rest > 1; rest /= 10) ++places;
  return Decimal::FromParts(value.coefficient(), value.scale() + places);
}

absl::StatusOr<Rate> MakeRate(const RateInput& input, time::Instant now) {
  Rate rate;
  Violations errors;
  rate.provider = input.provider;
  rate.kind = input.kind;
  errors.Add("", CheckProvider(input));
  TakeCurrencies(input, rate, errors);
  TakeTimes(input, now, rate, errors);
  if (input.kind == RateKind::kImplied) {
    TakeImplied(input, rate, errors);
  } else {
    TakeReference(input, rate, errors);
  }
  RETURN_IF_ERROR(errors.ToStatus());
  return rate;
}

}  // namespace outlay::fx
