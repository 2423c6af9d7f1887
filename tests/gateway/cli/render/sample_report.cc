#include "tests/gateway/cli/render/sample_report.h"

#include <stdexcept>

#include "google/protobuf/text_format.h"

namespace outlay::cli {
namespace {

template <typename Message>
Message FromText(const char* text) {
  Message message;
  if (!google::protobuf::TextFormat::ParseFromString(text, &message)) {
    throw std::invalid_argument("the sample is malformed");
  }
  return message;
}

constexpr const char* kRequest = R"pb(
  query {
    group_ids: "big-tech-4"
    period { label: "2025" }
    currency_code: "KRW"
    rate { as_stated_source_id: "brunch-2025-02-10" }
    reference {
      organization_id: "republic-of-korea"
      measure: "government_budget"
      period { label: "2024" }
    }
  }
  as_of { published: "2025-02-10" }
)pb";

constexpr const char* kRows = R"pb(
  rows {
    organization_id: "amazon"
    names { language: "en" name: "Amazon" }
    names { language: "ko" name: "아마존" }
    measure: "capital_expenditure"
    basis: BASIS_GUIDANCE
    period { label: "2025" }
    figure {
      currency_code: "USD"
      point { value: "100000000000" }
      interval {
        low { value: "100000000000" }
        high { value: "100000000000" }
      }
    }
    converted {
      currency_code: "KRW"
      point { value: "145630000000000" }
      interval {
        low { value: "145630000000000" }
        high { value: "145630000000000" }
      }
    }
    prior {
      period { label: "2024" }
      figure {
        currency_code: "USD"
        point { value: "83000000000" }
        interval {
          low { value: "83000000000" }
          high { value: "83000000000" }
        }
      }
      comparable: true
    }
    growth {
      percent { value: "20.4819" }
      exact { numerator: "17" denominator: "83" }
    }
    share {
      percent { value: "31.25" }
      exact { numerator: "5" denominator: "16" }
      percent_low { value: "31.25" }
      percent_high { value: "39.2157" }
    }
    contributors {
      role: CONTRIBUTOR_ROLE_SELECTED
      source_id: "brunch-2025-02-10"
      amount {
        currency_code: "USD"
        bound: BOUND_POINT
        stated { value: "100000000000" }
      }
    }
    contributors {
      role: CONTRIBUTOR_ROLE_CORROBORATES
      source_id: "ai-race-2025-02-09"
      amount {
        currency_code: "USD"
        bound: BOUND_AT_LEAST
        low { value: "100000000000" }
      }
    }
  }
  rows {
    organization_id: "microsoft"
    names { language: "en" name: "Microsoft" }
    names { language: "ko" name: "마이크로소프트" }
    measure: "ai_investment"
    basis: BASIS_GUIDANCE
    period { label: "2025" }
    figure {
      currency_code: "USD"
      point { value: "80000000000" }
      interval {
        low { value: "80000000000" }
        high { value: "80000000000" }
      }
    }
    converted {
      currency_code: "KRW"
      point { value: "116504000000000" }
      interval {
        low { value: "116504000000000" }
        high { value: "116504000000000" }
      }
    }
    share {
      percent { value: "25" }
      percent_low { value: "25" }
      percent_high { value: "31.3726" }
    }
    warnings {
      code: "PERIOD_AMBIGUOUS"
      message: "Microsoft: 2025 may be its fiscal year, which ends in June"
      organization_id: "microsoft"
    }
  }
  rows {
    organization_id: "meta"
    names { language: "en" name: "Meta" }
    names { language: "ko" name: "메타" }
    measure: "ai_investment"
    basis: BASIS_GUIDANCE
    period { label: "2025" }
    figure {
      currency_code: "USD"
      point { value: "65000000000" }
      interval {
        low { value: "0" }
        high { value: "65000000000" }
        low_implied: true
      }
      composition { ceilings { value: "65000000000" } }
    }
    converted {
      currency_code: "KRW"
      point { value: "94659500000000" }
      interval {
        low { value: "0" }
        high { value: "94659500000000" }
        low_implied: true
      }
    }
    share {
      percent { value: "20.3125" }
      percent_low { value: "0" }
      percent_high { value: "20.3125" }
    }
    warnings {
      code: "IMPLIED_LOW"
      message: "Meta: only up to 65 is stated"
      organization_id: "meta"
    }
  }
  rows {
    organization_id: "apple"
    names { language: "en" name: "Apple" }
    rate_index: -1
  }
)pb";

constexpr const char* kRest = R"pb(
  query {
    group_ids: "big-tech-4"
    period { label: "2025" }
    measures: "capital_expenditure"
    measures: "ai_investment"
    currency_code: "KRW"
    rate { as_stated_source_id: "brunch-2025-02-10" }
  }
  total {
    figure {
      currency_code: "USD"
      point { value: "245000000000" }
      interval {
        low { value: "180000000000" }
        high { value: "245000000000" }
        low_implied: true
      }
      composition {
        stated { value: "180000000000" }
        ceilings { value: "65000000000" }
      }
    }
    converted {
      currency_code: "KRW"
      point { value: "356793500000000" }
      interval {
        low { value: "262134000000000" }
        high { value: "356793500000000" }
        low_implied: true
      }
      composition {
        stated { value: "262134000000000" }
        ceilings { value: "94659500000000" }
      }
    }
    organization_count: 3
    absent_count: 1
    growth {
      growth {
        percent { value: "20.4819" }
        exact { numerator: "17" denominator: "83" }
      }
      organization_count: 1
      organization_total: 3
      coverage {
        percent { value: "40.8163" }
        exact { numerator: "20" denominator: "49" }
      }
    }
    warnings { code: "PRIOR_PERIOD_INCOMPLETE" message: "2024 is known of 1 of 3" }
  }
  reference {
    reference {
      organization_id: "republic-of-korea"
      measure: "government_budget"
      period { label: "2024" }
    }
    names { language: "en" name: "Republic of Korea" }
    names { language: "ko" name: "대한민국" }
    figures {
      figure {
        currency_code: "KRW"
        point { value: "655600000000000" }
        interval {
          low { value: "655600000000000" }
          high { value: "655600000000000" }
        }
      }
      ratio {
        percent { value: "54.4224" }
        percent_low { value: "39.9838" }
        percent_high { value: "54.4225" }
      }
      contributor { role: CONTRIBUTOR_ROLE_SELECTED source_id: "brunch-2025-02-10" }
    }
    figures {
      figure {
        currency_code: "KRW"
        point { value: "656600000000000" }
        interval {
          low { value: "656600000000000" }
          high { value: "656600000000000" }
        }
      }
      ratio {
        percent { value: "54.3395" }
        percent_low { value: "39.9229" }
        percent_high { value: "54.3396" }
      }
      contributor { role: CONTRIBUTOR_ROLE_CONFLICTS source_id: "korea-budget-2024-enacted" }
    }
    warnings { code: "PERIOD_MISMATCH" message: "the total is of 2025, the reference of 2024" }
  }
  warnings { code: "MIXED_MEASURES" message: "capital_expenditure and ai_investment" }
  sources {
    source_id: "brunch-2025-02-10"
    source_class: SOURCE_CLASS_PRESS
    title: "빅테크 4곳"
    publisher: "brunch"
  }
  disclosures {
    disclosure_id: "d-0000000000000001"
    organization_id: "amazon"
    period { label: "2025" }
    published_at: "2025-02-10"
    source { source_id: "brunch-2025-02-10" }
    quote: "1,000억 달러"
  }
  claims {
    disclosure_id: "d-0000000000000002"
    group_id: "big-tech-4"
    period { label: "2025" }
    claim_kind: CLAIM_KIND_TOTAL
    amount {
      currency_code: "USD"
      bound: BOUND_POINT
      stated { value: "320000000000" }
    }
    source { source_id: "brunch-2025-02-10" }
    quote: "총 3,200억 달러"
  }
  rates {
    from_currency: "USD"
    to_currency: "KRW"
    provider: "brunch-2025-02-10"
    derivation: DERIVATION_IMPLIED
    numerator { value: "14563" }
    denominator { value: "10" }
    value { value: "1456.3" }
  }
  stamp { ingest_sequence: 90 fx_sequence: 56 rules_version: "1" }
)pb";

}  // namespace

gateway::v1::GetReportRequest SampleRequest() {
  return FromText<gateway::v1::GetReportRequest>(kRequest);
}

gateway::v1::Report SampleReport() {
  auto report = FromText<gateway::v1::Report>(kRows);
  report.MergeFrom(FromText<gateway::v1::Report>(kRest));
  return report;
}

}  // namespace outlay::cli
