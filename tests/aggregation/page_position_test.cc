#include "services/aggregation/page_position.h"

#include <gtest/gtest.h>

namespace outlay::aggregation {
namespace {

TEST(PagePositionTest, ReadsBackWhatItWrote) {
  const PagePosition position{
      .sequence = 12, .query_index = 3, .after = std::string("amazon:\x1f\xff", 9)};
  EXPECT_EQ(ParsePlace(FormatPlace(position), 12), position);
}

TEST(PagePositionTest, OtherTextIsNoPlace) {
  for (const char* const text :
       {"", "3", ":amazon", "x:amazon", "-1:amazon", "99999999999:amazon"}) {
    EXPECT_EQ(ParsePlace(text, 12), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace outlay::aggregation
