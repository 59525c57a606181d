// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sweep/design_panel.h"

#include <QGridLayout>
#include <QLabel>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>
#include <utility>

#include "widgets/actions/command_table.h"
#include "widgets/sweep/card_view.h"
#include "widgets/sweep/point_cards.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {
constexpr int restMilliseconds = 120;
}

DesignPanel::DesignPanel(const Theme& theme, const CommandTable& commands, PointCards& cards, QWidget* parent)
    : QWidget(parent), theme_(theme), cards_(cards), view_(new CardView(theme)) {
  setAccessibleName(tr("Selected design"));
  auto* scroll = new QScrollArea;
  scroll->setWidget(view_);
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->setAccessibleName(tr("Card of the selected design"));
  auto* buttons = new QGridLayout;
  buttons->setContentsMargins(8, 4, 8, 6);
  buttons->setSpacing(4);
  const std::pair<const char*, QString> actions[] = {{"sweep.openPoint", tr("Open in editor")},
                                                     {"sweep.savePoint", tr("Save as…")},
                                                     {"sweep.pin", tr("Pin or unpin")},
                                                     {"sweep.baseline", tr("Baseline")}};
  int place = 0;
  for (const auto& [id, text] : actions) {
    auto* button = new QToolButton;
    button->setDefaultAction(commands.action(QLatin1String(id)));
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    button->setText(text);
    button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    // The action's own words come back with every change of it.
    connect(button->defaultAction(), &QAction::changed, button,
            [button, text = text] { button->setText(text); });
    buttons->addWidget(button, place / 2, place % 2);
    ++place;
  }
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(scroll, 1);
  column->addLayout(buttons);
  setMinimumWidth(1);  // whoever shows it knows when there is no room for it
  rest_.setSingleShot(true);
  rest_.setInterval(restMilliseconds);
  connect(&rest_, &QTimer::timeout, this, &DesignPanel::ask);
  connect(&cards_, &PointCards::ready, this, [this](std::uint32_t row) {
    if (data_ && data_->current == row) refresh();
  });
  connect(&theme_, &Theme::changed, this, &DesignPanel::refresh);
  refresh();
}

void DesignPanel::setData(std::shared_ptr<const PlotData> shown) {
  // Results that stream in are no other design.
  const bool another = !data_ || data_->results != shown->results || data_->current != shown->current;
  data_ = std::move(shown);
  refresh();
  if (another) rest_.start();
}

void DesignPanel::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  rest_.start();
}

void DesignPanel::ask() {
  if (!isVisible()) return;
  if (data_ && data_->has(data_->current)) {
    cards_.want(*this, *data_->current);
  } else {
    cards_.leave(*this);
  }
}

void DesignPanel::refresh() {
  if (!data_ || !data_->has(data_->current))
    return view_->showSentence(tr("Choose a point, in a plot or in the table, to see its design here."));
  view_->show(cardTextOf(*data_, *data_->current, true), cards_.find(*data_->current));
}

}  // namespace taktwerk
