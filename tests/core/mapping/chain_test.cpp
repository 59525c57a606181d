// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "tests/core/mapping/mapping_support.h"

namespace taktwerk {
namespace {

/// x → first (dense) → act (relu) → sum (add with side) → out, where `side` comes from a dense beside it.
std::string network(const std::string& order = "side first act sum", const std::string& more = "",
                    const std::string& actRole = "activation") {
  const std::map<std::string, std::string> layers{
      {"side", "  - {name: side, operator: dense, dimensions: {C: 4, K: 4}, inputs: [x, w], output: s}\n"},
      {"first", "  - {name: first, operator: dense, dimensions: {C: 4, K: 4}, inputs: [x, w], output: f}\n"},
      {"act", "  - {name: act, operator: relu, inputs: [f], output: a}\n"},
      {"sum", "  - {name: sum, operator: add, inputs: [a, s], output: y}\n"},
      {"spy", "  - {name: spy, operator: relu, inputs: [f], output: z}\n"}};
  std::string text =
      "format: taktwerk-network/1\nname: chain\ntensors:\n"
      "  x: {shape: [1, 4], role: input}\n  w: {shape: [4, 4], bits: 6, role: weight}\n"
      "  s: {shape: [1, 4]}\n  f: {shape: [1, 4], role: " +
      actRole +
      "}\n  a: {shape: [1, 4]}\n"
      "  y: {shape: [1, 4], role: output}\n" +
      more + "layers:\n";
  std::size_t start = 0;
  while (start < order.size()) {
    const std::size_t end = std::min(order.find(' ', start), order.size());
    text += layers.at(order.substr(start, end - start));
    start = end + 1;
  }
  return text;
}

const std::string fused = R"(format: taktwerk-mapping/1
name: fused
takes:
  - {operator: dense, as: first}
  - {operator: relu, as: act, optional: true}
  - {operator: add, as: sum, optional: true}
requires:
  - {condition: bits(weight) <= 6, reason: weights have at most 6 bit}
  - {condition: "if(sum.present, sum.M, 4) == 4", reason: sums have 4 elements}
tensors:
  input: {memory: all}
  sum.other: {memory: all, base: 100}
  output: {memory: all, base: 200}
program:
  - nop with act = act.present, sum = sum.present, M = if(sum.present, sum.M, 0)
  - when: sum.present
    do:
      - load regs.r0 <- sum.other[0]
  - store output[0] <- regs.r0
)";

std::vector<std::string> namesOf(const Network& net, const Match& found) {
  std::vector<std::string> names;
  for (const LayerId id : found.layers) names.push_back(net.layers[id.index()].name);
  return names;
}

Match matchAt(const Network& net, std::uint32_t layer, const std::string& mapping = fused) {
  return match(valueOf(parseMapping(mapping, "m.yaml")), *smallMachine(), net, LayerId{layer});
}

TEST(Chains, AreTakenAsLongAsTheyFit) {
  const Network net = valueOf(parseNetwork(network(), "n"));
  EXPECT_EQ(namesOf(net, matchAt(net, 1)), (std::vector<std::string>{"first", "act", "sum"}));
  const auto machine = smallMachine();
  const Mapping mapping = valueOf(parseMapping(fused, "m.yaml"));
  const MappedProgram mapped = valueOf(mapLayers(mapping, *machine, net, matchAt(net, 1).layers));
  EXPECT_EQ(mapped.program.name, "first");
  EXPECT_EQ(unrolled(mapped.program, *machine),
            (std::vector<std::string>{"nop M=4 act=1 sum=1", "load >regs.r0 <all[100]",
                                      "store <regs.r0 >all[200]"}));
  // The layer beside it is taken with its sum as well, but not when the sum's other operand comes later.
  EXPECT_EQ(namesOf(net, matchAt(net, 0)), (std::vector<std::string>{"side"}));
}

TEST(Chains, StopBeforeWhatDoesNotExistYet) {
  const Network net = valueOf(parseNetwork(network("first act side sum"), "n"));
  EXPECT_EQ(namesOf(net, matchAt(net, 0)), (std::vector<std::string>{"first", "act"}));
  EXPECT_EQ(namesOf(net, matchAt(net, 2)), (std::vector<std::string>{"side", "sum"}));
}

TEST(Chains, KeepTensorsThatSomebodyElseReads) {
  const Network net =
      valueOf(parseNetwork(network("side first act sum spy", "  z: {shape: [1, 4], role: output}\n"), "n"));
  EXPECT_EQ(namesOf(net, matchAt(net, 1)), (std::vector<std::string>{"first"}));
  const Network output = valueOf(parseNetwork(network("side first act sum", "", "output"), "n"));
  EXPECT_EQ(namesOf(output, matchAt(output, 1)), (std::vector<std::string>{"first"}));
}

TEST(Chains, SayWhyTheyDoNotFit) {
  const Network net = valueOf(parseNetwork(network(), "n"));
  EXPECT_EQ(matchAt(net, 2).reason, "takes dense, this is relu");
  std::string narrow = fused;
  narrow.replace(narrow.find("<= 6"), 4, "<= 4");
  EXPECT_EQ(matchAt(net, 1, narrow).reason, "weights have at most 6 bit");
  std::string strict = fused;
  strict.replace(strict.find("as: act, optional: true"), 23, "as: act");
  EXPECT_EQ(matchAt(net, 0, strict).reason, "takes relu behind side, there is add");
}

TEST(Chains, FallBackToAShorterOneThatMeetsTheConditions) {
  const Network net = valueOf(parseNetwork(network(), "n"));
  std::string picky = fused;
  picky.replace(picky.find("sum.M, 4) == 4"), 14, "sum.M, 9) == 9");
  EXPECT_EQ(namesOf(net, matchAt(net, 1, picky)), (std::vector<std::string>{"first", "act"}));
}

TEST(Chains, RefuseLayersTheyDoNotTake) {
  const Network net = valueOf(parseNetwork(network(), "n"));
  const Mapping mapping = valueOf(parseMapping(fused, "m.yaml"));
  const std::vector<LayerId> wrong{LayerId{1}, LayerId{3}};
  EXPECT_FALSE(mapLayers(mapping, *smallMachine(), net, wrong));
  EXPECT_FALSE(mapLayers(mapping, *smallMachine(), net, {}));
}

TEST(Chains, NamesOfMissingStepsAreErrorsWhereTheyAreUsed) {
  const Network net = valueOf(parseNetwork(network("first act side sum"), "n"));
  std::string careless = fused;
  careless.replace(careless.find("if(sum.present, sum.M, 0)"), 25, "sum.M");
  const Mapping mapping = valueOf(parseMapping(careless, "m.yaml"));
  const std::vector<LayerId> alone{LayerId{0}};
  const auto mapped = mapLayers(mapping, *smallMachine(), net, alone);
  ASSERT_FALSE(mapped);
  EXPECT_NE(text(mapped.diagnostics).find("the step of \"sum.M\" is missing in this chain"),
            std::string::npos)
      << text(mapped.diagnostics);
}

}  // namespace
}  // namespace taktwerk
