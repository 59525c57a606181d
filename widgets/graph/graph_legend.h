// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <array>

#include "core/analysis/graph_neighbours.h"

class QLabel;
class QToolButton;

namespace taktwerk {

class Theme;

/// What the lines of a graph mean, each a button that hides or shows it: the critical path and the kinds of
/// edge. Behind them whether all edges are drawn or those of the selected instruction, and what is hidden.
class GraphLegend : public QWidget {
  Q_OBJECT
 public:
  explicit GraphLegend(const Theme& theme, QWidget* parent = nullptr);

  [[nodiscard]] EdgeKinds kinds() const;
  [[nodiscard]] bool critical() const;
  [[nodiscard]] bool allEdges() const;
  void setAllEdges(bool all);
  /// Whether that is offered.
  void offerAllEdges(bool offered);
  /// "Hidden: Structural edges, critical path"; empty while nothing is.
  [[nodiscard]] QString hiddenText() const;

 Q_SIGNALS:
  /// By the user.
  void shownChanged();

 private:
  QToolButton* add(const QString& text, const QString& help);
  void drawSamples();
  void tell();

  const Theme& theme_;
  QToolButton* critical_;
  std::array<QToolButton*, 4> kinds_{};
  QToolButton* all_ = nullptr;
  QLabel* carried_ = nullptr;  ///< the round arrow
  QLabel* hidden_ = nullptr;
};

}  // namespace taktwerk
