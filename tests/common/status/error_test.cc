#include "services/common/status/error.h"

#include <gtest/gtest.h>

namespace outlay {
namespace {

TEST(Error, CarriesItsDetail) {
  const ErrorDetail detail{.reason = "UNKNOWN_THING",
                           .metadata = {{"id", "a:b,3:c"}, {"empty", ""}},
                           .violations = {{"a.b", "is wrong"}, {"", "too"}},
                           .retry_after_ms = 250};
  const absl::Status status = MakeError(absl::StatusCode::kNotFound, "no such thing", detail);
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(status.message(), "no such thing");
  EXPECT_EQ(GetErrorDetail(status), detail);
}

TEST(Error, MadeOtherwiseHasNoDetail) {
  EXPECT_EQ(GetErrorDetail(absl::InternalError("boom")), ErrorDetail{});
  EXPECT_EQ(GetErrorDetail(absl::OkStatus()), ErrorDetail{});
}

TEST(InvalidField, NamesTheFieldInMessageAndViolation) {
  const absl::Status status = InvalidField("MALFORMED", "amount.low", "is \"x\"; give digits");
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(status.message(), "amount.low: is \"x\"; give digits");
  EXPECT_EQ(GetErrorDetail(status).violations,
            (std::vector<FieldViolation>{{"amount.low", "is \"x\"; give digits"}}));
}

TEST(Under, PutsAPathBeforeTheFieldAndTheMessage) {
  const absl::Status status =
      Under("entries[3]", Under("disclosure", InvalidField("MALFORMED", "amount.low", "is wrong")));
  EXPECT_EQ(status.message(), "entries[3].disclosure.amount.low: is wrong");
  EXPECT_EQ(GetErrorDetail(status).violations[0].field, "entries[3].disclosure.amount.low");
}

TEST(Under, GivesAPathlessErrorItsField) {
  const absl::Status status =
      Under("currency_code", InvalidField("UNKNOWN_CURRENCY", "", "\"X\" is no currency"));
  EXPECT_EQ(status.message(), "currency_code: \"X\" is no currency");
  EXPECT_EQ(GetErrorDetail(status).violations[0].field, "currency_code");
}

TEST(Under, JoinsAnIndexWithoutADot) {
  EXPECT_EQ(GetErrorDetail(Under("entries", InvalidField("R", "[2].key", "is wrong")))
                .violations[0]
                .field,
            "entries[2].key");
}

TEST(Under, LeavesWhatHasNoFieldAlone) {
  EXPECT_TRUE(Under("a", absl::OkStatus()).ok());
  const absl::Status plain = absl::UnavailableError("later");
  EXPECT_EQ(Under("a", plain), plain);
}

}  // namespace
}  // namespace outlay
