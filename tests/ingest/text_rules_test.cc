#include "services/ingest/text_rules.h"

#include <gtest/gtest.h>

#include <string>

namespace outlay::ingest {
namespace {

TEST(TextRulesTest, Slugs) {
  for (const char* const right :
       {"a", "amazon", "republic-of-korea", "3m", "0001018724-25-000004"}) {
    EXPECT_TRUE(IsSlug(right)) << right;
  }
  for (const char* const wrong : {"", "-a", "a-", "a--b", "A", "a b", "a_b", "구글"}) {
    EXPECT_FALSE(IsSlug(wrong)) << wrong;
  }
  EXPECT_TRUE(IsSlug(std::string(64, 'a')));
  EXPECT_FALSE(IsSlug(std::string(65, 'a')));
}

TEST(TextRulesTest, LanguageTags) {
  for (const char* const right : {"en", "ko", "zh-Hant-TW", "sr-Latn", "de-1996"}) {
    EXPECT_TRUE(IsLanguageTag(right)) << right;
  }
  for (const char* const wrong : {"", "e", "EN", "english", "en-", "en--us", "en_US", "en us"}) {
    EXPECT_FALSE(IsLanguageTag(wrong)) << wrong;
  }
}

TEST(TextRulesTest, Urls) {
  for (const char* const right :
       {"http://a", "https://example.org/x?y=z#1", "https://brunch.co.kr/@a/글"}) {
    EXPECT_TRUE(IsHttpUrl(right)) << right;
  }
  for (const char* const wrong :
       {"", "example.org", "ftp://a", "https://", "https:///x", "https://a b", "https://a\nb",
        "https://user@host/", "http://:80"}) {
    EXPECT_FALSE(IsHttpUrl(wrong)) << wrong;
  }
  EXPECT_FALSE(IsHttpUrl("https://a/" + std::string(2'000, 'x')));
}

TEST(TextRulesTest, Utf8) {
  EXPECT_TRUE(IsValidUtf8("조 원 €, 𝄞"));
  for (const char* const wrong : {"\xff", "\xc0\x80", "\xe0\x80\x80", "\xed\xa0\x80",
                                  "\xf4\x90\x80\x80", "\xe2\x82", "\x80"}) {
    EXPECT_FALSE(IsValidUtf8(wrong));
  }
  EXPECT_FALSE(IsOneLine("a\tb"));
}

TEST(TextRulesTest, Accessions) {
  EXPECT_TRUE(IsAccession("0001018724-25-000004"));
  EXPECT_FALSE(IsAccession("0001018724-25-00004"));
  EXPECT_FALSE(IsAccession("000101872425000004"));
}

}  // namespace
}  // namespace outlay::ingest
