// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <set>

#include "core/architecture/architecture.h"

namespace taktwerk {

class Theme;

/// Tells the three kinds of lines apart, in a corner of the canvas. Lets the mouse through.
class DiagramLegend : public QWidget {
  Q_OBJECT
 public:
  DiagramLegend(const Theme& theme, QWidget* parent);
  /// Kinds that the canvas does not show; they are struck out.
  void setHidden(const std::set<ConnectionKind>& kinds);

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  const Theme& theme_;
  std::set<ConnectionKind> hidden_;
};

}  // namespace taktwerk
