#include "gateway/cli/companyfacts_reader.h"

#include <algorithm>
#include <array>

#include "fmt/format.h"
#include "gateway/cli/bounded_input.h"
#include "gateway/cli/errors.h"
#include "gateway/cli/json_scalars.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"

namespace outlay::cli {
namespace {

using nlohmann::json;

// Labels and descriptions of concepts are the longest texts that the SEC writes, of some kilobytes.
constexpr size_t kTokenBytesMax = 1 << 20;
constexpr size_t kDepthMax = 100;
constexpr uint64_t kFactsBetweenProgress = 1'000;

// The levels of the file, by how many containers are open.
enum Level : size_t { kNone, kRoot, kFacts, kTaxonomy, kConcept, kUnits, kList, kFact };

// A fact's fields, in the order of TextOf.
constexpr std::array<std::string_view, 6> kFields = {"start", "end",  "val",
                                                     "accn",  "form", "filed"};

class Handler final : public JsonScalars {
 public:
  Handler(const CompanyFactsSink& sink, const BoundedInput& input) : sink_(sink), input_(input) {}

  const absl::Status& status() const { return status_; }
  const CompanyFactsCount& count() const { return count_; }
  bool saw_facts() const { return saw_facts_; }

  bool start_object(size_t) override { return Open(/*is_object=*/true); }
  bool end_object() override { return Close(); }
  bool start_array(size_t) override { return Open(/*is_object=*/false); }
  bool end_array() override { return Close(); }

  bool key(std::string& text) override {
    if (!OnPath()) return true;
    if (depth_ == kFact) {
      field_ = text;
    } else {
      keys_[depth_] = text;
    }
    return true;
  }

  bool parse_error(size_t byte, const std::string&, const json::exception& error) override {
    return Fail(MalformedJson(byte, error.what()));
  }

 private:
  bool Fail(absl::Status status) {
    if (status_.ok()) status_ = std::move(status);
    return false;
  }

  // Whether what is read now belongs to the innermost level that has the shape of the format.
  bool OnPath() const { return matched_ == depth_; }

  bool HasShape(bool is_object) const {
    switch (depth_) {
      case kRoot:
        return is_object && keys_[kRoot] == "facts";
      case kConcept:
        return is_object && keys_[kConcept] == "units";
      case kUnits:
        return !is_object;
      default:
        return is_object;
    }
  }

  bool Open(bool is_object) {
    if (depth_ >= kDepthMax) return Fail(NotCompanyFacts("it nests more than a hundred levels"));
    if (depth_ == kNone && !is_object) return Fail(NotCompanyFacts("it is no JSON object"));
    if (OnPath() && depth_ == kFact) Put(Kind::kOther, "");
    if (OnPath() && depth_ < kFact && HasShape(is_object)) {
      ++matched_;
      ++depth_;
      return Enter();
    }
    if (OnPath() && depth_ == kList) {
      ++count_.facts;
      if (wanted_ && !Malformed("is no JSON object")) return false;
    }
    ++depth_;
    return true;
  }

  bool Enter() {
    if (depth_ == kFacts) return EnterFacts();
    if (depth_ == kConcept) {
      concept_name_ = keys_[kFacts] + ":" + keys_[kTaxonomy];
      wanted_ = sink_.wants(concept_name_);
    }
    if (depth_ == kFact) {
      ++count_.facts;
      fact_ = {.number = count_.facts, .concept_name = concept_name_, .unit = keys_[kUnits]};
      seen_ = {};
    }
    return true;
  }

  bool EnterFacts() {
    if (saw_facts_) return Fail(NotCompanyFacts("it has \"facts\" twice"));
    if (issuer_.cik.empty()) {
      return Fail(
          NotCompanyFacts("\"cik\" does not stand before \"facts\": whose facts are they?"));
    }
    saw_facts_ = true;
    const absl::Status taken = sink_.on_issuer(issuer_);
    return taken.ok() || Fail(taken);
  }

  bool Close() {
    const bool on_path = OnPath();
    --depth_;
    if (!on_path) return true;
    --matched_;
    return depth_ != kList || !wanted_ || HandOut();
  }

  bool HandOut() {
    ++count_.wanted;
    if (sink_.on_progress && count_.wanted % kFactsBetweenProgress == 0) {
      sink_.on_progress(input_.bytes_read(), count_.facts);
    }
    const absl::Status taken = sink_.on_fact(fact_);
    return taken.ok() || Fail(taken);
  }

  bool Malformed(std::string problem) {
    fact_ = {.number = count_.facts,
             .concept_name = concept_name_,
             .unit = keys_[kUnits],
             .problem = std::move(problem)};
    return HandOut();
  }

  bool Scalar(Kind kind, std::string_view text) override {
    if (depth_ == kNone) return Fail(NotCompanyFacts("it is no JSON object"));
    if (!OnPath()) return true;
    if (depth_ == kRoot) return TakeHead(kind, text);
    if (depth_ == kFact && wanted_) Put(kind, text);
    if (depth_ == kList) {
      ++count_.facts;
      if (wanted_) return Malformed("is no JSON object");
    }
    return true;
  }

  bool TakeHead(Kind kind, std::string_view text) {
    if (keys_[kRoot] == "entityName" && kind == Kind::kText) issuer_.entity_name = text;
    if (keys_[kRoot] != "cik") return true;
    constexpr size_t kCikDigits = 10;
    const bool is_number = (kind == Kind::kNumber || kind == Kind::kText) && !text.empty() &&
                           text.size() <= kCikDigits &&
                           text.find_first_not_of("0123456789") == text.npos;
    if (!is_number) return Fail(NotCompanyFacts("\"cik\" is no number of at most ten digits"));
    issuer_.cik = std::string(kCikDigits - text.size(), '0').append(text);
    return true;
  }

  std::string& TextOf(size_t field) {
    const std::array<std::string*, kFields.size()> texts = {
        &fact_.start, &fact_.end, &fact_.value, &fact_.accession, &fact_.form, &fact_.filed};
    return *texts[field];
  }

  void Put(Kind kind, std::string_view text) {
    const auto found = std::find(kFields.begin(), kFields.end(), field_);
    const auto field = static_cast<size_t>(found - kFields.begin());
    if (found == kFields.end()) return;  // fy, fp, frame and what may come
    const bool is_value = field_ == "val";
    if (seen_[field]) {
      fact_.problem = fmt::format("{} stands twice", field_);
    } else if (kind != (is_value ? Kind::kNumber : Kind::kText)) {
      fact_.problem = fmt::format("{} is no {}", field_, is_value ? "number" : "text");
    }
    seen_[field] = true;
    TextOf(field) = text;
  }

  const CompanyFactsSink& sink_;
  const BoundedInput& input_;
  absl::Status status_;
  CompanyFactsCount count_;
  Issuer issuer_;
  bool saw_facts_ = false;

  size_t depth_ = kNone;    // open containers
  size_t matched_ = kNone;  // of them, from the outside, those that have the format's shape
  std::array<std::string, kFact> keys_;  // the last key of each open object
  std::string concept_name_;
  bool wanted_ = false;
  CompanyFact fact_;
  std::string field_;
  std::array<bool, kFields.size()> seen_ = {};
};

}  // namespace

absl::StatusOr<CompanyFactsCount> ReadCompanyFacts(std::istream& in, const CompanyFactsSink& sink) {
  BoundedInput input(*in.rdbuf(), kTokenBytesMax);
  std::istream bounded(&input);
  Handler handler(sink, input);
  const bool parsed = json::sax_parse(bounded, &handler);
  if (!input.read_error().empty()) {
    return CannotReadOn(input.bytes_read(), handler.count().facts, input.read_error());
  }
  if (input.token_too_long()) return TokenTooLong(input.bytes_read(), kTokenBytesMax);
  if (!handler.status().ok()) return handler.status();
  if (!parsed || !handler.saw_facts()) return NotCompanyFacts("it has no \"facts\"");
  return handler.count();
}

}  // namespace outlay::cli
