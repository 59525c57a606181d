// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/calibration/measurements.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/calibration/measured_layer.h"
#include "core/network/network_file.h"

namespace taktwerk {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string problemsOf(const std::string& text, const MeasurementOptions& options = {}) {
  std::string all;
  for (const Diagnostic& each : parseMeasurements(text, "m.csv", options).diagnostics) {
    all += toString(each) + '\n';
  }
  return all;
}

/// The network of a row, as the estimate reads it.
Network networkOf(const Measurement& row) {
  const auto network = parseNetwork(*row.network.text, row.network.path, {});
  EXPECT_TRUE(network) << *row.network.text;
  return network ? *network : Network{};
}

TEST(Measurements, ReadLayersWithTheirDimensionsAndRuns) {
  const auto read = parseMeasurements(
      "operator,C,K,R,S,P,Q,stride,cycles_mean,cycles_min,cycles_max,runs\n"
      "conv2d,3,64,7,7,112,112,2,2577666,2577642,2577699,3\n"
      "conv2d,64,64,3,3,56,56,1,\"632003.5\",,,1\n",
      "m.csv");
  ASSERT_TRUE(read);
  ASSERT_EQ(read->rows.size(), 2U);
  const Measurement& first = read->rows[0];
  EXPECT_EQ(first.cycles, 2577666);
  EXPECT_EQ(first.least, 2577642);
  EXPECT_EQ(first.most, 2577699);
  EXPECT_EQ(first.dimensions.at("H"), 229) << "111 strides of 2 and a kernel of 7";
  EXPECT_EQ(first.dimensions.at("N"), 1);
  EXPECT_EQ(read->rows[1].cycles, 632003.5);
  EXPECT_FALSE(read->rows[1].least);
  EXPECT_THAT(read->varied, testing::IsSupersetOf({"C", "P", "R", "stride"}));
  EXPECT_THAT(read->varied, testing::Not(testing::Contains("K")));
  ASSERT_EQ(read.diagnostics.size(), 1U) << "runs";
  EXPECT_EQ(read.diagnostics.front().code, "R0021");
}

TEST(Measurements, MakeANetworkOfEachLayer) {
  const auto read = parseMeasurements(
      "layer,operator,C,K,W,F,Q,padding,M,N,groups,bias,bits,cycles\n"
      "a conv,conv1d,40,16,101,3,,1,,,1,1,,5000\n"
      "b,matmul,,,,,,,12,16,,,,100\n",
      "m.csv");
  EXPECT_FALSE(read) << "matmul has an inner dimension, too";
  const auto both = parseMeasurements(
      "layer,operator,C,K,W,F,padding,M,N,bias,bits,cycles\n"
      "a conv,conv1d,40,16,101,3,1,,,1,,5000\n"
      "b,matmul,,20,,,,12,16,,16,100\n",
      "m.csv");
  ASSERT_TRUE(both) << toString(both.diagnostics.front());
  const Network convolution = networkOf(both->rows[0]);
  ASSERT_EQ(convolution.layers.size(), 1U);
  EXPECT_EQ(convolution.layers[0].name, "a conv");
  EXPECT_EQ(convolution.layers[0].dimensions.at("Q"), 101);
  EXPECT_EQ(convolution.layers[0].inputs.size(), 3U) << "with a bias";
  EXPECT_EQ(convolution.layers[0].macs, 101 * 40 * 16 * 3);
  const Network product = networkOf(both->rows[1]);
  EXPECT_EQ(product.layers[0].macs, 12 * 16 * 20);
  EXPECT_EQ(product.tensor(product.layers[0].inputs[0]).bits, 16);
  EXPECT_EQ(product.tensor(product.layers[0].inputs[1]).role, TensorRole::Weight);
}

TEST(Measurements, HaveSettingsOfARow) {
  const auto read =
      parseMeasurements("arch.width,M,N,K,cycles\n8,1,8,8,40\n14,1,14,14,46\n", "m.csv", {"matmul"});
  ASSERT_TRUE(read);
  ASSERT_EQ(read->rows[1].settings.size(), 1U);
  EXPECT_EQ(read->rows[1].settings[0].name, "arch.width");
  EXPECT_EQ(read->rows[1].settings[0].value, 14);
  EXPECT_THAT(read->varied, ElementsAre("K", "N", "arch.width"));
}

TEST(Measurements, SayWhatIsWrongWhereItIs) {
  EXPECT_THAT(problemsOf("C,K\n1,2\n"), HasSubstr("m.csv:1:1: error: there is no heading \"cycles\""));
  EXPECT_THAT(problemsOf(""), HasSubstr("no heading"));
  EXPECT_THAT(problemsOf("C,cycles\n"), HasSubstr("no row below the headings"));
  EXPECT_THAT(problemsOf("C,cycles\n1,5\n"), HasSubstr("nothing says the operator"));
  EXPECT_THAT(problemsOf("C,cycles\n1,5\n", {"conv9d"}), HasSubstr("did you mean"));
  EXPECT_THAT(problemsOf("M,N,K,cycles\n1,1,x,5\n", {"matmul"}), HasSubstr("m.csv:2:5"));
  EXPECT_THAT(problemsOf("M,N,K,cycles\n1,1,1,0\n", {"matmul"}), HasSubstr("at least 1, found \"0\""));
  EXPECT_THAT(problemsOf("M,N,K,cycles\n1,1,1,nan\n", {"matmul"}), HasSubstr("at least 1"));
  EXPECT_THAT(problemsOf("M,N,K,cycles\n1,1,1,\n", {"matmul"}), HasSubstr("no cycles"));
  EXPECT_THAT(problemsOf("M,N,K,cycles\n1,1,1,5,6\n", {"matmul"}), HasSubstr("5 cells, there are 4"));
  EXPECT_THAT(problemsOf("M,N,cycles\n1,1,5\n", {"matmul"}), HasSubstr("matmul needs K"));
  EXPECT_THAT(problemsOf("C,K,W,R,S,cycles\n1,1,5,1,1,5\n", {"conv2d"}),
              HasSubstr("needs H (input height), or P (output height)"));
  EXPECT_THAT(problemsOf("C,K,W,F,Q,cycles\n1,1,5,1,9,5\n", {"conv1d"}), HasSubstr("Q is 9, but 5 follows"));
  EXPECT_THAT(problemsOf("C,K,Q,F,stride,cycles\n1,1,5,1,0,5\n", {"conv1d"}), HasSubstr("stride is 0"));
  EXPECT_THAT(problemsOf("C,K,Q,F,groups,cycles\n3,4,5,1,2,5\n", {"conv1d"}),
              HasSubstr("groups must divide"));
  EXPECT_THAT(problemsOf("cycles,cycles_mean,M\n1,1,1\n", {"matmul"}), HasSubstr("second column"));
}

TEST(Measurements, SurviveAnyTable) {
  for (const std::string& text :
       {std::string("\xEF\xBB\xBFoperator,cycles\nrelu,5\n"), std::string("cycles\r5\r"),
        std::string("\n\n,,,\n"), std::string("operator,E,cycles\nrelu,9223372036854775807,1\n"),
        std::string("operator,C,K,H,W,R,S,P,cycles\nconv2d,1,1,1,1,9223372036854775807,1,3,5\n"),
        std::string(5000, ','), std::string("cycles,") + std::string(300, '\x01')}) {
    static_cast<void>(parseMeasurements(text, "m.csv"));
  }
}

TEST(MeasuredLayers, HaveTheSmallestInputOfTheirOutput) {
  const OperatorSpecification& pool = *findOperator("max_pool2d");
  const auto completed = completeDimensions(
      pool, {{"C", 8}, {"R", 3}, {"S", 3}, {"P", 10}, {"Q", 10}, {"stride", 2}, {"padding", 1}});
  ASSERT_TRUE(std::holds_alternative<LayerDimensions>(completed)) << std::get<std::string>(completed);
  EXPECT_EQ(std::get<LayerDimensions>(completed).at("H"), 19)
      << "9 strides, a window of 3, less 2 of padding";
}

}  // namespace
}  // namespace taktwerk
