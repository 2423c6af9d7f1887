#include "services/ingest/stream_batch_proto.h"

#include <array>
#include <string>
#include <utility>

#include "outlay/ingest/v1/ingest_service.pb.h"
#include "services/common/status/error.h"
#include "services/common/wire/money_proto.h"
#include "services/ingest/field_reader_proto.h"

namespace outlay::ingest {
namespace {

// The output-only fields of a disclosure that a client has filled; of one that comes twice the last counts, as everywhere.
class OutputOnly {
 public:
  enum Field {
    kDisclosureId,
    kPeriodKind,
    kPeriodFiscal,
    kLowImplied,
    kQuoteRedacted,
    kRevision,
    kVoided,
    kSequence,
    kRecordedTime,
    kChange,
    kIdempotencyKey,
    kFields
  };

  void Set(Field field, bool filled) { filled_[field] = filled; }

  std::vector<std::string> Paths() const {
    static constexpr std::array<std::string_view, kFields> kPaths = {
        "disclosure_id",  "period.kind", "period.fiscal",  "amount.low_implied",
        "quote_redacted", "revision",    "voided",         "sequence",
        "recorded_time",  "change",      "idempotency_key"};
    std::vector<std::string> paths;
    for (size_t i = 0; i < kFields; ++i) {
      if (filled_[i]) paths.emplace_back(kPaths[i]);
    }
    return paths;
  }

 private:
  std::array<bool, kFields> filled_{};
};

// Entries lie in the request.
constexpr int kEntryDepth = 1;

// Of the message that the present field is.
FieldReader Below(const FieldReader& field) {
  return FieldReader(field.bytes(), field.depth_below());
}

// A message that only has to be one.
bool IsMessage(FieldReader field) {
  while (field.Next()) {
  }
  return field.ok();
}

bool ReadNote(FieldReader field, ChangeNote& note) {
  using M = journal::v1::ChangeNote;
  while (field.Next()) {
    if (field.IsBytes(M::kActorFieldNumber)) {
      note.actor = field.Text();
    } else if (field.IsBytes(M::kReasonFieldNumber)) {
      note.reason = field.Text();
    }
  }
  return field.ok();
}

class DisclosureReader {
 public:
  explicit DisclosureReader(DisclosureInput& input) : input_(input) {}

  bool Read(FieldReader field) {
    while (field.Next()) {
      if (!(ReadStatement(field) || ReadParts(field))) ReadOutputOnly(field);
    }
    return field.ok();
  }

  // Once everything is read: a disclosure that comes in two parts is one.
  void Finish() {
    if (input_.period) {
      PeriodInput& period = *input_.period;
      period.as_recorded = fiscal_ && !period.label.empty() && !period.start_date.empty() &&
                           !period.end_date.empty();
      output_only_.Set(OutputOnly::kPeriodFiscal, fiscal_ && !period.as_recorded);
    }
    input_.output_only_fields = output_only_.Paths();
  }

 private:
  using M = v1::Disclosure;

  bool ReadStatement(FieldReader& field) {
    if (field.IsBytes(M::kOrganizationIdFieldNumber)) {
      input_.organization_id = field.Text();
    } else if (field.IsBytes(M::kMeasureFieldNumber)) {
      input_.measure = field.Text();
    } else if (field.IsBytes(M::kDefinitionFieldNumber)) {
      input_.definition = field.Text();
    } else if (field.IsNumber(M::kBasisFieldNumber)) {
      input_.basis = static_cast<Basis>(field.enumeration());
    } else if (field.IsNumber(M::kActionFieldNumber)) {
      input_.action = static_cast<StatementAction>(field.enumeration());
    } else if (field.IsNumber(M::kClaimKindFieldNumber)) {
      input_.claim_kind = static_cast<ClaimKind>(field.enumeration());
    } else if (field.IsBytes(M::kStatedAtFieldNumber)) {
      input_.stated_at = field.Text();
    } else if (field.IsBytes(M::kPublishedAtFieldNumber)) {
      input_.published_at = field.Text();
    } else if (field.IsBytes(M::kQuoteFieldNumber)) {
      input_.quote = field.Text();
    } else if (field.IsBytes(M::kGroupIdFieldNumber)) {
      input_.group_id = field.Text();
    } else if (field.IsBytes(M::kScopeFieldNumber)) {
      input_.scope = field.Text();
    } else if (field.IsNumber(M::kPeriodAmbiguousFieldNumber)) {
      input_.period_ambiguous = field.flag();
    } else {
      return false;
    }
    return true;
  }

  bool ReadParts(FieldReader& field) {
    bool ok = true;
    if (field.IsBytes(M::kPeriodFieldNumber)) {
      if (!input_.period) input_.period.emplace();
      ok = ReadPeriod(Below(field), *input_.period);
    } else if (field.IsBytes(M::kAmountFieldNumber)) {
      if (!input_.amount) input_.amount.emplace();
      ok = ReadAmount(Below(field), *input_.amount);
    } else if (field.IsBytes(M::kSourceFieldNumber)) {
      if (!input_.source) input_.source.emplace();
      ok = ReadSource(Below(field), *input_.source);
    } else {
      return false;
    }
    if (!ok) field.Fail();
    return true;
  }

  void ReadOutputOnly(FieldReader& field) {
    if (field.IsBytes(M::kDisclosureIdFieldNumber)) {
      output_only_.Set(OutputOnly::kDisclosureId, !field.Text().empty());
    } else if (field.IsNumber(M::kQuoteRedactedFieldNumber)) {
      output_only_.Set(OutputOnly::kQuoteRedacted, field.flag());
    } else if (field.IsNumber(M::kRevisionFieldNumber)) {
      output_only_.Set(OutputOnly::kRevision, static_cast<uint32_t>(field.number()) != 0);
    } else if (field.IsNumber(M::kVoidedFieldNumber)) {
      output_only_.Set(OutputOnly::kVoided, field.flag());
    } else if (field.IsNumber(M::kSequenceFieldNumber)) {
      output_only_.Set(OutputOnly::kSequence, field.number() != 0);
    } else if (field.IsBytes(M::kRecordedTimeFieldNumber)) {
      output_only_.Set(OutputOnly::kRecordedTime, true);
      if (!IsMessage(Below(field))) field.Fail();
    } else if (field.IsBytes(M::kChangeFieldNumber)) {
      output_only_.Set(OutputOnly::kChange, true);
      ChangeNote unused;
      if (!ReadNote(Below(field), unused)) field.Fail();
    } else if (field.IsBytes(M::kIdempotencyKeyFieldNumber)) {
      output_only_.Set(OutputOnly::kIdempotencyKey, !field.Text().empty());
    }
  }

  bool ReadPeriod(FieldReader field, PeriodInput& period) {
    using P = time::v1::Period;
    while (field.Next()) {
      if (field.IsBytes(P::kLabelFieldNumber)) {
        period.label = field.Text();
      } else if (field.IsBytes(P::kStartDateFieldNumber)) {
        period.start_date = field.Text();
      } else if (field.IsBytes(P::kEndDateFieldNumber)) {
        period.end_date = field.Text();
      } else if (field.IsNumber(P::kKindFieldNumber)) {
        output_only_.Set(OutputOnly::kPeriodKind, field.enumeration() != 0);
      } else if (field.IsNumber(P::kFiscalFieldNumber)) {
        fiscal_ = field.flag();
      }
    }
    return field.ok();
  }

  static void ReadDecimal(FieldReader& parent, std::optional<std::string_view>& value) {
    if (!value) value.emplace("");
    FieldReader field = Below(parent);
    while (field.Next()) {
      if (field.IsBytes(money::v1::Decimal::kValueFieldNumber)) value = field.Text();
    }
    if (!field.ok()) parent.Fail();
  }

  bool ReadAmount(FieldReader field, AmountText& amount) {
    using A = money::v1::Amount;
    while (field.Next()) {
      if (field.IsBytes(A::kCurrencyCodeFieldNumber)) {
        amount.currency_code = field.Text();
      } else if (field.IsNumber(A::kBoundFieldNumber)) {
        amount.bound = wire::BoundFromProto(static_cast<money::v1::Bound>(field.enumeration()));
      } else if (field.IsBytes(A::kLowFieldNumber)) {
        ReadDecimal(field, amount.low);
      } else if (field.IsBytes(A::kHighFieldNumber)) {
        ReadDecimal(field, amount.high);
      } else if (field.IsBytes(A::kStatedFieldNumber)) {
        ReadDecimal(field, amount.stated);
      } else if (field.IsNumber(A::kApproximateFieldNumber)) {
        amount.approximate = field.flag();
      } else if (field.IsNumber(A::kLowImpliedFieldNumber)) {
        output_only_.Set(OutputOnly::kLowImplied, field.flag());
      } else if (field.IsBytes(A::kWrittenUnitFieldNumber)) {
        ReadDecimal(field, amount.written_unit);
      }
    }
    return field.ok();
  }

  static bool ReadSource(FieldReader field, Source& source) {
    using S = v1::Source;
    while (field.Next()) {
      if (field.IsBytes(S::kSourceIdFieldNumber)) {
        source.source_id = field.Text();
      } else if (field.IsNumber(S::kSourceClassFieldNumber)) {
        source.source_class = static_cast<SourceClass>(field.enumeration());
      } else if (field.IsBytes(S::kTitleFieldNumber)) {
        source.title = field.Text();
      } else if (field.IsBytes(S::kPublisherFieldNumber)) {
        source.publisher = field.Text();
      } else if (field.IsBytes(S::kUrlFieldNumber)) {
        source.url = field.Text();
      } else if (field.IsBytes(S::kLanguageFieldNumber)) {
        source.language = field.Text();
      } else if (field.IsBytes(S::kAccessionFieldNumber)) {
        source.accession = field.Text();
      } else if (field.IsBytes(S::kFormFieldNumber)) {
        source.form = field.Text();
      }
    }
    return field.ok();
  }

  DisclosureInput& input_;
  OutputOnly output_only_;
  bool fiscal_ = false;
};

}  // namespace

absl::Status MalformedStreamBatch() {
  return InvalidField("MALFORMED_REQUEST", "",
                      "the message is not an outlay.ingest.v1.StreamDisclosuresRequest");
}

absl::StatusOr<StreamBatch> ReadStreamBatch(std::string_view message) {
  using M = v1::StreamDisclosuresRequest;
  StreamBatch batch;
  FieldReader field(message);
  while (field.Next()) {
    if (field.IsBytes(M::kEntriesFieldNumber)) {
      batch.entries.push_back(field.bytes());
    } else if (field.IsNumber(M::kBatchNumberFieldNumber)) {
      batch.batch_number = field.number();
    } else if (field.IsBytes(M::kChangeFieldNumber)) {
      if (!batch.note) batch.note.emplace();
      if (!ReadNote(Below(field), *batch.note)) field.Fail();
    }
  }
  if (!field.ok()) return MalformedStreamBatch();
  return batch;
}

absl::StatusOr<RecordEntry> ReadEntry(std::string_view message) {
  using M = v1::DisclosureEntry;
  RecordEntry entry;
  std::optional<DisclosureReader> disclosure;
  FieldReader field(message, kEntryDepth);
  while (field.Next()) {
    if (field.IsBytes(M::kIdempotencyKeyFieldNumber)) {
      entry.idempotency_key = field.Text();
    } else if (field.IsBytes(M::kDisclosureFieldNumber)) {
      if (!disclosure) disclosure.emplace(entry.disclosure.emplace());
      if (!disclosure->Read(Below(field))) field.Fail();
    }
  }
  if (!field.ok()) return MalformedStreamBatch();
  if (disclosure) disclosure->Finish();
  return entry;
}

}  // namespace outlay::ingest
