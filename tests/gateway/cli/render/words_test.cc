#include "gateway/cli/render/words.h"

#include <gtest/gtest.h>

namespace outlay::cli {
namespace {

TEST(WordsTest, WhatIsCountedHasASingularAndAKoreanCounter) {
  EXPECT_EQ(CountedIn(Language::kEnglish, 1, "rate", "건"), "1 rate");
  EXPECT_EQ(CountedIn(Language::kEnglish, 0, "rate", "건"), "0 rates");
  EXPECT_EQ(CountedIn(Language::kEnglish, 12'345, "rate", "건"), "12,345 rates");
  EXPECT_EQ(CountedIn(Language::kKorean, 12'345, "rate", "건"), "12,345건");
}

TEST(WordsTest, APartOfOneOrganizationIsNotOfSeveral) {
  EXPECT_EQ(OfOrganizations(1, 4, Language::kEnglish), "1 of 4 organizations");
  EXPECT_EQ(OfOrganizations(0, 1, Language::kEnglish), "0 of 1 organization");
  EXPECT_EQ(OfOrganizations(1, 4, Language::kKorean), "1곳 (전체 4곳)");
}

}  // namespace
}  // namespace outlay::cli
