// Names and dates of the protos in words.
#ifndef OUTLAY_GATEWAY_CLI_RENDER_WORDS_H_
#define OUTLAY_GATEWAY_CLI_RENDER_WORDS_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "gateway/cli/render/language.h"
#include "google/protobuf/repeated_field.h"
#include "outlay/ingest/v1/disclosure.pb.h"
#include "outlay/ingest/v1/organization.pb.h"

namespace outlay::cli {

// The name in `language`, else in English, else the first, else `id`.
std::string NameIn(const google::protobuf::RepeatedPtrField<ingest::v1::LocalizedName>& names,
                   const std::string& id, Language language);

// "capital expenditure"; a measure that is not known here is its slug with spaces.
std::string MeasureName(std::string_view measure, Language language);
std::string BasisName(ingest::v1::Basis basis, Language language);
std::string SourceClassName(ingest::v1::SourceClass source_class, Language language);
// "12,345 rates", "1 rate"; "12,345건": a noun that takes an s, or a Korean counter.
std::string CountedIn(Language language, int64_t count, std::string_view noun,
                      std::string_view counter);
// "1 of 4 organizations".
std::string OfOrganizations(int count, int total, Language language);
std::string ClaimName(ingest::v1::ClaimKind kind, Language language);

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_RENDER_WORDS_H_
