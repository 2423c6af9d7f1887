#include "services/ingest/content_fields.h"

#include <xxhash.h>

#include <set>
#include <utility>

#include "fmt/format.h"

namespace outlay::ingest {
namespace {

class FieldList {
 public:
  void Add(std::string_view path, std::string_view text) {
    if (!text.empty()) fields_.push_back({path, std::string(text)});
  }
  void Add(std::string_view path, bool value) { Add(path, value ? "true" : std::string_view()); }
  void Add(std::string_view path, const std::optional<money::Decimal>& value) {
    if (value) Add(path, value->ToString());
  }

  std::vector<ContentField> Take() { return std::move(fields_); }

 private:
  std::vector<ContentField> fields_;
};

void AddPeriod(const DisclosureContent& content, FieldList& fields) {
  fields.Add("period.label", content.period.label);
  if (content.period.HasDates()) {
    fields.Add("period.start_date", time::FormatDate(content.period.start));
    fields.Add("period.end_date", time::FormatDate(content.period.end));
  }
  fields.Add("period_ambiguous", content.period_ambiguous);
}

void AddAmount(const money::Amount& amount, FieldList& fields) {
  fields.Add("amount.currency_code", amount.currency_code);
  fields.Add("amount.bound", money::BoundName(amount.bound));
  fields.Add("amount.low", amount.low);
  fields.Add("amount.high", amount.high);
  fields.Add("amount.stated", amount.stated);
  fields.Add("amount.approximate", amount.approximate);
  fields.Add("amount.written_unit", amount.written_unit);
}

void AddSource(const Source& source, FieldList& fields) {
  fields.Add("source.source_id", source.source_id);
  fields.Add("source.source_class", NameOf(source.source_class));
  fields.Add("source.title", source.title);
  fields.Add("source.publisher", source.publisher);
  fields.Add("source.url", source.url);
  fields.Add("source.language", source.language);
  fields.Add("source.accession", source.accession);
  fields.Add("source.form", source.form);
}

// Length-prefixed, so that no two lists share their bytes.
void Put(std::string_view path, std::string_view text, std::string& out) {
  out += fmt::format("{}={}:{}\n", path, text.size(), text);
}

void PutNames(std::string_view path, const std::vector<LocalizedName>& names, std::string& out) {
  for (const LocalizedName& name : names) {
    Put(path, name.language, out);
    Put(path, name.name, out);
  }
}

}  // namespace

std::vector<ContentField> ContentFields(const DisclosureContent& content) {
  FieldList fields;
  fields.Add("organization_id", content.organization_id);
  fields.Add("group_id", content.group_id);
  fields.Add("scope", content.scope);
  fields.Add("measure", content.measure);
  fields.Add("definition", content.definition);
  fields.Add("basis", NameOf(content.basis));
  AddPeriod(content, fields);
  if (content.amount) AddAmount(*content.amount, fields);
  fields.Add("action", NameOf(content.action));
  fields.Add("claim_kind", NameOf(content.claim_kind));
  if (content.stated_at) fields.Add("stated_at", time::FormatMoment(*content.stated_at));
  fields.Add("published_at", time::FormatMoment(content.published_at));
  AddSource(content.source, fields);
  fields.Add("quote", content.quote);
  return fields.Take();
}

std::string CanonicalBytes(const DisclosureContent& content) {
  std::string out;
  for (const ContentField& field : ContentFields(content)) Put(field.path, field.text, out);
  return out;
}

std::string CanonicalBytes(const OrganizationContent& content) {
  std::string out;
  Put("organization_id", content.organization_id, out);
  Put("kind", fmt::to_string(static_cast<int>(content.kind)), out);
  PutNames("names", content.names, out);
  PutNames("aliases", content.aliases, out);
  Put("parent_id", content.parent_id, out);
  Put("fiscal_year_end", time::FormatFiscalCalendar(content.fiscal_calendar), out);
  Put("cik", content.cik, out);
  Put("ticker", content.ticker, out);
  Put("country_code", content.country_code, out);
  return out;
}

std::string CanonicalBytes(const GroupContent& content) {
  std::string out;
  Put("group_id", content.group_id, out);
  PutNames("names", content.names, out);
  for (const std::string& id : content.organization_ids) Put("organization_ids", id, out);
  return out;
}

std::vector<std::string> DifferingFields(const DisclosureContent& a, const DisclosureContent& b) {
  const std::vector<ContentField> of_a = ContentFields(a);
  const std::vector<ContentField> of_b = ContentFields(b);
  std::vector<std::string> paths;
  std::set<std::string_view> seen;
  const auto add_missing = [&](const std::vector<ContentField>& from,
                               const std::vector<ContentField>& in) {
    for (const ContentField& field : from) {
      const bool equal = std::find(in.begin(), in.end(), field) != in.end();
      if (!equal && seen.insert(field.path).second) paths.emplace_back(field.path);
    }
  };
  add_missing(of_a, of_b);
  add_missing(of_b, of_a);
  return paths;
}

std::string Digest(std::string_view bytes) {
  const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
  return fmt::format("{:016x}{:016x}", hash.high64, hash.low64);
}

}  // namespace outlay::ingest
