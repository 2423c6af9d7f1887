#include "services/common/status/text.h"

#include <gtest/gtest.h>

namespace outlay {
namespace {

TEST(Quote, EscapesWhatCannotBeShown) {
  EXPECT_EQ(Quote("plain"), "\"plain\"");
  EXPECT_EQ(Quote("a\"b\\c"), "\"a\\\"b\\\\c\"");
  EXPECT_EQ(Quote(std::string_view("\0\n\x7f", 3)), "\"\\x00\\x0a\\x7f\"");
  EXPECT_EQ(Quote("한국"), "\"한국\"");
  EXPECT_EQ(Quote("\xff\xed"), "\"\\xff\\xed\"");
}

TEST(Quote, CutsLongTextsBetweenCharacters) {
  EXPECT_EQ(Quote(std::string(200, 'x')), "\"" + std::string(80, 'x') + "…\"");
  EXPECT_EQ(Quote(std::string(79, 'x') + "한국"), "\"" + std::string(79, 'x') + "한…\"");
}

TEST(Counted, HasASingular) {
  EXPECT_EQ(Counted(0, "record"), "0 records");
  EXPECT_EQ(Counted(1, "record"), "1 record");
  EXPECT_EQ(Counted(2, "record"), "2 records");
}

TEST(JoinFirst, SaysHowManyMoreThereAre) {
  const std::vector<std::string> parts = {"a", "b", "c"};
  EXPECT_EQ(JoinFirst({}, ", ", 3), "");
  EXPECT_EQ(JoinFirst(parts, ", ", 3), "a, b, c");
  EXPECT_EQ(JoinFirst(parts, "; ", 2), "a; b and 1 more");
}

TEST(Nearest, PutsTheClosestFirstWhateverTheCase) {
  EXPECT_EQ(Nearest("AMAZN", {"meta", "amazon", "amzn"}),
            (std::vector<std::string>{"amazon", "amzn"}));
}

TEST(Nearest, FindsNothingFarAway) {
  EXPECT_TRUE(Nearest("zebra", {"amazon", "meta"}).empty());
  EXPECT_TRUE(Nearest("", {"a"}).empty());
  EXPECT_TRUE(Nearest(std::string(1000, 'a'), {"a"}).empty());
}

TEST(DidYouMean, ListsTheCandidates) {
  EXPECT_EQ(DidYouMean("microsft", {"microsoft", "meta"}), " (did you mean \"microsoft\"?)");
  EXPECT_EQ(DidYouMean("kta", {"kia", "kt"}), " (did you mean \"kia\" or \"kt\"?)");
  EXPECT_EQ(DidYouMean("zebra", {"meta"}), "");
}

}  // namespace
}  // namespace outlay
