// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sweep/hover_card.h"

#include <QGuiApplication>
#include <QLabel>
#include <QScreen>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "widgets/sweep/card_view.h"
#include "widgets/sweep/point_cards.h"
#include "widgets/theme/bounded_text.h"

namespace taktwerk {

namespace {
constexpr int cardWidth = 330, away = 14;  ///< pixels, and between the mouse and the card
}

HoverCard::HoverCard(const Theme& theme, PointCards& cards, QWidget* parent)
    : QFrame(parent, Qt::ToolTip | Qt::FramelessWindowHint),
      cards_(cards),
      view_(new CardView(theme)),
      more_(new WrappedLabel) {
  setFrameShape(QFrame::Box);
  setAttribute(Qt::WA_ShowWithoutActivating);
  setAttribute(Qt::WA_TransparentForMouseEvents);
  setFocusPolicy(Qt::NoFocus);
  setAccessibleName(tr("Design that the mouse is at"));
  more_->setTextFormat(Qt::PlainText);
  more_->setContentsMargins(10, 0, 10, 8);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(view_);
  column->addWidget(more_);
  setFixedWidth(cardWidth);
  connect(&cards_, &PointCards::ready, this, [this](std::uint32_t row) {
    if (row_ == row) refresh();
  });
}

QString HoverCard::words() const {
  return more_->text().isEmpty() ? view_->words() : view_->words() + QLatin1Char('\n') + more_->text();
}

void HoverCard::showRow(std::shared_ptr<const PlotData> shown, std::uint32_t row, const QPoint& at,
                        const QString& more) {
  if (row >= shown->table.rows()) return leave();
  data_ = std::move(shown);
  row_ = row;
  at_ = at;
  more_->setText(more);
  more_->setVisible(!more.isEmpty());
  cards_.want(*this, row);
  refresh();
  show();
}

void HoverCard::refresh() {
  view_->show(cardTextOf(*data_, *row_, false), cards_.find(*row_));
  setAccessibleDescription(words());
  place();
}

/// To the right of the mouse and below it, as far as the screen has room.
void HoverCard::place() {
  const int tall = layout()->totalHeightForWidth(cardWidth);
  resize(cardWidth, std::max(tall, layout()->totalSizeHint().height()));
  const QScreen* screen = QGuiApplication::screenAt(at_);
  const QRect room = (screen ? screen : QGuiApplication::primaryScreen())->availableGeometry();
  int x = at_.x() + away, y = at_.y() + away;
  if (x + width() > room.right()) x = at_.x() - away - width();
  if (y + height() > room.bottom()) y = room.bottom() - height();
  move(std::max(room.left(), x), std::max(room.top(), y));
}

void HoverCard::leave() {
  if (!row_) return;
  row_.reset();
  cards_.leave(*this);
  hide();
}

}  // namespace taktwerk
