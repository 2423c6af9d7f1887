// What the faked services answer: the parts, and the whole of the worked example of docs/semantics.md, section 8.
#ifndef OUTLAY_TESTS_GATEWAY_CANNED_ANSWERS_H_
#define OUTLAY_TESTS_GATEWAY_CANNED_ANSWERS_H_

#include <string>
#include <vector>

#include "outlay/aggregation/v1/aggregation_service.pb.h"
#include "outlay/fx/v1/fx_service.pb.h"
#include "outlay/gateway/v1/gateway_service.pb.h"
#include "outlay/ingest/v1/ingest_service.pb.h"
#include "tests/gateway/fake_backends.h"

namespace outlay::gateway::testing {

// What the answers' stamps say.
inline constexpr uint64_t kIngestSequence = 42;
inline constexpr uint64_t kFxSequence = 7;

time::v1::Period Year(int year);

// One organization's figure of a calendar year, guidance on capital expenditure.
aggregation::v1::Cell PointCell(const std::string& organization_id, int year,
                                const std::string& value, const std::string& currency = "USD");
aggregation::v1::Cell UpToCell(const std::string& organization_id, int year,
                               const std::string& value);
aggregation::v1::Cell AtLeastCell(const std::string& organization_id, int year,
                                  const std::string& value);
// Adds a disclosure behind the cell, of the cell's own organization, measure and period.
aggregation::v1::Contributor& AddContributor(
    aggregation::v1::Cell& cell, const std::string& disclosure_id, const std::string& source_id,
    aggregation::v1::ContributorRole role = aggregation::v1::CONTRIBUTOR_ROLE_SELECTED);

// The answer to the query "current", at kIngestSequence.
aggregation::v1::AggregateResponse Cells(const std::vector<aggregation::v1::Cell>& current);
// The result of the query with that id, added where the answer has none yet.
aggregation::v1::QueryResult& ResultOf(aggregation::v1::AggregateResponse& answer,
                                       const std::string& query_id);

fx::v1::RateAnswer Rate(const std::string& from, const std::string& to,
                        const std::string& numerator, const std::string& denominator = "1");
// Every rate that is asked for, at that value and kFxSequence.
FakeMethod<fx::v1::BatchGetRatesRequest, fx::v1::BatchGetRatesResponse>::Handler RatesAt(
    const std::string& numerator, const std::string& denominator = "1");

// Organizations in English and disclosures by the ids asked for, at kIngestSequence.
FakeMethod<ingest::v1::BatchGetDisclosuresRequest, ingest::v1::BatchGetDisclosuresResponse>::Handler
EveryDisclosure();

// A report of one organization over 2025 in its own currency.
v1::GetReportRequest MinimalRequest();

// The worked example: its request and what each service answers to it.
v1::GetReportRequest ExampleRequest();
aggregation::v1::AggregateResponse ExampleCells();
fx::v1::BatchGetRatesResponse ExampleRates();
ingest::v1::BatchGetDisclosuresResponse ExampleDisclosures();
// All three set.
void AnswerExample(FakeIngest& ingest, FakeFx& fx, FakeAggregation& aggregation);

}  // namespace outlay::gateway::testing

#endif  // OUTLAY_TESTS_GATEWAY_CANNED_ANSWERS_H_
