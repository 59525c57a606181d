// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/estimate/trust_tag.h"

#include <QKeyEvent>
#include <QLabel>
#include <QScreen>
#include <QVBoxLayout>
#include <algorithm>

#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {

constexpr int longestTag = 260;
constexpr int popupWidth = 460;

/// `a` with so many hundredths of `b`.
QColor mixed(const QColor& a, const QColor& b, int hundredths) {
  const auto one = [&](int x, int y) { return (x * (100 - hundredths) + y * hundredths) / 100; };
  return {one(a.red(), b.red()), one(a.green(), b.green()), one(a.blue(), b.blue())};
}

}  // namespace

Colour Palette::*roleOf(Standing standing) {
  switch (standing) {
    case Standing::Exact:
    case Standing::Repeats:
      return &Palette::success;
    case Standing::Estimated:
    case Standing::Bound:
      return &Palette::info;
    case Standing::Incomplete:
      return &Palette::warning;
    case Standing::None:
      return &Palette::error;
    case Standing::OutOfDate:
      break;
  }
  return &Palette::mutedText;
}

TrustPopup::TrustPopup(const Theme& theme, const QString& title, const QString& sentences, QWidget* parent)
    : QFrame(parent, Qt::Popup), sentences_(sentences) {
  setAttribute(Qt::WA_DeleteOnClose);
  setObjectName(QStringLiteral("trustPopup"));
  setAccessibleName(title);
  setAccessibleDescription(sentences);
  setFrameShape(QFrame::StyledPanel);
  setStyleSheet(QStringLiteral("#trustPopup { background: %1; border: 1px solid %2; border-radius: 6px; }")
                    .arg(theme.colour(&Palette::panel).name(), theme.border().name()));
  auto* head = new QLabel(title);
  head->setFont(theme.font(10, true));
  head->setTextFormat(Qt::PlainText);
  head->setWordWrap(true);
  auto* text = new QLabel(QString(sentences).replace(QLatin1Char('\n'), QStringLiteral("\n\n")));
  text->setTextFormat(Qt::PlainText);
  text->setWordWrap(true);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(14, 12, 14, 12);
  column->setSpacing(8);
  column->addWidget(head);
  column->addWidget(text);
  setFixedWidth(popupWidth);
}

void TrustPopup::openBelow(const QRect& place) {
  adjustSize();
  resize(width(), heightForWidth(width()));
  QPoint corner(place.left(), place.bottom() + 4);
  const QScreen* screen = QGuiApplication::screenAt(place.center());
  if (screen == nullptr) screen = QGuiApplication::primaryScreen();
  if (screen != nullptr) {
    const QRect room = screen->availableGeometry();
    if (corner.y() + height() > room.bottom() && place.top() - 4 - height() >= room.top()) {
      corner.setY(place.top() - 4 - height());
    }
    corner.setX(std::max(room.left(), std::min(corner.x(), room.right() - width())));
  }
  move(corner);
  show();
  setFocus(Qt::PopupFocusReason);
}

void TrustPopup::keyPressEvent(QKeyEvent* event) {
  switch (event->key()) {
    case Qt::Key_Escape:
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
      close();
      break;
    default:
      QFrame::keyPressEvent(event);
  }
}

TrustTag::TrustTag(const Theme& theme, QWidget* parent)
    : QToolButton(parent), theme_(theme), role_(&Palette::mutedText) {
  setToolButtonStyle(Qt::ToolButtonTextOnly);
  setFocusPolicy(Qt::TabFocus);
  setMinimumWidth(1);
  connect(this, &QToolButton::clicked, this, &TrustTag::open);
  connect(&theme_, &Theme::changed, this, &TrustTag::restyle);
  hide();
}

void TrustTag::say(const QString& words, Colour Palette::*role, const QString& explanation) {
  words_ = words;
  explanation_ = explanation;
  role_ = role;
  setText(fontMetrics().elidedText(words, Qt::ElideRight, longestTag));
  setToolTip(explanation.isEmpty() ? words : tr("%1: click for the reasons").arg(words));
  setAccessibleName(tr("Standing: %1").arg(words));
  setAccessibleDescription(explanation);
  setVisible(!words.isEmpty());
  restyle();
}

TrustPopup* TrustTag::open() {
  if (explanation_.isEmpty()) return nullptr;
  auto* popup = new TrustPopup(theme_, words_, explanation_, this);
  popup->openBelow({mapToGlobal(QPoint(0, 0)), size()});
  return popup;
}

void TrustTag::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
    open();
    return;
  }
  QToolButton::keyPressEvent(event);
}

void TrustTag::restyle() {
  const QColor colour = theme_.colour(role_), ground = theme_.colour(&Palette::panel);
  const QColor fill = mixed(ground, colour, 12), below = mixed(ground, colour, 24);
  const QColor ink = mixed(colour, theme_.colour(&Palette::text), 30);  // stands out from its own tint
  setStyleSheet(
      QStringLiteral("QToolButton { color: %1; background: %2; border: 1px solid %3; border-radius: "
                     "10px; padding: 2px 9px; } QToolButton:hover { background: %4; } "
                     "QToolButton:focus { border: 2px solid %5; padding: 1px 8px; }")
          .arg(ink.name(), fill.name(), colour.name(), below.name(), theme_.colour(&Palette::accent).name()));
}

}  // namespace taktwerk
