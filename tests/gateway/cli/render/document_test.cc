#include "gateway/cli/render/document.h"

#include <gtest/gtest.h>

#include "gateway/cli/render/csv.h"
#include "gateway/cli/render/display_width.h"
#include "gateway/cli/render/text_table.h"

namespace outlay::cli {
namespace {

Table SampleTable() {
  return {{{"#", Align::kRight},
           {"organization"},
           {"2025", Align::kRight},
           {"notes", Align::kLeft, true}},
          {{{"1", "Amazon", "$100 bn", "corroborated, 2 sources; also stated: at least $100 bn"}},
           {{"2", "Meta", "up to $65 bn", "IMPLIED_LOW"}},
           {{"", "total", "$165 bn", ""}, true}}};
}

TEST(DisplayWidthTest, KoreanCharactersTakeTwoCells) {
  EXPECT_EQ(DisplayWidth("Amazon"), 6u);
  EXPECT_EQ(DisplayWidth("아마존"), 6u);
  EXPECT_EQ(DisplayWidth("₩466.016 tn"), 11u);
  EXPECT_EQ(DisplayWidth("466조 160억 원"), 14u);
  EXPECT_EQ(DisplayWidth("e\u0301"), 1u);
  EXPECT_EQ(DisplayWidth("\xff\xfe"), 2u);
}

TEST(WrapTest, BreaksAtSpacesAndInsideWordsThatAreTooLong) {
  EXPECT_EQ(Wrap("one two three", 7), (std::vector<std::string>{"one two", "three"}));
  EXPECT_EQ(Wrap("abcdefgh ij", 3), (std::vector<std::string>{"abc", "def", "gh", "ij"}));
  EXPECT_EQ(Wrap("아마존", 5), (std::vector<std::string>{"아마", "존"}));
  EXPECT_EQ(Wrap("a\n\nb", 5), (std::vector<std::string>{"a", "", "b"}));
  EXPECT_EQ(Wrap("at $100 bn, 20.5 % up", 8),
            (std::vector<std::string>{"at", "$100 bn,", "20.5 %", "up"}));
  EXPECT_EQ(Wrap("", 5), (std::vector<std::string>{""}));
}

TEST(TextTableTest, AlignsColumnsAndSetsTheTotalOff) {
  EXPECT_EQ(
      RenderTable(SampleTable(), {.width = 120}),
      "#  organization          2025  notes\n"
      "─────────────────────────────────────────────────────────────────────────────────────"
      "\n"
      "1  Amazon             $100 bn  corroborated, 2 sources; also stated: at least $100 bn\n"
      "2  Meta          up to $65 bn  IMPLIED_LOW\n"
      "─────────────────────────────────────────────────────────────────────────────────────"
      "\n"
      "   total              $165 bn\n");
}

TEST(TextTableTest, WrapsTheNotesFirstWhenItIsTooWide) {
  EXPECT_EQ(RenderTable(SampleTable(), {.width = 60}),
            "#  organization          2025  notes\n"
            "────────────────────────────────────────────────────────────\n"
            "1  Amazon             $100 bn  corroborated, 2 sources; also\n"
            "                               stated: at least $100 bn\n"
            "2  Meta          up to $65 bn  IMPLIED_LOW\n"
            "────────────────────────────────────────────────────────────\n"
            "   total              $165 bn\n");
}

TEST(TextTableTest, NoLineIsWiderThanTheTerminalWhileWordsAllowIt) {
  for (size_t width = 42; width < 130; ++width) {
    const std::string text = RenderTable(SampleTable(), {.width = width});
    for (size_t begin = 0; begin < text.size();) {
      const size_t end = text.find('\n', begin);
      EXPECT_LE(DisplayWidth(std::string_view(text).substr(begin, end - begin)), width);
      begin = end + 1;
    }
  }
}

TEST(TextTableTest, WideCharactersKeepTheColumnsStraight) {
  const Table table = {{{"기관"}, {"2025", Align::kRight}},
                       {{{"아마존", "1,000억 달러"}}, {{"Meta", "5 원"}}}};
  EXPECT_EQ(RenderTable(table, {}),
            "기관            2025\n"
            "────────────────────\n"
            "아마존  1,000억 달러\n"
            "Meta            5 원\n");
}

TEST(DocumentTest, TextHasEmptyLinesBetweenBlocksAndIndentedLists) {
  const Document document = {Heading{"Warnings"},
                             ItemList{{{"ROUNDED", "The total was rounded.", {"by 1 won"}}}, true},
                             Paragraph{"End."}};
  EXPECT_EQ(RenderText(document, {.width = 26}),
            "Warnings\n"
            "  ROUNDED: The total was\n"
            "    rounded.\n"
            "    by 1 won\n"
            "\n"
            "End.\n");
}

TEST(DocumentTest, ColoursAreThereOnlyWhenAskedFor) {
  const Document document = {Heading{"W"}, ItemList{{{"CODE", "text", {}}}, true}};
  EXPECT_EQ(RenderText(document, {.width = 80, .colour = true}),
            "\x1b[1mW\x1b[0m\n  \x1b[33mCODE\x1b[0m: text\n");
  EXPECT_EQ(RenderText(document, {.width = 80}).find('\x1b'), std::string::npos);
}

TEST(DocumentTest, MarkdownEscapesWhatWouldBeMarkup) {
  const Document document = {
      Heading{"A # b"}, Table{{{"x|y"}, {"n", Align::kRight}}, {{{"a*b", "1"}}, {{"", "2"}, true}}},
      ItemList{{{"LEAD", "t_t", {"d"}}}, false}};
  EXPECT_EQ(RenderMarkdown(document),
            "## A \\# b\n"
            "\n"
            "| x\\|y | n |\n"
            "|---|---:|\n"
            "| a\\*b | 1 |\n"
            "|  | **2** |\n"
            "\n"
            "- **LEAD**: t\\_t\n"
            "  - d\n");
}

TEST(CsvTest, QuotesWhatNeedsIt) {
  EXPECT_EQ(CsvRecord({"a", "b,c", "d\"e", ""}), "a,\"b,c\",\"d\"\"e\",\n");
}

TEST(CsvTest, AFormulaIsMadeHarmlessAndANegativeNumberIsNot) {
  EXPECT_EQ(CsvRecord({"=1+1", "-5", "@x", "-x"}), "'=1+1,-5,'@x,'-x\n");
}

}  // namespace
}  // namespace outlay::cli
