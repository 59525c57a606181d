// SPDX-License-Identifier: GPL-3.0-or-later
#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/import/import_network.h"
#include "core/import/scalesim_configuration.h"
#include "core/import/scalesim_topology.h"
#include "core/import/table_lines.h"
#include "tests/support/places.h"

namespace taktwerk {
namespace {

using testing::HasSubstr;

const std::string folder = taktwerk::sourceDirectory() + "/tests/data/scalesim/";

TEST(ScaleSimTopology, ConvolutionsHaveTheMacsThatScaleSimReports) {
  const auto network = importNetwork(folder + "alexnet.csv");
  ASSERT_TRUE(network) << toString(network.diagnostics.front());
  std::ifstream file(folder + "alexnet_cycles_8_16_32.csv");
  std::ostringstream text;
  text << file.rdbuf();
  const std::string reported = text.str();
  TableLines lines(reported);
  (void)lines.next();  // headings: layer_id, layer, seven sizes, macs, …
  std::size_t compared = 0;
  while (const auto line = lines.next()) {
    ASSERT_LT(compared, network->layers.size());
    EXPECT_EQ(network->layers[compared].name, line->cells[1]);
    EXPECT_EQ(std::to_string(network->layers[compared].macs), line->cells[9]) << line->cells[1];
    ++compared;
  }
  EXPECT_EQ(compared, network->layers.size());
}

TEST(ScaleSimTopology, MatrixProductsAreMatmul) {
  const auto network = importNetwork(folder + "vit_s_mnk.csv");
  ASSERT_TRUE(network) << toString(network.diagnostics.front());
  ASSERT_GE(network->layers.size(), 2U);
  EXPECT_EQ(network->layers[0].operatorName, "matmul");
  EXPECT_EQ(network->layers[1].macs, 196LL * 1176 * 64);
  ImportOptions twice;
  twice.batch = 2;
  EXPECT_EQ(importNetwork(folder + "vit_s_mnk.csv", twice)->macs(), 2 * network->macs());
}

struct BadTable {
  const char* text;
  SourcePosition position;
  const char* message;
};

TEST(ScaleSimTopology, MistakesAreNamedWhereTheyStand) {
  const std::string heading = "Layer, IH, IW, FH, FW, C, K, S,\n";
  for (const BadTable& bad : {
           BadTable{"", {1, 1}, "the file is empty"},
           BadTable{"a,b\n", {1, 1}, "found 2 columns"},
           BadTable{"c,8,8,3,3,1,1,1\n", {1, 3}, "headings"},
           BadTable{
               "H\nconv,8,8,3,3,1,1,0,\n", {2, 18}, "Strides must be a whole number of at least 1, is 0"},
           BadTable{"H\nconv,8,-8,3,3,1,1,1,\n", {2, 8}, "IFMAP Width"},
           BadTable{"H\nconv,8,8,3,3,1,1e3,1,\n", {2, 16}, "Num Filter"},
           BadTable{"H\nconv,8,8,9,3,1,1,1,\n", {2, 10}, "larger than the input"},
           BadTable{"H\nconv,8,8\n", {2, 1}, "3 of 8 columns"},
           BadTable{"H\nc,9000000000000000,9000000000000000,1,1,9000,9000,1,\n", {1, 1}, "fit 64 bits"},
       }) {
    std::string text = bad.text;
    if (text.starts_with("H\n")) text = heading + text.substr(2);
    const auto network = parseScaleSimTopology(text, "t.csv", {});
    ASSERT_FALSE(network) << text;
    EXPECT_THAT(network.diagnostics.front().message, HasSubstr(bad.message)) << text;
    EXPECT_EQ(network.diagnostics.front().position, bad.position) << toString(network.diagnostics.front());
  }
}

TEST(ScaleSimTopology, SparsityIsSaidToBeLeftOut) {
  const auto network = parseScaleSimTopology(
      "L,IH,IW,FH,FW,C,K,S,Sparsity\nc,8,8,3,3,4,4,1,1:4\nd,8,8,3,3,4,4,1,1:1\n", "t.csv", {});
  ASSERT_TRUE(network);
  ASSERT_EQ(network.diagnostics.size(), 1U);
  EXPECT_THAT(network.diagnostics.front().message, HasSubstr("the sparsity \"1:4\" is left out"));
}

TEST(ScaleSimConfiguration, TheArrayIsRowsAndColumns) {
  const auto configuration = readScaleSimConfiguration(folder + "calc_32x32_os.cfg");
  ASSERT_TRUE(configuration);
  EXPECT_EQ(configuration->name, "calc_32x32_os");
  EXPECT_EQ(configuration->parameters,
            (std::map<std::string, std::int64_t>{{"arch.rows", 32}, {"arch.columns", 32}}));
  ASSERT_EQ(configuration.diagnostics.size(), 1U);
  EXPECT_THAT(configuration.diagnostics.front().message, HasSubstr("IfmapSramSzkB"));
}

TEST(ScaleSimConfiguration, MistakesAreNamed) {
  const auto oops = [](const char* text) {
    const auto configuration = parseScaleSimConfiguration(text, "c.cfg");
    EXPECT_FALSE(configuration);
    return toString(configuration.diagnostics.front());
  };
  EXPECT_THAT(oops(""), HasSubstr("there is no ArrayHeight"));
  EXPECT_THAT(oops("ArrayHeight: 8\n"), HasSubstr("there is no ArrayWidth"));
  EXPECT_THAT(oops("ArrayHeight: 0\nArrayWidth: 1\n"), HasSubstr("c.cfg:1:14: error: ArrayHeight must be"));
  EXPECT_THAT(oops("nonsense\n"), HasSubstr("c.cfg:1:1: error: a line is"));
  const auto weight = parseScaleSimConfiguration("ArrayHeight=8\nArrayWidth=4\nDataflow : ws\n", "c.cfg");
  ASSERT_TRUE(weight);
  EXPECT_THAT(toString(weight.diagnostics.front()), HasSubstr("c.cfg:3:12: warning: the dataflow \"ws\""));
}

}  // namespace
}  // namespace taktwerk
