// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <memory>

#include "widgets/sweep/card_text.h"

class QLabel;

namespace taktwerk {

class Theme;

/// A small diagram of a design, with the block that limits it in a frame that says how much.
class SmallDiagram : public QWidget {
  Q_OBJECT
 public:
  explicit SmallDiagram(const Theme& theme, QWidget* parent = nullptr);
  /// Null: it is not drawn yet, which is said, or it cannot be.
  void setCard(std::shared_ptr<const PointCard> card);
  [[nodiscard]] QSize sizeHint() const override { return {300, 170}; }
  /// Where the block that limits is drawn; null where there is none.
  [[nodiscard]] QRectF limitingPlace() const;

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  [[nodiscard]] QRectF inside() const;

  const Theme& theme_;
  std::shared_ptr<const PointCard> card_;
};

/// The card of a design: what it is, what it looks like, what limits it, its settings and its figures, and
/// how they differ from the baseline. The same is its accessible description in words.
class CardView : public QWidget {
  Q_OBJECT
 public:
  explicit CardView(const Theme& theme, QWidget* parent = nullptr);

  /// `card`: null while it is being made.
  void show(const CardText& text, std::shared_ptr<const PointCard> card);
  /// A sentence instead of a card.
  void showSentence(const QString& sentence);
  [[nodiscard]] SmallDiagram& diagram() { return *diagram_; }
  /// All of it as text.
  [[nodiscard]] const QString& words() const { return words_; }

 private:
  [[nodiscard]] QString tableOf(const CardText& text) const;

  const Theme& theme_;
  QLabel *title_, *state_, *bottleneck_, *values_;
  SmallDiagram* diagram_;
  QString words_;
};

}  // namespace taktwerk
