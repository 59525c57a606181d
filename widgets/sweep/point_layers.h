// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <cstdint>
#include <string>

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

  /// Reads the layers of a row of a store in a job; what was shown stays until they are there. `title` says
  /// of which point they are.
  void showStored(const std::string& store, std::int64_t id, const QString& title);
  /// No layers but a sentence.
  void showSentence(const QString& sentence);
  [[nodiscard]] const PointLayerModel& model() const { return *model_; }
  /// The title, or the sentence.
  [[nodiscard]] QString text() const;

 private:
  JobManager& jobs_;
  PointLayerModel* model_;
  QLabel* title_;
  QTableView* table_;
  std::uint64_t wanted_ = 0;  ///< which reading counts
  bool sized_ = false;
};

}  // namespace taktwerk
