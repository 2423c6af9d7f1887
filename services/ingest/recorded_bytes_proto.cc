#include "services/ingest/recorded_bytes_proto.h"

#include <optional>
#include <string>

#include "outlay/ingest/v1/disclosure.pb.h"
#include "services/common/wire/money_proto.h"
#include "services/common/wire/wire_fields_proto.h"

namespace outlay::ingest {
namespace {

// Fields in the order of their numbers, as protobuf writes them.
class RecordedWriter {
 public:
  explicit RecordedWriter(wire::FixedBytes& out) : fields_(out) {}

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
    // The ends of a point are all the same number.
    if (value != last_decimal_) {
      last_decimal_ = value;
      last_decimal_text_ = value->ToString();
    }
    fields_.Message(
        number, [&] { fields_.Text(money::v1::Decimal::kValueFieldNumber, last_decimal_text_); });
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

  wire::FieldWriter<wire::FixedBytes> fields_;
  std::optional<money::Decimal> last_decimal_;
  std::string last_decimal_text_;
};

// Of the fields whose texts have a bound of their own: dates, times, decimals, numbers, and of the tags and sizes of all.
constexpr size_t kBoundedBytes = 1'024;

size_t SizeBound(const DisclosureContent& content, const ChangeNote& note) {
  size_t size = kBoundedBytes + note.actor.size() + note.reason.size() +
                content.period.label.size() + content.quote.size();
  for (const std::string_view text :
       {content.organization_id, content.group_id, content.scope, content.measure,
        content.definition, content.source.source_id, content.source.title,
        content.source.publisher, content.source.url, content.source.language,
        content.source.accession, content.source.form}) {
    size += text.size();
  }
  if (content.amount) size += content.amount->currency_code.size();
  return size;
}

}  // namespace

RecordedSizes AppendRecordedBytes(const DisclosureContent& content, const ChangeNote& note,
                                  std::string& out) {
  const size_t start = out.size();
  out.resize(start + SizeBound(content, note));
  wire::FixedBytes bytes(out.data() + start);
  wire::FieldWriter fields(bytes);
  RecordedWriter writer(bytes);
  RecordedSizes sizes;
  fields.Message(v1::Change::kDisclosureRecordedFieldNumber, [&] { writer.Disclosure(content); });
  sizes.content = bytes.size();
  fields.Message(v1::Change::kNoteFieldNumber, [&] { writer.Note(note); });
  sizes.payload = bytes.size();
  if (!content.quote.empty()) {
    fields.Message(v1::Change::kDisclosureRecordedFieldNumber,
                   [&] { fields.Bytes(v1::Disclosure::kQuoteFieldNumber, content.quote); });
    sizes.erasable = bytes.size() - sizes.payload;
  }
  out.resize(start + bytes.size());
  return sizes;
}

}  // namespace outlay::ingest
