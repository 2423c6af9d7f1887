// Pages of a report: one stamp, one total, rows that together are the whole.
#include <atomic>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "services/common/wire/time_proto.h"
#include "tests/gateway/canned_answers.h"
#include "tests/gateway/gateway_fixture.h"

namespace outlay::gateway::testing {
namespace {

using ::testing::ElementsAre;

class PagingTest : public GatewayTest {
 protected:
  // Services whose journals grow with every call: without a sequence they answer from the head.
  void SetUp() override {
    aggregation_.aggregate.AnswerBy([this](const aggregation::v1::AggregateRequest& request) {
      aggregation::v1::AggregateResponse answer = ExampleCells();
      answer.mutable_stamp()->set_ingest_sequence(request.as_of().has_recorded_sequence()
                                                      ? request.as_of().recorded_sequence()
                                                      : ++ingest_head_);
      return answer;
    });
    fx_.batch_get_rates.AnswerBy([this](const fx::v1::BatchGetRatesRequest& request) {
      fx::v1::BatchGetRatesResponse answer = ExampleRates();
      answer.mutable_stamp()->set_fx_sequence(request.as_of().has_recorded_sequence()
                                                  ? request.as_of().recorded_sequence()
                                                  : ++fx_head_);
      return answer;
    });
    ingest_.batch_get_disclosures.Answer(ExampleDisclosures());
  }

  v1::GetReportResponse Page(int size, const std::string& token,
                             v1::GetReportRequest request = ExampleRequest()) {
    request.set_page_size(size);
    request.set_page_token(token);
    return Answer(request);
  }

  void ExpectTokenRefused(v1::GetReportRequest request, const std::string& token) {
    request.set_page_token(token);
    const Failure failure = ReportFailure(request);
    EXPECT_EQ(failure.code, absl::StatusCode::kInvalidArgument);
    EXPECT_EQ(failure.detail.reason, "PAGE_TOKEN_INVALID");
    EXPECT_THAT(failure.fields(), ElementsAre("page_token"));
  }

  std::atomic<uint64_t> ingest_head_ = 100;
  std::atomic<uint64_t> fx_head_ = 50;
};

TEST_F(PagingTest, RowsOfAllPagesAreThoseOfTheWhole) {
  const v1::GetReportResponse whole = Page(0, "");
  EXPECT_EQ(whole.next_page_token(), "");
  std::vector<std::string> expected;
  for (const v1::ReportRow& row : whole.report().rows())
    expected.push_back(row.SerializeAsString());
  for (int size : {1, 2, 3, 4}) {
    std::vector<std::string> rows;
    std::string token;
    int pages = 0;
    do {
      const v1::GetReportResponse page = Page(size, token);
      EXPECT_LE(page.report().rows_size(), size);
      EXPECT_EQ(page.report().total().SerializeAsString(),
                whole.report().total().SerializeAsString());
      for (const v1::ReportRow& row : page.report().rows()) rows.push_back(row.SerializeAsString());
      token = page.next_page_token();
    } while (!token.empty() && ++pages < 10);
    EXPECT_EQ(rows, expected) << size;
  }
}

TEST_F(PagingTest, LaterPagesReadBothJournalsWhereTheFirstDid) {
  const v1::GetReportResponse first = Page(2, "");
  EXPECT_EQ(first.report().stamp().ingest_sequence(), 101u);
  EXPECT_EQ(first.report().stamp().fx_sequence(), 51u);
  const v1::GetReportResponse second = Page(2, first.next_page_token());
  EXPECT_EQ(aggregation_.aggregate.last().as_of().recorded_sequence(), 101u);
  EXPECT_EQ(aggregation_.aggregate.last().as_of().published(), "2025-02-10");
  EXPECT_EQ(fx_.batch_get_rates.last().as_of().recorded_sequence(), 51u);
  EXPECT_EQ(second.report().stamp().SerializeAsString(),
            first.report().stamp().SerializeAsString());
}

TEST_F(PagingTest, NowIsTheSameOnAllPages) {
  v1::GetReportRequest request = ExampleRequest();
  request.clear_as_of();
  request.mutable_query()->mutable_rate()->set_latest(true);
  const v1::GetReportResponse first = Page(2, "", request);
  const aggregation::v1::AggregateRequest cells = aggregation_.aggregate.last();
  const fx::v1::BatchGetRatesRequest rates = fx_.batch_get_rates.last();
  const time::Instant now = *wire::FromProto(first.report().stamp().now());
  const std::string today = time::FormatDate(time::DateOf(now));
  // What is published on a date is known on the whole of it; a rate has its hour.
  EXPECT_EQ(cells.as_of().published(), today);
  EXPECT_EQ(rates.as_of().published(), time::FormatInstant(now));
  EXPECT_EQ(rates.queries(0).spec().on_date().date(), today);

  const v1::GetReportResponse second = Page(2, first.next_page_token(), request);
  EXPECT_EQ(aggregation_.aggregate.last().as_of().published(), today);
  EXPECT_EQ(fx_.batch_get_rates.last().as_of().published(), rates.as_of().published());
  EXPECT_EQ(second.report().stamp().SerializeAsString(),
            first.report().stamp().SerializeAsString());
}

TEST_F(PagingTest, AnAsOfThatIsNotOverYetEndsNowForRates) {
  v1::GetReportRequest request = ExampleRequest();
  request.mutable_as_of()->set_published("2199-12-31");
  const v1::Report report = Page(2, "", request).report();
  EXPECT_EQ(aggregation_.aggregate.last().as_of().published(), "2199-12-31");
  EXPECT_EQ(fx_.batch_get_rates.last().as_of().published(),
            time::FormatInstant(*wire::FromProto(report.stamp().now())));
}

TEST_F(PagingTest, ATimeOfRecordingGivesWayToTheFirstPagesSequences) {
  v1::GetReportRequest request = ExampleRequest();
  request.mutable_as_of()->mutable_recorded_time()->set_seconds(1'739'000'000);
  const v1::GetReportResponse first = Page(2, "", request);
  Page(2, first.next_page_token(), request);
  EXPECT_EQ(aggregation_.aggregate.last().as_of().recorded_sequence(), 101u);
  EXPECT_EQ(fx_.batch_get_rates.last().as_of().recorded_sequence(), 51u);
}

TEST_F(PagingTest, APageThatHadNoRatesDoesNotHoldTheNextToAnEmptyJournal) {
  fx_.batch_get_rates.Fail(
      MakeError(absl::StatusCode::kUnavailable, "not now", {.reason = "NOT_READY"}));
  const v1::GetReportResponse first = Page(2, "");
  EXPECT_EQ(first.report().stamp().fx_sequence(), 0u);
  Page(2, first.next_page_token());
  EXPECT_EQ(fx_.batch_get_rates.last().as_of().recorded_case(),
            journal::v1::AsOf::RECORDED_NOT_SET);
}

TEST_F(PagingTest, APageShowsTheSourcesOfItsOwnRows) {
  const v1::GetReportResponse first = Page(1, "");
  std::vector<std::string> ids;
  for (const ingest::v1::Disclosure& disclosure : first.report().disclosures())
    ids.push_back(disclosure.disclosure_id());
  EXPECT_THAT(ids, ElementsAre("d-0000000000000001", "d-0000000000000005", "d-0000000000000011",
                               "d-0000000000000021", "d-0000000000000022"));
}

TEST_F(PagingTest, ThePageSizeMayChangeBetweenPages) {
  const v1::GetReportResponse first = Page(1, "");
  EXPECT_EQ(Page(3, first.next_page_token()).report().rows_size(), 3);
}

TEST_F(PagingTest, ATokenOfAnotherRequestIsRefused) {
  const std::string token = Page(2, "").next_page_token();
  v1::GetReportRequest other = ExampleRequest();
  other.mutable_query()->mutable_period()->set_label("2024");
  ExpectTokenRefused(other, token);
  other = ExampleRequest();
  other.mutable_as_of()->set_published("2025-02-09");
  ExpectTokenRefused(other, token);
}

TEST_F(PagingTest, AMalformedTokenIsRefused) {
  const std::string token = Page(2, "").next_page_token();
  ExpectTokenRefused(ExampleRequest(), "2");
  ExpectTokenRefused(ExampleRequest(), token + "A");
  ExpectTokenRefused(ExampleRequest(), token.substr(1));
  ExpectTokenRefused(ExampleRequest(), "%%%");
}

}  // namespace
}  // namespace outlay::gateway::testing
