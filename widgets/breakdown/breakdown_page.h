// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <memory>
#include <vector>

#include "widgets/estimate/breakdown_data.h"
#include "widgets/session/shown_selection.h"

class QComboBox;
class QCPBars;
class QCustomPlot;
class QLabel;
class QScrollBar;
class QToolButton;

namespace taktwerk {

class EstimateController;
class Theme;
struct Document;

/// Where the cycles of each layer go: a bar a layer, stacked by the kinds of the objects that are busy on the
/// critical path, in the colours of their blocks; waiting is hatched. Hovering shows the objects, here and in
/// the diagram; a click selects them.
class BreakdownPage : public QWidget {
  Q_OBJECT
 public:
  BreakdownPage(const Theme& theme, EstimateController& estimates, SelectionModel& selection,
                QWidget* parent = nullptr);

  [[nodiscard]] const std::vector<BreakdownRow>& rows() const { return rows_; }
  [[nodiscard]] QString sentenceText() const;
  void setCurrentLayer(const QString& name);
  /// Why there are no bars though there is a result; nothing when there are.
  [[nodiscard]] QString whyEmpty() const;

 Q_SIGNALS:
  void layerSelected(const QString& name);
  /// The bars were made anew.
  void filled();

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  struct Hit {
    int row = -1;
    std::size_t category = 0;
  };
  void refresh();
  void refreshSentence();
  void rebuildBars();
  void showRange();
  void wrapLegend();
  void placeLegend();
  [[nodiscard]] int legendPixels() const;
  [[nodiscard]] Hit hitAt(const QPointF& position) const;
  void hover(const QPoint& position);
  void click(const QPoint& position);

  const Theme& theme_;
  EstimateController& estimates_;
  ShownSelection selection_;
  std::shared_ptr<const Document> document_;  ///< that the rows are about
  std::vector<BreakdownRow> rows_;
  bool outOfDate_ = false;  ///< what is shown says so
  QLabel* sentence_;
  QComboBox* order_;
  QToolButton* shares_;
  QCustomPlot* plot_;
  QScrollBar* scroll_;
};

}  // namespace taktwerk
