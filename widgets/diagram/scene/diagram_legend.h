// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace taktwerk {

class Theme;

/// Tells the three kinds of lines apart, in a corner of the canvas. Lets the mouse through.
class DiagramLegend : public QWidget {
  Q_OBJECT
 public:
  DiagramLegend(const Theme& theme, QWidget* parent);

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  const Theme& theme_;
};

}  // namespace taktwerk
