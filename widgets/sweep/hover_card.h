// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <cstdint>
#include <memory>
#include <optional>

class QLabel;

namespace taktwerk {

class CardView;
class PointCards;
class Theme;
struct PlotData;

/// The card of the design that the mouse rests on, beside it, above everything else; it takes no clicks. It
/// is there as long as the mouse is there: what is being worked out for it is then stopped.
class HoverCard : public QFrame {
  Q_OBJECT
 public:
  HoverCard(const Theme& theme, PointCards& cards, QWidget* parent);

  /// `more` is said below the card. `at` is a place on the screen.
  void showRow(std::shared_ptr<const PlotData> shown, std::uint32_t row, const QPoint& at,
               const QString& more = {});
  void leave();
  [[nodiscard]] std::optional<std::uint32_t> row() const { return row_; }
  [[nodiscard]] QString words() const;

 private:
  void refresh();
  void place();

  PointCards& cards_;
  CardView* view_;
  QLabel* more_;
  std::shared_ptr<const PlotData> data_;
  std::optional<std::uint32_t> row_;
  QPoint at_;
};

}  // namespace taktwerk
