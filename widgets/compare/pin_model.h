// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/session/session.h"
#include "widgets/theme/column_table.h"

namespace taktwerk {

class EstimateController;

/// The pinned results of a session; titles can be edited.
class PinModel : public ColumnTable {
  Q_OBJECT
 public:
  enum Column { Title, CycleCount, Standing, ColumnCount };
  PinModel(Session& session, const EstimateController& estimates, QObject* parent = nullptr);

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  bool setData(const QModelIndex& index, const QVariant& value, int role) override;
  [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;

 private:
  [[nodiscard]] QString text(std::size_t place, int column) const;
  [[nodiscard]] QString description(const PinnedResult& pin) const;

  Session& session_;
  const EstimateController& estimates_;
};

}  // namespace taktwerk
