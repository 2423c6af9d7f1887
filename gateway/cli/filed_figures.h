// From the facts of filings to figures, by the concept timeline of one issuer.
#ifndef OUTLAY_GATEWAY_CLI_FILED_FIGURES_H_
#define OUTLAY_GATEWAY_CLI_FILED_FIGURES_H_

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gateway/cli/companyfacts_reader.h"
#include "gateway/cli/concept_timeline.h"
#include "services/common/money/decimal.h"
#include "services/common/time/date.h"

namespace outlay::cli {

// A fact whose fields are what they should be.
struct CheckedFact {
  CompanyFact fact;
  time::Date start;
  time::Date last_day;
  time::Date filed;
  money::Decimal value;
};

// INVALID_ARGUMENT (MALFORMED_FACT) naming the field: a date that is none, a period that ends before it starts, no start (a balance on a
// day is no spending), a unit that is no currency, a value that is no decimal, an accession of another form.
absl::StatusOr<CheckedFact> CheckFact(const CompanyFact& fact);

// What a filing states of one definition and period.
struct FiledFigure {
  const TimelineEntry* entry = nullptr;
  CheckedFact fact;      // of a composed figure that of its first part
  money::Decimal value;  // of a composed figure the sum
  std::string
      composition;  // "us-gaap:A 5 - us-gaap:B 2"; of a figure that is one fact its concept and value

  // Names the figure for ever: accession, concept (of a composed figure "definition=" and its id), unit, start and end as filed.
  std::string IdempotencyKey() const;
};

class FiledFigures {
 public:
  using Take = std::function<absl::Status(const FiledFigure&)>;
  using Refuse = std::function<void(const CompanyFact&, const absl::Status&)>;

  // How many facts may wait for others of their filing: many times what any issuer has.
  static constexpr size_t kWaitingMax = 200'000;

  // `entries` are those of one issuer. `take` gets each figure as soon as it is whole; its error ends Add.
  FiledFigures(std::vector<TimelineEntry> entries, Take take, Refuse refuse,
               size_t waiting_max = kWaitingMax);

  bool Wants(std::string_view concept_name) const;

  // A fact of a wanted concept. What is wrong with it goes to `refuse`. RESOURCE_EXHAUSTED (TOO_MANY_WAITING).
  absl::Status Add(const CompanyFact& fact);

  // After the last fact: figures of a day on which two concepts could mean the same.
  absl::Status Finish();

  // Facts filed when their concept had no meaning.
  uint64_t outside() const { return outside_; }
  // Composed figures that lack a part in their filing. Final after Finish.
  uint64_t incomplete() const { return incomplete_; }
  // Composed figures that were handed on.
  uint64_t composed() const { return composed_; }

 private:
  // One filing's figure of one definition: what its facts share.
  struct Place {
    size_t entry =
        0;  // the first of the entries that have its measure and definition and hold on its day
    std::string accession;
    std::string unit;
    time::Date start;
    time::Date last_day;

    friend auto operator<=>(const Place&, const Place&) = default;
  };
  struct Gathered {
    std::vector<std::optional<CheckedFact>> parts;
    bool done = false;
  };
  struct Alternative {
    const TimelineEntry* entry = nullptr;
    CheckedFact fact;
  };

  absl::Status TakeSingle(const TimelineEntry& entry, const CheckedFact& fact);
  absl::Status TakePart(size_t entry, const CheckedFact& fact);
  absl::Status CheckRoom() const;
  // The first entry that could give the same figure on that day; the entry itself where no other could.
  size_t FirstRival(size_t entry, time::Date filed) const;
  bool HasRival(size_t entry, time::Date filed) const;

  const std::vector<TimelineEntry> entries_;
  const Take take_;
  const Refuse refuse_;
  const size_t waiting_max_;
  std::map<Place, Gathered> gathered_;
  std::map<Place, std::vector<Alternative>> alternatives_;
  size_t waiting_ = 0;
  uint64_t outside_ = 0;
  uint64_t incomplete_ = 0;
  uint64_t composed_ = 0;
};

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_FILED_FIGURES_H_
