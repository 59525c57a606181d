// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

#include "core/network/network.h"
#include "widgets/theme/column_table.h"

namespace taktwerk {

struct NetworkEstimate;
class Theme;

/// The layers of a network: what they are, how large, and whether something maps them.
class NetworkModel : public ColumnTable {
  Q_OBJECT
 public:
  enum Column { Name, Operator, Dimensions, Macs, Weights, Activations, Output, Status, ColumnCount };
  explicit NetworkModel(const Theme& theme, QObject* parent = nullptr);

  void setNetwork(std::shared_ptr<const Network> network);
  /// Of the latest run, if it is about this network; null otherwise. `outOfDate`: something has changed
  /// since.
  void setEstimate(std::shared_ptr<const NetworkEstimate> estimate, bool outOfDate);
  [[nodiscard]] const std::shared_ptr<const Network>& network() const { return network_; }

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

 private:
  struct Row {
    QString name, operatorName, dimensions, output, status, reason;
    std::int64_t macs = 0, weights = 0, activations = 0;
    bool unmapped = false;
  };
  void refreshStatus();

  const Theme& theme_;
  std::shared_ptr<const Network> network_;
  std::shared_ptr<const NetworkEstimate> estimate_;
  bool outOfDate_ = false;
  std::vector<Row> rows_;
};

/// "[1, 64, 56, 56]" as people write it: "1 × 64 × 56 × 56".
[[nodiscard]] QString extentsText(const std::vector<std::int64_t>& shape);

/// Elements of weights a layer reads, and of all it reads and writes that are not weights.
[[nodiscard]] std::int64_t weightsOf(const Network& network, const Layer& layer);
[[nodiscard]] std::int64_t activationsOf(const Network& network, const Layer& layer);

}  // namespace taktwerk
