// A disclosure that ingest takes, for tests to which it matters that there is one, and not which.
#ifndef OUTLAY_TESTS_SUPPORT_GUIDANCE_H_
#define OUTLAY_TESTS_SUPPORT_GUIDANCE_H_

#include <cstdint>
#include <string>

#include "outlay/ingest/v1/disclosure.pb.h"

namespace outlay::tests {

// Amazon's capital expenditure in 2025. Other amounts, and other quotes where a test sets them, make other records.
inline ingest::v1::Disclosure Guidance(int64_t amount) {
  ingest::v1::Disclosure disclosure;
  disclosure.set_organization_id("amazon");
  disclosure.set_measure("capital_expenditure");
  disclosure.set_basis(ingest::v1::BASIS_GUIDANCE);
  disclosure.mutable_period()->set_label("2025");
  disclosure.mutable_amount()->set_currency_code("USD");
  disclosure.mutable_amount()->set_bound(money::v1::BOUND_POINT);
  disclosure.mutable_amount()->mutable_stated()->set_value(std::to_string(amount));
  disclosure.set_stated_at("2025-02-06");
  disclosure.set_published_at("2025-02-10");
  disclosure.mutable_source()->set_source_id("article");
  disclosure.mutable_source()->set_source_class(ingest::v1::SOURCE_CLASS_PRESS);
  return disclosure;
}

}  // namespace outlay::tests

#endif  // OUTLAY_TESTS_SUPPORT_GUIDANCE_H_
