// SPDX-License-Identifier: GPL-3.0-or-later
// What a mapping leaves out of its layers: with and without a layer, against what unrolling finds.
#include <fstream>
#include <iterator>
#include <random>
#include <set>

#include <gmock/gmock.h>

#include "tests/core/mapping/mapping_support.h"
#include "tests/support/random_layer.h"
#include "tests/support/random_property.h"

namespace taktwerk {
namespace {

using testing::HasSubstr;

/// Reads a mapping of one operator; `rest` stands behind `takes`.
Mapping taking(const std::string& operators, const std::string& rest) {
  return valueOf(parseMapping("format: taktwerk-mapping/1\nname: test\ntakes: " + operators + "\n" + rest,
                              "m.mapping.yaml"));
}

std::string codesOf(const Diagnostics& diagnostics) {
  std::string codes;
  for (const Diagnostic& each : diagnostics) codes += (codes.empty() ? "" : " ") + each.code;
  return codes;
}

const std::string tensors = "tensors: {input: {memory: all}, weight: {memory: all}, output: {memory: all}}\n";

TEST(Omissions, AnEmptyProgramLeavesEverythingOut) {
  const Mapping mapping = taking("conv1d", "program: []\n");
  ASSERT_EQ(codesOf(omissionsOf(mapping)), "M0401");
  const Diagnostic& omission = omissionsOf(mapping).front();
  EXPECT_TRUE(isOmission(omission));
  EXPECT_EQ(omission.severity, Severity::Error);
  EXPECT_EQ(omission.position.line, 4U);
  EXPECT_THAT(omission.message, HasSubstr("nothing computes conv1d"));
  // Beside other mappings it is a warning: it takes no layer, the others may.
  const auto read = parseMapping("format: taktwerk-mapping/1\nname: t\ntakes: relu\nprogram: []\n", "m");
  ASSERT_TRUE(read);
  ASSERT_EQ(codesOf(read.diagnostics), "M0401");
  EXPECT_EQ(read.diagnostics.front().severity, Severity::Warning);
}

TEST(Omissions, LoopsAroundNothingAreAnEmptyProgram) {
  EXPECT_EQ(codesOf(omissionsOf(taking("dense", "program: [{for: k, in: K, do: []}]\n"))), "M0401");
  EXPECT_EQ(codesOf(omissionsOf(taking("dense", "program: [{when: K == 0, do: [], else: []}]\n"))), "M0401");
}

TEST(Omissions, AMappingThatOnlySaysWhyNothingFitsLeavesNothingOut) {
  EXPECT_TRUE(
      omissionsOf(taking("softmax", "requires: [{condition: 0 == 1, reason: no unit for it}]\nprogram: []\n"))
          .empty());
  EXPECT_EQ(codesOf(omissionsOf(
                taking("softmax", "requires: [{condition: 1 == 1, reason: never}]\nprogram: []\n"))),
            "M0401");
  EXPECT_EQ(
      codesOf(omissionsOf(taking("softmax", "requires: [{condition: M == 1, reason: rows}]\nprogram: []\n"))),
      "M0401");
}

TEST(Omissions, LayersThatOnlyChangeAShapeSaySoInTheFile) {
  const std::string head = "format: taktwerk-mapping/1\nname: t\ntakes: ";
  const auto read = [&](const std::string& rest) { return parseMapping(head + rest, "m"); };
  const auto said = read("[flatten, reshape]\nresult: in place\nprogram: []\n");
  ASSERT_TRUE(said);
  EXPECT_TRUE(said.diagnostics.empty()) << text(said.diagnostics);
  EXPECT_TRUE(omissionsOf(*said).empty());
  const auto unsaid = read("[flatten, reshape]\nprogram: []\n");
  ASSERT_TRUE(unsaid);
  EXPECT_EQ(codesOf(unsaid.diagnostics), "M0411");
  EXPECT_TRUE(omissionsOf(*unsaid).empty());
  EXPECT_FALSE(read("[flatten, relu]\nresult: in place\nprogram: []\n"));
  EXPECT_FALSE(read("flatten\nresult: elsewhere\nprogram: []\n"));
  EXPECT_FALSE(read("flatten\nresult: in place\nprogram: [nop]\n"));
}

TEST(Omissions, InstructionsWithoutAccessesSayWhatTheyStandFor) {
  const std::string program = "program:\n  - mac regs.r0 <- regs.r1 with C = C, K = K, N = N\n";
  EXPECT_EQ(codesOf(omissionsOf(taking("dense", program))), "M0402");
  EXPECT_TRUE(
      omissionsOf(taking("dense", "stands_for: {mac: {products: C * K * N, results: K * N}}\n" + program))
          .empty());
  EXPECT_EQ(codesOf(omissionsOf(
                taking("dense", "stands_for: {other: {products: C * K * N, results: K * N}}\n" + program))),
            "M0402");
}

TEST(Omissions, TensorsThatLieInAMemoryAreReadAndWritten) {
  const auto codes = [](const std::string& program) {
    return codesOf(omissionsOf(taking("dense", tensors + program)));
  };
  EXPECT_EQ(codes("program:\n  - load regs.r0 <- input[0, 0]\n  - load regs.r1 <- weight[0, 0]\n"
                  "  - store output[0, 0] <- regs.r0\n"),
            "");
  EXPECT_EQ(codes("program:\n  - load regs.r0 <- input[0, 0]\n  - store output[0, 0] <- regs.r0\n"), "M0404");
  EXPECT_EQ(codes("program:\n  - load regs.r0 <- input[0, 0]\n  - load regs.r1 <- weight[0, 0]\n"), "M0402");
  EXPECT_EQ(codes("buffers: {tile: {memory: all, shape: [4]}}\nprogram:\n  - load regs.r0 <- input[0, 0]\n"
                  "  - load regs.r1 <- weight[0, 0]\n  - store tile[0] <- regs.r0\n"),
            "M0403");
  // By address, or at a base given by hand, they may be reached all the same.
  EXPECT_EQ(codes("program:\n  - load regs.r0 <- all[0]\n  - store all[7] <- regs.r0\n"), "");
}

TEST(Omissions, WhereTheResultLiesIsSaid) {
  const std::string program = "program:\n  - load regs.r0 <- all[0]\n  - store out[0] <- regs.r0\n";
  const auto read = [&](const std::string& buffer) {
    return parseMapping(denseMapping("buffers: {out: " + buffer + "}\n" + program), "m");
  };
  EXPECT_EQ(codesOf(read("{memory: all, shape: [N * K]}").diagnostics), "M0412");
  EXPECT_TRUE(read("{memory: all, holds: output, shape: [N * K]}").diagnostics.empty());
  EXPECT_FALSE(read("{memory: all, holds: outputs, shape: [N * K]}"));
  EXPECT_FALSE(read("{memory: all, addresses: simplified, shape: [N * K]}"));
}

/// What the mapping leaves out of the dense layer of 2 x 5 by 7, or "".
std::string leftOut(const std::string& rest) {
  const Result<MappedProgram> mapped = mapFirst(denseMapping(rest), denseNetwork(), *smallMachine());
  EXPECT_TRUE(mapped) << text(mapped.diagnostics);
  return mapped && mapped->omission ? mapped->omission->message : "";
}

std::string dense(const std::string& n, const std::string& k, const std::string& c,
                  const std::string& head = tensors) {
  return head + "program:\n  - for: n\n    in: " + n + "\n    do:\n      - for: k\n        in: " + k +
         "\n        do:\n          - for: c\n            in: " + c +
         "\n            do:\n              - load regs.r0 <- input[n, c]\n"
         "              - load regs.r1 <- weight[k, c]\n"
         "              - mac regs.r2 <- regs.r0, regs.r1\n          - store output[n, k] <- regs.r2\n";
}

TEST(OmissionsOfLayers, ResultsAndOperandsAreTouchedAsAWhole) {
  EXPECT_EQ(leftOut(dense("N", "K", "C")), "");
  EXPECT_EQ(leftOut(dense("1", "K", "C")), "writes 7 of 14 elements of \"output\", the result");
  EXPECT_EQ(leftOut(dense("N", "K - 1", "C")), "writes 12 of 14 elements of \"output\", the result");
  EXPECT_EQ(leftOut(dense("N", "K", "C - 1")), "reads 8 of 10 elements of \"input\", an operand");
  EXPECT_EQ(leftOut(dense("0", "K", "C")), "writes 0 of 14 elements of \"output\", the result");
  const std::string simplified =
      "tensors: {input: {memory: all, addresses: simplified}, weight: {memory: all, addresses: simplified}, "
      "output: {memory: all}}\n";
  EXPECT_EQ(leftOut(dense("N", "K", "C - 1", simplified)), "");
}

TEST(OmissionsOfLayers, ProductsAreCountedWhereInstructionsSayWhatTheyStandFor) {
  const std::string counted = "stands_for: {mac: {products: 1}}\n" + tensors;
  EXPECT_EQ(leftOut(dense("N", "K", "C", counted)), "");
  EXPECT_EQ(leftOut("stands_for: {mac: {products: 1}}\n" + tensors +
                    "program:\n  - load regs.r0 <- input[0] words N * C\n"
                    "  - load regs.r1 <- weight[0] words K * C\n  - mac regs.r2 <- regs.r0\n"
                    "  - store output[0] words N * K <- regs.r2\n"),
            "the instructions stand for 1 of the layer's 70 products");
}

TEST(OmissionsOfLayers, WholeLayersMustBeAccountedFor) {
  const auto whole = [](const std::string& standsFor, const std::string& immediates) {
    return leftOut("stands_for: {mac: {" + standsFor + "}}\nprogram:\n  - mac regs.r0 <- regs.r1 with " +
                   immediates + "\n");
  };
  EXPECT_EQ(whole("products: C * K * Q, results: K * Q", "C = C, K = K, Q = N"), "");
  EXPECT_EQ(whole("products: C * K * Q, results: K * Q", "C = C, K = K, Q = 1"),
            "the instructions stand for 35 of the layer's 70 products");
  EXPECT_EQ(whole("products: C * K * Q", "C = C, K = K, Q = N"),
            "the instructions stand for 0 of the layer's 14 results");
  EXPECT_EQ(whole("results: K * Q", "C = C, K = K, Q = N"),
            "the instructions stand for 0 of the layer's 70 products");
  EXPECT_THAT(whole("products: C * M, results: K * Q", "C = C, K = K, Q = N"), HasSubstr("M"));
  EXPECT_EQ(whole("products: 90 + p, results: 99", "C = C"), "");
}

/// A one-mac mapping whose loops are cut short leaves out what unrolling its program finds missing.
TEST(OmissionsOfLayers, AgreeWithTheUnrolledProgram) {
  const auto machine = machineAt("archs/one-mac/one-mac.arch.yaml");
  const std::uint32_t seed = 20261128;
  std::mt19937 random(seed);
  int missing = 0, whole = 0;
  for (const Mapping& shipped : valueOf(readMappingsBeside(sourcePath("archs/one-mac/one-mac.arch.yaml")))) {
    std::ifstream file(shipped.file);
    const std::string original{std::istreambuf_iterator<char>(file), {}};
    for (int trial = 0; trial < test::propertyCount(6); ++trial) {
      for (const char* name :
           {"conv1d", "conv2d", "dense", "matmul", "max_pool2d", "add", "relu", "softmax"}) {
        // One of the loops ends one early.
        std::string cut = original;
        std::vector<std::size_t> ends;
        for (std::size_t at = cut.find("in: "); at != std::string::npos; at = cut.find("in: ", at + 1))
          ends.push_back(cut.find('\n', at));
        if (!ends.empty() && trial > 0) cut.insert(ends[random() % ends.size()], " - 1");
        const std::string layers = test::randomLayer(name, random);
        SCOPED_TRACE("seed " + std::to_string(seed) + "\n" + layers + cut);
        const Result<Network> network = parseNetwork(layers, "random");
        const Result<Mapping> mapping = parseMapping(cut, "cut");
        if (!network || !mapping) continue;
        const Match found = match(*mapping, *machine, *network, LayerId{0});
        if (found.layers.empty()) continue;
        const Result<MappedProgram> mapped = mapLayers(*mapping, *machine, *network, found.layers);
        if (!mapped) continue;
        std::set<std::int64_t> stored;
        ProgramWalker walker(mapped->program);
        while (walker.next()) {
          const auto& step = mapped->program.templates[walker.step().instruction];
          for (std::size_t i = step.memoryReads.size(); i < step.accessCount(); ++i)
            stored.insert(walker.addresses()[i]);
        }
        const Tensor& output = network->tensor(network->layers.front().output);
        const bool short_ = static_cast<std::int64_t>(stored.size()) < output.elements();
        const std::string said = mapped->omission ? mapped->omission->message : "";
        EXPECT_EQ(said.starts_with("writes "), short_) << said;
        if (trial == 0) {
          EXPECT_EQ(said, "");
        }
        (short_ ? missing : whole) += 1;
      }
    }
  }
  EXPECT_GT(missing, 10);
  EXPECT_GT(whole, 10);
}

}  // namespace
}  // namespace taktwerk
