#include "services/ingest/content_fields.h"

#include <xxhash.h>

#include <charconv>
#include <set>

#include "fmt/format.h"

namespace outlay::ingest {
namespace {

// Length-prefixed, so that no two lists share their bytes.
void Put(std::string_view path, std::string_view text, std::string& out) {
  char length[20];
  const char* const length_end = std::to_chars(length, length + sizeof(length), text.size()).ptr;
  out.append(path).push_back('=');
  out.append(length, length_end - length).push_back(':');
  out.append(text).push_back('\n');
}

// Passes the fields that are not empty to `visit(path, text)`, in their fixed order.
template <typename Visit>
class FieldWalk {
 public:
  explicit FieldWalk(Visit& visit) : visit_(visit) {}

  void Content(const DisclosureContent& content) {
    Add("organization_id", content.organization_id);
    Add("group_id", content.group_id);
    Add("scope", content.scope);
    Add("measure", content.measure);
    Add("definition", content.definition);
    Add("basis", NameOf(content.basis));
    Period(content.period);
    Add("period_ambiguous", content.period_ambiguous);
    if (content.amount) Amount(*content.amount);
    Add("action", NameOf(content.action));
    Add("claim_kind", NameOf(content.claim_kind));
    if (content.stated_at) Add("stated_at", time::FormatMoment(*content.stated_at));
    Add("published_at", time::FormatMoment(content.published_at));
    Origin(content.source);
    Add("quote", content.quote);
  }

 private:
  void Add(std::string_view path, std::string_view text) {
    if (!text.empty()) visit_(path, text);
  }
  void Add(std::string_view path, const std::string& text) { Add(path, std::string_view(text)); }
  void Add(std::string_view path, bool value) { Add(path, value ? "true" : std::string_view()); }
  void Add(std::string_view path, const std::optional<money::Decimal>& value) {
    if (value) Add(path, value->ToString());
  }

  void Period(const time::Period& period) {
    Add("period.label", period.label);
    if (!period.HasDates()) return;
    Add("period.start_date", time::FormatDate(period.start));
    Add("period.end_date", time::FormatDate(period.end));
  }

  void Amount(const money::Amount& amount) {
    Add("amount.currency_code", amount.currency_code);
    Add("amount.bound", money::BoundName(amount.bound));
    Add("amount.low", amount.low);
    Add("amount.high", amount.high);
    Add("amount.stated", amount.stated);
    Add("amount.approximate", amount.approximate);
    Add("amount.written_unit", amount.written_unit);
  }

  void Origin(const Source& source) {
    Add("source.source_id", source.source_id);
    Add("source.source_class", NameOf(source.source_class));
    Add("source.title", source.title);
    Add("source.publisher", source.publisher);
    Add("source.url", source.url);
    Add("source.language", source.language);
    Add("source.accession", source.accession);
    Add("source.form", source.form);
  }

  Visit& visit_;
};

template <typename Visit>
void VisitFields(const DisclosureContent& content, Visit visit) {
  FieldWalk<Visit>(visit).Content(content);
}

void PutNames(std::string_view path, const std::vector<LocalizedName>& names, std::string& out) {
  for (const LocalizedName& name : names) {
    Put(path, name.language, out);
    Put(path, name.name, out);
  }
}

}  // namespace

std::vector<ContentField> ContentFields(const DisclosureContent& content) {
  std::vector<ContentField> fields;
  VisitFields(content, [&](std::string_view path, std::string_view text) {
    fields.push_back({path, std::string(text)});
  });
  return fields;
}

std::string CanonicalBytes(const DisclosureContent& content) {
  constexpr size_t kUsualBytes = 1'024;
  std::string out;
  out.reserve(kUsualBytes);
  VisitFields(content, [&](std::string_view path, std::string_view text) { Put(path, text, out); });
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

ContentHash HashContent(std::string_view content, std::string_view quote) {
  const uint64_t seed = quote.empty() ? 0 : XXH3_64bits(quote.data(), quote.size());
  const XXH128_hash_t hash = XXH3_128bits_withSeed(content.data(), content.size(), seed);
  return {hash.low64, hash.high64};
}

std::string Digest(const ContentHash& hash) {
  return fmt::format("{:016x}{:016x}", hash.high, hash.low);
}

}  // namespace outlay::ingest
