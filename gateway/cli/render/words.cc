#include "gateway/cli/render/words.h"

#include <algorithm>
#include <array>

#include "fmt/format.h"
#include "gateway/cli/render/readable_amount.h"

namespace outlay::cli {
namespace {

struct Word {
  std::string_view id;
  std::string_view english;
  std::string_view korean;
};

constexpr std::array kMeasures = {
    Word{"capital_expenditure", "capital expenditure", "설비투자"},
    Word{"ai_investment", "AI investment", "AI 투자"},
    Word{"data_center_investment", "data center investment", "데이터센터 투자"},
    Word{"research_and_development", "research and development", "연구개발"},
    Word{"revenue", "revenue", "매출"},
    Word{"government_budget", "government budget", "정부 예산"},
};

}  // namespace

std::string NameIn(const google::protobuf::RepeatedPtrField<ingest::v1::LocalizedName>& names,
                   const std::string& id, Language language) {
  for (const std::string_view tag : {LanguageTag(language), std::string_view("en")}) {
    for (const ingest::v1::LocalizedName& name : names) {
      if (name.language() == tag) return name.name();
    }
  }
  return names.empty() ? id : names[0].name();
}

std::string MeasureName(std::string_view measure, Language language) {
  for (const Word& word : kMeasures) {
    if (word.id == measure) return std::string(In(language, word.english, word.korean));
  }
  std::string name(measure);
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

std::string BasisName(ingest::v1::Basis basis, Language language) {
  switch (basis) {
    case ingest::v1::BASIS_ACTUAL:
      return std::string(In(language, "actual", "실적"));
    case ingest::v1::BASIS_GUIDANCE:
      return std::string(In(language, "guidance", "계획"));
    case ingest::v1::BASIS_ESTIMATE:
      return std::string(In(language, "estimate", "추정"));
    default:
      return "";
  }
}

std::string SourceClassName(ingest::v1::SourceClass source_class, Language language) {
  switch (source_class) {
    case ingest::v1::SOURCE_CLASS_FILING:
      return std::string(In(language, "filing", "공시"));
    case ingest::v1::SOURCE_CLASS_ORGANIZATION:
      return std::string(In(language, "the organization itself", "기관 발표"));
    case ingest::v1::SOURCE_CLASS_PRESS:
      return std::string(In(language, "press", "언론"));
    case ingest::v1::SOURCE_CLASS_OTHER:
      return std::string(In(language, "other", "기타"));
    default:
      return "";
  }
}

std::string ClaimName(ingest::v1::ClaimKind kind, Language language) {
  switch (kind) {
    case ingest::v1::CLAIM_KIND_TOTAL:
      return std::string(In(language, "total", "총액"));
    case ingest::v1::CLAIM_KIND_EQUIVALENT:
      return std::string(In(language, "the same in another currency", "환산액"));
    case ingest::v1::CLAIM_KIND_CHANGE:
      return std::string(In(language, "change from the period before", "전기 대비 증감"));
    default:
      return std::string(In(language, "claim", "주장"));
  }
}

std::string CountedIn(Language language, int64_t count, std::string_view noun,
                      std::string_view counter) {
  const std::string number = GroupedDigits(money::Decimal::FromInt(count));
  if (language == Language::kKorean) return number + std::string(counter);
  return fmt::format("{} {}{}", number, noun, count == 1 ? "" : "s");
}

std::string OfOrganizations(int count, int total, Language language) {
  const std::string all = CountedIn(language, total, "organization", "곳");
  return fmt::format(fmt::runtime(In(language, "{} of {}", "{}곳 (전체 {})")), count, all);
}

}  // namespace outlay::cli
