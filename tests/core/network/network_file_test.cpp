// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/network_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/network/network_writer.h"

namespace taktwerk {
namespace {

constexpr const char* good = R"(format: taktwerk-network/1
name: two layers
description: for tests
parameters:
  batch: {default: 2, minimum: 1, maximum: 8, description: images}
  width: 5
tensors:
  image: {shape: [batch, width], bits: 4, role: input}
  matrix: {shape: [3, width], role: weight}
  hidden: {shape: [batch, 3]}
  result: {shape: [batch, width - 2], role: output}
layers:
  - name: first
    operator: dense
    dimensions: {N: batch, C: width, K: 3}
    inputs: [image, matrix]
    output: hidden
  - name: second
    operator: relu
    inputs: [hidden]
    output: result
)";

TEST(NetworkFile, ReadsTensorsLayersAndParameters) {
  const auto network = parseNetwork(good, "net.yaml");
  ASSERT_TRUE(network) << toString(network.diagnostics.front());
  EXPECT_TRUE(network.diagnostics.empty());
  EXPECT_EQ(network->name, "two layers");
  EXPECT_EQ(network->file, "net.yaml");
  EXPECT_EQ(network->parameters.at("batch"), 2);
  ASSERT_EQ(network->tensors.size(), 4u);
  EXPECT_EQ(network->tensors[0].shape, (std::vector<std::int64_t>{2, 5}));
  EXPECT_EQ(network->tensors[0].bits, 4);
  EXPECT_EQ(network->tensors[1].bits, 8);
  EXPECT_EQ(network->tensors[2].role, TensorRole::Activation);
  EXPECT_EQ(network->tensors[3].position, (SourcePosition{11, 3}));
  ASSERT_EQ(network->layers.size(), 2u);
  EXPECT_EQ(network->layers[0].macs, 30);
  EXPECT_EQ(network->layers[1].dimensions.at("E"), 6);
  EXPECT_EQ(network->layers[1].inputs, (std::vector<TensorId>{TensorId{2}}));
  EXPECT_EQ(network->macs(), 30);
  EXPECT_EQ(network->weights(), 15);
}

TEST(NetworkFile, TakesParametersFromOutside) {
  const auto network = parseNetwork(good, "net.yaml", {{"batch", 7}});
  ASSERT_TRUE(network);
  EXPECT_EQ(network->macs(), 105);
  const auto tooMany = parseNetwork(good, "net.yaml", {{"batch", 9}});
  ASSERT_FALSE(tooMany);
  EXPECT_NE(tooMany.diagnostics.front().message.find("batch is 9, must be at least 1 and at most 8"),
            std::string::npos);
  const auto unknown = parseNetwork(good, "net.yaml", {{"bach", 1}});
  ASSERT_FALSE(unknown);
  EXPECT_NE(unknown.diagnostics.front().message.find("did you mean \"batch\"?"), std::string::npos);
}

/// `good` with one piece of text replaced, and the problem that must be reported.
struct BadCase {
  std::string from, to;
  SourcePosition position;
  std::string message;
};

class BadNetwork : public testing::TestWithParam<BadCase> {};

TEST_P(BadNetwork, IsReportedWhereItIs) {
  const BadCase& each = GetParam();
  std::string text = good;
  const std::size_t at = text.find(each.from);
  ASSERT_NE(at, std::string::npos);
  text.replace(at, each.from.size(), each.to);
  const auto network = parseNetwork(text, "net.yaml");
  ASSERT_FALSE(network);
  std::string all;
  bool found = false;
  for (const Diagnostic& diagnostic : network.diagnostics) {
    all += toString(diagnostic) + '\n';
    found = found || (diagnostic.position == each.position &&
                      diagnostic.message.find(each.message) != std::string::npos);
  }
  EXPECT_TRUE(found) << "wanted " << each.position.line << ':' << each.position.column << ' ' << each.message
                     << ", got\n"
                     << all;
}

INSTANTIATE_TEST_SUITE_P(
    Table, BadNetwork,
    testing::Values(
        BadCase{"taktwerk-network/1",
                "taktwerk-network/2",
                {1, 9},
                "format must be taktwerk-network/1, found \"taktwerk-network/2\""},
        BadCase{"description:", "describtion:", {3, 1}, "did you mean \"description\"?"},
        BadCase{"name: two layers", "title: two layers", {1, 1}, "a network needs \"name\""},
        BadCase{"default: 2, ", "", {5, 10}, "a parameter needs \"default\""},
        BadCase{"default: 2", "default: 1.5", {5, 20}, "default"},
        BadCase{"width: 5", "width: [5]", {6, 3}, "a parameter is a number or a map"},
        BadCase{"[batch, width]", "[batch, widht]", {8, 26}, "did you mean \"width\"?"},
        BadCase{"[batch, width]", "[batch, width - 5]", {8, 26}, "an extent must be at least 1, is 0"},
        BadCase{"[batch, width]", "[batch, width / 2]", {8, 26}, "must be a whole number, is 5/2"},
        BadCase{
            "[batch, width]", "[4000000000, 4000000000]", {8, 18}, "more elements than 64 bits can count"},
        BadCase{"bits: 4", "bits: 0", {8, 40}, "bits must be from 1 to 1024, is 0"},
        BadCase{"bits: 4", "bit: 4", {8, 34}, "did you mean \"bits\"?"},
        BadCase{"role: input", "role: inptu", {8, 49}, "did you mean \"input\"?"},
        BadCase{"operator: dense",
                "operator: dens",
                {14, 15},
                "unknown operator \"dens\"; did you mean \"dense\"?"},
        BadCase{"C: width,", "C: width + 1,", {16, 14}, "the input of dense has [N, C] = [2, 6]"},
        BadCase{", K: 3", "", {15, 17}, "dense needs the dimension K"},
        BadCase{"K: 3}", "K: 3, M: 1}", {15, 44}, "dense has no dimension \"M\""},
        BadCase{"[image, matrix]",
                "[image, matrx]",
                {16, 21},
                "unknown tensor \"matrx\"; did you mean \"matrix\"?"},
        BadCase{"[image, matrix]", "[image, hidden]", {16, 21}, "which no layer before it writes"},
        BadCase{"output: hidden", "output: image", {17, 13}, "which is an input, weight or constant"},
        BadCase{"output: result", "output: hidden", {21, 13}, "already written by layer \"first\""},
        BadCase{"name: second", "name: first", {18, 11}, "two layers named \"first\""},
        BadCase{"inputs: [hidden]", "inputs: hidden", {20, 13}, "\"inputs\" must be a list, found a value"}));

TEST(NetworkFile, ReportsAllProblemsNotTheFirst) {
  const auto network = parseNetwork(R"(format: taktwerk-network/1
name: bad
tensors:
  a: {shape: [0], role: input}
  b: {shape: [1], role: outptu}
layers:
  - {name: x, operator: rellu, inputs: [a], output: c}
  - {name: y, operator: relu, input: [a], output: b}
)",
                                    "bad.yaml");
  ASSERT_FALSE(network);
  EXPECT_GE(network.diagnostics.size(), 6u);
}

TEST(NetworkFile, RefusesOutputsThatNobodyWritesAndTotalsThatOverflow) {
  const auto unwritten = parseNetwork(R"(format: taktwerk-network/1
name: bad
tensors:
  a: {shape: [4], role: input}
  b: {shape: [4]}
  c: {shape: [4], role: output}
layers:
  - {name: x, operator: relu, inputs: [a], output: b}
)",
                                      "bad.yaml");
  ASSERT_FALSE(unwritten);
  EXPECT_EQ(unwritten.diagnostics.front().position, (SourcePosition{6, 3}));
  const auto huge = parseNetwork(R"(format: taktwerk-network/1
name: bad
tensors:
  a: {shape: [1, 3000000, 2000000000], role: input}
  b: {shape: [1, 2000000000, 3000000], role: weight}
  c: {shape: [1, 3000000, 3000000], role: output}
layers:
  - {name: x, operator: matmul, dimensions: {M: 3000000, N: 3000000, K: 2000000000}, inputs: [a, b], output: c}
)",
                                 "bad.yaml");
  ASSERT_FALSE(huge);
  EXPECT_NE(huge.diagnostics.front().message.find("does not fit 64 bits"), std::string::npos);
}

TEST(NetworkFile, SurvivesEveryTruncationAndByteChange) {
  const std::string source = good;
  for (std::size_t i = 0; i < source.size(); ++i) {
    (void)parseNetwork(source.substr(0, i), "net.yaml");
    for (const char c : {'\0', '[', ']', '{', '\n', '9', '-', '"', ','}) {
      std::string changed = source;
      changed[i] = c;
      const auto network = parseNetwork(changed, "net.yaml");
      EXPECT_TRUE(network || !network.diagnostics.empty());
    }
  }
}

TEST(NetworkFile, WarnsOfTensorsNobodyUses) {
  std::string text = good;
  text.replace(text.find("  hidden:"), 0, "  spare: {shape: [1]}\n");
  const auto network = parseNetwork(text, "net.yaml");
  ASSERT_TRUE(network);
  ASSERT_EQ(network.diagnostics.size(), 1u);
  EXPECT_EQ(network.diagnostics.front().severity, Severity::Warning);
}

TEST(NetworkFile, AForeignLayerKeepsItsPlaceAndHasNoRules) {
  const std::string text =
      "format: taktwerk-network/1\nname: n\ntensors:\n  x: {shape: [1, 8], role: input}\n"
      "  m: {shape: [1, 3, 3]}\n  y: {shape: [1, 3, 3], role: output}\nlayers:\n"
      "  - {name: warp, operator: GridWarp, foreign: true, inputs: [x], output: m}\n"
      "  - {name: act, operator: relu, inputs: [m], output: y}\n";
  const auto network = parseNetwork(text, "n");
  ASSERT_TRUE(network) << toString(network.diagnostics.front());
  EXPECT_TRUE(network->layers[0].foreign);
  EXPECT_EQ(network->layers[0].operatorName, "GridWarp");
  EXPECT_EQ(network->layers[0].macs, 0);
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string other = text;
    other.replace(other.find(from), from.size(), to);
    const auto refused = parseNetwork(other, "n");
    EXPECT_FALSE(refused) << to;
    return refused ? std::string() : toString(refused.diagnostics.front());
  };
  EXPECT_THAT(with("foreign: true, ", ""),
              testing::HasSubstr("n:8:28: error: unknown operator \"GridWarp\""));
  EXPECT_THAT(with("foreign: true", "foreign: yes"), testing::HasSubstr("foreign is true or false"));
  EXPECT_THAT(with("GridWarp", "sigmoid"), testing::HasSubstr("is not foreign"));
  EXPECT_THAT(with("foreign: true", "foreign: true, dimensions: {K: 1}"),
              testing::HasSubstr("a foreign operator has no dimensions"));
}

TEST(NetworkFile, DenseAndMatmulTakeNeighbouringAxesAsOne) {
  const auto parsed = [](const std::string& x, const std::string& y) {
    return parseNetwork("format: taktwerk-network/1\nname: n\ntensors:\n  x: {shape: " + x +
                            ", role: input}\n  w: {shape: [10, 72], role: weight}\n  y: {shape: " + y +
                            ", role: output}\nlayers:\n  - {name: fc, operator: dense, dimensions: {N: 2, C: "
                            "72, K: 10}, inputs: [x, w], output: y}\n",
                        "n");
  };
  EXPECT_TRUE(parsed("[2, 8, 3, 3]", "[2, 10]"));
  EXPECT_TRUE(parsed("[2, 72]", "[1, 2, 10]"));
  EXPECT_FALSE(parsed("[2, 71]", "[2, 10]"));
  EXPECT_FALSE(parsed("[8, 2, 3, 3]", "[2, 10]"));  // as many elements, but no row of 72
  EXPECT_FALSE(parsed("[2, 72]", "[10, 2]"));
}

TEST(NetworkFile, AGuessedShapeIsKept) {
  const auto replaced = [](const std::string& from, const std::string& to) {
    std::string text = good;
    return text.replace(text.find(from), from.size(), to);
  };
  const auto network =
      parseNetwork(replaced("{shape: [batch, 3]}", "{shape: [batch, 3], guessed: true}"), "f");
  ASSERT_TRUE(network) << toString(network.diagnostics.front());
  EXPECT_TRUE(network->tensors[2].guessed);
  EXPECT_FALSE(network->tensors[0].guessed);
  EXPECT_TRUE(network->sizeGuessed(network->layers[0])) << "it writes the tensor";
  EXPECT_TRUE(network->sizeGuessed(network->layers[1])) << "it reads the tensor";
  const auto again = parseNetwork(writeNetwork(*network), "again");
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->tensors[2].guessed);
  EXPECT_EQ(writeNetwork(*again), writeNetwork(*network));
  const auto sure = parseNetwork(replaced("{shape: [batch, 3]}", "{shape: [batch, 3], guessed: false}"), "f");
  EXPECT_FALSE(sure->sizeGuessed(sure->layers[0]));
  const auto wrong =
      parseNetwork(replaced("{shape: [batch, 3]}", "{shape: [batch, 3], guessed: maybe}"), "f");
  ASSERT_FALSE(wrong);
  EXPECT_EQ(toString(wrong.diagnostics.front()),
            "f:10:40: error: guessed is true or false, found \"maybe\" [N0103]");
}

}  // namespace
}  // namespace taktwerk
