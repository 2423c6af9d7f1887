// Any bytes as a decimal number: refused with a reason, or read, printed and read back the same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "services/common/money/decimal.h"
#include "services/common/money/rational.h"
#include "services/common/status/error.h"

namespace {

using outlay::money::Decimal;
using outlay::money::Rational;
using outlay::money::Rounding;

void Require(bool holds) {
  if (!holds) std::abort();
}

bool ReadsBackAs(const std::string& text, const Decimal& value) {
  const absl::StatusOr<Decimal> again = Decimal::Parse(text);
  return again.ok() && *again == value;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const absl::StatusOr<Decimal> value = Decimal::Parse(text);
  if (!value.ok()) {
    const std::string reason = outlay::GetErrorDetail(value.status()).reason;
    Require(reason == "MALFORMED_DECIMAL" || reason == "DECIMAL_OUT_OF_RANGE");
    return 0;
  }
  Require(ReadsBackAs(value->ToString(), *value));
  Require(ReadsBackAs(value->ToStringFixed(value->scale(), Rounding::kDown), *value));
  Require(Rational(*value).ToExactDecimal() == *value);
  Require(*outlay::money::Add(*value, -*value) == Decimal());
  const absl::StatusOr<outlay::money::UnitsNanos> parts = value->ToUnitsNanos();
  if (parts.ok()) Require(*Decimal::FromUnitsNanos(parts->units, parts->nanos) == *value);
  return 0;
}
