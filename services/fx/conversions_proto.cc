#include "services/fx/conversions_proto.h"

#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "services/common/status/error.h"
#include "services/common/wire/journal_proto.h"
#include "services/fx/convert.h"
#include "services/fx/errors.h"
#include "services/fx/rate_answer_proto.h"
#include "services/fx/rate_spec_proto.h"
#include "services/fx/resolve_rate.h"
#include "services/fx/take_into.h"
#include "services/fx/values_proto.h"

namespace outlay::fx {
namespace {

// Conversions between two looks at the caller.
constexpr int kCheckEvery = 256;

// The conversions of one request: each rate is found once, and listed in the response once.
class BatchConverter {
 public:
  BatchConverter(Snapshot snapshot, std::vector<RateSpec> specs, const RoundingChoice& rounding,
                 v1::BatchConvertResponse& response)
      : snapshot_(std::move(snapshot)),
        specs_(std::move(specs)),
        rounding_(rounding),
        response_(response) {}

  absl::Status Convert(const v1::Conversion& conversion, v1::ConversionResult& result) {
    if (!latest_.Is(conversion)) RETURN_IF_ERROR(TakeUp(conversion));
    const FoundRate& found = *latest_.found;
    const absl::StatusOr<money::Decimal> amount =
        money::Decimal::FromUnitsNanos(conversion.amount().units(), conversion.amount().nanos());
    if (!amount.ok()) return Under("amount", amount.status());
    RETURN_IF_ERROR(found.answer.status());
    ASSIGN_OR_RETURN(const money::UnitsNanos converted,
                     ConvertAmount(*amount, *found.answer, *latest_.to, rounding_));
    FillMoney(latest_.to->code, converted, *result.mutable_converted());
    result.set_rate_index(found.index);
    return absl::OkStatus();
  }

 private:
  struct FoundRate {
    absl::StatusOr<RateAnswer> answer;
    uint32_t index = 0;
  };
  using Key = std::tuple<uint32_t, const money::Currency*, const money::Currency*>;

  // What the conversion before was about: the next one mostly is too.
  struct Subject {
    uint32_t spec_index = 0;
    const money::Currency* from = nullptr;
    const money::Currency* to = nullptr;
    const FoundRate* found = nullptr;  // absent before the first

    bool Is(const v1::Conversion& conversion) const {
      return found != nullptr && conversion.spec_index() == spec_index &&
             conversion.amount().currency_code() == from->code &&
             conversion.to_currency() == to->code;
    }
  };

  // Makes the conversion's subject the latest, once all of the conversion is right.
  absl::Status TakeUp(const v1::Conversion& conversion) {
    Violations errors;
    CurrencyAmount amount;
    const money::Currency* to = nullptr;
    TakeInto(errors, "amount", ParseMoney(conversion.amount()), amount);
    TakeInto(errors, "", ParseCurrency("to_currency", conversion.to_currency()), to);
    if (conversion.spec_index() >= specs_.size()) {
      errors.Add("", SpecIndexOutOfRange(conversion.spec_index(), specs_.size()));
    }
    RETURN_IF_ERROR(errors.ToStatus());
    latest_ = {.spec_index = conversion.spec_index(),
               .from = amount.currency,
               .to = to,
               .found = &Find(conversion.spec_index(), amount.currency, to)};
    return absl::OkStatus();
  }

  // Stays where it is.
  const FoundRate& Find(uint32_t spec_index, const money::Currency* from,
                        const money::Currency* to) {
    const Key key{spec_index, from, to};
    const auto known = found_.find(key);
    if (known != found_.end()) return known->second;
    FoundRate found{.answer = ResolveAt(snapshot_, {from, to, specs_[spec_index]},
                                        "specs[" + std::to_string(spec_index) + "]"),
                    .index = 0};
    if (found.answer.ok()) Publish(found);
    return found_.emplace(key, std::move(found)).first->second;
  }

  void Publish(FoundRate& found) {
    found.index = response_.rates_size();
    const absl::Status status =
        ToProto(*found.answer, kDefaultSignificantDigits, *response_.add_rates());
    if (status.ok()) return;
    response_.mutable_rates()->RemoveLast();
    found.answer = status;
  }

  const Snapshot snapshot_;
  const std::vector<RateSpec> specs_;
  const RoundingChoice rounding_;
  v1::BatchConvertResponse& response_;
  std::map<Key, FoundRate> found_;
  Subject latest_;
};

std::vector<RateSpec> ParseSpecs(const v1::BatchConvertRequest& request,
                                 const std::string& default_provider, Violations& errors) {
  std::vector<RateSpec> specs(request.specs_size());
  for (int i = 0; i < request.specs_size(); ++i) {
    TakeInto(errors, fmt::format("specs[{}]", i), ParseRateSpec(request.specs(i), default_provider),
             specs[i]);
  }
  return specs;
}

}  // namespace

absl::Status ConvertMoney(const RateReader& reader, const v1::ConvertMoneyRequest& request,
                          v1::ConvertMoneyResponse& response) {
  Violations errors;
  CurrencyAmount amount;
  RateQuery query;
  RoundingChoice rounding;
  AsOf as_of;
  if (!request.has_amount()) {
    errors.Add("", MissingField("amount", "how much of what"));
  } else {
    TakeInto(errors, "amount", ParseMoney(request.amount()), amount);
  }
  TakeInto(errors, "", ParseCurrency("to_currency", request.to_currency()), query.to);
  if (request.has_spec()) {
    TakeInto(errors, "spec", ParseRateSpec(request.spec(), reader.default_provider()), query.spec);
  }
  TakeInto(errors, "rounding", ParseRounding(request.rounding()), rounding);
  TakeInto(errors, "as_of", ParseAsOf(request.as_of()), as_of);
  RETURN_IF_ERROR(errors.ToStatus());

  ASSIGN_OR_RETURN(const Snapshot snapshot, reader.At(as_of, request.minimum_sequence()));
  query.from = amount.currency;
  if (!request.has_spec()) {
    query.spec = {.provider = reader.default_provider(),
                  .method = DateRate{.date = snapshot.reading.LastDay()}};
  }
  ASSIGN_OR_RETURN(const RateAnswer answer, ResolveAt(snapshot, query, "spec"));
  ASSIGN_OR_RETURN(const money::UnitsNanos converted,
                   ConvertAmount(amount.value, answer, *query.to, rounding));
  RETURN_IF_ERROR(ToProto(answer, kDefaultSignificantDigits, *response.mutable_rate()));
  FillMoney(query.to->code, converted, *response.mutable_converted());
  FillStamp(snapshot, *response.mutable_stamp());
  return absl::OkStatus();
}

absl::Status BatchConvert(const RateReader& reader, const CheckLive& check_live,
                          const v1::BatchConvertRequest& request,
                          v1::BatchConvertResponse& response) {
  Violations errors;
  RoundingChoice rounding;
  AsOf as_of;
  std::vector<RateSpec> specs;
  if (request.specs_size() < 1 || request.specs_size() > kBatchSpecsMax) {
    errors.Add("", WrongNumberOf("specs", request.specs_size(), kBatchSpecsMax));
  } else {
    specs = ParseSpecs(request, reader.default_provider(), errors);
  }
  if (request.conversions_size() < 1 || request.conversions_size() > kBatchConversionsMax) {
    errors.Add("", WrongNumberOf("conversions", request.conversions_size(), kBatchConversionsMax));
  }
  TakeInto(errors, "rounding", ParseRounding(request.rounding()), rounding);
  TakeInto(errors, "as_of", ParseAsOf(request.as_of()), as_of);
  RETURN_IF_ERROR(errors.ToStatus());

  ASSIGN_OR_RETURN(Snapshot snapshot, reader.At(as_of, request.minimum_sequence()));
  FillStamp(snapshot, *response.mutable_stamp());
  response.mutable_results()->Reserve(request.conversions_size());
  BatchConverter converter(std::move(snapshot), std::move(specs), rounding, response);
  for (int i = 0; i < request.conversions_size(); ++i) {
    if (i % kCheckEvery == 0) RETURN_IF_ERROR(check_live());
    v1::ConversionResult& result = *response.add_results();
    const absl::Status status = converter.Convert(request.conversions(i), result);
    if (status.ok()) continue;
    // A spec's own fields are already named from the request's root.
    const bool about_spec = status.code() != absl::StatusCode::kInvalidArgument ||
                            GetErrorDetail(status).reason == "FIXED_RATE_PAIR";
    wire::ToProto(about_spec ? status : Under(fmt::format("conversions[{}]", i), status),
                  result.mutable_error());
  }
  return absl::OkStatus();
}

}  // namespace outlay::fx
