// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <memory>

class QAbstractItemModel;
class QComboBox;
class QLabel;
class QToolButton;

namespace taktwerk {

class JobManager;
class MarkedBars;
class PointProfiles;
class Theme;
struct PlotData;

/// The designs that are marked side by side: the baseline and those that are pinned as bars of where their
/// cycles go, of the whole network or of a layer, and below them a table of their values and figures. What
/// bars need is estimated in jobs, as long as the tab is looked at.
class MarkedTab : public QWidget {
  Q_OBJECT
 public:
  /// `values` is the table below the bars.
  MarkedTab(JobManager& jobs, const Theme& theme, QAbstractItemModel& values, QWidget* parent = nullptr);

  [[nodiscard]] MarkedBars& bars() { return *bars_; }
  [[nodiscard]] PointProfiles& profiles() { return *profiles_; }
  [[nodiscard]] QComboBox& layers() { return *layers_; }
  [[nodiscard]] QToolButton& shares() { return *shares_; }
  /// What is being found out, or is wrong; empty: nothing.
  [[nodiscard]] QString stateText() const;
  /// The causes of the part that is chosen.
  [[nodiscard]] QString causeText() const;
  void setData(std::shared_ptr<const PlotData> next);

 protected:
  void showEvent(QShowEvent* event) override;
  void hideEvent(QHideEvent* event) override;

 private:
  void layOut(QAbstractItemModel& values);
  void refresh();
  void fillLayers();
  void showCauses();

  PointProfiles* profiles_;
  MarkedBars* bars_;
  QComboBox* layers_;
  QToolButton* shares_;
  QToolButton* again_;
  QLabel* state_;
  QLabel* causes_;
  std::shared_ptr<const PlotData> data_;
};

}  // namespace taktwerk
