#include "services/ingest/organization_proto.h"

#include <string>
#include <utility>

#include "services/common/status/error.h"
#include "services/common/status/text.h"
#include "services/ingest/errors.h"

namespace outlay::ingest {
namespace {

using ProtoNames = google::protobuf::RepeatedPtrField<v1::LocalizedName>;

std::vector<LocalizedName> NamesFromProto(const ProtoNames& names) {
  std::vector<LocalizedName> result;
  result.reserve(names.size());
  for (const v1::LocalizedName& name : names) result.push_back({name.language(), name.name()});
  return result;
}

void AddName(std::string_view language, std::string_view name, ProtoNames* names) {
  v1::LocalizedName* const added = names->Add();
  added->set_language(std::string(language));
  added->set_name(std::string(name));
}

void ToProto(const std::vector<LocalizedName>& names, ProtoNames* proto) {
  for (const LocalizedName& name : names) AddName(name.language, name.name, proto);
}

}  // namespace

OrganizationInput FromProto(const v1::Organization& proto) {
  return {.organization_id = proto.organization_id(),
          .kind = static_cast<OrganizationKind>(proto.kind()),
          .names = NamesFromProto(proto.names()),
          .aliases = NamesFromProto(proto.aliases()),
          .parent_id = proto.parent_id(),
          .fiscal_year_end = proto.fiscal_year_end(),
          .cik = proto.cik(),
          .ticker = proto.ticker(),
          .country_code = proto.country_code()};
}

GroupContent FromProto(const v1::Group& proto) {
  return {.group_id = proto.group_id(),
          .names = NamesFromProto(proto.names()),
          .organization_ids = {proto.organization_ids().begin(), proto.organization_ids().end()}};
}

void ToProto(const OrganizationContent& content, v1::Organization* proto) {
  proto->set_organization_id(content.organization_id);
  proto->set_kind(static_cast<v1::OrganizationKind>(content.kind));
  ToProto(content.names, proto->mutable_names());
  ToProto(content.aliases, proto->mutable_aliases());
  proto->set_parent_id(content.parent_id);
  proto->set_fiscal_year_end(time::FormatFiscalCalendar(content.fiscal_calendar));
  proto->set_cik(content.cik);
  proto->set_ticker(content.ticker);
  proto->set_country_code(content.country_code);
}

void ToProto(const Organization& organization, v1::Organization* proto) {
  ToProto(organization.content, proto);
  proto->set_revision(organization.revision);
  proto->set_sequence(organization.sequence);
}

void ToProto(const GroupContent& content, v1::Group* proto) {
  proto->set_group_id(content.group_id);
  ToProto(content.names, proto->mutable_names());
  for (const std::string& id : content.organization_ids) proto->add_organization_ids(id);
}

void ToProto(const Group& group, v1::Group* proto) {
  ToProto(group.content, proto);
  proto->set_revision(group.revision);
  proto->set_sequence(group.sequence);
}

void ToProto(const Measure& measure, v1::Measure* proto) {
  proto->set_measure_id(std::string(measure.id));
  AddName("en", measure.english_name, proto->mutable_names());
  AddName("ko", measure.korean_name, proto->mutable_names());
  proto->set_non_negative(measure.non_negative);
  for (const Definition& definition : measure.definitions) {
    v1::Definition* const added = proto->add_definitions();
    added->set_definition_id(std::string(definition.id));
    added->set_description(std::string(definition.description));
    added->set_may_be_negative(definition.may_be_negative);
  }
}

absl::StatusOr<OrganizationContent> StoredContentFromProto(const v1::Organization& proto) {
  const absl::StatusOr<time::FiscalCalendar> calendar =
      time::ParseFiscalCalendar(proto.fiscal_year_end());
  if (!calendar.ok()) return PayloadUnreadable(FromAbsl(calendar.status().message()));
  OrganizationInput input = FromProto(proto);
  return OrganizationContent{.organization_id = std::move(input.organization_id),
                             .kind = input.kind,
                             .names = std::move(input.names),
                             .aliases = std::move(input.aliases),
                             .parent_id = std::move(input.parent_id),
                             .fiscal_calendar = *calendar,
                             .cik = std::move(input.cik),
                             .ticker = std::move(input.ticker),
                             .country_code = std::move(input.country_code)};
}

}  // namespace outlay::ingest
