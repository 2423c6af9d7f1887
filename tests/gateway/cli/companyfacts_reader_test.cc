#include "gateway/cli/companyfacts_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "fmt/format.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"
#include "tests/gateway/cli/failing_stream.h"

namespace outlay::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

struct Read {
  std::vector<Issuer> issuers;
  std::vector<CompanyFact> facts;
  absl::StatusOr<CompanyFactsCount> count = CompanyFactsCount();
};

Read ReadStream(std::istream& in, const std::string& wanted) {
  Read read;
  read.count = ReadCompanyFacts(in, {.on_issuer =
                                         [&](const Issuer& issuer) {
                                           read.issuers.push_back(issuer);
                                           return absl::OkStatus();
                                         },
                                     .wants = [&](std::string_view name) { return name == wanted; },
                                     .on_fact =
                                         [&](const CompanyFact& fact) {
                                           read.facts.push_back(fact);
                                           return absl::OkStatus();
                                         }});
  return read;
}

Read ReadText(const std::string& text, const std::string& wanted = "us-gaap:Capex") {
  std::istringstream in(text);
  return ReadStream(in, wanted);
}

std::string InFile(const std::string& facts) {
  return R"({"cik":1326801,"entityName":"Meta","facts":{"us-gaap":{"Capex":{"units":{"USD":[)" +
         facts + "]}}}}}";
}

std::string ReasonOf(const absl::Status& status) { return GetErrorDetail(status).reason; }

const std::string kFact =
    R"({"start":"2023-01-01","end":"2023-12-31","val":27266000000,"accn":"0001326801-24-000012",)"
    R"("fy":2023,"fp":"FY","form":"10-K","filed":"2024-02-02","frame":"CY2023"})";

TEST(CompanyFactsReader, AFactIsWhatItsDatesAndItsFilingSay) {
  const Read read = ReadText(InFile(kFact));
  ASSERT_TRUE(read.count.ok()) << read.count.status();
  ASSERT_EQ(read.facts.size(), 1u);
  const CompanyFact& fact = read.facts[0];
  EXPECT_EQ(fact.concept_name, "us-gaap:Capex");
  EXPECT_EQ(fact.unit, "USD");
  EXPECT_EQ(fact.start, "2023-01-01");
  EXPECT_EQ(fact.end, "2023-12-31");
  EXPECT_EQ(fact.value, "27266000000");
  EXPECT_EQ(fact.accession, "0001326801-24-000012");
  EXPECT_EQ(fact.form, "10-K");
  EXPECT_EQ(fact.filed, "2024-02-02");
  EXPECT_EQ(fact.problem, "");
}

TEST(CompanyFactsReader, TheIssuersNumberIsPaddedWhetherItIsANumberOrAText) {
  EXPECT_EQ(ReadText(InFile("")).issuers.at(0).cik, "0001326801");
  const Read text = ReadText(R"({"cik":"0001326801","facts":{}})");
  EXPECT_TRUE(text.count.ok()) << text.count.status();
  EXPECT_EQ(text.issuers.at(0).cik, "0001326801");
}

TEST(CompanyFactsReader, YearPeriodAndFrameOfTheFilingAreNotReadWhateverTheyAre) {
  for (const char* const ignored :
       {R"("fy":null,"fp":null)", R"("fy":1999,"fp":"Q7","frame":"CY1999")",
        R"("fy":{"a":[1,{"val":5}]},"fp":[],"frame":{"end":"1999-01-01"})"}) {
    const Read read = ReadText(InFile(std::string("{") + ignored + "," + kFact.substr(1)));
    ASSERT_TRUE(read.count.ok()) << ignored << read.count.status();
    // fy, fp and frame of the fact itself follow; a doubled one is none of ours either.
    EXPECT_EQ(read.facts.at(0).end, "2023-12-31") << ignored;
    EXPECT_EQ(read.facts.at(0).problem, "") << ignored;
  }
}

TEST(CompanyFactsReader, ABalanceHasNoStart) {
  EXPECT_EQ(ReadText(InFile(R"({"end":"2023-12-31","val":1})")).facts.at(0).start, "");
}

TEST(CompanyFactsReader, DigitsStayAsTheyAreWritten) {
  const auto value_of = [](const std::string& digits) {
    return ReadText(InFile(R"({"val":)" + digits + "}")).facts.at(0).value;
  };
  EXPECT_EQ(value_of("-5"), "-5");
  EXPECT_EQ(value_of("0.1"), "0.1");
  EXPECT_EQ(value_of("123456789012345678901234567890"), "123456789012345678901234567890");
  EXPECT_EQ(value_of("1.5e9"), "1.5e9");
}

TEST(CompanyFactsReader, OtherConceptsAreCountedAndPassedOver) {
  const Read read = ReadText(
      R"({"cik":1,"facts":{"dei":{"Capex":{"units":{"USD":[{"val":1},{"val":2}]}}},)"
      R"("us-gaap":{"Other":{"label":"x","units":{"USD":[{"val":3}]}},)"
      R"("Capex":{"label":null,"description":"d","units":{"USD":[{"val":4}],"EUR":[{"val":5}]}}}}})");
  ASSERT_TRUE(read.count.ok()) << read.count.status();
  EXPECT_EQ(read.count->facts, 5u);
  EXPECT_EQ(read.count->wanted, 2u);
  ASSERT_EQ(read.facts.size(), 2u);
  EXPECT_EQ(read.facts[0].unit, "USD");
  EXPECT_EQ(read.facts[1].unit, "EUR");
  EXPECT_EQ(read.facts[1].number, 5u);
}

TEST(CompanyFactsReader, AFieldOfAnotherTypeIsAProblemOfItsFactAlone) {
  const Read read = ReadText(
      InFile(R"({"val":"5"},{"end":7},{"val":1,"val":2},{"filed":{"a":1}},3,[4],{"val":6})"));
  ASSERT_TRUE(read.count.ok()) << read.count.status();
  std::vector<std::string> problems;
  for (const CompanyFact& fact : read.facts) problems.push_back(fact.problem);
  EXPECT_THAT(problems,
              ElementsAre("val is no number", "end is no text", "val stands twice",
                          "filed is no text", "is no JSON object", "is no JSON object", ""));
}

TEST(CompanyFactsReader, AnotherFileIsRefusedSayingWhatItLacks) {
  for (const char* const text :
       {"[]", "5", "\"x\"", R"({"cik":1})", R"({"cik":"x","facts":{}})", R"({"facts":{}})",
        R"({"cik":1,"facts":[]})", R"({"cik":1,"facts":{},"facts":{}})"}) {
    EXPECT_EQ(ReasonOf(ReadText(text).count.status()), "NOT_COMPANYFACTS") << text;
  }
}

TEST(CompanyFactsReader, ADamagedFileIsNamedByItsByteAndKeepsWhatCameBefore) {
  const std::string text = InFile(kFact + ",{\"val\":5},{\"val\"");
  const Read read = ReadText(text.substr(0, text.size() - 6));
  EXPECT_EQ(ReasonOf(read.count.status()), "MALFORMED_JSON");
  EXPECT_THAT(std::string(FromAbsl(read.count.status().message())), HasSubstr("at byte "));
  EXPECT_EQ(read.facts.size(), 2u);
  EXPECT_EQ(ReasonOf(ReadText("").count.status()), "MALFORMED_JSON");
}

TEST(CompanyFactsReader, TextThatIsNotUtf8DamagesTheFileFromThereOn) {
  const Read read = ReadText(InFile(kFact + ",{\"form\":\"10-\xe9\"}," + kFact));
  EXPECT_EQ(ReasonOf(read.count.status()), "MALFORMED_JSON");
  EXPECT_THAT(std::string(FromAbsl(read.count.status().message())),
              testing::AllOf(HasSubstr("at byte "), HasSubstr("ill-formed UTF-8 byte")));
  EXPECT_EQ(read.facts.size(), 1u);
}

TEST(CompanyFactsReader, NestingAndTokensAreBounded) {
  EXPECT_EQ(ReasonOf(ReadText(R"({"a":)" + std::string(100'000, '[')).count.status()),
            "NOT_COMPANYFACTS");
  EXPECT_EQ(ReasonOf(ReadText(R"({"a":")" + std::string(3 << 20, 'x') + "\"}").count.status()),
            "TOKEN_TOO_LONG");
  EXPECT_EQ(ReasonOf(ReadText(R"({"a":)" + std::string(3 << 20, '1') + "}").count.status()),
            "TOKEN_TOO_LONG");
}

// A file made while it is read, of which no more than a few bytes ever exist.
class EndlessFacts final : public std::streambuf {
 public:
  explicit EndlessFacts(int repetitions) : left_(repetitions) {
    text_ = R"({"cik":1,"facts":{"us-gaap":{"Capex":{"units":{"USD":[{"val":1})";
    setg(text_.data(), text_.data(), text_.data() + text_.size());
  }

 protected:
  int_type underflow() override {
    if (left_-- == 0) return traits_type::eof();
    text_ = left_ == 0 ? "]}}}}}" : ",{\"val\":1}";
    setg(text_.data(), text_.data(), text_.data() + text_.size());
    return traits_type::to_int_type(text_[0]);
  }

 private:
  int left_;
  std::string text_;
};

TEST(CompanyFactsReader, FactsAreHandedOutWhileTheFileIsRead) {
  EndlessFacts bytes(50'001);
  std::istream in(&bytes);
  uint64_t seen = 0;
  const auto count =
      ReadCompanyFacts(in, {.on_issuer = [](const Issuer&) { return absl::OkStatus(); },
                            .wants = [](std::string_view) { return true; },
                            .on_fact =
                                [&](const CompanyFact& fact) {
                                  EXPECT_EQ(fact.number, ++seen);
                                  return absl::OkStatus();
                                }});
  ASSERT_TRUE(count.ok()) << count.status();
  EXPECT_EQ(seen, 50'001u);
}

TEST(CompanyFactsReader, TheReceiversErrorEndsTheReading) {
  std::istringstream in(InFile(kFact + "," + kFact));
  int calls = 0;
  const auto count =
      ReadCompanyFacts(in, {.on_issuer = [](const Issuer&) { return absl::OkStatus(); },
                            .wants = [](std::string_view) { return true; },
                            .on_fact =
                                [&](const CompanyFact&) {
                                  ++calls;
                                  return absl::UnavailableError("gone");
                                }});
  EXPECT_EQ(count.status(), absl::UnavailableError("gone"));
  EXPECT_EQ(calls, 1);
}

TEST(CompanyFactsReader, AReadErrorIsNoEndOfTheFile) {
  const std::string text = InFile(kFact);
  FailingStream in(text.substr(0, text.size() - 3));
  const Read read = ReadStream(in, "us-gaap:Capex");
  EXPECT_EQ(read.facts.size(), 1u);  // what came before stays handed out
  EXPECT_EQ(ReasonOf(read.count.status()), "CANNOT_READ");
  EXPECT_EQ(
      std::string(read.count.status().message()),
      fmt::format("cannot be read on after byte {}, fact 1: Input/output error", text.size() - 3));
}

}  // namespace
}  // namespace outlay::cli
