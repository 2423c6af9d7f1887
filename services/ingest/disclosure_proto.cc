#include "services/ingest/disclosure_proto.h"

#include <utility>

#include "fmt/format.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"
#include "services/common/wire/money_proto.h"
#include "services/common/wire/time_proto.h"
#include "services/ingest/disclosure_id.h"
#include "services/ingest/errors.h"

namespace outlay::ingest {
namespace {

AmountText AmountTextFromProto(const money::v1::Amount& proto) {
  AmountText text{.currency_code = proto.currency_code(),
                  .bound = wire::BoundFromProto(proto.bound()),
                  .approximate = proto.approximate()};
  if (proto.has_low()) text.low = proto.low().value();
  if (proto.has_high()) text.high = proto.high().value();
  if (proto.has_stated()) text.stated = proto.stated().value();
  if (proto.has_written_unit()) text.written_unit = proto.written_unit().value();
  return text;
}

Source SourceFromProto(const v1::Source& proto) {
  return {.source_id = proto.source_id(),
          .source_class = static_cast<SourceClass>(proto.source_class()),
          .title = proto.title(),
          .publisher = proto.publisher(),
          .url = proto.url(),
          .language = proto.language(),
          .accession = proto.accession(),
          .form = proto.form()};
}

void ToProto(const Source& source, v1::Source* proto) {
  proto->set_source_id(std::string(source.source_id));
  proto->set_source_class(static_cast<v1::SourceClass>(source.source_class));
  proto->set_title(std::string(source.title));
  proto->set_publisher(std::string(source.publisher));
  proto->set_url(std::string(source.url));
  proto->set_language(std::string(source.language));
  proto->set_accession(std::string(source.accession));
  proto->set_form(std::string(source.form));
}

// A fiscal period sent as it was read: the whole of it.
bool IsPeriodAsRecorded(const time::v1::Period& proto) {
  return proto.fiscal() && !proto.label().empty() && !proto.start_date().empty() &&
         !proto.end_date().empty();
}

std::vector<std::string> OutputOnlyFields(const v1::Disclosure& proto) {
  std::vector<std::string> fields;
  const auto add = [&](bool present, std::string_view path) {
    if (present) fields.emplace_back(path);
  };
  add(!proto.disclosure_id().empty(), "disclosure_id");
  add(proto.period().kind() != time::v1::PERIOD_KIND_UNSPECIFIED, "period.kind");
  add(proto.period().fiscal() && !IsPeriodAsRecorded(proto.period()), "period.fiscal");
  add(proto.amount().low_implied(), "amount.low_implied");
  add(proto.quote_redacted(), "quote_redacted");
  add(proto.revision() != 0, "revision");
  add(proto.voided(), "voided");
  add(proto.sequence() != 0, "sequence");
  add(proto.has_recorded_time(), "recorded_time");
  add(proto.has_change(), "change");
  add(!proto.idempotency_key().empty(), "idempotency_key");
  return fields;
}

// The values that have texts of their own.
absl::Status ReadFigures(const v1::Disclosure& proto, DisclosureContent& content) {
  ASSIGN_OR_RETURN(content.period, wire::StoredPeriodFromProto(proto.period()));
  if (proto.has_amount()) {
    ASSIGN_OR_RETURN(content.amount, wire::StoredAmountFromProto(proto.amount()));
  }
  if (!proto.stated_at().empty()) {
    ASSIGN_OR_RETURN(content.stated_at, time::ParseDateOrInstant(proto.stated_at()));
  }
  ASSIGN_OR_RETURN(content.published_at, time::ParseDateOrInstant(proto.published_at()));
  return absl::OkStatus();
}

}  // namespace

DisclosureInput InputFromProto(const v1::Disclosure& proto) {
  DisclosureInput input{.organization_id = proto.organization_id(),
                        .group_id = proto.group_id(),
                        .scope = proto.scope(),
                        .measure = proto.measure(),
                        .definition = proto.definition(),
                        .basis = static_cast<Basis>(proto.basis()),
                        .period_ambiguous = proto.period_ambiguous(),
                        .action = static_cast<StatementAction>(proto.action()),
                        .claim_kind = static_cast<ClaimKind>(proto.claim_kind()),
                        .stated_at = proto.stated_at(),
                        .published_at = proto.published_at(),
                        .quote = proto.quote(),
                        .output_only_fields = OutputOnlyFields(proto)};
  if (proto.has_period()) {
    input.period = PeriodInput{proto.period().label(), proto.period().start_date(),
                               proto.period().end_date(), IsPeriodAsRecorded(proto.period())};
  }
  if (proto.has_amount()) input.amount = AmountTextFromProto(proto.amount());
  if (proto.has_source()) input.source = SourceFromProto(proto.source());
  return input;
}

DisclosureInput CorrectionFromProto(const v1::Disclosure& proto) {
  DisclosureInput input = InputFromProto(proto);
  input.output_only_fields.clear();
  // What was recorded, Reviser knows.
  if (input.period) input.period->as_recorded = false;
  // Read back as it was given, unless the correction states a low end of its own.
  const bool upper_bound = proto.amount().bound() == money::v1::BOUND_UP_TO ||
                           proto.amount().bound() == money::v1::BOUND_LESS_THAN;
  if (input.amount && upper_bound && proto.amount().low_implied()) input.amount->low.reset();
  return input;
}

void ToProto(const DisclosureContent& content, v1::Disclosure* proto) {
  proto->set_organization_id(std::string(content.organization_id));
  proto->set_group_id(std::string(content.group_id));
  proto->set_scope(std::string(content.scope));
  proto->set_measure(std::string(content.measure));
  proto->set_definition(std::string(content.definition));
  proto->set_basis(static_cast<v1::Basis>(content.basis));
  wire::ToProto(content.period, proto->mutable_period());
  proto->set_period_ambiguous(content.period_ambiguous);
  if (content.amount) wire::ToProto(*content.amount, proto->mutable_amount());
  proto->set_action(static_cast<v1::StatementAction>(content.action));
  proto->set_claim_kind(static_cast<v1::ClaimKind>(content.claim_kind));
  if (content.stated_at) proto->set_stated_at(time::FormatMoment(*content.stated_at));
  proto->set_published_at(time::FormatMoment(content.published_at));
  ToProto(content.source, proto->mutable_source());
  proto->set_quote(std::string(content.quote));
}

void ToProto(const Disclosure& disclosure, v1::Disclosure* proto) {
  ToProto(*disclosure.content, proto);
  proto->set_disclosure_id(FormatDisclosureId(disclosure.id));
  proto->set_revision(disclosure.revision);
  proto->set_voided(disclosure.voided);
  proto->set_quote_redacted(disclosure.quote_redacted);
  proto->set_sequence(disclosure.sequence);
  wire::ToProto(disclosure.recorded_at, proto->mutable_recorded_time());
  ToProto(*disclosure.note, proto->mutable_change());
  proto->set_idempotency_key(std::string(disclosure.idempotency_key));
}

absl::StatusOr<DisclosureContent> StoredContentFromProto(const v1::Disclosure& proto,
                                                         std::shared_ptr<const void> owner) {
  DisclosureContent content{.owner = std::move(owner),
                            .organization_id = proto.organization_id(),
                            .group_id = proto.group_id(),
                            .scope = proto.scope(),
                            .measure = proto.measure(),
                            .definition = proto.definition(),
                            .basis = static_cast<Basis>(proto.basis()),
                            .period_ambiguous = proto.period_ambiguous(),
                            .action = static_cast<StatementAction>(proto.action()),
                            .claim_kind = static_cast<ClaimKind>(proto.claim_kind()),
                            .source = SourceFromProto(proto.source()),
                            .quote = proto.quote()};
  const absl::Status figures = ReadFigures(proto, content);
  if (!figures.ok()) return PayloadUnreadable(FromAbsl(figures.message()));
  return content;
}

void ToProto(const ChangeNote& note, journal::v1::ChangeNote* proto) {
  proto->set_actor(note.actor);
  proto->set_reason(note.reason);
}

ChangeNote FromProto(const journal::v1::ChangeNote& proto) {
  return {proto.actor(), proto.reason()};
}

}  // namespace outlay::ingest
