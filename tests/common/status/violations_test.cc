#include "services/common/status/violations.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/common/status/error.h"

namespace outlay {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> Fields(const absl::Status& status) {
  std::vector<std::string> fields;
  for (const FieldViolation& violation : GetErrorDetail(status).violations)
    fields.push_back(violation.field);
  return fields;
}

TEST(ViolationsTest, NothingAddedIsOk) { EXPECT_TRUE(Violations().ToStatus().ok()); }

TEST(ViolationsTest, OneKeepsItsReasonAndMessage) {
  Violations violations;
  violations.Add("REQUIRED", "amount", "is required");
  const absl::Status status = violations.ToStatus();
  EXPECT_EQ(status.message(), "amount: is required");
  EXPECT_EQ(GetErrorDetail(status).reason, "REQUIRED");
  EXPECT_TRUE(GetErrorDetail(status).metadata.empty());
}

TEST(ViolationsTest, SeveralAreCountedAndTheirReasonsListed) {
  Violations violations;
  violations.Add("REQUIRED", "amount", "is required");
  violations.Add("TOO_LONG", "quote", "is long");
  violations.Add("REQUIRED", "basis", "is required");
  const absl::Status status = violations.ToStatus(absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(status.message(), "amount: is required (and 2 more)");
  EXPECT_EQ(GetErrorDetail(status).metadata["reasons"], "REQUIRED,TOO_LONG");
  EXPECT_THAT(Fields(status), ElementsAre("amount", "quote", "basis"));
}

TEST(ViolationsTest, ALibrarysErrorIsPutBelowTheField) {
  Violations violations;
  EXPECT_EQ(violations.Take("published_at",
                            absl::StatusOr<int>(InvalidField("MALFORMED", "", "is no date"))),
            std::nullopt);
  EXPECT_THAT(Fields(violations.ToStatus()), ElementsAre("published_at"));
  violations.Add("amount", InvalidField("NEGATIVE_AMOUNT", "low", "is negative"));
  EXPECT_THAT(Fields(violations.ToStatus()), ElementsAre("published_at", "amount.low"));
  EXPECT_THAT(
      Fields(Under("entries[3].disclosure", violations.ToStatus())),
      ElementsAre("entries[3].disclosure.published_at", "entries[3].disclosure.amount.low"));
}

}  // namespace
}  // namespace outlay
