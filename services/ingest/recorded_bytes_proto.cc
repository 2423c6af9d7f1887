#include "services/ingest/recorded_bytes_proto.h"

#include <optional>

#include "outlay/ingest/v1/disclosure.pb.h"
#include "services/common/wire/money_proto.h"
#include "services/ingest/wire_fields_proto.h"

namespace outlay::ingest {
namespace {

constexpr size_t kUsualBytes = 512;

// Fields in the order of their numbers, as protobuf writes them.
class RecordedWriter {
 public:
  explicit RecordedWriter(std::string& out) : fields_(out) {}

  void Disclosure(const DisclosureContent& content) {
    using M = v1::Disclosure;
    fields_.Text(M::kOrganizationIdFieldNumber, content.organization_id);
    fields_.Text(M::kGroupIdFieldNumber, content.group_id);
    fields_.Text(M::kScopeFieldNumber, content.scope);
    fields_.Text(M::kMeasureFieldNumber, content.measure);
    fields_.Text(M::kDefinitionFieldNumber, content.definition);
    Enum(M::kBasisFieldNumber, content.basis);
    fields_.Message(M::kPeriodFieldNumber, [&] { Period(content.period); });
    fields_.Number(M::kPeriodAmbiguousFieldNumber, content.period_ambiguous ? 1 : 0);
    if (content.amount) {
      fields_.Message(M::kAmountFieldNumber, [&] { Amount(*content.amount); });
    }
    Enum(M::kActionFieldNumber, content.action);
    Enum(M::kClaimKindFieldNumber, content.claim_kind);
    if (content.stated_at) {
      fields_.Text(M::kStatedAtFieldNumber, time::FormatMoment(*content.stated_at));
    }
    fields_.Text(M::kPublishedAtFieldNumber, time::FormatMoment(content.published_at));
    fields_.Message(M::kSourceFieldNumber, [&] { Origin(content.source); });
    fields_.Number(M::kRevisionFieldNumber, 1);
  }

  void Note(const ChangeNote& note) {
    fields_.Text(journal::v1::ChangeNote::kActorFieldNumber, note.actor);
    fields_.Text(journal::v1::ChangeNote::kReasonFieldNumber, note.reason);
  }

 private:
  template <typename Value>
  void Enum(int number, Value value) {
    fields_.Number(number, static_cast<uint64_t>(static_cast<int64_t>(value)));
  }

  void Period(const time::Period& period) {
    using M = time::v1::Period;
    fields_.Text(M::kLabelFieldNumber, period.label);
    if (period.HasDates()) {
      fields_.Text(M::kStartDateFieldNumber, time::FormatDate(period.start));
      fields_.Text(M::kEndDateFieldNumber, time::FormatDate(period.end));
    }
    fields_.Number(M::kKindFieldNumber, static_cast<uint64_t>(period.kind) + 1);
    fields_.Number(M::kFiscalFieldNumber, period.fiscal ? 1 : 0);
  }

  void Decimal(int number, const std::optional<money::Decimal>& value) {
    if (!value) return;
    fields_.Message(
        number, [&] { fields_.Text(money::v1::Decimal::kValueFieldNumber, value->ToString()); });
  }

  void Amount(const money::Amount& amount) {
    using M = money::v1::Amount;
    fields_.Text(M::kCurrencyCodeFieldNumber, amount.currency_code);
    Enum(M::kBoundFieldNumber, wire::ToProto(amount.bound));
    Decimal(M::kLowFieldNumber, amount.low);
    Decimal(M::kHighFieldNumber, amount.high);
    Decimal(M::kStatedFieldNumber, amount.stated);
    fields_.Number(M::kApproximateFieldNumber, amount.approximate ? 1 : 0);
    fields_.Number(M::kLowImpliedFieldNumber, amount.low_implied ? 1 : 0);
    Decimal(M::kWrittenUnitFieldNumber, amount.written_unit);
  }

  void Origin(const Source& source) {
    using M = v1::Source;
    fields_.Text(M::kSourceIdFieldNumber, source.source_id);
    Enum(M::kSourceClassFieldNumber, source.source_class);
    fields_.Text(M::kTitleFieldNumber, source.title);
    fields_.Text(M::kPublisherFieldNumber, source.publisher);
    fields_.Text(M::kUrlFieldNumber, source.url);
    fields_.Text(M::kLanguageFieldNumber, source.language);
    fields_.Text(M::kAccessionFieldNumber, source.accession);
    fields_.Text(M::kFormFieldNumber, source.form);
  }

  FieldWriter fields_;
};

}  // namespace

EncodedChange RecordedBytes(const DisclosureContent& content, const ChangeNote& note) {
  EncodedChange encoded;
  encoded.payload.reserve(kUsualBytes);
  FieldWriter fields(encoded.payload);
  RecordedWriter writer(encoded.payload);
  fields.Message(v1::Change::kDisclosureRecordedFieldNumber, [&] { writer.Disclosure(content); });
  encoded.content_size = encoded.payload.size();
  fields.Message(v1::Change::kNoteFieldNumber, [&] { writer.Note(note); });
  if (!content.quote.empty()) {
    FieldWriter quote(encoded.erasable);
    quote.Message(v1::Change::kDisclosureRecordedFieldNumber,
                  [&] { quote.Bytes(v1::Disclosure::kQuoteFieldNumber, content.quote); });
  }
  return encoded;
}

}  // namespace outlay::ingest
