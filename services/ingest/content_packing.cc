#include "services/ingest/content_packing.h"

#include <optional>

namespace outlay::ingest {
namespace {

// How a decimal is written; from kFirstScale on: its scale, and the coefficient follows.
constexpr uint8_t kAbsent = 0;
constexpr uint8_t kAsBefore = 1;
constexpr uint8_t kFirstScale = 2;

enum Moments : uint8_t { kNoMoment, kDay, kInstant };

class Packer {
 public:
  explicit Packer(std::string& out) : out_(out) {}

  void Byte(uint8_t value) { out_.push_back(static_cast<char>(value)); }
  void Bool(bool value) { Byte(value ? 1 : 0); }

  // Seven bits a byte, the low ones first.
  void Number(unsigned __int128 value) {
    for (; value >= 0x80; value >>= 7) Byte(static_cast<uint8_t>(value | 0x80));
    Byte(static_cast<uint8_t>(value));
  }

  void Signed(__int128 value) {
    Number(static_cast<unsigned __int128>(value) << 1 ^
           static_cast<unsigned __int128>(value >> 127));
  }

  void Text(std::string_view text) {
    Number(text.size());
    out_.append(text);
  }

  void Decimal(const std::optional<money::Decimal>& value,
               const std::optional<money::Decimal>& before) {
    if (!value) return Byte(kAbsent);
    if (value == before) return Byte(kAsBefore);
    Byte(static_cast<uint8_t>(kFirstScale + value->scale()));
    Signed(value->coefficient());
  }

 private:
  std::string& out_;
};

// Reads what a Packer wrote.
class Unpacker {
 public:
  explicit Unpacker(std::string_view bytes) : rest_(bytes) {}

  uint8_t Byte() {
    const auto value = static_cast<uint8_t>(rest_.front());
    rest_.remove_prefix(1);
    return value;
  }
  bool Bool() { return Byte() != 0; }

  unsigned __int128 Number() {
    unsigned __int128 value = 0;
    for (int shift = 0;; shift += 7) {
      const uint8_t byte = Byte();
      value |= static_cast<unsigned __int128>(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  }

  __int128 Signed() {
    const unsigned __int128 value = Number();
    return static_cast<__int128>(value >> 1) ^ -static_cast<__int128>(value & 1);
  }

  std::string_view Text() {
    const auto size = static_cast<size_t>(Number());
    const std::string_view text = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return text;
  }

  std::optional<money::Decimal> Decimal(const std::optional<money::Decimal>& before) {
    const uint8_t form = Byte();
    if (form == kAbsent) return std::nullopt;
    if (form == kAsBefore) return before;
    const __int128 coefficient = Signed();
    return money::Decimal::FromParts(coefficient, form - kFirstScale).value();
  }

 private:
  std::string_view rest_;
};

void PackAmount(const money::Amount& amount, TextTable& currencies, Packer& packer) {
  packer.Number(currencies.Intern(amount.currency_code));
  packer.Byte(static_cast<uint8_t>(amount.bound));
  packer.Byte(static_cast<uint8_t>((amount.approximate ? 1 : 0) | (amount.low_implied ? 2 : 0)));
  packer.Decimal(amount.low, std::nullopt);
  packer.Decimal(amount.high, amount.low);
  packer.Decimal(amount.stated, amount.high);
  packer.Decimal(amount.written_unit, std::nullopt);
}

money::Amount UnpackAmount(const TextTable& currencies, Unpacker& unpacker) {
  money::Amount amount{
      .currency_code = std::string(currencies.Get(static_cast<uint32_t>(unpacker.Number()))),
      .bound = static_cast<money::Bound>(unpacker.Byte())};
  const uint8_t marks = unpacker.Byte();
  amount.approximate = (marks & 1) != 0;
  amount.low_implied = (marks & 2) != 0;
  amount.low = unpacker.Decimal(std::nullopt);
  amount.high = unpacker.Decimal(amount.low);
  amount.stated = unpacker.Decimal(amount.high);
  amount.written_unit = unpacker.Decimal(std::nullopt);
  return amount;
}

}  // namespace

void PackDetails(const DisclosureContent& content, DetailTables& tables, std::string& out) {
  Packer packer(out);
  packer.Number(tables.groups.Intern(content.group_id));
  packer.Number(tables.definitions.Intern(content.definition));
  packer.Text(content.scope);
  packer.Byte(static_cast<uint8_t>(content.period.kind));
  packer.Bool(content.period.fiscal);
  packer.Text(content.period.label);
  packer.Byte(static_cast<uint8_t>(content.action));
  packer.Bool(content.amount.has_value());
  if (content.amount) PackAmount(*content.amount, tables.currencies, packer);
  packer.Byte(!content.stated_at ? kNoMoment : content.stated_at->whole_day ? kDay : kInstant);
  if (content.stated_at) packer.Signed(content.stated_at->instant.time_since_epoch().count());
}

void UnpackDetails(std::string_view details, const DetailTables& tables,
                   DisclosureContent& content) {
  Unpacker unpacker(details);
  content.group_id = tables.groups.Get(static_cast<uint32_t>(unpacker.Number()));
  content.definition = tables.definitions.Get(static_cast<uint32_t>(unpacker.Number()));
  content.scope = unpacker.Text();
  content.period.kind = static_cast<time::PeriodKind>(unpacker.Byte());
  content.period.fiscal = unpacker.Bool();
  content.period.label = std::string(unpacker.Text());
  content.action = static_cast<StatementAction>(unpacker.Byte());
  if (unpacker.Bool()) content.amount = UnpackAmount(tables.currencies, unpacker);
  const uint8_t stated = unpacker.Byte();
  if (stated == kNoMoment) return;
  const std::chrono::microseconds since_epoch(static_cast<int64_t>(unpacker.Signed()));
  content.stated_at = time::Moment{time::Instant(since_epoch), stated == kDay};
}

void PackSource(const Source& source, std::string& out) {
  Packer packer(out);
  packer.Byte(static_cast<uint8_t>(source.source_class));
  for (const std::string_view text : {source.source_id, source.title, source.publisher, source.url,
                                      source.language, source.accession, source.form}) {
    packer.Text(text);
  }
}

Source UnpackSource(std::string_view packed) {
  Unpacker unpacker(packed);
  Source source{.source_class = static_cast<SourceClass>(unpacker.Byte())};
  for (std::string_view* const text :
       {&source.source_id, &source.title, &source.publisher, &source.url, &source.language,
        &source.accession, &source.form}) {
    *text = unpacker.Text();
  }
  return source;
}

}  // namespace outlay::ingest
