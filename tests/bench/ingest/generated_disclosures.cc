#include "tests/bench/ingest/generated_disclosures.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <stdexcept>

#include "fmt/format.h"
#include "google/protobuf/util/json_util.h"

namespace outlay::bench {
namespace {

constexpr uint64_t kEntriesPerSource = 10;
constexpr std::array kMeasures = {"capital_expenditure", "research_and_development", "revenue"};

// SplitMix64: every index gets numbers of its own without a state.
class Numbers {
 public:
  explicit Numbers(uint64_t state) : state_(state) {}

  uint64_t Below(uint64_t bound) {
    state_ += 0x9e3779b97f4a7c15;
    uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
    return (mixed ^ (mixed >> 31)) % bound;
  }

 private:
  uint64_t state_;
};

void FillSource(uint64_t number, uint64_t cik, int year, int quarter, ingest::v1::Source* source) {
  const std::string accession =
      fmt::format("{:010}-{:02}-{:06}", cik, year % 100, number % 1'000'000);
  source->set_source_id(fmt::format("sec-{}-{}", accession, number));
  source->set_source_class(ingest::v1::SOURCE_CLASS_FILING);
  source->set_title(fmt::format("Form 10-Q for the quarterly period {} of {}", quarter, year));
  source->set_url(
      fmt::format("https://www.sec.gov/Archives/edgar/data/{}/{}-index.htm", cik, accession));
  source->set_language("en");
  source->set_accession(accession);
  source->set_form("10-Q");
}

}  // namespace

DisclosureGenerator::DisclosureGenerator(uint64_t seed) : seed_(seed) {
  std::ifstream file(OUTLAY_CATALOGUE);
  for (std::string line; std::getline(file, line);) {
    if (line.empty()) continue;
    if (!google::protobuf::util::JsonStringToMessage(line, organizations_.add_organizations())
             .ok()) {
      throw std::runtime_error("an organization of " OUTLAY_CATALOGUE " cannot be read: " + line);
    }
  }
  if (organizations_.organizations().empty()) {
    throw std::runtime_error("there are no organizations in " OUTLAY_CATALOGUE);
  }
  organizations_.mutable_change()->set_actor("benchmark");
}

void DisclosureGenerator::Fill(uint64_t index, ingest::v1::DisclosureEntry* entry) const {
  const uint64_t source_number = index / kEntriesPerSource;
  Numbers of_source(seed_ ^ source_number);
  Numbers own(seed_ + 0x5851f42d4c957f2d * (index + 1));
  const auto& organization = organizations_.organizations(
      static_cast<int>(of_source.Below(organizations_.organizations_size())));
  const uint64_t cik = 1'000'000 + of_source.Below(900'000);
  const int year = 2009 + static_cast<int>(of_source.Below(15));
  const int quarter = 1 + static_cast<int>(of_source.Below(4));
  const char* const measure = kMeasures[own.Below(kMeasures.size())];
  const uint64_t millions = 1 + own.Below(60'000);

  ingest::v1::Disclosure& disclosure = *entry->mutable_disclosure();
  disclosure.set_organization_id(organization.organization_id());
  disclosure.set_measure(measure);
  disclosure.set_basis(ingest::v1::BASIS_ACTUAL);
  disclosure.mutable_period()->set_label(fmt::format("{}-Q{}", year, quarter));
  money::v1::Amount& amount = *disclosure.mutable_amount();
  amount.set_currency_code("USD");
  amount.set_bound(money::v1::BOUND_POINT);
  amount.mutable_stated()->set_value(fmt::format("{}000000", millions));
  amount.mutable_written_unit()->set_value("1000000");
  disclosure.set_published_at(fmt::format("{}-{:02}-{:02}", quarter == 4 ? year + 1 : year,
                                          quarter == 4 ? 2 : quarter * 3 + 2,
                                          1 + of_source.Below(28)));
  FillSource(source_number, cik, year, quarter, disclosure.mutable_source());
  disclosure.set_quote(fmt::format("{} of ${},{:03} million in the three months of the quarter",
                                   measure, millions / 1000, millions % 1000));
  // A number that is not in order comes first, as with ids that clients draw at random.
  entry->set_idempotency_key(fmt::format("{:016x}/{}/{}/{}-Q{}", own.Below(UINT64_MAX),
                                         disclosure.source().accession(), index, year, quarter));
}

grpc::ByteBuffer ToBuffer(const google::protobuf::MessageLite& message) {
  const grpc::Slice slice(message.SerializeAsString());
  return grpc::ByteBuffer(&slice, 1);
}

std::vector<grpc::ByteBuffer> StreamMessages(const DisclosureGenerator& generator, uint64_t first,
                                             uint64_t count, uint64_t batch_records) {
  std::vector<grpc::ByteBuffer> messages;
  for (uint64_t start = first; start < first + count; start += batch_records) {
    ingest::v1::StreamDisclosuresRequest request;
    request.set_batch_number(start + 1);
    request.mutable_change()->set_actor("benchmark");
    const uint64_t end = std::min(start + batch_records, first + count);
    for (uint64_t i = start; i < end; ++i) generator.Fill(i, request.add_entries());
    messages.push_back(ToBuffer(request));
  }
  return messages;
}

std::vector<grpc::ByteBuffer> UnaryMessages(const DisclosureGenerator& generator, uint64_t first,
                                            uint64_t count) {
  std::vector<grpc::ByteBuffer> messages;
  for (uint64_t i = first; i < first + count; ++i) {
    ingest::v1::RecordDisclosuresRequest request;
    request.mutable_change()->set_actor("benchmark");
    generator.Fill(i, request.add_entries());
    messages.push_back(ToBuffer(request));
  }
  return messages;
}

}  // namespace outlay::bench
