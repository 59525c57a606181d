// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFrame>
#include <QString>
#include <QToolButton>

#include "core/analysis/standing.h"
#include "core/drawing/palette.h"

namespace taktwerk {

class Theme;

/// The colour that goes with a standing; its words always stand beside it.
[[nodiscard]] Colour Palette::*roleOf(Standing standing);

/// Sentences in a frame over the window, until a click elsewhere, Escape, Enter or a blank. It goes when it
/// is closed.
class TrustPopup : public QFrame {
  Q_OBJECT
 public:
  TrustPopup(const Theme& theme, const QString& title, const QString& sentences, QWidget* parent);
  [[nodiscard]] const QString& sentences() const { return sentences_; }
  /// Shows it below a place of the screen, or above where there is no room.
  void openBelow(const QRect& place);

 protected:
  void keyPressEvent(QKeyEvent* event) override;

 private:
  QString sentences_;
};

/// What a figure is worth, as a small tag beside it: words in an outline, and the reasons in a popup when it
/// is clicked or Enter is pressed on it.
class TrustTag : public QToolButton {
  Q_OBJECT
 public:
  explicit TrustTag(const Theme& theme, QWidget* parent = nullptr);

  /// Longer words are cut off, with the whole as its tooltip; without words it is hidden.
  void say(const QString& words, Colour Palette::*role, const QString& explanation);
  [[nodiscard]] const QString& words() const { return words_; }
  [[nodiscard]] const QString& explanation() const { return explanation_; }
  /// Opens the reasons; there is one popup at a time. Null without any.
  TrustPopup* open();

 protected:
  void keyPressEvent(QKeyEvent* event) override;

 private:
  void restyle();

  const Theme& theme_;
  QString words_, explanation_;
  Colour Palette::*role_;
};

}  // namespace taktwerk
