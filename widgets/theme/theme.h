// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QIcon>
#include <QObject>
#include <QPalette>

#include "core/drawing/palette.h"

class QApplication;
class QCustomPlot;

namespace taktwerk {

[[nodiscard]] QColor toQColor(Colour colour);

/// The one place where the window's colours and fonts come from. Widgets take them from here when the theme
/// changes and never compute colours while painting. There is one theme object an application, made by
/// `main` and handed to whoever draws.
class Theme : public QObject {
  Q_OBJECT
 public:
  explicit Theme(bool dark, QObject* parent = nullptr);

  [[nodiscard]] bool dark() const { return palette_->dark; }
  void setDark(bool dark);

  [[nodiscard]] const Palette& colours() const { return *palette_; }
  [[nodiscard]] QColor colour(Colour Palette::*role) const { return toQColor(palette_->*role); }
  [[nodiscard]] QColor kind(BlockKind kind) const { return toQColor(palette_->kind(kind)); }
  [[nodiscard]] QColor border() const;  ///< of panels and tables
  [[nodiscard]] QPalette qPalette() const;
  [[nodiscard]] QString styleSheet() const;
  /// An SVG of the resources drawn in the colour of text, and muted when disabled.
  [[nodiscard]] QIcon icon(const QString& name) const;
  [[nodiscard]] QFont font(double points, bool bold = false) const;
  /// Numbers and source text.
  [[nodiscard]] QFont fixedFont(double points) const;

  /// Fusion style, palette, style sheet and font of the whole application.
  void apply(QApplication& application) const;
  /// Background, axes, grid and legend of a plot, which does not follow QPalette.
  void apply(QCustomPlot& plot) const;

 Q_SIGNALS:
  void changed();

 private:
  const Palette* palette_;
};

}  // namespace taktwerk
