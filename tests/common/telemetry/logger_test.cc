#include "services/common/telemetry/logger.h"

#include <string>
#include <thread>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"

namespace outlay::telemetry {
namespace {

using ::testing::MatchesRegex;

class LoggerTest : public testing::Test {
 protected:
  Logger Make(Level level = Level::kInfo, Format format = Format::kJson) {
    return Logger::ToSink({.level = level, .format = format},
                          [this](std::string_view line) { lines_.emplace_back(line); });
  }

  std::vector<std::string> lines_;
};

TEST_F(LoggerTest, JsonLineHasTimeLevelMessageAndFieldsWithTheirTypes) {
  Make().Info("listening", {{"address", "127.0.0.1:7401"}, {"port", 7401}, {"tls", false}});
  ASSERT_EQ(lines_.size(), 1u);
  const auto line = nlohmann::json::parse(lines_[0]);
  EXPECT_THAT(line["time"].get<std::string>(), MatchesRegex("20..-..-..T..:..:..\\....Z"));
  EXPECT_EQ(line["level"], "info");
  EXPECT_EQ(line["message"], "listening");
  EXPECT_EQ(line["address"], "127.0.0.1:7401");
  EXPECT_EQ(line["port"], 7401);
  EXPECT_EQ(line["tls"], false);
}

TEST_F(LoggerTest, TextLineIsForPeople) {
  Make(Level::kInfo, Format::kText).Warning("slow", {{"elapsed_ms", 12}, {"peer", "a b"}});
  ASSERT_EQ(lines_.size(), 1u);
  EXPECT_EQ(lines_[0].substr(25), "warning slow elapsed_ms=12 peer=\"a b\"");
}

TEST_F(LoggerTest, LevelsBelowTheSettingAreDropped) {
  const Logger logger = Make(Level::kWarning);
  logger.Debug("a");
  logger.Info("b");
  logger.Warning("c");
  logger.Error("d");
  EXPECT_EQ(lines_.size(), 2u);
  EXPECT_FALSE(logger.Enabled(Level::kInfo));
  EXPECT_TRUE(logger.Enabled(Level::kError));
}

TEST_F(LoggerTest, OffDropsEverything) {
  Make(Level::kOff).Error("x");
  EXPECT_TRUE(lines_.empty());
}

TEST_F(LoggerTest, WithAddsItsFieldsToEveryLineOfTheChildOnly) {
  const Logger parent = Make();
  const Logger child = parent.With({{"service", "fx"}});
  child.Info("a", {{"n", 1}});
  parent.Info("b");
  ASSERT_EQ(lines_.size(), 2u);
  EXPECT_EQ(nlohmann::json::parse(lines_[0])["service"], "fx");
  EXPECT_FALSE(nlohmann::json::parse(lines_[1]).contains("service"));
}

TEST_F(LoggerTest, AnyBytesMakeALineThatParses) {
  const std::string text = "quote \" backslash \\ newline \n tab \t null \x01 한글 bad \xff\xc0";
  Make().Info(text, {{"text", text}});
  ASSERT_EQ(lines_.size(), 1u);
  EXPECT_EQ(lines_[0].find('\n'), std::string::npos);
  EXPECT_EQ(nlohmann::json::parse(lines_[0])["message"],
            "quote \" backslash \\ newline \n tab \t null \x01 한글 bad \ufffd\ufffd");
}

TEST_F(LoggerTest, BracesInAMessageAreText) {
  Make().Info("{} {0} %v");
  EXPECT_EQ(nlohmann::json::parse(lines_[0])["message"], "{} {0} %v");
}

TEST_F(LoggerTest, LinesOfSeveralThreadsAreWhole) {
  const Logger logger = Make();
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([logger] {
      for (int j = 0; j < 100; ++j) logger.Info("x", {{"j", j}});
    });
  }
  for (std::thread& thread : threads) thread.join();
  ASSERT_EQ(lines_.size(), 400u);
  for (const std::string& line : lines_) EXPECT_TRUE(nlohmann::json::accept(line));
}

TEST(Logger, DefaultConstructedLogsNothing) { Logger().With({{"a", 1}}).Error("x"); }

TEST(ParseLevel, KnowsTheSettingsWords) {
  EXPECT_EQ(ParseLevel("debug"), Level::kDebug);
  EXPECT_EQ(ParseLevel("info"), Level::kInfo);
  EXPECT_EQ(ParseLevel("warning"), Level::kWarning);
  EXPECT_EQ(ParseLevel("error"), Level::kError);
  EXPECT_EQ(ParseLevel("off"), Level::kOff);
}

TEST(ResolveFormat, JsonAndTextAreTakenAsTheyAre) {
  EXPECT_EQ(ResolveFormat("json"), Format::kJson);
  EXPECT_EQ(ResolveFormat("text"), Format::kText);
}

}  // namespace
}  // namespace outlay::telemetry
