// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <optional>
#include <vector>

#include "core/analysis/stored_result.h"
#include "core/estimate/estimate.h"
#include "widgets/theme/column_table.h"

namespace taktwerk {

class Theme;

/// One row of the layers' table.
struct LayerRow {
  enum class State { Waiting, Timed, Fused, Unmapped };
  QString name;
  QString operatorName;
  QString mapping;  ///< or the reason why there is none, or the layer it is fused into
  QString adapted;  ///< tunables that are not the defaults because these do not fit: "tile_k 4"
  State state = State::Waiting;
  std::int64_t macs = 0;
  std::int64_t instructions = 0;
  Cycles cycles = 0;
  /// In the result that is compared with: its cycles, or none where it has none for this layer.
  std::optional<Cycles> reference;
  double share = 0;  ///< of the total, 0 to 1
  double utilisation = 0;
  QString standing;        ///< "exact", "repeats", "estimated 10 … 20" with known bounds, or "out of date"
  QString standingName;    ///< in full, "proven to repeat"; of a timed one
  QString trust;           ///< why, in sentences; of a timed one
  bool outOfDate = false;  ///< what it came from has changed since
};

/// Rows in the order of the network; layers without an estimate yet are waiting.
[[nodiscard]] std::vector<LayerRow> layerRows(const Network* network, const NetworkEstimate* estimate,
                                              bool outOfDate = false,
                                              const StoredResult* reference = nullptr);

/// The layers of a network with what the latest run found.
class LayerModel : public ColumnTable {
  Q_OBJECT
 public:
  enum Column {
    Name,
    Operator,
    MappingName,
    Macs,
    Instructions,
    CycleCount,
    Change,
    Share,
    Utilisation,
    Standing,
    ColumnCount
  };
  /// Sorting uses raw numbers, the share is 0 to 1 for the bar, trust is sentences about the standing.
  enum Role { SortRole = Qt::UserRole, ShareRole, TrustRole, StandingRole };
  explicit LayerModel(const Theme& theme, QObject* parent = nullptr);
  /// What the column `Change` refers to, for its heading's tooltip.
  void setReferenceTitle(const QString& title) { referenceTitle_ = title; }
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  void setRows(std::vector<LayerRow> rows);
  [[nodiscard]] const std::vector<LayerRow>& rows() const { return rows_; }

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

 private:
  [[nodiscard]] QVariant text(const LayerRow& row, int column) const;
  [[nodiscard]] QVariant sortKey(const LayerRow& row, int column, int number) const;

  const Theme& theme_;
  std::vector<LayerRow> rows_;
  QString referenceTitle_;
};

}  // namespace taktwerk
