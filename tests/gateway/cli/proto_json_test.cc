#include "gateway/cli/proto_json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/cli/import_disclosures.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"

namespace outlay::cli {
namespace {

using testing::HasSubstr;

struct Problem {
  std::string reason;
  std::string column;
  std::string message;
};

Problem ProblemOf(std::string_view line) {
  const auto entry = ParseDisclosureLine(line);
  EXPECT_FALSE(entry.ok());
  ErrorDetail detail = GetErrorDetail(entry.status());
  return {detail.reason, detail.metadata["column"],
          std::string(FromAbsl(entry.status().message()))};
}

TEST(ParseDisclosureLineTest, AnEntryOrABareDisclosure) {
  const auto entry =
      ParseDisclosureLine(R"({"idempotencyKey": "k", "disclosure": {"organizationId": "amazon"}})");
  ASSERT_TRUE(entry.ok()) << entry.status();
  EXPECT_EQ(entry->idempotency_key(), "k");
  EXPECT_EQ(entry->disclosure().organization_id(), "amazon");
  const auto bare =
      ParseDisclosureLine(R"({"organization_id": "meta", "quote": "최대 650억 달러"})");
  ASSERT_TRUE(bare.ok()) << bare.status();
  EXPECT_EQ(bare->idempotency_key(), "");
  EXPECT_EQ(bare->disclosure().quote(), "최대 650억 달러");
}

TEST(ParseDisclosureLineTest, MalformedJsonNamesItsColumnInCharacters) {
  const Problem problem = ProblemOf(R"({"quote": "최대", "scope" "aws"})");
  EXPECT_EQ(problem.reason, "MALFORMED_JSON");
  EXPECT_THAT(problem.message, HasSubstr("is no valid JSON: syntax error"));
  // The string after the name, where a colon should be: it is told at its end.
  EXPECT_EQ(problem.column, "29");
}

TEST(ParseDisclosureLineTest, AnUnfinishedLineNamesItsEnd) {
  EXPECT_EQ(ProblemOf(R"({"scope": "aws")").reason, "MALFORMED_JSON");
  EXPECT_EQ(ProblemOf("[1]").message, "is no JSON object: one record a line, in braces");
}

TEST(ParseDisclosureLineTest, ANumberBeyondDoublesIsNoValidJson) {
  for (const char* const line : {"99e992", R"({"scope": 99e992})", R"({"scope": -1e999})"}) {
    const Problem problem = ProblemOf(line);
    EXPECT_EQ(problem.reason, "MALFORMED_JSON");
    EXPECT_THAT(problem.message, HasSubstr("has a number beyond"));
  }
}

TEST(ParseDisclosureLineTest, AnUnknownFieldIsNamedWithItsColumn) {
  const Problem problem = ProblemOf(R"({"organizationId": "amazon", "amuont": {}})");
  EXPECT_EQ(problem.reason, "UNEXPECTED_FIELD");
  EXPECT_THAT(
      problem.message,
      testing::StartsWith(
          "there is no field \"amuont\" (did you mean \"amount\"?): there are disclosureId, "));
  EXPECT_EQ(problem.column, "30");
}

TEST(ParseDisclosureLineTest, AnUnknownFieldOfAPartIsNamedWithThePart) {
  const Problem problem =
      ProblemOf(R"({"disclosure": {"amount": {"low": {"vlaue": "1"}}}, "idempotencyKey": "k"})");
  EXPECT_EQ(problem.message,
            "disclosure.amount.low: there is no field \"vlaue\" (did you mean \"value\"?): there "
            "are value");
  EXPECT_EQ(problem.column, "36");
}

TEST(ParseDisclosureLineTest, AnUnknownValueIsNamed) {
  const Problem problem = ProblemOf(R"({"organizationId": "amazon", "basis": "BASIS_GUESS"})");
  EXPECT_EQ(problem.reason, "UNEXPECTED_FIELD");
  EXPECT_THAT(problem.message, HasSubstr("BASIS_GUESS"));
  EXPECT_EQ(problem.column, "30");
}

TEST(ProtoJsonTest, PrintsWhatIsSetInLowerCamelCaseAndKoreanAsItIs) {
  ingest::v1::Disclosure disclosure;
  disclosure.set_organization_id("amazon");
  disclosure.set_quote("1,000억 달러");
  EXPECT_EQ(CompactJson(disclosure), R"({"organizationId":"amazon","quote":"1,000억 달러"})");
  EXPECT_EQ(PrettyJson(disclosure),
            "{\n \"organizationId\": \"amazon\",\n \"quote\": \"1,000억 달러\"\n}\n");
}

TEST(HasFieldTest, SeesTheObjectsOwnNamesOnly) {
  EXPECT_TRUE(HasField(R"({"a": 1})", "a"));
  EXPECT_FALSE(HasField(R"({"b": {"a": 1}})", "a"));
  EXPECT_FALSE(HasField("[\"a\"]", "a"));
  EXPECT_FALSE(HasField("{", "a"));
}

}  // namespace
}  // namespace outlay::cli
