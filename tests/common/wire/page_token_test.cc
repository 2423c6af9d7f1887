#include "services/common/wire/page_token.h"

#include <gtest/gtest.h>

#include "outlay/ingest/v1/ingest_service.pb.h"
#include "services/common/status/error.h"

namespace outlay::wire {
namespace {

const PageToken kToken{.sequence = 91, .position = "d-000000000000004d", .request_hash = 17};

TEST(PageToken, GoesThereAndBack) {
  EXPECT_EQ(*DecodePageToken(EncodePageToken(kToken), 17), kToken);
}

TEST(PageToken, OfAnotherRequestIsRefused) {
  const absl::Status error = DecodePageToken(EncodePageToken(kToken), 18).status();
  EXPECT_EQ(GetErrorDetail(error).reason, "PAGE_TOKEN_INVALID");
  EXPECT_EQ(GetErrorDetail(error).violations[0].field, "page_token");
}

TEST(PageToken, WithAnyCharacterChangedIsRefused) {
  const std::string token = EncodePageToken(kToken);
  for (size_t i = 0; i < token.size(); ++i) {
    std::string changed = token;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(DecodePageToken(changed, 17).ok()) << i;
  }
  for (const char* text :
       {"", "x", "not a token", "====", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}) {
    EXPECT_FALSE(DecodePageToken(text, 17).ok()) << text;
  }
}

TEST(RequestHash, TellsRequestsApart) {
  ingest::v1::ListDisclosuresRequest a;
  a.add_measures("revenue");
  ingest::v1::ListDisclosuresRequest b = a;
  EXPECT_EQ(RequestHash(a), RequestHash(b));
  b.add_organization_ids("meta");
  EXPECT_NE(RequestHash(a), RequestHash(b));
  EXPECT_NE(RequestHash(ingest::v1::ListGroupsRequest()),
            RequestHash(ingest::v1::ListOrganizationsRequest()));
}

}  // namespace
}  // namespace outlay::wire
