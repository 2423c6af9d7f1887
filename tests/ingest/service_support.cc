#include "tests/ingest/service_support.h"

#include <unistd.h>

#include <atomic>

#include "fmt/format.h"
#include "grpcpp/create_channel.h"
#include "services/common/rpc/error_mapping.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"
#include "services/ingest/ingest_module.h"
#include "services/ingest/settings.h"

namespace outlay::ingest {
namespace {

// The module owns its clock; the test keeps the one that is looked at.
class BorrowedClock final : public time::Clock {
 public:
  explicit BorrowedClock(const time::Clock& clock) : clock_(clock) {}
  time::Instant Now() const override { return clock_.Now(); }

 private:
  const time::Clock& clock_;
};

std::filesystem::path MakeDirectory() {
  std::string path = (std::filesystem::temp_directory_path() / "outlay-ingest-XXXXXX").string();
  EXPECT_NE(mkdtemp(path.data()), nullptr);
  return path;
}

}  // namespace

Failure FailureOf(const grpc::Status& status) {
  const absl::Status error = rpc::FromGrpcStatus(status);
  ErrorDetail detail = GetErrorDetail(error);
  Failure failure{.code = error.code(),
                  .reason = detail.reason,
                  .message = std::string(FromAbsl(error.message())),
                  .metadata = std::move(detail.metadata)};
  for (const FieldViolation& violation : detail.violations) {
    failure.fields.push_back(violation.field);
  }
  return failure;
}

IngestServer::IngestServer(std::map<std::string, std::string> settings)
    : directory_(MakeDirectory()),
      settings_(std::move(settings)),
      clock_(time::ParseInstant("2025-03-15T12:00:00Z").value()) {
  settings_.emplace("listen-address", "127.0.0.1:0");
  settings_.emplace("data-dir", (directory_ / "journal").string());
  settings_.emplace("drain-ms", "0");
  Start();
}

IngestServer::~IngestServer() {
  Stop();
  std::filesystem::remove_all(directory_);
}

void IngestServer::Start() {
  const auto settings = config::Settings::Make(IngestSettings(), settings_);
  ASSERT_TRUE(settings.ok()) << settings.status();
  auto running = rpc::RunningServer::Start(
      *settings,
      [this](const config::Settings& values, rpc::Server& server,
             const telemetry::Logger& logger) -> absl::StatusOr<std::unique_ptr<rpc::Application>> {
        ASSIGN_OR_RETURN(std::unique_ptr<rpc::Application> module,
                         IngestModule::Create(values, server, logger,
                                              std::make_unique<const BorrowedClock>(clock_)));
        return module;
      },
      telemetry::Logger());
  ASSERT_TRUE(running.ok()) << running.status();
  running_ = *std::move(running);
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(64 << 20);
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  stub_ = v1::IngestService::NewStub(
      grpc::CreateCustomChannel(address(), grpc::InsecureChannelCredentials(), arguments));
}

void IngestServer::Stop() {
  if (running_ == nullptr) return;
  const absl::Status stopped = running_->Stop();
  EXPECT_TRUE(stopped.ok()) << stopped;
  running_.reset();
}

void IngestServer::Restart() {
  Stop();
  Start();
}

v1::Organization Company(std::string_view id, std::string_view name) {
  v1::Organization organization;
  organization.set_organization_id(std::string(id));
  organization.set_kind(v1::ORGANIZATION_KIND_COMPANY);
  v1::LocalizedName* const english = organization.add_names();
  english->set_language("en");
  english->set_name(std::string(name));
  return organization;
}

void AddCompanies(IngestServer& server) {
  v1::UpsertOrganizationsRequest request;
  request.mutable_change()->set_actor("test");
  *request.add_organizations() = Company("amazon", "Amazon");
  *request.add_organizations() = Company("alphabet", "Alphabet");
  v1::LocalizedName* const alias = request.mutable_organizations(1)->add_aliases();
  alias->set_language("ko");
  alias->set_name("구글");
  *request.add_organizations() = Company("microsoft", "Microsoft");
  request.mutable_organizations(2)->set_fiscal_year_end("06-30");
  EXPECT_EQ(Ask(server, &Stub::UpsertOrganizations, request).changed_count(), 3u);
}

v1::Disclosure AmazonGuidance() {
  v1::Disclosure disclosure;
  disclosure.set_organization_id("amazon");
  disclosure.set_measure("capital_expenditure");
  disclosure.set_basis(v1::BASIS_GUIDANCE);
  disclosure.mutable_period()->set_label("2025");
  disclosure.mutable_amount()->set_currency_code("USD");
  disclosure.mutable_amount()->set_bound(money::v1::BOUND_POINT);
  disclosure.mutable_amount()->mutable_stated()->set_value("100000000000");
  disclosure.set_stated_at("2025-02-06");
  disclosure.set_published_at("2025-02-10");
  disclosure.mutable_source()->set_source_id("brunch-2025-02-10");
  disclosure.mutable_source()->set_source_class(v1::SOURCE_CLASS_PRESS);
  disclosure.set_quote("1,000억 달러");
  return disclosure;
}

v1::RecordDisclosuresRequest RecordRequest(const std::vector<v1::Disclosure>& disclosures) {
  v1::RecordDisclosuresRequest request;
  request.mutable_change()->set_actor("analyst@example.org");
  for (const v1::Disclosure& disclosure : disclosures) {
    *request.add_entries()->mutable_disclosure() = disclosure;
  }
  return request;
}

std::string Record(IngestServer& server, const v1::Disclosure& disclosure) {
  const v1::RecordDisclosuresResponse response =
      Ask(server, &Stub::RecordDisclosures, RecordRequest({disclosure}));
  return response.results_size() == 1 ? response.results(0).disclosure_id() : "";
}

v1::Disclosure Get(IngestServer& server, const std::string& id) {
  v1::GetDisclosureRequest request;
  request.set_disclosure_id(id);
  return Ask(server, &Stub::GetDisclosure, request).disclosure();
}

uint64_t Head(IngestServer& server) {
  return Ask(server, &Stub::ListOrganizations, v1::ListOrganizationsRequest())
      .stamp()
      .ingest_sequence();
}

}  // namespace outlay::ingest
