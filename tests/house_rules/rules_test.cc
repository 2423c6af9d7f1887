// Each rule, given a small tree that breaks it, finds that, and lets what is allowed pass.

#include "tests/house_rules/rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace outlay::house_rules {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// A tree written to a temporary folder and read back, as the project itself is read.
class RulesTest : public ::testing::Test {
 protected:
  RulesTest() {
    std::string pattern = (std::filesystem::temp_directory_path() / "house_rules.XXXXXX").string();
    root_ = mkdtemp(pattern.data());
  }
  ~RulesTest() override { std::filesystem::remove_all(root_); }

  void Write(const std::string& path, const std::string& text) {
    std::filesystem::create_directories((root_ / path).parent_path());
    std::ofstream(root_ / path) << text;
  }

  Tree Read() const { return LoadTree(root_); }

 private:
  std::filesystem::path root_;
};

TEST_F(RulesTest, AServiceThatIncludesAnotherIsFound) {
  Write("services/fx/rates.cc", "// Rates.\n#include \"services/ingest/store.h\"\n");
  EXPECT_THAT(ServicesMeetOnlyThroughProtos(Read()),
              ElementsAre(Finding{"services/fx/rates.cc:2",
                                  "services/fx includes services/ingest/store.h: services meet "
                                  "only through protos"}));
}

TEST_F(RulesTest, AServiceThatIncludesTheGatewayIsFound) {
  Write("services/ingest/a.h", "#include \"gateway/report.h\"\n");
  EXPECT_THAT(ServicesMeetOnlyThroughProtos(Read()),
              ElementsAre(Finding{"services/ingest/a.h:1",
                                  "services/ingest includes gateway/report.h: services meet only "
                                  "through protos"}));
}

TEST_F(RulesTest, CommonCodeThatKnowsAServiceIsFound) {
  Write("services/common/rpc/a.cc", "#include \"services/aggregation/view.h\"\n");
  EXPECT_THAT(ServicesMeetOnlyThroughProtos(Read()),
              ElementsAre(Finding{"services/common/rpc/a.cc:1",
                                  "services/common includes services/aggregation/view.h: services "
                                  "meet only through protos"}));
}

TEST_F(RulesTest, TheGatewayIncludesAServiceOnlyToWireThemTogether) {
  Write("gateway/cli/up_command.cc", "#include \"services/fx/service.h\"\n");
  Write("gateway/report.cc", "#include \"services/fx/service.h\"\n");
  EXPECT_THAT(ServicesMeetOnlyThroughProtos(Read()),
              ElementsAre(Finding{
                  "gateway/report.cc:1",
                  "gateway includes services/fx/service.h: services meet only through protos"}));
}

TEST_F(RulesTest, OnesOwnCommonAndGeneratedHeadersAreNobodyElsesService) {
  Write("services/fx/a.cc",
        "#include \"services/fx/a.h\"\n#include \"services/common/money/decimal.h\"\n"
        "#include \"outlay/ingest/v1/ingest_service.pb.h\"\n");
  EXPECT_THAT(ServicesMeetOnlyThroughProtos(Read()), IsEmpty());
}

TEST_F(RulesTest, GrpcAndProtobufOutsideTheWireAreFound) {
  Write("services/fx/rates.h", "#include <grpcpp/grpcpp.h>\n");
  Write("services/ingest/store.cc", "#include \"outlay/ingest/v1/disclosure.pb.h\"\n");
  Write("gateway/report.cc", "#include <google/protobuf/message.h>\n");
  EXPECT_THAT(
      OnlyTheWireSeesGrpc(Read()),
      ElementsAre(Finding{"gateway/report.cc:1",
                          "includes google/protobuf/message.h, which only the wire layer may"},
                  Finding{"services/fx/rates.h:1",
                          "includes grpcpp/grpcpp.h, which only the wire layer may"},
                  Finding{"services/ingest/store.cc:1",
                          "includes outlay/ingest/v1/disclosure.pb.h, which only the wire layer "
                          "may"}));
}

TEST_F(RulesTest, TheWireSeesGrpc) {
  const std::string text = "#include <grpcpp/grpcpp.h>\n";
  for (const char* path :
       {"services/fx/fx_service.cc", "services/fx/fx_service.h", "services/fx/rate_proto.cc",
        "services/aggregation/ingest_client.h", "services/fx/main.cc", "services/common/rpc/x.h",
        "gateway/cli/report_command.cc", "tests/fx/fx_test.cc"}) {
    Write(path, text);
  }
  EXPECT_THAT(OnlyTheWireSeesGrpc(Read()), IsEmpty());
}

TEST_F(RulesTest, SqlOutsideTheEnginesIsFound) {
  Write("services/ingest/store.cc", "#include <sqlite3.h>\n");
  Write("services/common/journal/journal.h", "#include <postgresql/libpq-fe.h>\n");
  Write("services/common/journal/sqlite_journal.cc", "#include <sqlite3.h>\n");
  EXPECT_THAT(
      OnlyTheEnginesSeeSql(Read()),
      ElementsAre(Finding{"services/common/journal/journal.h:1",
                          "includes postgresql/libpq-fe.h, which only the journal's engines may"},
                  Finding{"services/ingest/store.cc:1",
                          "includes sqlite3.h, which only the journal's engines may"}));
}

TEST_F(RulesTest, FloatingPointWhereMoneyIsHandledIsFound) {
  Write("services/fx/rate.cc", "int a;\ndouble rate = 1.5;\n");
  Write("gateway/share.h", "std::vector<float> shares;\n");
  EXPECT_THAT(MoneyIsNeverFloatingPoint(Read()),
              ElementsAre(Finding{"gateway/share.h:1", "float where money is handled"},
                          Finding{"services/fx/rate.cc:2", "double where money is handled"}));
}

TEST_F(RulesTest, FloatingPointInWordsLiteralsAndOtherFoldersPasses) {
  Write("services/fx/rate.cc",
        "// never a double\n/* float\n double */\nauto s = \"a double\";\n"
        "auto r = R\"x(\" double )x\";\nint doubled = 1'000;\nchar c = '\"';  // float\n");
  Write("services/common/telemetry/histogram.cc", "double seconds;\n");
  EXPECT_THAT(MoneyIsNeverFloatingPoint(Read()), IsEmpty());
}

TEST_F(RulesTest, CodeAfterALiteralIsStillRead) {
  Write("services/fx/rate.cc", "auto r = R\"(x)\"; char q = '\\''; float f = 1'0;\n");
  EXPECT_THAT(MoneyIsNeverFloatingPoint(Read()),
              ElementsAre(Finding{"services/fx/rate.cc:1", "float where money is handled"}));
}

TEST_F(RulesTest, AFileOfMoreThan400LinesIsFound) {
  std::string lines;
  for (int i = 0; i < 400; ++i) lines += "x\n";
  Write("services/fx/long.cc", lines);
  Write("services/fx/longer.cc", lines + "x\n");
  Write("run", lines + "x\n");
  Write("docs/long.md", lines + "x\n");
  EXPECT_THAT(FilesAreShort(Read()),
              ElementsAre(Finding{"run", "401 lines, 400 at most"},
                          Finding{"services/fx/longer.cc", "401 lines, 400 at most"}));
}

TEST_F(RulesTest, ALibraryWithoutTestsIsFound) {
  const std::string library = "outlay_library(outlay_x SOURCES x.cc)\n";
  Write("services/common/money/CMakeLists.txt", library);
  Write("services/fx/CMakeLists.txt", library);
  Write("gateway/extraction/CMakeLists.txt", library);
  Write("tests/common/money/CMakeLists.txt", "outlay_test(money_test SOURCES a.cc)\n");
  Write("tests/fx/CMakeLists.txt", "# none yet\n");
  EXPECT_THAT(
      EveryLibraryHasTests(Read()),
      ElementsAre(
          Finding{"gateway/extraction/CMakeLists.txt",
                  "a library without tests: tests/gateway/extraction/CMakeLists.txt declares none"},
          Finding{"services/fx/CMakeLists.txt",
                  "a library without tests: tests/fx/CMakeLists.txt declares none"}));
}

TEST_F(RulesTest, APathOfSomebodysMachineIsFoundInAnyFile) {
  const std::string home = std::string("/") + "home/me/data";
  Write("docs/a.md", "See\n`" + home + "`.\n");
  Write("deploy/b.json", "{\"file\": \"" + home + "\"}");
  Write("docs/c.md", "https://example.org" + home + " and ~" + home + "\n");
  Write("build/generated.txt", home);
  EXPECT_THAT(
      NoPathsOfAMachine(Read()),
      ElementsAre(Finding{"deploy/b.json:1",
                          std::string("names /") + "home/, a folder of somebody's own machine"},
                  Finding{"docs/a.md:2",
                          std::string("names /") + "home/, a folder of somebody's own machine"}));
}

TEST_F(RulesTest, PackagesAndTheirManualMustAgree) {
  Write("tools/packages.txt",
        "# GROUP PACKAGE WHY\nbuild cmake   builds\ntest  libgmp-dev exact\n");
  Write("docs/dependencies.md", "| package | why |\n|---|---|\n| `cmake` | x |\n| `ninja` | y |\n");
  EXPECT_THAT(DependenciesAreDocumented(Read()),
              ElementsAre(Finding{"docs/dependencies.md", "does not describe libgmp-dev"},
                          Finding{"docs/dependencies.md",
                                  "describes ninja, which tools/packages.txt does not list"}));
}

TEST_F(RulesTest, AMissingManualIsFound) {
  Write("tools/packages.txt", "build cmake builds\n");
  EXPECT_THAT(DependenciesAreDocumented(Read()),
              ElementsAre(Finding{"docs/dependencies.md", "missing"}));
}

}  // namespace
}  // namespace outlay::house_rules
