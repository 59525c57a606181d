// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/app/process.h"
#include "tests/support/places.h"

namespace taktwerk::test {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

TEST(Check, SaysWhatAGoodFileHolds) {
  const Folder folder;
  const std::string path = folder.write("small.arch.yaml", smallArchitecture);
  const Outcome outcome = cli({"check", path});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(outcome.out, path + ": architecture \"Small\", 9 objects, 12 connections\n");
  EXPECT_THAT(outcome.err, IsEmpty());
}

TEST(Check, EveryFileOfTheExamplesIsGood) {
  const std::filesystem::path root = taktwerk::sourceDirectory();
  std::vector<std::string> arguments = {"check"};
  for (const char* top : {"archs", "resources/networks"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root / top)) {
      const std::string name = entry.path().filename().string();
      for (const char* ending : {".arch.yaml", ".network.yaml", ".mapping.yaml", ".taktwerk"}) {
        if (name.ends_with(ending)) arguments.push_back(entry.path().string());
      }
    }
  }
  ASSERT_GT(arguments.size(), 4U);
  const Outcome outcome = cli(arguments);
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(outcome.err, IsEmpty());
}

TEST(Check, DeclaredRangesMustWork) {
  const Folder folder;
  std::string text(smallArchitecture);
  const std::string piece = "maximum: 16";
  text.replace(text.find(piece), piece.size(), "maximum: 16, step: 5");
  const std::string wide = "{class: SRAM, read_latency: 3";
  ASSERT_NE(text.find(wide), std::string::npos);
  text.replace(text.find(wide), wide.size(), wide + ", data_width: 4 - mac_latency");
  text.replace(text.find("default: 2,"), 11, "default: 1,");
  const std::string path = folder.write("range.arch.yaml", text);
  const Outcome outcome = cli({"check", path});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.err, StartsWith(path + ":"));
  EXPECT_THAT(outcome.err,
              HasSubstr("error: parameter \"mac_latency\" may be 16, its maximum, which cannot work: "));
  EXPECT_THAT(outcome.err, HasSubstr("[A0118]"));
}

TEST(Check, MappingsThatLeaveTheirLayersOutAreWrong) {
  const Folder folder;
  const std::string stub = folder.write(
      "stub.mapping.yaml", "format: taktwerk-mapping/1\nname: stub\ntakes: conv1d\nprogram: []\n");
  const Outcome outcome = cli({"check", stub});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.err, StartsWith(stub + ":4:10: error: the mapping is unfinished"));
  EXPECT_THAT(outcome.err, HasSubstr("[M0401]"));
}

TEST(Check, MappingsAreCheckedWithTheLayersTheyTake) {
  const Folder folder;
  const std::string root = taktwerk::sourceDirectory();
  const std::string arch = root + "/archs/one-mac/one-mac.arch.yaml",
                    network = root + "/resources/networks/tc-resnet8.network.yaml";
  const std::string first = folder.write(
      "first.mapping.yaml",
      "format: taktwerk-mapping/1\nname: first\ntakes: relu\ntensors: {input: {memory: dmem}, output: "
      "{memory: dmem}}\nprogram:\n  - load regs.r0 <- input[0]\n  - store output[0] <- regs.r0\n");
  EXPECT_EQ(cli({"check", first}).status, 0) << "without a layer nothing is left out";
  const Outcome outcome = cli({"check", first, "--arch", arch, "--network", network});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.err, HasSubstr("layer \"conv0.relu\": writes 1 of 1584 elements of \"output\""));
  const std::string relu = root + "/archs/one-mac/mappings/relu.mapping.yaml";
  const Outcome good = cli({"check", relu, "--arch", arch, "--network", network});
  EXPECT_EQ(good.status, 0) << good.err;
  EXPECT_THAT(good.out, HasSubstr("\"relu on one MAC\", takes "));
  EXPECT_EQ(cli({"check", relu, "--network", network}).status, 2);
}

TEST(Check, ApprovedWarningsAreShownWithTheirNoteAndCountedApart) {
  const Folder folder;
  std::string warned(smallArchitecture);
  warned.insert(warned.find("connections:\n"), "  spare: {class: SRAM}\n");
  const Outcome before = cli({"check", folder.write("warned.arch.yaml", warned)});
  EXPECT_EQ(before.status, 0);
  ASSERT_THAT(before.err, HasSubstr("warning: "));
  const std::size_t code = before.err.find("[A");
  ASSERT_NE(code, std::string::npos) << before.err;
  const std::string approved = warned + "approved:\n  - {code: " + before.err.substr(code + 1, 5) +
                               ", object: spare, note: of the host}\n  - {code: A0999, note: old}\n";
  const std::string path = folder.write("approved.arch.yaml", approved);
  const Outcome after = cli({"check", path});
  EXPECT_EQ(after.status, 0) << after.err;
  EXPECT_THAT(after.out, HasSubstr(", 1 warning approved\n"));
  EXPECT_THAT(after.err, HasSubstr(": approved: "));
  EXPECT_THAT(after.err, HasSubstr(" (of the host)\n"));
  EXPECT_THAT(after.err, HasSubstr(": info: A0999 is approved, but there is no such warning\n"));
  EXPECT_EQ(after.err.find("warning:"), std::string::npos) << after.err;
}

TEST(Check, OneBadFileAmongGoodOnesIsExitStatus1AndTheGoodAreStillSaid) {
  const Folder folder;
  const std::string good = folder.write("good.arch.yaml", smallArchitecture);
  const std::string bad = folder.write("bad.arch.yaml", "format: taktwerk-architecture/1\n");
  const Outcome outcome = cli({"check", bad, good});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.out, StartsWith(good + ": "));
  EXPECT_THAT(outcome.err, StartsWith(bad + ":"));
}

TEST(Check, ATraceIsCheckedOnAnArchitecture) {
  const Folder folder;
  const std::string architecture = folder.write("small.arch.yaml", smallArchitecture);
  const std::string trace = folder.write("three.trace.jsonl", smallTrace);
  const Outcome without = cli({"check", trace});
  EXPECT_EQ(without.status, 2);
  EXPECT_THAT(without.err, HasSubstr("--arch"));
  const Outcome with = cli({"check", trace, "--arch", architecture});
  EXPECT_EQ(with.status, 0) << with.err;
  EXPECT_EQ(with.out, trace + ": trace, 3 instructions for \"Small\"\n");
}

TEST(Check, ANameThatSaysNothingIsAnErrorThatListsTheNamesThatDo) {
  const Folder folder;
  const std::string path = folder.write("small.yaml", smallArchitecture);
  const Outcome outcome = cli({"check", path});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.err, StartsWith(path + ":1:1: error: "));
  EXPECT_THAT(outcome.err, HasSubstr(".arch.yaml"));
}

TEST(Check, AllProblemsOfAFileAreReportedAtTheirPlaces) {
  const Folder folder;
  std::string text(smallArchitecture);
  text.replace(text.find("PipelineStage"), 13, "PipelineStag3");
  text.replace(text.find("ExecuteStage, latency: 1"), 24, "ExecuteStage, latency: mac_latencies");
  text.replace(text.find("read_latency: 3"), 15, "read_latency: -3");
  const std::string path = folder.write("small.arch.yaml", text);
  const Outcome outcome = cli({"check", path});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.err, HasSubstr(path + ":9:"));
  EXPECT_THAT(outcome.err, HasSubstr("PipelineStage"));
  EXPECT_THAT(outcome.err, HasSubstr(path + ":10:"));
  EXPECT_THAT(outcome.err, HasSubstr("did you mean \"mac_latency\"?"));
  EXPECT_THAT(outcome.err, HasSubstr(path + ":14:"));
}

TEST(Check, ResultsAndWorkspacesThatNameThem) {
  const Folder folder;
  const std::string result =
      folder.write("base.json",
                   "{\"architecture\": \"A\", \"network\": \"N\", \"cycles\": 3, \"layers\": [{\"name\": "
                   "\"fc\", \"cycles\": 3}]}");
  const Outcome good = cli({"check", result});
  EXPECT_EQ(good.status, 0) << good.err;
  EXPECT_THAT(good.out, testing::HasSubstr("base.json: result of \"A\" running \"N\", 1 layer"));
  (void)folder.write("small.arch.yaml", smallArchitecture);
  const std::string workspace = folder.write(
      "w.taktwerk",
      "format: taktwerk-workspace/1\narchitecture: small.arch.yaml\nresults: [{file: base.json}]\n");
  const Outcome whole = cli({"check", workspace});
  EXPECT_EQ(whole.status, 0) << whole.err;
  EXPECT_THAT(whole.out, testing::HasSubstr(", 1 result\n"));
  std::filesystem::remove(result);
  const Outcome gone = cli({"check", workspace});
  EXPECT_EQ(gone.status, 1);
  EXPECT_THAT(gone.err, testing::HasSubstr("base.json:1:1: error: there is no such file"));
}

}  // namespace
}  // namespace taktwerk::test
