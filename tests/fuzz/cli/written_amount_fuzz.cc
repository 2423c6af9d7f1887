// Any bytes as a written amount: refused with a reason and a place in the text, or read, and read again from its digits the same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "gateway/cli/written_amount/written_amount.h"
#include "services/common/money/currency.h"
#include "services/common/status/error.h"

namespace {

void Require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace outlay;  // NOLINT
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const absl::StatusOr<cli::WrittenAmount> amount = cli::ReadWrittenAmount(text);
  if (!amount.ok()) {
    const ErrorDetail detail = GetErrorDetail(amount.status());
    Require(detail.reason == "MALFORMED_AMOUNT" || detail.reason == "AMOUNT_OUT_OF_RANGE");
    const auto position = detail.metadata.find("position");
    if (position == detail.metadata.end()) return 0;
    const unsigned long at = std::stoul(position->second);
    Require(at >= 1 && at <= size + 1);
    return 0;
  }
  Require(amount->currency_code.empty() || money::FindCurrency(amount->currency_code) != nullptr);
  const auto again = cli::ReadWrittenAmount(amount->value.ToString() + " " + amount->currency_code);
  Require(again.ok() && again->value == amount->value);
  Require(again->currency_code == amount->currency_code);
  return 0;
}
