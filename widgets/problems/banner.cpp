// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/problems/banner.h"

#include <QVBoxLayout>

#include "widgets/theme/bounded_text.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

/// One line of the banner.
class Banner::Strip : public QWidget {
 public:
  explicit Strip(const Theme& theme)
      : theme_(theme), icon_(new QLabel), text_(new WrappedLabel), buttons_(new QHBoxLayout) {
    setAttribute(Qt::WA_StyledBackground);
    setObjectName(QStringLiteral("banner"));
    text_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    text_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    row_ = new QHBoxLayout(this);
    row_->setContentsMargins(12, 5, 8, 5);
    row_->addWidget(icon_);
    row_->addWidget(text_, 1);
    row_->addLayout(buttons_);
    connect(&theme_, &Theme::changed, this, [this] { recolour(); });
    hide();
  }
  void say(Kind kind, const QString& text) {
    kind_ = kind;
    text_->setText(shortened(text));
    while (QLayoutItem* item = buttons_->takeAt(0)) {
      item->widget()->hide();
      item->widget()->deleteLater();  // it may be the one that was pressed
      delete item;
    }
    recolour();
    show();
  }
  void addButton(const QString& text, const std::function<void()>& run) {
    auto* push = new QPushButton(text);
    connect(push, &QPushButton::clicked, this, run);
    buttons_->addWidget(push);
  }
  void addWidget(QWidget* widget) { row_->addWidget(widget); }
  [[nodiscard]] Kind kind() const { return kind_; }
  void clear() {
    text_->clear();
    hide();
  }
  [[nodiscard]] QString text() const { return text_->text(); }

 private:
  void recolour() {
    const Palette& p = theme_.colours();
    const Colour colour = kind_ == Kind::Error ? p.error : kind_ == Kind::Warning ? p.warning : p.info;
    setStyleSheet(QStringLiteral("#banner { background: %1; border-bottom: 1px solid %2; }")
                      .arg(QString::fromStdString(toHex(mix(colour, p.panel, 0.14))),
                           QString::fromStdString(toHex(mix(colour, p.panel, 0.40)))));
    const char* name = kind_ == Kind::Error ? "error" : kind_ == Kind::Warning ? "warning" : "info";
    icon_->setPixmap(theme_.icon(QLatin1String(name)).pixmap(16, 16));
  }

  const Theme& theme_;
  Kind kind_ = Kind::Info;
  QLabel* icon_;
  QLabel* text_;
  QHBoxLayout* buttons_;
  QHBoxLayout* row_;
};

Banner::Banner(const Theme& theme, QWidget* parent)
    : QWidget(parent), theme_(theme), column_(new QVBoxLayout(this)), notice_(new Strip(theme)) {
  auto* close = new QToolButton;
  close->setText(QStringLiteral("✕"));
  close->setToolTip(tr("Dismiss"));
  close->setAccessibleName(tr("Dismiss"));
  connect(close, &QToolButton::clicked, this, &Banner::dismiss);
  notice_->addWidget(close);
  column_->setContentsMargins(0, 0, 0, 0);
  column_->setSpacing(0);
  column_->addWidget(notice_);
  hide();
}

void Banner::announce(Kind kind, const QString& text, const std::vector<Button>& buttons) {
  notice_->say(kind, text);
  for (const Button& button : buttons) {
    notice_->addButton(button.text, [this, run = button.run] {
      dismiss();
      run();
    });
  }
  refresh();
}

void Banner::dismiss() {
  notice_->clear();
  refresh();
}

void Banner::offer(const QString& topic, Kind kind, const QString& text, const std::vector<Button>& buttons) {
  Strip*& strip = offers_[topic];
  if (strip == nullptr) {
    strip = new Strip(theme_);
    column_->addWidget(strip);
  }
  strip->say(kind, text);
  for (const Button& button : buttons) strip->addButton(button.text, button.run);
  if (notice_->kind() == Kind::Info) notice_->clear();  // of less weight
  refresh();
}

void Banner::settle(const QString& topic) {
  const auto found = offers_.find(topic);
  if (found == offers_.end()) return;
  found->second->hide();
  found->second->deleteLater();  // one of its buttons may be at work
  offers_.erase(found);
  refresh();
}

QString Banner::text() const {
  if (!notice_->text().isEmpty() || offers_.empty()) return notice_->text();
  const Strip* latest = nullptr;
  for (const auto& [topic, strip] : offers_) {
    if (latest == nullptr || column_->indexOf(strip) > column_->indexOf(latest)) latest = strip;
  }
  return latest->text();
}

void Banner::refresh() {
  setVisible(!notice_->text().isEmpty() || !offers_.empty());
}

}  // namespace taktwerk
