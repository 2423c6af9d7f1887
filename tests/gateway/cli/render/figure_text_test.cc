#include "gateway/cli/render/figure_text.h"

#include <gtest/gtest.h>

#include <set>

#include "gateway/cli/render/warning_texts.h"
#include "gateway/cli/render/words.h"
#include "google/protobuf/text_format.h"

namespace outlay::cli {
namespace {

template <typename Message>
Message FromText(const std::string& text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message)) << text;
  return message;
}

gateway::v1::Figure Figure(const std::string& text) {
  return FromText<gateway::v1::Figure>("currency_code: 'USD' " + text);
}

std::string English(const std::string& text) {
  return FigureText(Figure(text), Language::kEnglish);
}
std::string Korean(const std::string& text) { return FigureText(Figure(text), Language::kKorean); }

TEST(FigureTextTest, SaysHowTheFigureIsBounded) {
  EXPECT_EQ(English("interval { low { value: '100000000000' } high { value: '100000000000' } }"),
            "$100 bn");
  EXPECT_EQ(
      English("interval { low { value: '0' } high { value: '65000000000' } low_implied: true }"),
      "up to $65 bn");
  EXPECT_EQ(English("interval { high { value: '65000000000' } high_strict: true }"),
            "less than $65 bn");
  EXPECT_EQ(English("interval { low { value: '100000000000' } }"), "at least $100 bn");
  EXPECT_EQ(English("interval { low { value: '100000000000' } low_strict: true }"),
            "more than $100 bn");
  EXPECT_EQ(English("interval { low { value: '60000000000' } high { value: '65000000000' } }"),
            "$60–65 bn");
  EXPECT_EQ(English("interval { }"), "");
}

TEST(FigureTextTest, SaysItInKorean) {
  EXPECT_EQ(Korean("interval { low { value: '100000000000' } }"), "1,000억 달러 이상");
  EXPECT_EQ(Korean("interval { low { value: '1' } low_strict: true }"), "1 달러 초과");
  EXPECT_EQ(
      Korean("interval { low { value: '0' } high { value: '65000000000' } low_implied: true }"),
      "최대 650억 달러");
  EXPECT_EQ(Korean("interval { high { value: '65000000000' } high_strict: true }"),
            "650억 달러 미만");
  EXPECT_EQ(Korean("approximate: true interval { low { value: '3' } high { value: '3' } }"),
            "약 3 달러");
}

TEST(FigureTextTest, AboutIsSaidBesideTheBound) {
  EXPECT_EQ(English("approximate: true interval { low { value: '100000000000' } high { value: "
                    "'100000000000' } }"),
            "about $100 bn");
  EXPECT_EQ(English("approximate: true interval { low { value: '100000000000' } }"),
            "at least about $100 bn");
}

TEST(FigureTextTest, TheDigitsComeFromTheExactFraction) {
  // 463,069,191,673,… won: as rounded to won it would do as well; as a third of a dollar it would not.
  const auto figure = FromText<gateway::v1::Figure>(
      "currency_code: 'KRW' point { value: '1005' } exact_point { numerator: '10045' denominator: "
      "'10' } "
      "interval { low { value: '1005' } high { value: '1005' } }");
  EXPECT_EQ(FigureText(figure, Language::kEnglish), "₩1,005");
  EXPECT_EQ(*PointOf(figure), *money::Rational::Parse("2009", "2"));
}

TEST(FigureTextTest, ACompositionNamesItsPartsUnlessAllIsStated) {
  const auto total = Figure(
      "point { value: '320000000000' } composition { stated { value: '255000000000' } floors { "
      "value: '0' } "
      "ceilings { value: '65000000000' } midpoints { value: '0' } } "
      "interval { low { value: '255000000000' } high { value: '320000000000' } low_implied: true "
      "}");
  EXPECT_EQ(PointText(total, Language::kEnglish), "$320 bn");
  EXPECT_EQ(CompositionText(total, Language::kEnglish), "255 stated + 65 ceiling");
  EXPECT_EQ(CompositionText(total, Language::kKorean), "명시 2,550억 + 상한 650억");
  EXPECT_EQ(IntervalText(total, Language::kEnglish), "$255–320 bn");
  EXPECT_EQ(CompositionText(Figure("point { value: '5' } composition { stated { value: '5' } }"),
                            Language::kEnglish),
            "");
}

TEST(FigureTextTest, AnOpenIntervalSaysOnWhichSide) {
  EXPECT_EQ(IntervalText(Figure("interval { low { value: '255000000000' } }"), Language::kEnglish),
            "at least $255 bn, no upper end");
  EXPECT_EQ(IntervalText(Figure("interval { high { value: '5' } }"), Language::kEnglish),
            "up to $5, no lower end");
  EXPECT_EQ(IntervalText(Figure("interval { }"), Language::kEnglish), "open on both sides");
  EXPECT_EQ(IntervalText(Figure("interval { low { value: '5' } high { value: '5' } }"),
                         Language::kEnglish),
            "");
}

TEST(FigureTextTest, AmountsOfDisclosuresReadAlike) {
  EXPECT_EQ(AmountText(FromText<money::v1::Amount>("currency_code: 'USD' bound: BOUND_UP_TO high { "
                                                   "value: '65000000000' } low { value: '0' } "
                                                   "low_implied: true"),
                       Language::kEnglish),
            "up to $65 bn");
  EXPECT_EQ(
      AmountText(FromText<money::v1::Amount>("currency_code: 'KRW' bound: BOUND_POINT stated { "
                                             "value: '466000000000000' } approximate: true"),
                 Language::kKorean),
      "약 466조 원");
  EXPECT_EQ(AmountText(FromText<money::v1::Amount>(
                           "currency_code: 'USD' bound: BOUND_MORE_THAN low { value: '7' }"),
                       Language::kEnglish),
            "more than $7");
}

TEST(RatioTextTest, EndsThatSayMoreThanTheValueAreNamed) {
  const auto ratio = [](const std::string& text) { return FromText<gateway::v1::Ratio>(text); };
  const auto budget = ratio(
      "percent { value: '71.0824' } exact { numerator: '466016' denominator: '655600' } "
      "percent_low { value: '56.6437' } "
      "percent_high { value: '71.0824' }");
  EXPECT_EQ(RatioText(budget, 2, Language::kEnglish), "71.08 % (at least 56.6 %)");
  EXPECT_EQ(RatioText(budget, 2, Language::kKorean), "71.08% (최소 56.6%)");
  const auto point = ratio(
      "percent { value: '71.0824' } percent_low { value: '71.0823' } percent_high { value: "
      "'71.0824' }");
  EXPECT_EQ(RatioText(point, 2, Language::kEnglish), "71.08 %");
  const auto open = ratio("percent { value: '71.0824' } percent_low { value: '56.6437' }");
  EXPECT_EQ(RatioText(open, 2, Language::kEnglish), "71.08 % (at least 56.6 %)");
  const auto both = ratio(
      "percent { value: '31.25' } percent_low { value: '20' } percent_high { value: '39.2157' }");
  EXPECT_EQ(RatioText(both, 1, Language::kEnglish), "31.3 % (20.0 % to 39.3 %)");
  EXPECT_EQ(ShortRatioText(both, Language::kEnglish), "31.3 % (20.0–39.3)");
}

TEST(RatioTextTest, GrowthIsSigned) {
  EXPECT_EQ(GrowthText(FromText<gateway::v1::Ratio>("exact { numerator: '17' denominator: '83' }"),
                       Language::kEnglish),
            "+20.5 %");
  EXPECT_EQ(GrowthText(gateway::v1::Ratio(), Language::kEnglish), "");
}

TEST(WarningTextsTest, EveryCodeOfTheRulesHasATextInBothLanguages) {
  const std::set<std::string_view> codes(WarningCodes().begin(), WarningCodes().end());
  for (const char* const code :
       {"OPEN_INTERVAL",       "IMPLIED_LOW",     "MIXED_MEASURES",
        "MIXED_DEFINITIONS",   "MIXED_BASES",     "MIXED_CALENDARS",
        "PERIOD_AMBIGUOUS",    "PERIOD_MISMATCH", "PRIOR_PERIOD_INCOMPLETE",
        "CONFLICTING_SOURCES", "STALE_RATE",      "SUSPICIOUS_RATE",
        "HELD_RATE",           "PRO_RATED",       "DERIVED",
        "NEGATIVE_DERIVED",    "WEEK_CALENDAR",   "ROUNDED",
        "DEFINITION_MISMATCH", "NO_RATE",         "COUNTED_IN_PARENT",
        "NO_REFERENCE",        "PARTIAL"}) {
    EXPECT_TRUE(codes.contains(code)) << code;
    EXPECT_FALSE(WarningText(code, Language::kEnglish).empty()) << code;
    EXPECT_FALSE(WarningText(code, Language::kKorean).empty()) << code;
  }
  EXPECT_EQ(WarningText("NO_SUCH_CODE", Language::kEnglish), "");
}

TEST(WordsTest, NamesFallBackToEnglishAndThenToTheId) {
  ingest::v1::Organization organization;
  EXPECT_EQ(NameIn(organization.names(), "amazon", Language::kKorean), "amazon");
  auto* const english = organization.add_names();
  english->set_language("en");
  english->set_name("Amazon");
  EXPECT_EQ(NameIn(organization.names(), "amazon", Language::kKorean), "Amazon");
  auto* const korean = organization.add_names();
  korean->set_language("ko");
  korean->set_name("아마존");
  EXPECT_EQ(NameIn(organization.names(), "amazon", Language::kKorean), "아마존");
  EXPECT_EQ(MeasureName("some_new_measure", Language::kEnglish), "some new measure");
}

}  // namespace
}  // namespace outlay::cli
