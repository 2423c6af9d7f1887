#include "services/fx/listings_proto.h"

#include <optional>
#include <string>
#include <utility>

#include "services/common/status/error.h"
#include "services/common/wire/money_proto.h"
#include "services/common/wire/page_token.h"
#include "services/fx/errors.h"
#include "services/fx/listings.h"
#include "services/fx/make_rate.h"
#include "services/fx/rate_answer_proto.h"
#include "services/fx/succession.h"
#include "services/fx/take_into.h"
#include "services/fx/values_proto.h"

namespace outlay::fx {
namespace {

struct ListQuestion {
  PairRange range;
  int significant_digits = 0;
  int page_size = 0;
  AsOf as_of;
};

void TakeDate(std::string_view field, const std::string& text, Violations& errors,
              time::Date& date) {
  if (text.empty()) return;
  TakeInto(errors, field, time::ParseDate(text), date);
}

void TakeRange(const v1::ListRatesRequest& request, const std::string& default_provider,
               Violations& errors, PairRange& range) {
  const bool from_ok =
      TakeInto(errors, "", ParseCurrency("from_currency", request.from_currency()), range.from);
  const bool to_ok =
      TakeInto(errors, "", ParseCurrency("to_currency", request.to_currency()), range.to);
  if (from_ok && to_ok && range.from == range.to) {
    errors.Add("", SameCurrency("to_currency", range.to->code));
  }
  range.provider = request.provider().empty() ? default_provider : request.provider();
  errors.Add("", CheckProviderSlug("provider", range.provider));
  range.start = time::Date::min();
  range.end = time::Date::max();
  TakeDate("start_date", request.start_date(), errors, range.start);
  TakeDate("end_date", request.end_date(), errors, range.end);
  if (range.end <= range.start) errors.Add("", EmptyPeriod(range.start, range.end));
}

absl::StatusOr<ListQuestion> ParseQuestion(const v1::ListRatesRequest& request,
                                           const std::string& default_provider) {
  ListQuestion question;
  Violations errors;
  TakeRange(request, default_provider, errors, question.range);
  TakeInto(errors, "", ParseSignificantDigits(request.significant_digits()),
           question.significant_digits);
  question.page_size = request.page_size() == 0 ? kRatesPageDefault : request.page_size();
  if (question.page_size < 1 || question.page_size > kRatesPageMax) {
    errors.Add("", NumberOutOfRange("page_size", request.page_size(), 0, kRatesPageMax, "rates"));
  }
  TakeInto(errors, "as_of", ParseAsOf(request.as_of()), question.as_of);
  RETURN_IF_ERROR(errors.ToStatus());
  return question;
}

// Of all that must be the same on every page; its size may change.
uint64_t HashOf(const v1::ListRatesRequest& request) {
  v1::ListRatesRequest rest = request;
  rest.clear_page_token();
  rest.clear_page_size();
  return wire::RequestHash(rest);
}

// Where a page starts: both axes of the first page, so that pages never shift, and a date.
struct PageStart {
  Snapshot snapshot;
  time::Date date;
};

// The position in a page token: the first page's time of publication and the page's first date.
std::string PositionText(time::Instant published, time::Date date) {
  return time::FormatInstant(published) + " " + time::FormatDate(date);
}

absl::StatusOr<PageStart> StartOf(const RateReader& reader, const ListQuestion& question,
                                  const std::string& token_text, uint64_t hash) {
  if (token_text.empty()) {
    ASSIGN_OR_RETURN(const Snapshot snapshot, reader.At(question.as_of, 0));
    return PageStart{snapshot, question.range.start};
  }
  ASSIGN_OR_RETURN(const wire::PageToken token, wire::DecodePageToken(token_text, hash));
  const size_t blank = token.position.find(' ');
  if (blank == std::string::npos) return PageTokenInvalid("has no position");
  const absl::StatusOr<time::Instant> published =
      time::ParseInstant(std::string_view(token.position).substr(0, blank));
  const absl::StatusOr<time::Date> date =
      time::ParseDate(std::string_view(token.position).substr(blank + 1));
  if (!published.ok() || !date.ok()) return PageTokenInvalid("has no position");
  // Where the first page ended at its now, this one does.
  ASSIGN_OR_RETURN(const Snapshot snapshot, reader.At({.published = question.as_of.published,
                                                       .recorded_sequence = token.sequence,
                                                       .recorded_time = std::nullopt,
                                                       .now = *published},
                                                      0));
  return PageStart{snapshot, *date};
}

v1::SeriesState ToProto(SeriesState state) {
  switch (state) {
    case SeriesState::kCurrent:
      return v1::SERIES_STATE_CURRENT;
    case SeriesState::kSuspended:
      return v1::SERIES_STATE_SUSPENDED;
    case SeriesState::kRetired:
      return v1::SERIES_STATE_RETIRED;
  }
  return v1::SERIES_STATE_UNSPECIFIED;
}

void FillCoverage(const SeriesCoverage& coverage, v1::SeriesCoverage& message) {
  message.set_provider(coverage.provider);
  message.set_base_currency(coverage.base_currency);
  message.set_quote_currency(coverage.quote_currency);
  message.set_first_date(time::FormatDate(coverage.first));
  message.set_last_date(time::FormatDate(coverage.last));
  message.set_fixing_count(coverage.fixing_count);
  message.set_state(ToProto(coverage.state));
  for (const CoverageGap& gap : coverage.gaps) {
    v1::CoverageGap& added = *message.add_gaps();
    added.set_after_date(time::FormatDate(gap.after));
    added.set_before_date(time::FormatDate(gap.before));
  }
}

void FillCurrency(const money::Currency& currency, v1::Currency& message) {
  message.set_code(std::string(currency.code));
  message.set_numeric_code(currency.numeric);
  message.set_name(std::string(currency.name));
  if (currency.minor_units) message.set_minor_units(*currency.minor_units);
  message.set_valid_from_date(std::string(money::ValidFrom(currency)));
  message.set_valid_until_date(std::string(currency.replaced_on));
  message.set_successor_code(std::string(currency.successor));
  if (const std::optional<Join> join = JoinOf(currency)) {
    wire::ToProto(join->ratio, message.mutable_successor_ratio());
  }
}

}  // namespace

absl::Status ListRates(const RateReader& reader, const v1::ListRatesRequest& request,
                       v1::ListRatesResponse& response) {
  ASSIGN_OR_RETURN(ListQuestion question, ParseQuestion(request, reader.default_provider()));
  const uint64_t hash = HashOf(request);
  ASSIGN_OR_RETURN(const PageStart start, StartOf(reader, question, request.page_token(), hash));
  const Reading& reading = start.snapshot.reading;
  question.range.start = start.date;
  ASSIGN_OR_RETURN(const RatePage page, ListPairRates(*start.snapshot.book, reading, question.range,
                                                      question.page_size));
  for (const RateAnswer& answer : page.rates) {
    RETURN_IF_ERROR(ToProto(answer, question.significant_digits, *response.add_rates()));
  }
  if (page.next) {
    response.set_next_page_token(
        wire::EncodePageToken({.sequence = reading.sequence,
                               .position = PositionText(reading.published, *page.next),
                               .request_hash = hash}));
  }
  FillStamp(start.snapshot, *response.mutable_stamp());
  return absl::OkStatus();
}

absl::Status GetCoverage(const RateReader& reader, const v1::GetCoverageRequest& request,
                         v1::GetCoverageResponse& response) {
  Violations errors;
  if (!request.provider().empty())
    errors.Add("", CheckProviderSlug("provider", request.provider()));
  if (!request.currency().empty()) {
    errors.Add("", ParseCurrency("currency", request.currency()).status());
  }
  RETURN_IF_ERROR(errors.ToStatus());
  ASSIGN_OR_RETURN(const Snapshot snapshot, reader.At({}, 0));
  ASSIGN_OR_RETURN(
      const std::vector<SeriesCoverage> listed,
      ListCoverage(*snapshot.book, snapshot.reading, request.provider(), request.currency()));
  for (const SeriesCoverage& coverage : listed) FillCoverage(coverage, *response.add_series());
  FillStamp(snapshot, *response.mutable_stamp());
  return absl::OkStatus();
}

absl::Status ListCurrencies(v1::ListCurrenciesResponse& response) {
  for (const money::Currency& currency : money::AllCurrencies()) {
    FillCurrency(currency, *response.add_currencies());
  }
  return absl::OkStatus();
}

absl::Status ListProviders(const RateReader& reader, v1::ListProvidersResponse& response) {
  ASSIGN_OR_RETURN(const Snapshot snapshot, reader.At({}, 0));
  for (const ProviderEntry& entry : ListProviders(*snapshot.book)) {
    v1::Provider& added = *response.add_providers();
    added.set_provider(entry.rules.slug);
    added.set_name(entry.rules.name);
    added.set_base_currency(entry.rules.base_currency);
    added.set_trusted(entry.rules.trusted);
    added.set_max_age_days(entry.rules.max_age_days);
    added.set_rate_count(entry.rate_count);
  }
  response.set_default_provider(reader.default_provider());
  FillStamp(snapshot.reading.sequence, *response.mutable_stamp());
  return absl::OkStatus();
}

}  // namespace outlay::fx
