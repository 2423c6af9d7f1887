// The project keeps the rules of the house. rules_test.cc shows that each of them can fail.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "tests/house_rules/rules.h"

namespace outlay::house_rules {
namespace {

const Tree& Project() {
  static const Tree tree = [] {
    const char* root = std::getenv("OUTLAY_SOURCE_DIR");
    return root == nullptr ? Tree() : LoadTree(root);
  }();
  return tree;
}

std::string Listed(const Findings& findings) {
  std::string text;
  for (const Finding& finding : findings) text += finding.where + ": " + finding.what + "\n";
  return text;
}

TEST(HouseRules, TheProjectIsFound) {
  EXPECT_NE(Find(Project(), "CMakeLists.txt"), nullptr) << "OUTLAY_SOURCE_DIR must name the tree";
  EXPECT_NE(Find(Project(), "services/common/status/error.cc"), nullptr);
}

TEST(HouseRules, ServicesMeetOnlyThroughProtos) {
  EXPECT_EQ(Listed(ServicesMeetOnlyThroughProtos(Project())), "");
}

TEST(HouseRules, OnlyTheWireSeesGrpc) { EXPECT_EQ(Listed(OnlyTheWireSeesGrpc(Project())), ""); }

TEST(HouseRules, OnlyTheEnginesSeeSql) { EXPECT_EQ(Listed(OnlyTheEnginesSeeSql(Project())), ""); }

TEST(HouseRules, MoneyIsNeverFloatingPoint) {
  EXPECT_EQ(Listed(MoneyIsNeverFloatingPoint(Project())), "");
}

TEST(HouseRules, FilesAreShort) { EXPECT_EQ(Listed(FilesAreShort(Project())), ""); }

TEST(HouseRules, EveryLibraryHasTests) { EXPECT_EQ(Listed(EveryLibraryHasTests(Project())), ""); }

TEST(HouseRules, NoPathsOfAMachine) { EXPECT_EQ(Listed(NoPathsOfAMachine(Project())), ""); }

TEST(HouseRules, DependenciesAreDocumented) {
  EXPECT_EQ(Listed(DependenciesAreDocumented(Project())), "");
}

}  // namespace
}  // namespace outlay::house_rules
