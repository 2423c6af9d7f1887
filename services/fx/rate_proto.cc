#include "services/fx/rate_proto.h"

#include <optional>
#include <utility>

#include "outlay/fx/v1/fx_service.pb.h"
#include "services/common/status/error.h"
#include "services/common/wire/journal_proto.h"
#include "services/common/wire/money_proto.h"
#include "services/common/wire/time_proto.h"
#include "services/fx/errors.h"
#include "services/fx/make_rate.h"

namespace outlay::fx {
namespace {

absl::StatusOr<RateKind> ParseKind(v1::RateKind kind) {
  switch (kind) {
    case v1::RATE_KIND_UNSPECIFIED:
    case v1::RATE_KIND_REFERENCE:
      return RateKind::kReference;
    case v1::RATE_KIND_IMPLIED:
      return RateKind::kImplied;
    default:
      return UnknownEnumValue("kind", kind, "REFERENCE, IMPLIED");
  }
}

AmountPairInput ToInput(const v1::AmountPair& message) {
  return {.base_amount = message.base_amount().value(),
          .base_written_unit = message.base_written_unit().value(),
          .quote_amount = message.quote_amount().value(),
          .quote_written_unit = message.quote_written_unit().value()};
}

void FillPair(const AmountPair& pair, v1::AmountPair& message) {
  wire::ToProto(pair.base_amount, message.mutable_base_amount());
  wire::ToProto(pair.quote_amount, message.mutable_quote_amount());
  if (pair.base_written_unit) {
    wire::ToProto(*pair.base_written_unit, message.mutable_base_written_unit());
  }
  if (pair.quote_written_unit) {
    wire::ToProto(*pair.quote_written_unit, message.mutable_quote_written_unit());
  }
}

absl::StatusOr<std::optional<money::Decimal>> DecodeOptional(bool present,
                                                             const money::v1::Decimal& message) {
  if (!present) return std::nullopt;
  ASSIGN_OR_RETURN(const money::Decimal value, wire::FromProto(message));
  return std::optional<money::Decimal>(value);
}

absl::StatusOr<AmountPair> DecodePair(const v1::AmountPair& message) {
  AmountPair pair;
  ASSIGN_OR_RETURN(pair.base_amount, wire::FromProto(message.base_amount()));
  ASSIGN_OR_RETURN(pair.quote_amount, wire::FromProto(message.quote_amount()));
  ASSIGN_OR_RETURN(pair.base_written_unit,
                   DecodeOptional(message.has_base_written_unit(), message.base_written_unit()));
  ASSIGN_OR_RETURN(pair.quote_written_unit,
                   DecodeOptional(message.has_quote_written_unit(), message.quote_written_unit()));
  return pair;
}

void FillNote(const ChangeNote& note, journal::v1::ChangeNote& message) {
  message.set_actor(note.actor);
  message.set_reason(note.reason);
}

// What was checked when it was stored is not checked again.
absl::StatusOr<Rate> DecodeStored(const v1::Rate& message) {
  Rate rate{.provider = message.provider(),
            .base_currency = message.base_currency(),
            .quote_currency = message.quote_currency(),
            .unit = message.unit()};
  ASSIGN_OR_RETURN(rate.kind, ParseKind(message.kind()));
  ASSIGN_OR_RETURN(rate.fixing_date, time::ParseDate(message.fixing_date()));
  ASSIGN_OR_RETURN(rate.value, wire::FromProto(message.value()));
  ASSIGN_OR_RETURN(rate.published, time::ParseDateOrInstant(message.published_at()));
  if (message.has_implied_by()) {
    ASSIGN_OR_RETURN(rate.implied_by, DecodePair(message.implied_by()));
  }
  return rate;
}

}  // namespace

absl::StatusOr<Rate> ParseRate(const v1::Rate& message, time::Instant now) {
  RateInput input{.provider = message.provider(),
                  .base_currency = message.base_currency(),
                  .quote_currency = message.quote_currency(),
                  .fixing_date = message.fixing_date(),
                  .value = message.value().value(),
                  .unit = message.unit(),
                  .implied_by = std::nullopt,
                  .published_at = message.published_at()};
  ASSIGN_OR_RETURN(input.kind, ParseKind(message.kind()));
  if (message.has_implied_by()) input.implied_by = ToInput(message.implied_by());
  return MakeRate(input, now);
}

void ToProto(const Rate& rate, v1::Rate& message) {
  message.set_provider(rate.provider);
  message.set_base_currency(rate.base_currency);
  message.set_quote_currency(rate.quote_currency);
  message.set_fixing_date(time::FormatDate(rate.fixing_date));
  message.set_kind(rate.kind == RateKind::kImplied ? v1::RATE_KIND_IMPLIED
                                                   : v1::RATE_KIND_REFERENCE);
  wire::ToProto(rate.value, message.mutable_value());
  message.set_unit(rate.unit);
  if (rate.implied_by) FillPair(*rate.implied_by, *message.mutable_implied_by());
  message.set_published_at(time::FormatMoment(rate.published));
}

void ToProto(const StoredRate& stored, v1::Rate& message) {
  ToProto(stored.rate, message);
  if (stored.sequence == 0) {
    message.clear_published_at();
    return;
  }
  message.set_sequence(stored.sequence);
  wire::ToProto(stored.recorded_at, message.mutable_recorded_time());
}

std::string ProtoChangeCodec::EncodeRate(const Rate& rate, const ChangeNote& note) const {
  v1::RateChange change;
  ToProto(rate, *change.mutable_rate_recorded());
  FillNote(note, *change.mutable_note());
  return change.SerializeAsString();
}

std::string ProtoChangeCodec::EncodeRelease(const RateRelease& release,
                                            const ChangeNote& note) const {
  v1::RateChange change;
  change.mutable_rate_released()->set_rate_sequence(release.rate_sequence);
  FillNote(note, *change.mutable_note());
  return change.SerializeAsString();
}

absl::StatusOr<std::optional<RateChange>> ProtoChangeCodec::DecodeChange(
    std::string_view payload) const {
  v1::RateChange change;
  if (!change.ParseFromArray(payload.data(), static_cast<int>(payload.size()))) {
    return absl::DataLossError("it is no outlay.fx.v1.RateChange");
  }
  if (change.has_rate_released()) {
    return RateRelease{.rate_sequence = change.rate_released().rate_sequence()};
  }
  if (!change.has_rate_recorded()) return std::nullopt;
  absl::StatusOr<Rate> rate = DecodeStored(change.rate_recorded());
  if (!rate.ok()) return rate.status();
  return *std::move(rate);
}

std::string ProtoChangeCodec::EncodeRefusal(const absl::Status& refusal) const {
  journal::v1::RecordError error;
  wire::ToProto(refusal, &error);
  return error.SerializeAsString();
}

absl::Status ProtoChangeCodec::DecodeRefusal(std::string_view bytes) const {
  journal::v1::RecordError error;
  if (!error.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return absl::DataLossError("a stored refusal is no outlay.journal.v1.RecordError");
  }
  return wire::FromProto(error);
}

}  // namespace outlay::fx
