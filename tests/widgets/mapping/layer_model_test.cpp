// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/mapping/layer_model.h"

#include <QAbstractItemModelTester>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/network/network.h"
#include "widgets/theme/theme.h"

namespace taktwerk::test {
namespace {

Network threeLayers() {
  Network network;
  for (const char* name : {"conv", "relu", "pool"}) {
    Layer layer;
    layer.name = name;
    layer.operatorName = name;
    layer.macs = 100;
    network.layers.push_back(layer);
  }
  return network;
}

NetworkEstimate estimated() {
  NetworkEstimate estimate;
  LayerEstimate layer;
  layer.name = "conv";
  layer.fused = {"relu"};
  layer.mapping = "rows";
  layer.cycles = 80;
  layer.instructions = 7;
  layer.utilisation = 0.25;
  estimate.layers.push_back(layer);
  estimate.unmapped.push_back({LayerId{}, "pool", "pool", "no mapping takes a pool"});
  estimate.cycles = 80;
  estimate.complete = false;
  return estimate;
}

TEST(LayerModel, KeepsTheNetworksOrderWithFusedAndUnmappedLayers) {
  const Network network = threeLayers();
  const NetworkEstimate estimate = estimated();
  const std::vector<LayerRow> rows = layerRows(&network, &estimate);
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0].state, LayerRow::State::Timed);
  EXPECT_EQ(rows[0].cycles, 80);
  EXPECT_DOUBLE_EQ(rows[0].share, 1);
  EXPECT_EQ(rows[1].state, LayerRow::State::Fused);
  EXPECT_EQ(rows[1].mapping, "fused into conv");
  EXPECT_EQ(rows[2].state, LayerRow::State::Unmapped);
  EXPECT_EQ(rows[2].mapping, "no mapping takes a pool");
}

TEST(LayerModel, ShowsLayersBeforeTheyAreTimed) {
  const Network network = threeLayers();
  const std::vector<LayerRow> rows = layerRows(&network, nullptr);
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[2].state, LayerRow::State::Waiting);
  EXPECT_EQ(rows[2].name, "pool");
  EXPECT_TRUE(layerRows(nullptr, nullptr).empty());
}

TEST(LayerModel, MarksMappingsWhoseDefaultsDoNotFit) {
  const Theme theme(true);
  LayerModel model(theme);
  const Network network = threeLayers();
  NetworkEstimate estimate = estimated();
  const auto mapping = [&](int role) {
    model.setRows(layerRows(&network, &estimate));
    return model.index(0, LayerModel::MappingName).data(role).toString();
  };
  EXPECT_EQ(mapping(Qt::DisplayRole), "rows");
  estimate.layers.front().adapted = {{"tile_k", 4}};
  EXPECT_EQ(mapping(Qt::DisplayRole), "rows (adapted)");
  EXPECT_EQ(mapping(Qt::ToolTipRole), "rows. The defaults of its tunables do not fit: tile_k 4 instead");
}

TEST(LayerModel, IsASoundModel) {
  const Theme theme(true);
  LayerModel model(theme);
  QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
  const Network network = threeLayers();
  const NetworkEstimate estimate = estimated();
  model.setRows(layerRows(&network, &estimate));
  const auto text = [&](int row, int column) { return model.index(row, column).data().toString(); };
  EXPECT_EQ(text(0, LayerModel::CycleCount), "80");
  EXPECT_EQ(text(0, LayerModel::Utilisation), "25.0 %");
  EXPECT_EQ(text(0, LayerModel::Standing), "exact");
  EXPECT_EQ(text(2, LayerModel::MappingName), "not mapped: no mapping takes a pool");
  EXPECT_EQ(text(2, LayerModel::CycleCount), "");
  EXPECT_EQ(model.index(2, LayerModel::Name).data(LayerModel::SortRole).toInt(), 2);
  EXPECT_EQ(model.index(0, LayerModel::CycleCount).data(LayerModel::SortRole).toLongLong(), 80);
  model.setRows({});
  EXPECT_EQ(model.rowCount(), 0);
}

}  // namespace
}  // namespace taktwerk::test
