// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <fstream>
#include <random>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/import/import_network.h"
#include "core/import/scalesim_configuration.h"
#include "core/import/scalesim_topology.h"
#include "core/import/table_lines.h"
#include "core/network/network_writer.h"
#include "tests/support/places.h"
#include "tests/support/property_seed.h"

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
  const std::string heading =
      "Layer name, IFMAP Height, IFMAP Width, Filter Height, Filter Width, Channels, Num Filter, Strides,\n";
  for (const BadTable& bad : {
           BadTable{"", {1, 1}, "the file is empty"},
           BadTable{"a,b\n", {1, 1}, "unknown heading \"a\"; expected are Layer name, IFMAP Height"},
           BadTable{"Layer, M, N, K, Notes\nq,1,1,1,x\n", {1, 17}, "unknown heading \"Notes\""},
           BadTable{"time,v1,v2,v3,v4,v5,v6,v7\n1,8,8,3,3,4,8,1\n", {1, 1}, "unknown heading \"time\""},
           BadTable{"Layer name, IFMAP Height Intraline Factor, IFMAP Width Intraline Factor,\nc,1,1,\n",
                    {1, 13},
                    "is that of a layout; what is imported is a topology"},
           BadTable{"Layer; M; N; K\nq; 1; 1; 1\n", {1, 1}, "separated by commas, found semicolons"},
           BadTable{"Layer,M,N\nq,1,1\n", {1, 1}, "there is no column of K"},
           BadTable{"Layer,M,N,K,M\nq,1,1,1,1\n", {1, 13}, "a second column of M"},
           BadTable{"Layer,M,N,K,Channels\nq,1,1,1,1\n", {1, 13}, "a product and of a convolution"},
           BadTable{"Layer,M,N,K\nq,16,32\n", {2, 1}, "3 of 4 columns: there is no K"},
           BadTable{"Layer,M,N,K\nq,16,32,99999999999999999999\n", {2, 9}, "does not fit 64 bits"},
           BadTable{"c,8,8,3,3,1,1,1\n", {1, 3}, "headings"},
           BadTable{
               "H\nconv,8,8,3,3,1,1,0,\n", {2, 18}, "Strides must be a whole number of at least 1, is 0"},
           BadTable{"H\nconv,8,-8,3,3,1,1,1,\n", {2, 8}, "IFMAP Width"},
           BadTable{"H\nconv,8,8,3,3,1,1e3,1,\n", {2, 16}, "Num Filter"},
           BadTable{"H\nconv,8,8,9,3,1,1,1,\n", {2, 10}, "larger than the input"},
           BadTable{"H\nconv,8,8\n", {2, 1}, "3 of 8 columns"},
           BadTable{"H\nc,9000000000000000,9000000000000000,1,1,9000,9000,1,\n",
                    {2, 1},
                    "more elements than 64 bits can count"},
       }) {
    std::string text = bad.text;
    if (text.starts_with("H\n")) text = heading + text.substr(2);
    const auto network = parseScaleSimTopology(text, "t.csv", {});
    ASSERT_FALSE(network) << text;
    EXPECT_THAT(network.diagnostics.front().message, HasSubstr(bad.message)) << text;
    EXPECT_EQ(network.diagnostics.front().position, bad.position) << toString(network.diagnostics.front());
  }
}

TEST(ScaleSimTopology, ColumnsAreKnownByTheirHeadings) {
  for (const char* text :
       {"Layer,M,N,K\nq,16,64,32\n", "Layer,M,K,N\nq,16,32,64\n", "K,N,Layer name,M,\n32,64,q,16,\n",
        "layer,m,k,n\r\nq,16,32,64\r\n", "Layer,M,K,N\rq,16,32,64\r",
        "\"Layer\",\"M\",\"K\",\"N\"\n\"q\",\"16\",32,64\n"}) {
    const auto network = parseScaleSimTopology(text, "t.csv", {});
    ASSERT_TRUE(network) << text << toString(network.diagnostics.front());
    ASSERT_EQ(network->layers.size(), 1U) << text;
    EXPECT_EQ(network->layers[0].name, "q");
    EXPECT_EQ(network->layers[0].dimensions.at("M"), 16) << text;
    EXPECT_EQ(network->layers[0].dimensions.at("N"), 64) << text;
    EXPECT_EQ(network->layers[0].dimensions.at("K"), 32) << text;
  }
  const auto turned = parseScaleSimTopology(
      "Num Filter, Channels, Stride Width, Stride Height, Filter Width, Filter Height, IFMAP Width, IFMAP "
      "Height, "
      "Batch Size, Layer Name\n8, 4, 2, 1, 5, 3, 17, 9, 6, c\n",
      "t.csv", {});
  ASSERT_TRUE(turned) << toString(turned.diagnostics.front());
  const auto& d = turned->layers[0].dimensions;
  EXPECT_EQ(d.at("K"), 8);
  EXPECT_EQ(d.at("C"), 4);
  EXPECT_EQ(d.at("R"), 3);
  EXPECT_EQ(d.at("S"), 5);
  EXPECT_EQ(d.at("H"), 9);
  EXPECT_EQ(d.at("W"), 17);
  EXPECT_EQ(d.at("stride_h"), 1);
  EXPECT_EQ(d.at("stride_w"), 2);
  EXPECT_EQ(d.at("N"), 6);
}

TEST(ScaleSimTopology, AnyOrderOfColumnsIsTheSameTopology) {
  std::vector<std::pair<std::string, std::string>> columns{
      {"Layer name", "c"},   {"IFMAP Height", "19"}, {"IFMAP Width", "23"}, {"Filter Height", "3"},
      {"Filter Width", "5"}, {"Channels", "7"},      {"Num Filter", "11"},  {"Stride Height", "2"},
      {"Stride Width", "1"}, {"Sparsity", "1:1"}};
  const auto written = [&] {
    std::string headings, line;
    for (const auto& [heading, value] : columns) {
      headings += heading + ", ";
      line += value + ", ";
    }
    return headings + '\n' + line + '\n';
  };
  const auto right = parseScaleSimTopology(written(), "t.csv", {});
  ASSERT_TRUE(right);
  const std::uint32_t first = test::propertySeed();
  for (std::uint32_t seed = first; seed != first + 200; ++seed) {
    SCOPED_TRACE(test::seedTrace(seed));
    std::mt19937 random(seed);
    std::shuffle(columns.begin(), columns.end(), random);
    const auto network = parseScaleSimTopology(written(), "t.csv", {});
    ASSERT_TRUE(network) << written() << toString(network.diagnostics.front());
    ASSERT_EQ(writeNetwork(*network), writeNetwork(*right)) << written();
  }
}

TEST(ScaleSimTopology, LinesWithoutFiguresAreSkippedAndCellsWithoutHeadingNamed) {
  const auto network = parseScaleSimTopology(
      "Layer name, IFMAP Height, IFMAP Width, Filter Height, Filter Width, Channels, Num Filter, Strides,\n"
      "A group,\n# a, note\nc, 9, 9, 3, 3, 4, 8, 1, 2, 7, batch\nd, 9, 9, 3, 3, 4, 8, 1,,,,\n",
      "t.csv", {});
  ASSERT_TRUE(network) << toString(network.diagnostics.front());
  ASSERT_EQ(network->layers.size(), 2U);
  EXPECT_EQ(network->layers[0].dimensions.at("stride_w"), 2)
      << "behind Strides SCALE-Sim has the second stride";
  ASSERT_EQ(network.diagnostics.size(), 1U);
  EXPECT_EQ(toString(network.diagnostics[0]),
            "t.csv:4:28: warning: \"7\" stands in a column without a heading and is left out [I0002]");
}

TEST(ScaleSimTopology, LayersNamedDpAreDepthwise) {
  const auto network = parseScaleSimTopology(
      "Layer name, IFMAP Height, IFMAP Width, Filter Height, Filter Width, Channels, Num Filter, Strides,\n"
      "DP1, 10, 10, 3, 3, 8, 1, 1,\nConv1, 10, 10, 3, 3, 8, 1, 1,\n",
      "t.csv", {});
  ASSERT_TRUE(network) << toString(network.diagnostics.front());
  EXPECT_EQ(network->layers[0].dimensions.at("groups"), 8);
  EXPECT_EQ(network->layers[0].dimensions.at("K"), 8);
  EXPECT_EQ(network->layers[0].macs, 8 * 9 * 64);
  EXPECT_EQ(network->layers[1].dimensions.at("groups"), 1);
}

TEST(ScaleSimTopology, SparsityIsSaidToBeLeftOut) {
  const auto network = parseScaleSimTopology(
      "Layer name,IFMAP Height,IFMAP Width,Filter Height,Filter Width,Channels,Num Filter,Strides,Sparsity\n"
      "c,8,8,3,3,4,4,1,1:4\nd,8,8,3,3,4,4,1,1:1\n",
      "t.csv", {});
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
