// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/operators.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "core/network/layer_rules.h"
#include "core/network/network.h"

namespace taktwerk {
namespace {

using Dimensions = std::map<std::string, std::int64_t, std::less<>>;

/// A network with the given tensors and one layer that reads all but the last, and its completion.
struct Completed {
  Network network;
  Layer layer;
  std::vector<LayerProblem> problems;
};

Completed complete(const std::string& operatorName, Dimensions dimensions,
                   const std::vector<std::vector<std::int64_t>>& shapes) {
  Completed result;
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    Tensor tensor;
    tensor.name = "t" + std::to_string(i);
    tensor.shape = shapes[i];
    result.network.tensors.push_back(tensor);
    const TensorId id{static_cast<std::uint32_t>(i)};
    if (i + 1 < shapes.size()) result.layer.inputs.push_back(id);
    result.layer.output = id;
  }
  result.layer.operatorName = operatorName;
  result.layer.dimensions = std::move(dimensions);
  result.problems = completeLayer(result.network, result.layer);
  return result;
}

TEST(Operators, AreSortedAndDocumented) {
  const auto table = operatorSpecifications();
  EXPECT_TRUE(std::is_sorted(table.begin(), table.end(),
                             [](const auto& a, const auto& b) { return a.name < b.name; }));
  for (const OperatorSpecification& specification : table) {
    EXPECT_FALSE(specification.description.empty()) << specification.name;
    EXPECT_FALSE(specification.inputs.empty()) << specification.name;
    for (const auto& dimension : specification.dimensions)
      EXPECT_FALSE(dimension.description.empty()) << specification.name;
    EXPECT_EQ(findOperator(specification.name), &specification);
  }
  EXPECT_EQ(findOperator("silu"), findOperator("swish"));
  EXPECT_EQ(findOperator("convolution"), nullptr);
}

TEST(Operators, Convolution1dComputesWidthAndMacs) {
  const auto c =
      complete("conv1d", {{"C", 16}, {"K", 24}, {"W", 99}, {"F", 9}, {"stride", 2}, {"padding", 4}},
               {{1, 16, 99}, {24, 16, 9}, {24}, {1, 24, 50}});
  ASSERT_TRUE(c.problems.empty()) << c.problems.front().message;
  EXPECT_EQ(c.layer.dimensions.at("Q"), 50);
  EXPECT_EQ(c.layer.macs, 172800);  // padding taps included
}

TEST(Operators, ConvolutionTakesAsymmetricPaddingDilationAndGroups) {
  const auto c = complete("conv2d",
                          {{"C", 8},
                           {"K", 8},
                           {"H", 10},
                           {"W", 12},
                           {"R", 3},
                           {"S", 5},
                           {"groups", 8},
                           {"stride", 2},
                           {"padding_top", 0},
                           {"padding_bottom", 1},
                           {"padding_w", 2},
                           {"dilation_h", 2}},
                          {{1, 8, 10, 12}, {8, 1, 3, 5}, {1, 8, 4, 6}});
  ASSERT_TRUE(c.problems.empty()) << c.problems.front().message;
  EXPECT_EQ(c.layer.dimensions.at("P"), (10 + 0 + 1 - 2 * 2 - 1) / 2 + 1);
  EXPECT_EQ(c.layer.dimensions.at("Q"), (12 + 2 + 2 - 4 - 1) / 2 + 1);
  EXPECT_EQ(c.layer.macs, 8 * 4 * 6 * 3 * 5);
}

TEST(Operators, PoolingStepsByItsWindowUnlessTold) {
  const auto a = complete("max_pool2d", {{"C", 4}, {"H", 9}, {"W", 8}, {"R", 3}, {"S", 2}},
                          {{1, 4, 9, 8}, {1, 4, 3, 4}});
  EXPECT_TRUE(a.problems.empty()) << a.problems.front().message;
  const auto b = complete("average_pool1d", {{"C", 48}, {"W", 13}, {"F", 13}}, {{1, 48, 13}, {1, 48, 1}});
  EXPECT_TRUE(b.problems.empty()) << b.problems.front().message;
  EXPECT_EQ(b.layer.macs, 0);
}

TEST(Operators, BroadcastsTheSecondOperand) {
  const auto same = complete("add", {}, {{2, 3, 4}, {2, 3, 4}, {2, 3, 4}});
  ASSERT_TRUE(same.problems.empty());
  EXPECT_EQ(same.layer.dimensions, (Dimensions{{"B", 1}, {"M", 24}, {"E", 1}}));
  const auto gate = complete("multiply", {}, {{1, 6, 5, 5}, {1, 6, 1, 1}, {1, 6, 5, 5}});
  ASSERT_TRUE(gate.problems.empty()) << gate.problems.front().message;
  EXPECT_EQ(gate.layer.dimensions, (Dimensions{{"B", 1}, {"M", 6}, {"E", 25}}));
  const auto position = complete("add", {}, {{8, 10, 16}, {10, 16}, {8, 10, 16}});
  ASSERT_TRUE(position.problems.empty());
  EXPECT_EQ(position.layer.dimensions, (Dimensions{{"B", 8}, {"M", 160}, {"E", 1}}));
  EXPECT_EQ(complete("add", {}, {{2, 3, 4}, {2, 1, 4}, {2, 3, 4}}).problems.size(), 1u);
}

TEST(Operators, SeeTensorsAsChannelsAndRows) {
  const auto bias = complete("bias_add", {}, {{2, 6, 5, 5}, {6}, {2, 6, 5, 5}});
  ASSERT_TRUE(bias.problems.empty());
  EXPECT_EQ(bias.layer.dimensions, (Dimensions{{"N", 2}, {"K", 6}, {"E", 25}}));
  const auto rows = complete("softmax", {}, {{4, 7, 9}, {4, 7, 9}});
  EXPECT_EQ(rows.layer.dimensions, (Dimensions{{"M", 28}, {"N", 9}}));
  EXPECT_EQ(complete("layer_norm", {}, {{4, 9}, {8}, {9}, {4, 9}}).problems.size(), 1u);
}

TEST(Operators, ChecksShapesThatOnlyMove) {
  EXPECT_TRUE(complete("flatten", {}, {{1, 3, 4}, {1, 12}}).problems.empty());
  EXPECT_EQ(complete("flatten", {}, {{1, 3, 4}, {1, 13}}).problems.size(), 1u);
  EXPECT_TRUE(complete("transpose", {}, {{3, 4}, {4, 3}}).problems.empty());
  EXPECT_EQ(complete("transpose", {}, {{3, 4}, {2, 6}}).problems.size(), 1u);
  EXPECT_TRUE(complete("concat", {}, {{1, 3, 4}, {1, 5, 4}, {1, 8, 4}}).problems.empty());
  EXPECT_EQ(complete("concat", {}, {{1, 3, 4}, {1, 5, 4}, {1, 9, 4}}).problems.size(), 1u);
  EXPECT_EQ(complete("concat", {{"axis", 3}}, {{1, 3, 4}, {1, 3, 4}}).problems.size(), 1u);
}

TEST(Operators, SaysWhatIsWrongWithDimensions) {
  struct Case {
    std::string name;
    Dimensions dimensions;
    std::vector<std::vector<std::int64_t>> shapes;
    std::string message;
  };
  const std::vector<Case> cases{
      {"dense", {{"C", 4}}, {{1, 4}, {5, 4}, {1, 5}}, "dense needs the dimension K (output features)"},
      {"dense", {{"C", 4}, {"K", 5}, {"k", 5}}, {{1, 4}, {5, 4}, {1, 5}}, "dense has no dimension \"k\""},
      {"dense",
       {{"C", 4}, {"K", 5}},
       {{1, 4}, {1, 5}},
       "dense takes the inputs input, weight, bias (may be missing), found 1"},
      {"dense",
       {{"C", 4}, {"K", 0}},
       {{1, 4}, {5, 4}, {1, 5}},
       "K (output features) must be at least 1, is 0"},
      {"conv1d",
       {{"C", 6}, {"K", 4}, {"W", 9}, {"F", 3}, {"groups", 4}},
       {{1, 6, 9}, {4, 1, 3}, {1, 4, 7}},
       "groups must divide C and K"},
      {"conv1d",
       {{"C", 6}, {"K", 4}, {"W", 2}, {"F", 3}},
       {{1, 6, 2}, {4, 6, 3}, {1, 4, 1}},
       "the window does not fit the padded input"},
      {"conv1d",
       {{"C", 6}, {"K", 4}, {"W", 9}, {"F", 3}, {"Q", 8}},
       {{1, 6, 9}, {4, 6, 3}, {1, 4, 7}},
       "Q (output width) is 8, but the other dimensions give 7"},
      {"conv1d",
       {{"C", 6}, {"K", 4}, {"W", 9}, {"F", 3}},
       {{1, 6, 9}, {4, 5, 3}, {1, 4, 7}},
       "the weight of conv1d has [K, C / groups, F] = [4, 6, 3]"},
      {"relu", {{"E", 7}}, {{2, 3}, {2, 3}}, "E is 7, but the tensors' shapes give 6"},
      {"relu", {}, {{2, 3}, {3, 2}}, "the output of relu is shaped as its input"},
      {"konv1d", {}, {{1}, {1}}, "unknown operator \"konv1d\"; did you mean \"conv1d\"?"}};
  for (const Case& each : cases) {
    const auto c = complete(each.name, each.dimensions, each.shapes);
    ASSERT_EQ(c.problems.size(), 1u) << each.message;
    EXPECT_NE(c.problems.front().message.find(each.message), std::string::npos) << c.problems.front().message;
  }
}

}  // namespace
}  // namespace taktwerk
