// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "widgets/compare/compared_results.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QListView;
class QStackedWidget;
class QTabWidget;
class QTableView;

namespace taktwerk {

class CommandTable;
class DifferenceFilter;
class DifferenceModel;
class LinesModel;
class PinPanel;
class SidesModel;
class Theme;

/// Two results side by side: at the left the baseline, at the right the present result or a pin. The layers,
/// only what differs at first; the causes of the selected one; parameters, words and lines of text that
/// differ.
class ResultsTab : public QWidget {
  Q_OBJECT
 public:
  ResultsTab(const Theme& theme, Session& session, EstimateController& estimates, CommandTable& commands,
             QWidget* parent = nullptr);

  [[nodiscard]] const ComparedResults& compared() const { return compared_; }
  [[nodiscard]] PinPanel& pins() { return *pins_; }
  [[nodiscard]] QTableView& layers() { return *layers_; }
  [[nodiscard]] const SidesModel& causes() const { return *causes_; }
  [[nodiscard]] QString filterText() const;
  [[nodiscard]] QString summaryText() const;
  /// Why there is nothing to see; nothing when there is.
  [[nodiscard]] const QString& whyNone() const { return compared_.whyNone; }
  void setCurrentLayer(const QString& name);
  /// Chooses what stands at the right.
  void compareWith(const ComparedWith& with);
  /// What could not be read or written, or nothing.
  void say(const QString& message);

 Q_SIGNALS:
  void layerSelected(const QString& name);

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  void arrange();
  [[nodiscard]] QWidget* makeHead();
  [[nodiscard]] QWidget* makeBelow();
  void bind();
  /// At once when it can be seen, else as soon as it can.
  void refresh();
  void refreshNow();
  void fillChoices();
  void showSummary();
  void showFilter();
  void showLayer();
  [[nodiscard]] const LayerChange* layerNamed(const QString& name) const;

  const Theme& theme_;
  Session& session_;
  EstimateController& estimates_;
  ComparedResults compared_;
  ComparedWith with_;
  QString layer_;  ///< whose causes are shown; empty: all of them
  bool stale_ = true;
  bool following_ = false;
  DifferenceModel* model_;
  DifferenceFilter* filter_;
  SidesModel* causes_;
  SidesModel* words_;
  SidesModel* parameters_;
  LinesModel* lines_;
  PinPanel* pins_;
  QComboBox* before_;
  QComboBox* now_;
  QLabel* summary_;
  QLabel* message_;
  QCheckBox* only_;
  QLabel* shown_;
  QLabel* whyNone_;
  QLabel* causesOf_;
  QTableView* layers_;
  QTableView* causeTable_;
  QTabWidget* details_;
  QStackedWidget* body_;
};

}  // namespace taktwerk
