// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/diagnostic.h"
#include "core/sweep/sweep_layers.h"

class QLabel;
class QTableView;

namespace taktwerk {

class JobManager;
class PointLayerModel;

/// The layers of a point that is chosen among results, or a sentence why there are none.
class PointLayers : public QWidget {
  Q_OBJECT
 public:
  explicit PointLayers(JobManager& jobs, QWidget* parent = nullptr);

  /// Where the layers of a point are in a store (readStoredLayers).
  struct Place {
    std::string path;
    std::int64_t store = 0, id = 0;
  };
  /// Reads the layers of a row of a store in a job; what was shown stays until they are there. `title` says
  /// of which point they are. Of many that are asked for in quick succession the latest is read, once what is
  /// being read is there.
  void showStored(const Place& place, const QString& title);
  /// No layers but a sentence.
  void showSentence(const QString& sentence);
  [[nodiscard]] const PointLayerModel& model() const { return *model_; }
  /// The title, or the sentence.
  [[nodiscard]] QString text() const;

 private:
  struct Wish {
    Place place;
    QString title;
  };
  void read();
  void show(const QString& title, Result<std::vector<SweepLayer>> read);

  JobManager& jobs_;
  PointLayerModel* model_;
  QLabel* title_;
  QTableView* table_;
  std::uint64_t wanted_ = 0;     ///< which reading counts
  std::optional<Wish> waiting_;  ///< what is read next
  bool sized_ = false;
};

}  // namespace taktwerk
