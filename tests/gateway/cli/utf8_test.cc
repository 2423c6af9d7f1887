#include "gateway/cli/utf8.h"

#include <gtest/gtest.h>

#include <string>

#include "google/protobuf/stubs/logging.h"
#include "google/protobuf/wrappers.pb.h"

namespace outlay::cli {
namespace {

TEST(Utf8Test, TakesTheFirstAndLastOfEveryLength) {
  for (const char* const text :
       {"", "a", "\x7f", "\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80", "\xed\x9f\xbf", "\xee\x80\x80",
        "\xef\xbf\xbf", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf", "café 한글 😀"}) {
    EXPECT_TRUE(IsUtf8(text)) << text;
  }
}

TEST(Utf8Test, RefusesWhatIsCutOverlongASurrogateOrTooGreat) {
  for (const char* const text :
       {"caf\xe9", "\x80", "\xc2", "\xe0\xa0", "\xf0\x90\x80", "\xc0\x80", "\xc1\xbf",
        "\xe0\x9f\xbf", "\xed\xa0\x80", "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80",
        "\xff", "\xe9t\xe9", "a\xc3(", "\xe2\x82(", "\xf0\x90\x80("}) {
    EXPECT_FALSE(IsUtf8(text)) << text;
  }
}

// Every text of two bytes, alone and before one and two more.
TEST(Utf8Test, AgreesWithWhatProtobufTakes) {
  const auto parses = [](const std::string& text) {
    google::protobuf::StringValue value;
    const std::string bytes = std::string("\x0a") + static_cast<char>(text.size()) + text;
    return value.ParseFromString(bytes);
  };
  google::protobuf::LogSilencer silence;
  for (int first = 0; first < 256; ++first) {
    for (int second = 0; second < 256; ++second) {
      const std::string two = {static_cast<char>(first), static_cast<char>(second)};
      ASSERT_EQ(IsUtf8(two), parses(two)) << first << " " << second;
      const std::string four = two + "\x80\xbf";
      ASSERT_EQ(IsUtf8(four), parses(four)) << first << " " << second;
      const std::string three = two + "\x80";
      ASSERT_EQ(IsUtf8(three), parses(three)) << first << " " << second;
    }
  }
}

}  // namespace
}  // namespace outlay::cli
