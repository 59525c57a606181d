// SPDX-License-Identifier: GPL-3.0-or-later
#include <csignal>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/app/process.h"
#include "tests/support/places.h"

namespace taktwerk::test {
namespace {

using Json = nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::string oneMac = "archs/one-mac/one-mac.arch.yaml";
const std::string tcResNet = "resources/networks/tc-resnet8.network.yaml";

/// A layer of some thousand instructions, so that writing it out is quick.
struct SmallLayer {
  std::string name = "fc";
  std::int64_t instructions = 0;
  std::int64_t cycles = 0;
};

SmallLayer smallLayer() {
  SmallLayer layer;
  const Outcome outcome =
      cli({"estimate", "--arch", oneMac, "--network", tcResNet, "--layer", layer.name, "--json"});
  const Json json = Json::parse(outcome.out);
  layer.instructions = json["instructions"];
  layer.cycles = json["cycles"];
  return layer;
}

Outcome dump(const std::string& layer, const std::string& architecture, const std::string& trace,
             const std::vector<std::string>& more = {}) {
  std::vector<std::string> arguments = {"dump",       "--arch",      oneMac, "--network",
                                        tcResNet,     "--layer",     layer,  "--out-arch",
                                        architecture, "--out-trace", trace};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return cli(arguments);
}

TEST(Dump, WhatItWritesHasTheCyclesOfTheLayer) {
  const SmallLayer layer = smallLayer();
  const Folder folder;
  const std::string architecture = folder / "flat.arch.yaml";
  const std::string trace = folder / "layer.trace.jsonl";
  const Outcome outcome = dump(layer.name, architecture, trace);
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(outcome.out, IsEmpty());
  EXPECT_THAT(folder.names(), ElementsAre("flat.arch.yaml", "layer.trace.jsonl"));

  const Outcome again = cli({"estimate", "--arch", architecture, "--trace", trace, "--json"});
  ASSERT_EQ(again.status, 0) << again.err;
  const Json json = Json::parse(again.out);
  EXPECT_EQ(json["cycles"], layer.cycles);
  EXPECT_EQ(json["instructions"], layer.instructions);
}

TEST(Dump, GivesTheSameBytesEachTime) {
  const SmallLayer layer = smallLayer();
  const Folder folder;
  ASSERT_EQ(dump(layer.name, folder / "a.arch.yaml", folder / "a.trace.jsonl").status, 0);
  ASSERT_EQ(dump(layer.name, folder / "b.arch.yaml", folder / "b.trace.jsonl").status, 0);
  EXPECT_EQ(textOf(folder / "a.arch.yaml"), textOf(folder / "b.arch.yaml"));
  EXPECT_EQ(textOf(folder / "a.trace.jsonl"), textOf(folder / "b.trace.jsonl"));
}

TEST(Dump, ValuesOfTheRunAreTheDefaultsOfWhatIsWritten) {
  const Folder folder;
  const std::string architecture = folder / "flat.arch.yaml";
  const std::string trace = folder / "a.trace.jsonl";
  ASSERT_EQ(dump("fc", architecture, trace, {"--set", "mac_latency=5", "--set", "fetch_width=2"}).status, 0);
  const Outcome outcome = cli({"estimate", "--arch", architecture, "--trace", trace, "--json"});
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  const Json parameters = Json::parse(outcome.out)["parameters"];
  EXPECT_EQ(parameters["arch.mac_latency"], 5);
  EXPECT_EQ(parameters["arch.fetch_width"], 2);
  EXPECT_EQ(parameters["arch.issue_buffer"], 2);  // its default is the fetch width
  EXPECT_THAT(textOf(architecture), HasSubstr("issue_buffer: {default: 2"));
}

TEST(Dump, TheValidationOfAnArchitectureGoesWithItsOwnValues) {
  const Folder folder;
  const std::string written = folder / "a.arch.yaml";
  std::vector<std::string> words = {"dump",
                                    "--arch",
                                    "archs/gemmini/gemmini.arch.yaml",
                                    "--network",
                                    tcResNet,
                                    "--layer",
                                    "fc",
                                    "--out-arch",
                                    written,
                                    "--out-trace",
                                    folder / "fc.trace.jsonl"};
  ASSERT_EQ(cli(words).status, 0);
  EXPECT_THAT(textOf(written), HasSubstr("\n    mean_error: 7.5 %\n"));
  words.insert(words.end(), {"--set", "dram_latency=61"});
  ASSERT_EQ(cli(words).status, 0);
  EXPECT_THAT(textOf(written), testing::Not(HasSubstr("validation")));
}

TEST(Dump, MoreInstructionsThanTheLimitAreRefusedWithTheOptionThatAllowsThem) {
  const SmallLayer layer = smallLayer();
  const Folder folder;
  const std::string below = std::to_string(layer.instructions - 1);
  const Outcome outcome =
      dump(layer.name, folder / "a.arch.yaml", folder / "a.trace.jsonl", {"--instruction-limit", below});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err, HasSubstr("--instruction-limit " + std::to_string(layer.instructions)));
  EXPECT_THAT(folder.names(), IsEmpty());
}

TEST(Dump, ATargetThatCannotBeWrittenLeavesNothingBehind) {
  const SmallLayer layer = smallLayer();
  const Folder folder;
  const std::string old = folder.write("old.arch.yaml", "what was here before\n");
  std::filesystem::create_directory(folder.path() / "folder");
  for (const std::string& target : {folder / "missing/a.trace.jsonl", folder / "folder",
                                    std::string("/dev/null"), std::string("/proc/a.trace.jsonl")}) {
    const Outcome outcome = dump(layer.name, old, target);
    EXPECT_EQ(outcome.status, 1) << target;
    EXPECT_THAT(outcome.err, HasSubstr(target + ":1:1: error: ")) << target;
    EXPECT_EQ(textOf(old), "what was here before\n") << target;
    EXPECT_THAT(folder.names(), ElementsAre("folder", "old.arch.yaml")) << target;
  }
}

TEST(Dump, CtrlCWhileWritingLeavesNothingBehind) {
  const Folder folder;
  ProcessOptions options;
  if (hasTerminals()) {
    options.errIsTerminal = true;
    options.interruptWhenShown = "writing";  // for sure in the middle
  } else {
    options.signalAfterStart = SIGINT;
  }
  const Outcome outcome =
      cli({"dump", "--arch", oneMac, "--network", "resources/networks/alexnet.network.yaml", "--layer",
           "conv1", "--out-arch", folder / "a.arch.yaml", "--out-trace", folder / "a.trace.jsonl",
           "--instruction-limit", "1000000000"},
          options);
  EXPECT_EQ(outcome.status, 130) << outcome.err;
  EXPECT_THAT(folder.names(), IsEmpty());
}

TEST(Dump, InputsAndTheOtherOutputAreNotReplaced) {
  const Folder folder;
  const Outcome same = dump("x", folder / "a", folder / "a");
  EXPECT_EQ(same.status, 2);
  EXPECT_THAT(same.err, HasSubstr("the same file"));
  const std::string before = textOf(std::filesystem::path(taktwerk::sourceDirectory()) / oneMac);
  const Outcome input = dump("x", taktwerk::sourceDirectory() + "/" + oneMac, folder / "a");
  EXPECT_EQ(input.status, 2);
  EXPECT_THAT(input.err, HasSubstr("would replace the input"));
  EXPECT_EQ(textOf(std::filesystem::path(taktwerk::sourceDirectory()) / oneMac), before);
}

TEST(Dump, AnUnknownLayerIsMisuse) {
  const SmallLayer layer = smallLayer();
  const Folder folder;
  const Outcome outcome = dump(layer.name + "x", folder / "a.arch.yaml", folder / "a.trace.jsonl");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err, HasSubstr("did you mean \"" + layer.name + "\"?"));
}

}  // namespace
}  // namespace taktwerk::test
