// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTreeWidget>
#include <memory>

#include "core/analysis/timeline_statistics.h"
#include "widgets/timeline/timeline_data.h"

namespace taktwerk {

class JobManager;

/// What happened in a range of cycles that was measured: how many instructions, how busy blocks were, and
/// what was waited for. Found in the background; hidden while nothing is measured.
class RangePanel : public QTreeWidget {
  Q_OBJECT
 public:
  explicit RangePanel(JobManager& jobs, QWidget* parent = nullptr);

  void measure(const std::shared_ptr<const LayerTime>& time, Cycles begin, Cycles end);
  void clearRange();
  [[nodiscard]] bool isWaiting() const;
  /// Line by line, children indented by two spaces.
  [[nodiscard]] QString text() const;

 private:
  void show(const LayerTime& time, const RangeStatistics& range);
  void say(const QString& sentence);
  QTreeWidgetItem* add(QTreeWidgetItem* in, const QString& what, const QString& figure);

  JobManager& jobs_;
  std::shared_ptr<const LayerTime> time_;
  Cycles begin_ = 0, end_ = 0;
};

}  // namespace taktwerk
