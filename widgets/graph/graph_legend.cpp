// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/graph/graph_legend.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QToolButton>

#include "widgets/graph/graph_colours.h"
#include "widgets/graph/graph_marks.h"
#include "widgets/theme/bounded_text.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {

constexpr std::array order{GraphEdgeKind::Forward, GraphEdgeKind::Data, GraphEdgeKind::Structural,
                           GraphEdgeKind::BufferFill};

QIcon sample(const QPen& pen) {
  constexpr int width = 26, height = 12;
  QPixmap picture(width * 2, height * 2);
  picture.setDevicePixelRatio(2);
  picture.fill(Qt::transparent);
  QPainter painter(&picture);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(pen);
  painter.drawLine(QLineF(1, height / 2.0, width - 1, height / 2.0));
  return QIcon(picture);
}

QPixmap roundSample(const GraphColours& colours) {
  constexpr int side = 14;
  QPixmap picture(side * 2, side * 2);
  picture.setDevicePixelRatio(2);
  picture.fill(Qt::transparent);
  QPainter painter(&picture);
  painter.setRenderHint(QPainter::Antialiasing);
  drawRoundArrow(painter, {side / 2.0, side / 2.0}, colours.text, Qt::transparent);
  return picture;
}

QString helpOf(GraphEdgeKind kind) {
  switch (kind) {
    case GraphEdgeKind::Data:
      return GraphLegend::tr("A value or words of a memory that had to be there, or read, first");
    case GraphEdgeKind::Structural:
      return GraphLegend::tr("A place, slot or port that had to be free first");
    case GraphEdgeKind::BufferFill:
      return GraphLegend::tr("The issue buffer had to be filled first");
    case GraphEdgeKind::Forward:
      break;
  }
  return GraphLegend::tr("The way of an instruction from stage to stage");
}

}  // namespace

GraphLegend::GraphLegend(const Theme& theme, QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      critical_(add(tr("Critical path"), tr("What decided when it was over; everything else is faint"))) {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(8, 0, 8, 2);
  row->setSpacing(2);
  row->addWidget(critical_);
  for (const GraphEdgeKind kind : order) {
    QToolButton* button = add(edgeName(kind), helpOf(kind));
    kinds_[static_cast<std::size_t>(kind)] = button;
    row->addWidget(button);
  }
  all_ = add(tr("All edges"), tr("Draw all edges, not only those of the selected instruction"));
  all_->setChecked(false);
  all_->setToolButtonStyle(Qt::ToolButtonTextOnly);
  row->addSpacing(8);
  row->addWidget(all_);
  carried_ = new QLabel;
  auto* carriedText = new QLabel(tr("from another iteration"));
  for (QLabel* label : {carried_, carriedText}) {
    label->setToolTip(tr("Carried by a loop from one iteration to another, or from before the window"));
  }
  row->addSpacing(8);
  row->addWidget(carried_);
  row->addWidget(carriedText);
  hidden_ = new WrappedLabel;
  hidden_->setWordWrap(false);
  row->addSpacing(6);
  row->addWidget(hidden_, 1);
  drawSamples();
  tell();
  connect(&theme_, &Theme::changed, this, &GraphLegend::drawSamples);
}

QToolButton* GraphLegend::add(const QString& text, const QString& help) {
  auto* button = new QToolButton(this);
  button->setText(text);
  button->setToolTip(help);
  button->setCheckable(true);
  button->setChecked(true);
  button->setAutoRaise(true);
  button->setFocusPolicy(Qt::StrongFocus);
  button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  button->setIconSize({26, 12});
  connect(button, &QToolButton::toggled, this, [this] {
    tell();
    Q_EMIT shownChanged();
  });
  return button;
}

void GraphLegend::drawSamples() {
  const GraphColours colours(theme_);
  carried_->setPixmap(roundSample(colours));
  critical_->setIcon(sample(QPen(colours.critical, 3)));
  for (const GraphEdgeKind kind : order) {
    QPen pen = colours.pen(kind);
    pen.setWidthF(1.5);
    kinds_[static_cast<std::size_t>(kind)]->setIcon(sample(pen));
  }
}

EdgeKinds GraphLegend::kinds() const {
  EdgeKinds kinds{};
  for (std::size_t k = 0; k < kinds.size(); ++k) kinds[k] = kinds_[k]->isChecked();
  return kinds;
}

bool GraphLegend::critical() const {
  return critical_->isChecked();
}

bool GraphLegend::allEdges() const {
  return all_->isChecked();
}

void GraphLegend::setAllEdges(bool all) {
  all_->setChecked(all);
}

void GraphLegend::offerAllEdges(bool offered) {
  all_->setVisible(offered);
}

QString GraphLegend::hiddenText() const {
  return hidden_->text();
}

void GraphLegend::tell() {
  QStringList hidden;
  if (!critical_->isChecked()) hidden << critical_->text().toLower();
  for (const GraphEdgeKind kind : order) {
    const QToolButton* button = kinds_[static_cast<std::size_t>(kind)];
    if (button && !button->isChecked()) hidden << tr("%1 edges").arg(button->text().toLower());
  }
  if (!hidden_) return;
  hidden_->setText(hidden.isEmpty() ? QString() : tr("Hidden: %1").arg(hidden.join(QStringLiteral(", "))));
  hidden_->setToolTip(hidden_->text());
}

}  // namespace taktwerk
