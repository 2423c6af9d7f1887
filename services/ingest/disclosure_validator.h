// The rules of a disclosure: from what a client wrote to a statement that can be stored.
#ifndef OUTLAY_SERVICES_INGEST_DISCLOSURE_VALIDATOR_H_
#define OUTLAY_SERVICES_INGEST_DISCLOSURE_VALIDATOR_H_

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/common/status/violations.h"
#include "services/ingest/catalogue_view.h"
#include "services/ingest/disclosure.h"
#include "services/ingest/suggestions.h"

namespace outlay::ingest {

inline constexpr size_t kQuoteBytesMax = 2'000;
inline constexpr size_t kSourceIdBytesMax = 128;
inline constexpr size_t kTitleBytesMax = 500;
inline constexpr size_t kPublisherBytesMax = 200;
inline constexpr size_t kFormBytesMax = 20;
inline constexpr std::chrono::hours kClockSkewMax{24};

// What was found for the text of the record before: in bulk data neighbours share their organization, period, source and dates. Not thread
// safe.
template <typename Value>
class LastFound {
 public:
  // Null where it is another text.
  const Value* Find(std::string_view text) const {
    return filled_ && text == text_ ? &value_ : nullptr;
  }

  const Value& Keep(std::string_view text, Value value) {
    text_ = text;
    value_ = std::move(value);
    filled_ = true;
    return value_;
  }

 private:
  bool filled_ = false;
  std::string text_;
  Value value_{};
};

// For the records of one request, whose texts outlive it. Not thread safe.
class DisclosureValidator {
 public:
  DisclosureValidator(const CatalogueView& catalogue, time::Instant now)
      : catalogue_(catalogue), now_(now), suggestions_(catalogue) {}

  // The checked and normalized content, or INVALID_ARGUMENT with every violation at once; paths are relative to the disclosure
  // ("amount.low"). Reasons:
  //   REQUIRED, OUTPUT_ONLY, UNKNOWN_VALUE (an enum's number), TOO_LONG, MALFORMED_TEXT, MALFORMED_SLUG, MALFORMED_URL,
  //   MALFORMED_LANGUAGE, MALFORMED_ACCESSION
  //   UNKNOWN_ORGANIZATION, UNKNOWN_GROUP, UNKNOWN_MEASURE, UNKNOWN_DEFINITION
  //   CLAIM_SUBJECT (organization_id and group_id against claim_kind)
  //   PERIOD_INCOMPLETE, PERIOD_MISMATCH (label and dates disagree), PERIOD_NOT_AMBIGUOUS, and those of time::ParsePeriod
  //   WITHDRAWN_WITH_AMOUNT, WITHDRAWN_NOT_GUIDANCE, and those of money::MakeAmount
  //   PUBLISHED_IN_THE_FUTURE, STATED_AFTER_PUBLISHED, and those of time::ParseDateOrInstant
  // The content's texts are the input's.
  absl::StatusOr<DisclosureContent> Validate(const DisclosureInput& input);
  // The same into `content`, which is of no meaning after an error.
  absl::Status Validate(const DisclosureInput& input, DisclosureContent& content);

 private:
  const Organization* FindOrganization(std::string_view id);
  void CheckSubject(const DisclosureInput& input, const Organization* organization,
                    Violations& violations);
  std::optional<time::Period> TakePeriod(const DisclosureInput& input,
                                         const Organization* organization, Violations& violations);
  void CheckSource(const std::optional<Source>& source, Violations& violations);
  void CheckScope(const DisclosureInput& input, Violations& violations);

  const CatalogueView& catalogue_;
  const time::Instant now_;
  Suggestions suggestions_;
  LastFound<const Organization*> organization_;
  const Organization* period_organization_ = nullptr;  // whose calendar period_ was read in
  LastFound<time::Period> period_;                     // of a label alone
  std::optional<Source> source_;                       // the last one that was right
};

// The parts, each adding its violations under its own field.
namespace rules {

void CheckMeasure(const DisclosureInput& input, Violations& violations);
void CheckEnums(const DisclosureInput& input, Violations& violations);
void CheckSource(const std::optional<Source>& source, Violations& violations);
void CheckQuote(std::string_view quote, Violations& violations);

// `calendar` is null where the organization is not known; then `subject_known` tells a claim over a group, which has none,
// from a wrong organization id, about which enough is said already. A period as it was recorded has both dates.
std::optional<time::Period> TakePeriod(const DisclosureInput& input,
                                       const time::FiscalCalendar* calendar, bool subject_known,
                                       Violations& violations);

std::optional<money::Amount> TakeAmount(const DisclosureInput& input, Violations& violations);

struct StatementTimes {
  std::optional<time::Moment> stated_at;
  std::optional<time::Moment> published_at;
};
StatementTimes TakeTimes(const DisclosureInput& input, time::Instant now, Violations& violations);

}  // namespace rules

}  // namespace outlay::ingest

#endif  // OUTLAY_SERVICES_INGEST_DISCLOSURE_VALIDATOR_H_
