// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/problems/banner.h"

#include "widgets/theme/bounded_text.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

Banner::Banner(const Theme& theme, QWidget* parent)
    : QWidget(parent), theme_(theme), icon_(new QLabel), text_(new WrappedLabel), buttons_(new QHBoxLayout) {
  setAttribute(Qt::WA_StyledBackground);
  setObjectName(QStringLiteral("banner"));
  text_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  text_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
  auto* close = new QToolButton;
  close->setText(QStringLiteral("✕"));
  close->setToolTip(tr("Dismiss"));
  close->setAccessibleName(tr("Dismiss"));
  connect(close, &QToolButton::clicked, this, &Banner::dismiss);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(12, 5, 8, 5);
  row->addWidget(icon_);
  row->addWidget(text_, 1);
  row->addLayout(buttons_);
  row->addWidget(close);
  connect(&theme_, &Theme::changed, this, &Banner::recolour);
  hide();
}

void Banner::announce(Kind kind, const QString& text, const std::vector<Button>& buttons) {
  kind_ = kind;
  text_->setText(shortened(text));
  while (QLayoutItem* item = buttons_->takeAt(0)) {
    item->widget()->deleteLater();
    delete item;
  }
  for (const Button& button : buttons) {
    auto* push = new QPushButton(button.text);
    connect(push, &QPushButton::clicked, this, [this, run = button.run] {
      dismiss();
      run();
    });
    buttons_->addWidget(push);
  }
  recolour();
  show();
}

void Banner::dismiss() {
  text_->clear();
  hide();
}

QString Banner::text() const {
  return text_->text();
}

void Banner::recolour() {
  const Palette& p = theme_.colours();
  const Colour colour = kind_ == Kind::Error ? p.error : kind_ == Kind::Warning ? p.warning : p.info;
  setStyleSheet(QStringLiteral("#banner { background: %1; border-bottom: 1px solid %2; }")
                    .arg(QString::fromStdString(toHex(mix(colour, p.panel, 0.14))),
                         QString::fromStdString(toHex(mix(colour, p.panel, 0.40)))));
  const char* name = kind_ == Kind::Error ? "error" : kind_ == Kind::Warning ? "warning" : "info";
  icon_->setPixmap(theme_.icon(QLatin1String(name)).pixmap(16, 16));
}

}  // namespace taktwerk
