// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sweep/card_view.h"

#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>
#include <utility>

#include "widgets/diagram/scene/block_painter.h"
#include "widgets/diagram/scene/diagram_fit.h"
#include "widgets/theme/bounded_text.h"
#include "widgets/theme/plot_colours.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

SmallDiagram::SmallDiagram(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme) {
  setMinimumSize(160, 110);
  setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
  connect(&theme_, &Theme::changed, this, [this] { update(); });
}

void SmallDiagram::setCard(std::shared_ptr<const PointCard> card) {
  card_ = std::move(card);
  update();
}

QRectF SmallDiagram::inside() const {
  return QRectF(rect()).adjusted(2, 2, -2, -2);
}

QRectF SmallDiagram::limitingPlace() const {
  if (!card_ || !card_->diagram || !card_->limiting) return {};
  const Rect& block = card_->diagram->blocks[*card_->limiting].rect;
  return diagramFit(card_->diagram->bounds, inside())
      .mapRect(QRectF(block.x, block.y, block.width, block.height));
}

void SmallDiagram::paintEvent(QPaintEvent* /*event*/) {
  QPainter painter(this);
  painter.fillRect(rect(), theme_.colour(&Palette::canvas));
  painter.setPen(theme_.border());
  painter.drawRect(rect().adjusted(0, 0, -1, -1));
  if (!card_ || !card_->diagram) {
    painter.setPen(theme_.colour(&Palette::mutedText));
    const QString why = !card_ ? tr("Drawing…") : tr("No drawing");
    return painter.drawText(rect().adjusted(8, 8, -8, -8), Qt::AlignCenter | Qt::TextWordWrap, why);
  }
  paintDiagram(painter, *card_->diagram, theme_.colours(), inside());
  const QRectF place = limitingPlace();
  if (place.isNull()) return;
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(theme_.colour(&Palette::critical), 2.5));
  painter.drawRoundedRect(place.adjusted(-2.5, -2.5, 2.5, 2.5), 3, 3);
  painter.setFont(theme_.font(8, true));
  const QString share = tr("%1 %").arg(100 * card_->limitingShare, 0, 'f', 0);
  const double width = painter.fontMetrics().horizontalAdvance(share) + 8.0;
  QRectF pill(place.center().x() - width / 2, place.bottom() - 2, width, painter.fontMetrics().height());
  if (pill.bottom() > height() - 2) pill.moveBottom(place.top() + 2);
  painter.setPen(Qt::NoPen);
  painter.setBrush(theme_.colour(&Palette::critical));
  painter.drawRoundedRect(pill, 5, 5);
  painter.setPen(theme_.colour(&Palette::canvas));
  painter.drawText(pill, Qt::AlignCenter, share);
}

CardView::CardView(const Theme& theme, QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      title_(new QLabel),
      state_(new WrappedLabel),
      bottleneck_(new WrappedLabel),
      values_(new WrappedLabel),
      diagram_(new SmallDiagram(theme)) {
  title_->setFont(theme.font(10, true));
  for (QLabel* each : {state_, bottleneck_}) each->setTextFormat(Qt::PlainText);
  title_->setTextFormat(Qt::PlainText);
  values_->setTextFormat(Qt::RichText);
  diagram_->setAccessibleName(tr("Diagram of the design"));
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(10, 8, 10, 8);
  column->setSpacing(5);
  for (QWidget* each : std::initializer_list<QWidget*>{title_, state_, diagram_, bottleneck_, values_})
    column->addWidget(each);
  column->addStretch(1);
}

QString CardView::tableOf(const CardText& text) const {
  QString rows;
  const QString muted = theme_.colour(&Palette::mutedText).name();
  for (const auto* part : {&text.settings, &text.figures}) {
    const bool figures = part == &text.figures;
    if (figures && !rows.isEmpty() && !part->empty())
      rows += QStringLiteral("<tr><td colspan=3 height=5></td></tr>");
    for (const CardLine& line : *part) {
      const QString colour = figures ? changeColour(theme_, line.better).name() : muted;
      rows += QStringLiteral(
                  "<tr><td><font color=\"%1\">%2</font></td><td align=right>&nbsp;%3</td>"
                  "<td align=right>&nbsp;<font color=\"%4\">%5</font></td></tr>")
                  .arg(muted, line.name.toHtmlEscaped(), line.value.toHtmlEscaped(), colour,
                       line.change.toHtmlEscaped());
    }
  }
  return rows.isEmpty() ? QString() : QStringLiteral("<table cellspacing=1>%1</table>").arg(rows);
}

void CardView::show(const CardText& text, std::shared_ptr<const PointCard> card) {
  title_->setText(text.title);
  const bool fine = text.of == PointState::Done && text.complete;
  state_->setText(text.reason.isEmpty() ? text.state : QStringLiteral("%1: %2").arg(text.state, text.reason));
  state_->setVisible(!fine);
  Colour Palette::*role = text.of == PointState::Failed ? &Palette::error : &Palette::warning;
  state_->setStyleSheet(QStringLiteral("color: %1").arg(theme_.colour(role).name()));
  QString limits = card ? card->bottleneck : QString();
  if (card && !card->problem.isEmpty())
    limits += (limits.isEmpty() ? QString() : QStringLiteral("\n")) + card->problem;
  bottleneck_->setText(limits);
  bottleneck_->setVisible(!limits.isEmpty());
  values_->setText(tableOf(text));
  values_->setVisible(!values_->text().isEmpty());
  diagram_->show();
  words_ = inWords(text, card.get());
  diagram_->setCard(std::move(card));
  setAccessibleName(text.title);
  setAccessibleDescription(words_);
}

void CardView::showSentence(const QString& sentence) {
  title_->clear();
  words_ = sentence;
  state_->setText(sentence);
  state_->setStyleSheet(QStringLiteral("color: %1").arg(theme_.colour(&Palette::mutedText).name()));
  state_->show();
  for (QWidget* each : std::initializer_list<QWidget*>{diagram_, bottleneck_, values_}) each->hide();
  setAccessibleName(sentence);
  setAccessibleDescription({});
}

}  // namespace taktwerk
