// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <csignal>
#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/app/process.h"
#include "tests/support/places.h"

namespace taktwerk::test {
namespace {

using Json = nlohmann::ordered_json;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

const std::string oneMac = "archs/one-mac/one-mac.arch.yaml";
const std::string tcResNet = "resources/networks/tc-resnet8.network.yaml";

std::vector<std::string> keysOf(const Json& object) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : object.items()) keys.push_back(key);
  return keys;
}

/// The small architecture and its trace of three instructions, in a folder of their own.
struct Small {
  Folder folder;
  std::string architecture = folder.write("small.arch.yaml", smallArchitecture);
  std::string trace = folder.write("three.trace.jsonl", smallTrace);

  [[nodiscard]] Outcome estimate(std::vector<std::string> more) const {
    more.insert(more.begin(), {"estimate", "--arch", architecture, "--trace", trace});
    return cli(more);
  }
};

TEST(Estimate, NamesAnInfeasiblePointBeforeAnythingElse) {
  const std::string tpu = sourceDirectory() + "/archs/tpu-like/tpu-like.arch.yaml";
  const Outcome outcome = cli({"estimate", "--arch", tpu, "--network", tcResNet, "--set", "rows=1024",
                               "--set", "columns=1000", "--json"});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.out, IsEmpty());
  EXPECT_THAT(outcome.err, StartsWith(tpu + ":"));
  EXPECT_THAT(outcome.err,
              HasSubstr("error: infeasible: rows * columns <= 131072 does not hold, 1024000 against "
                        "131072 (rows 1024, columns 1000): "));
  EXPECT_THAT(outcome.err, HasSubstr("[A0117]"));
  EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
}

TEST(Estimate, SaysWhatValidationIsDeclaredAndWhenThereIsNone) {
  const std::string gemmini = sourceDirectory() + "/archs/gemmini/gemmini.arch.yaml";
  const std::vector<std::string> words = {"estimate", "--arch",  gemmini, "--network",
                                          tcResNet,   "--layer", "conv0"};
  const Outcome text = cli(words);
  EXPECT_THAT(text.out,
              testing::HasSubstr("\nValidation: 7.5 % mean error over 36 points against FireSim RTL"));
  EXPECT_THAT(text.out, testing::Not(testing::HasSubstr("the file's own values")));
  std::vector<std::string> changed = words;
  changed.insert(changed.end(), {"--set", "dram_latency=61"});
  EXPECT_THAT(cli(changed).out,
              testing::HasSubstr("said of the file's own values; here dram_latency has another."));
  std::vector<std::string> asJson = words;
  asJson.emplace_back("--json");
  const Json json = Json::parse(cli(asJson).out);
  ASSERT_EQ(json["validation"].size(), 3U);
  EXPECT_EQ(json["validation"][0]["mean_error"], 7.5);
  EXPECT_EQ(json["validation"][2]["largest_error"], 12.1);
  const Outcome none = cli({"estimate", "--arch", oneMac, "--network", tcResNet, "--layer", "conv0"});
  EXPECT_THAT(none.out, testing::HasSubstr("\nNo validation is declared for this architecture.\n"));
}

TEST(Estimate, TakesAFolderOfMappings) {
  const std::string folder = sourceDirectory() + "/archs/gemmini/own-tiler";
  std::vector<std::string> words = {
      "estimate",  "--arch", sourceDirectory() + "/archs/gemmini/gemmini.arch.yaml",
      "--network", tcResNet, "--json"};
  std::vector<std::string> byName = words;
  for (const char* name : {"conv1d", "conv2d", "dense", "depthwise", "matmul"})
    byName.insert(byName.end(), {"--mapping", folder + '/' + name + ".mapping.yaml"});
  words.insert(words.end(), {"--mapping", folder});
  const Json all = Json::parse(cli(words).out), named = Json::parse(cli(byName).out);
  EXPECT_EQ(all["cycles"], named["cycles"]);
  EXPECT_EQ(all["layers"].size(), named["layers"].size());
  EXPECT_EQ(all["layers"][0]["mapping"], "one-dimensional convolution as Gemmini's loop unroller does it");

  words.back() = sourceDirectory() + "/archs/gemmini";
  const Outcome none = cli(words);
  EXPECT_EQ(none.status, 2);
  EXPECT_THAT(none.err, testing::HasSubstr("archs/gemmini: the folder has no *.mapping.yaml"));
}

TEST(Estimate, OfABatchHasThreeFigures) {
  const std::vector<std::string> words = {"estimate", "--arch",  oneMac, "--network",
                                          tcResNet,   "--batch", "4"};
  const Outcome text = cli(words);
  ASSERT_EQ(text.status, 0) << text.err;
  std::vector<std::string> asJson = words;
  asJson.emplace_back("--json");
  const Json json = Json::parse(cli(asJson).out);
  const auto cycles = json["cycles"].get<std::int64_t>();
  EXPECT_EQ(json["interval"], cycles);
  EXPECT_EQ(json["batch"], Json({{"inferences", 4}, {"cycles", 4 * cycles}, {"holds", true}}));
  EXPECT_FALSE(json.contains("time")) << "this architecture declares no clock";
  EXPECT_THAT(text.out, testing::HasSubstr("\n4 inferences one after another: "));
  EXPECT_EQ(cli({"estimate", "--arch", oneMac, "--network", tcResNet, "--batch", "0"}).status, 2);
}

TEST(Estimate, OfASingleLayerIsOfNoInferences) {
  const std::vector<std::string> words = {
      "estimate", "--arch", "archs/systolic-array/systolic-array.arch.yaml", "--network", tcResNet,
      "--layer",  "fc"};
  std::vector<std::string> asJson = words, ofABatch = words;
  asJson.emplace_back("--json");
  ofABatch.insert(ofABatch.end(), {"--batch", "4"});
  const Outcome outcome = cli(asJson);
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  const Json json = Json::parse(outcome.out);
  EXPECT_FALSE(json.contains("interval"));
  EXPECT_FALSE(json["time"].contains("interval"));
  EXPECT_FALSE(json["time"].contains("inferences_per_second"));
  EXPECT_GT(json["time"]["first"], 0.0);
  EXPECT_THAT(cli(words).out, testing::Not(testing::HasSubstr("inference")));
  const Outcome refused = cli(ofABatch);
  EXPECT_EQ(refused.status, 2);
  EXPECT_THAT(refused.err, testing::HasSubstr("--batch counts inferences of a whole network"));
}

TEST(Estimate, TellsTimeAndCostsWhereTheyAreDeclared) {
  const std::string array = "archs/systolic-array/systolic-array.arch.yaml";
  const Outcome text = cli({"estimate", "--arch", array, "--network", tcResNet});
  ASSERT_EQ(text.status, 0) << text.err;
  EXPECT_THAT(text.out, testing::HasSubstr("\nAt 500 MHz: "));
  EXPECT_THAT(text.out, testing::ContainsRegex("\nArea: [0-9.]+ mm², but for imem, imau, "));
  EXPECT_THAT(text.out, testing::ContainsRegex("\nEnergy: [0-9.]+ µJ an inference, but for imem; "));
  EXPECT_THAT(text.out, testing::HasSubstr("\nCosts are from horowitz (45 nm, 0.9 V): M. Horowitz, "));
  const Json json = Json::parse(cli({"estimate", "--arch", array, "--network", tcResNet, "--json"}).out);
  EXPECT_EQ(json["time"]["clock_mhz"], 500.0);
  EXPECT_EQ(json["costs"]["left_out"]["energy"], Json({"imem"}));
  EXPECT_EQ(json["costs"]["sources"].size(), 5U);
  double energy = 0;
  for (const Json& layer : json["layers"]) {
    for (const auto& [object, shares] : layer["energy"].items()) {
      for (const auto& [what, share] : shares.items()) energy += share["energy"].get<double>();
    }
  }
  const auto leaked = json["costs"]["leaked"].get<double>();
  EXPECT_GT(leaked, 0);
  EXPECT_NEAR(json["costs"]["energy"].get<double>(), energy + leaked, energy * 1e-9);
}

TEST(Estimate, ListsWhatObjectsCostAndWhereThatIsFrom) {
  const Outcome outcome =
      cli({"estimate", "--arch", oneMac, "--network", tcResNet, "--layer", "fc", "--costs"});
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(outcome.out,
              testing::ContainsRegex("\nobject +area µm² +leakage µW +energy pJ +share +from\n"));
  EXPECT_THAT(outcome.out,
              testing::ContainsRegex("\nregs .* area: register; leakage: leak; energy: register\n"));
}

TEST(Estimate, JsonHasEveryDocumentedMemberInOrder) {
  const Outcome outcome = cli({"estimate", "--arch", oneMac, "--network", tcResNet, "--json"});
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  const Json json = Json::parse(outcome.out);
  EXPECT_THAT(keysOf(json), testing::ElementsAre("architecture", "network", "parameters", "cycles",
                                                 "instructions", "exact", "complete", "interval", "costs",
                                                 "seconds", "layers", "unmapped", "validation"));
  ASSERT_FALSE(json["layers"].empty());
  std::int64_t cycles = 0;
  std::int64_t instructions = 0;
  for (const Json& layer : json["layers"]) {
    EXPECT_THAT(keysOf(layer),
                testing::ElementsAre("name", "fused", "operator", "mapping", "tunables", "macs",
                                     "instructions", "cycles", "exact", "method", "bounds", "loop_iterations",
                                     "evaluated_iterations", "evaluated_instructions", "utilisation",
                                     "breakdown", "breakdown_details", "roofline", "traffic", "energy"));
    cycles += layer["cycles"].get<std::int64_t>();
    instructions += layer["instructions"].get<std::int64_t>();
    std::int64_t broken = 0;
    for (const auto& [cause, share] : layer["breakdown"].items()) broken += share.get<std::int64_t>();
    EXPECT_EQ(broken, layer["cycles"].get<std::int64_t>()) << layer["name"];
    std::map<std::string, std::int64_t> waits, details;
    for (const auto& [cause, share] : layer["breakdown"].items()) {
      if (cause.starts_with("wait:") && cause != "wait:fetch") waits[cause] = share.get<std::int64_t>();
    }
    for (const auto& [cause, share] : layer["breakdown_details"].items()) {
      details[cause.substr(0, cause.rfind(':'))] += share.get<std::int64_t>();
    }
    EXPECT_EQ(details, waits) << layer["name"];
    EXPECT_LE(layer["bounds"]["lower"], layer["cycles"]) << layer["name"];
    EXPECT_GE(layer["bounds"]["upper"], layer["cycles"]) << layer["name"];
  }
  EXPECT_EQ(json["cycles"], cycles);
  EXPECT_EQ(json["instructions"], instructions);
  EXPECT_EQ(json["complete"], json["unmapped"].empty());
}

TEST(Estimate, MethodsForComparisonAreNeverExactAndSayTheirNames) {
  for (const char* method : {"published", "roofline"}) {
    const Outcome outcome =
        cli({"estimate", "--arch", oneMac, "--network", tcResNet, "--method", method, "--json"});
    ASSERT_EQ(outcome.status, 0) << outcome.err;
    const Json json = Json::parse(outcome.out);
    EXPECT_EQ(json["exact"], false);
    for (const Json& layer : json["layers"]) {
      if (layer["instructions"] == 0) continue;
      EXPECT_EQ(layer["method"], method);
      EXPECT_EQ(layer["exact"], false);
      EXPECT_GT(layer["roofline"]["compute"], 0);
      EXPECT_LT(layer["bounds"]["lower"], layer["bounds"]["upper"]);
    }
  }
}

TEST(Estimate, BudgetsAreOptionsAndBeyondThemItApproximates) {
  const std::vector<std::string> command = {"estimate", "--arch",  oneMac,  "--network",
                                            tcResNet,   "--layer", "conv0", "--json"};
  std::vector<std::string> small = command;
  small.insert(small.end(), {"--evaluated-budget", "5", "--full-budget", "0"});
  const Outcome outcome = cli(small);
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  const Json truth = Json::parse(cli(command).out)["layers"][0];
  const Json layer = Json::parse(outcome.out)["layers"][0];
  EXPECT_EQ(layer["method"], "approximation");
  EXPECT_EQ(layer["exact"], false);
  EXPECT_LE(layer["bounds"]["lower"], truth["cycles"]);
  EXPECT_GE(layer["bounds"]["upper"], truth["cycles"]);
  std::vector<std::string> wrong = command;
  wrong.insert(wrong.end(), {"--evaluated-budget", "none"});
  EXPECT_EQ(cli(wrong).status, 2);
}

TEST(Estimate, SingleInstructionsAreNotTimedByMethodsForComparison) {
  const Small small;
  const Outcome outcome = small.estimate({"--method", "roofline", "--per-instruction"});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err, HasSubstr("--per-instruction"));
}

TEST(Estimate, RunsFromAnyFolderAndGivesTheSameBytesButForTheSeconds) {
  const std::string root = taktwerk::sourceDirectory();
  const std::vector<std::string> command = {
      "estimate", "--arch", root + "/" + oneMac, "--network", root + "/" + tcResNet, "--json"};
  const Folder folder;
  ProcessOptions elsewhere;
  elsewhere.folder = folder.path();
  Json first = Json::parse(cli(command, elsewhere).out);
  std::vector<std::string> single = command;
  single.insert(single.end(), {"--jobs", "1"});
  Json second = Json::parse(cli(single).out);
  first["seconds"] = second["seconds"] = 0;
  EXPECT_EQ(first.dump(), second.dump());
}

TEST(Estimate, ATableIsWrittenWithoutJson) {
  const Outcome outcome = cli({"estimate", "--arch", oneMac, "--network", tcResNet});
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr(" running "));
  EXPECT_THAT(outcome.out, HasSubstr("\ntotal "));
}

TEST(Estimate, ATraceIsOneLayerNamedAfterItsFile) {
  const Small small;
  const Outcome outcome = small.estimate({"--json"});
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  const Json json = Json::parse(outcome.out);
  ASSERT_EQ(json["layers"].size(), 1U);
  EXPECT_EQ(json["layers"][0]["name"], "three");
  EXPECT_EQ(json["layers"][0]["instructions"], 3);
  EXPECT_EQ(json["exact"], true);
  EXPECT_EQ(json["complete"], true);
}

TEST(Estimate, TheOnlyLayerOfATraceHasItsName) {
  const Small small;
  EXPECT_EQ(small.estimate({"--layer", "three"}).status, 0);
  const Outcome other = small.estimate({"--layer", "four"});
  EXPECT_EQ(other.status, 2);
  EXPECT_THAT(other.err, HasSubstr("\"three\""));
}

TEST(Estimate, AMappingBesideATraceIsSaidToBeIgnored) {
  const Outcome outcome = Small().estimate({"--mapping", "archs/one-mac/mappings/relu.mapping.yaml"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.err, HasSubstr("--mapping is ignored"));
}

TEST(Estimate, TimesOfInstructionsComeOnRequestAndAgreeBetweenEngineAndReference) {
  const Small small;
  const Json full = Json::parse(small.estimate({"--json", "--per-instruction", "--method", "full"}).out);
  const Json simulated =
      Json::parse(small.estimate({"--json", "--per-instruction", "--method", "simulate"}).out);
  const Json& times = full["layers"][0]["times"];
  ASSERT_EQ(times.size(), 3U);
  EXPECT_THAT(keysOf(times[0]), testing::ElementsAre("index", "fetched", "issued", "enter", "start",
                                                     "complete", "release", "unit", "accesses"));
  EXPECT_THAT(keysOf(times[0]["accesses"][0]),
              testing::ElementsAre("memory", "address", "words", "granted", "ready"));
  EXPECT_EQ(times.dump(), simulated["layers"][0]["times"].dump());
  EXPECT_FALSE(Json::parse(small.estimate({"--json"}).out)["layers"][0].contains("times"));
}

TEST(Estimate, AParameterSetChangesTheFiguresAndIsReported) {
  const Small small;
  const Json fast = Json::parse(small.estimate({"--json", "--set", "arch.mac_latency=1"}).out);
  const Json slow = Json::parse(small.estimate({"--json", "--set", "mac_latency=9"}).out);
  EXPECT_EQ(fast["parameters"]["arch.mac_latency"], 1);
  EXPECT_EQ(slow["parameters"]["arch.mac_latency"], 9);
  EXPECT_EQ(slow["cycles"].get<int>() - fast["cycles"].get<int>(), 8);
}

TEST(Estimate, AParameterThatDoesNotExistIsMisuseAndOneOutOfRangeIsWrongInput) {
  const Small small;
  const Outcome unknown = small.estimate({"--set", "arch.mac_latenzy=1"});
  EXPECT_EQ(unknown.status, 2);
  EXPECT_THAT(unknown.err, HasSubstr("did you mean \"arch.mac_latency\"?"));
  const Outcome outside = small.estimate({"--set", "arch.mac_latency=17"});
  EXPECT_EQ(outside.status, 1);
  EXPECT_THAT(outside.err, StartsWith(small.architecture + ":"));
  EXPECT_THAT(outside.err, HasSubstr("17"));
}

TEST(Estimate, OnlyTheLayerAskedForIsEstimated) {
  const Outcome outcome =
      cli({"estimate", "--arch", oneMac, "--network", tcResNet, "--layer", "fc", "--json"});
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  const Json json = Json::parse(outcome.out);
  ASSERT_EQ(json["layers"].size(), 1U);
  EXPECT_EQ(json["layers"][0]["name"], "fc");
  EXPECT_EQ(json["layers"][0]["cycles"], json["cycles"]);

  const Outcome unknown = cli({"estimate", "--arch", oneMac, "--network", tcResNet, "--layer", "b1.convl"});
  EXPECT_EQ(unknown.status, 2);
  EXPECT_THAT(unknown.err, HasSubstr("did you mean \"b1.conv1\"?"));
}

TEST(Estimate, LayersWithoutAMappingAreWarnedAboutAndTheTotalIsALowerFigure) {
  const Folder folder;
  const std::string architecture =
      folder.write("alone.arch.yaml", smallArchitecture);  // no mappings beside it
  const Outcome outcome = cli({"estimate", "--arch", architecture, "--network", tcResNet, "--json"});
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  const Json json = Json::parse(outcome.out);
  EXPECT_EQ(json["complete"], false);
  EXPECT_TRUE(json["layers"].empty());
  EXPECT_FALSE(json["unmapped"].empty());
  EXPECT_THAT(outcome.err, HasSubstr(": warning: "));
  EXPECT_THAT(outcome.err, HasSubstr("nothing is mapped, so there are no cycles"));
}

TEST(Estimate, MoreTimesThanTheLimitAreRefusedWithTheOptionThatLimitsThem) {
  const Small small;
  const Outcome refused = small.estimate({"--per-instruction", "--instruction-limit", "2"});
  EXPECT_EQ(refused.status, 2);
  EXPECT_THAT(refused.out, IsEmpty());
  EXPECT_THAT(refused.err, HasSubstr("--instruction-limit"));
  EXPECT_EQ(small.estimate({"--per-instruction", "--instruction-limit", "3"}).status, 0);
}

TEST(Estimate, ADeadlockIsWrongInputAtTheLineOfTheTrace) {
  // The second instruction overtakes the first on the short way, and then waits in the only execute stage
  // for a register that the first, which waits for that stage, has still to write.
  std::string text(smallArchitecture);
  text.insert(text.find("  execute:"), "  detour: {class: PipelineStage, latency: 10}\n");
  text.insert(text.find("  - forward: [fetch, decode]"),
              "  - forward: [fetch, detour]\n  - forward: [detour, execute]\n");
  const Folder folder;
  const std::string architecture = folder.write("overtaking.arch.yaml", text);
  const std::string trace = folder.write("two.trace.jsonl",
                                         R"({"operation": "mac", "reads": ["regs.r0"], "writes": ["regs.r1"]}
{"operation": "mac", "reads": ["regs.r1"], "writes": ["regs.r2"]}
)");
  for (const char* method : {"auto", "full", "simulate"}) {
    const Outcome outcome =
        cli({"estimate", "--arch", architecture, "--trace", trace, "--method", method, "--json"});
    EXPECT_EQ(outcome.status, 1) << method;
    EXPECT_THAT(outcome.out, IsEmpty()) << method;
    EXPECT_THAT(outcome.err, testing::ContainsRegex(":[0-9]+:1: error: deadlock at cycle [0-9]+: "))
        << method;
    EXPECT_THAT(outcome.err, StartsWith(trace)) << method;
  }
}

TEST(Estimate, AnOperationThatNoUnitHasIsWrongInputAtItsLine) {
  const Small small;
  const std::string trace = small.folder.write("divide.trace.jsonl", "{\"operation\": \"divide\"}\n");
  const Outcome outcome = cli({"estimate", "--arch", small.architecture, "--trace", trace});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.out, IsEmpty());
  EXPECT_THAT(outcome.err, StartsWith(trace + ":1:"));
  EXPECT_THAT(outcome.err, HasSubstr("divide"));
}

TEST(Estimate, AFullDiskIsAnError) {
  const Small small;
  ProcessOptions options;
  options.outTo = "/dev/full";
  const Outcome outcome =
      cli({"estimate", "--arch", small.architecture, "--trace", small.trace, "--json"}, options);
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.err, HasSubstr("standard output"));
}

/// Arguments for work that no machine ends before it is interrupted: 6.4 · 10⁹ cycles one by one.
std::vector<std::string> endlessWork() {
  const std::string root = taktwerk::sourceDirectory();
  return {"estimate",
          "--arch",
          root + "/archs/one-mac/one-mac.arch.yaml",
          "--network",
          root + "/resources/networks/alexnet.network.yaml",
          "--method",
          "full",
          "--full-budget",
          "1000000000000"};
}

TEST(Estimate, ATerminalShowsProgressWithTheTimeLeftUntilCtrlC) {
  ProcessOptions options;
  const bool terminals = hasTerminals();  // a bare chroot has none: there nothing may be shown
  options.errIsTerminal = terminals;
  if (terminals) {
    options.interruptWhenShown = " left";
  } else {
    options.signalAfterStart = SIGINT;
  }
  options.cpuSeconds = 300;
  const Outcome outcome = cli(endlessWork(), options);
  EXPECT_EQ(outcome.status, 130) << "signal " << outcome.signal << '\n' << outcome.err;
  EXPECT_THAT(outcome.out, IsEmpty());
  if (terminals) {
    EXPECT_THAT(outcome.err, testing::ContainsRegex("estimating: [0-9]+ %, about [0-9]+ [a-z]+ left"));
  } else {
    EXPECT_THAT(outcome.err, IsEmpty());
  }
}

TEST(Estimate, CtrlCEndsItWith130AndNoResult) {
  ProcessOptions options;
  options.signalAfterStart = SIGINT;
  options.cpuSeconds = 300;
  const Outcome outcome = cli(endlessWork(), options);
  EXPECT_EQ(outcome.status, 130) << "signal " << outcome.signal << '\n' << outcome.err;
  EXPECT_THAT(outcome.out, IsEmpty());
  EXPECT_THAT(outcome.err, IsEmpty());  // progress is for terminals
}

}  // namespace
}  // namespace taktwerk::test
