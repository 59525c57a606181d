// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/network/network_graph_view.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>
#include <algorithm>

#include "widgets/estimate/estimate_controller.h"
#include "widgets/network/network_model.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {

constexpr double boxWidth = 210, boxHeight = 42, gap = 22, margin = 20, lane = 14;

/// The kind of block whose colour an operator takes: what does its work on most accelerators.
BlockKind kindOf(const Layer& layer) {
  if (layer.foreign) return BlockKind::Control;
  if (layer.macs > 0) return BlockKind::Compute;
  if (layer.operatorName.find("pool") != std::string::npos) return BlockKind::RegisterFile;
  if (layer.operatorName == "add" || layer.operatorName == "multiply" || layer.operatorName == "concat") {
    return BlockKind::MemoryAccess;
  }
  return BlockKind::Stage;
}

}  // namespace

NetworkGraphView::NetworkGraphView(const Theme& theme, QWidget* parent)
    : QAbstractScrollArea(parent), theme_(theme) {
  setAccessibleName(tr("Graph of layers"));
  setFocusPolicy(Qt::StrongFocus);
  setFrameShape(QFrame::NoFrame);
  viewport()->setMouseTracking(true);
  connect(&theme_, &Theme::changed, viewport(), qOverload<>(&QWidget::update));
}

void NetworkGraphView::setNetwork(std::shared_ptr<const Network> network) {
  network_ = std::move(network);
  const int layers = network_ ? static_cast<int>(network_->layers.size()) : 0;
  current_ = std::min(current_, layers - 1);
  layOut();
  viewport()->update();
}

void NetworkGraphView::setShares(std::vector<double> shares) {
  if (shares == shares_) return;
  shares_ = std::move(shares);
  viewport()->update();
}

/// Colour and length are of the largest share; the words are of all.
void NetworkGraphView::paintShare(QPainter& painter, const QRectF& box, double share) const {
  const double largest = *std::max_element(shares_.begin(), shares_.end());
  const double part = largest > 0 ? share / largest : 0;
  QColor heat = toQColor(heatColour(part));
  QColor tint = heat;
  tint.setAlphaF(0.06F + 0.3F * static_cast<float>(part));
  painter.setPen(Qt::NoPen);
  painter.setBrush(tint);
  painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 3, 3);
  painter.setBrush(heat);
  painter.drawRect(QRectF(box.left() + 6, box.bottom() - 4, std::max(1.0, (box.width() - 12) * part), 3));
  painter.setPen(theme_.colour(&Palette::text));
  painter.setFont(theme_.font(8));
  painter.drawText(box.adjusted(12, 5, -8, -6), Qt::AlignRight | Qt::AlignTop,
                   QStringLiteral("%1 %").arg(share * 100, 0, 'f', 1));
}

void NetworkGraphView::layOut() {
  boxes_.clear();
  wires_.clear();
  size_ = {};
  if (!network_) return;
  // Layers stand in an order of execution, so one below the other every line points down.
  std::vector<int> writer(network_->tensors.size(), -1);
  for (std::size_t i = 0; i < network_->layers.size(); ++i) {
    boxes_.emplace_back(margin, margin + static_cast<double>(i) * (boxHeight + gap), boxWidth, boxHeight);
    writer[network_->layers[i].output.index()] = static_cast<int>(i);
  }
  for (std::size_t i = 0; i < network_->layers.size(); ++i) {
    std::vector<TensorId> seen;
    for (const TensorId input : network_->layers[i].inputs) {
      const int from = writer[input.index()];
      const bool again = std::find(seen.begin(), seen.end(), input) != seen.end();
      if (from < 0 || from >= static_cast<int>(i) || again) continue;
      seen.push_back(input);
      wires_.push_back({from, static_cast<int>(i), input, {}, {}});
    }
  }
  // A skip takes the innermost lane on the right that is free along its way.
  std::stable_sort(wires_.begin(), wires_.end(),
                   [](const Wire& a, const Wire& b) { return a.to - a.from < b.to - b.from; });
  std::vector<std::vector<std::pair<int, int>>> lanes;
  constexpr std::size_t mostLanes = 24;
  for (Wire& wire : wires_) {
    const QRectF& a = boxes_[static_cast<std::size_t>(wire.from)];
    const QRectF& b = boxes_[static_cast<std::size_t>(wire.to)];
    QPainterPath path;
    if (wire.to == wire.from + 1) {
      path.moveTo(a.center().x(), a.bottom());
      path.lineTo(b.center().x(), b.top());
    } else {
      std::size_t at = 0;
      const auto taken = [&](const std::pair<int, int>& used) {
        return used.first < wire.to && wire.from < used.second;
      };
      // Thousands of skips are not worth telling apart.
      constexpr std::size_t fullLane = 2000;
      while (at < lanes.size() && lanes[at].size() < fullLane &&
             std::any_of(lanes[at].begin(), lanes[at].end(), taken))
        ++at;
      if (at == lanes.size() && lanes.size() < mostLanes) lanes.emplace_back();
      at = std::min(at, lanes.size() - 1);
      lanes[at].emplace_back(wire.from, wire.to);
      const double x = a.right() + lane * (static_cast<double>(at) + 1.5);
      const double from = a.center().y() + 8, to = b.center().y() - 8, round = 6;
      path.moveTo(a.right(), from);
      path.lineTo(x - round, from);
      path.quadTo(x, from, x, from + round);
      path.lineTo(x, to - round);
      path.quadTo(x, to, x - round, to);
      path.lineTo(b.right() + 1, to);
    }
    wire.path = path;
    wire.bounds = path.boundingRect().adjusted(-6, -6, 6, 6);
  }
  size_ = {margin * 2 + boxWidth + lane * (static_cast<double>(lanes.size()) + 1),
           boxes_.empty() ? 0 : boxes_.back().bottom() + margin};
  resizeEvent(nullptr);
}

void NetworkGraphView::resizeEvent(QResizeEvent*) {
  horizontalScrollBar()->setRange(0, std::max(0, static_cast<int>(size_.width()) - viewport()->width()));
  horizontalScrollBar()->setPageStep(viewport()->width());
  verticalScrollBar()->setRange(0, std::max(0, static_cast<int>(size_.height()) - viewport()->height()));
  verticalScrollBar()->setPageStep(viewport()->height());
  verticalScrollBar()->setSingleStep(24);
}

QPointF NetworkGraphView::origin() const {
  const double spare = std::max(0.0, (viewport()->width() - size_.width()) / 2);
  return {spare - horizontalScrollBar()->value(), -static_cast<double>(verticalScrollBar()->value())};
}

void NetworkGraphView::paintEvent(QPaintEvent* event) {
  QPainter painter(viewport());
  painter.fillRect(event->rect(), theme_.colour(&Palette::canvas));
  if (!network_) return;
  painter.setRenderHint(QPainter::Antialiasing);
  painter.translate(origin());
  const QRectF shown = QRectF(event->rect()).translated(-origin());
  const QColor wireColour = theme_.colour(&Palette::wire), accent = theme_.colour(&Palette::accent);
  for (const Wire& wire : wires_) {
    if (!wire.bounds.intersects(shown)) continue;
    const bool marked = wire.from == current_ || wire.to == current_;
    const QColor colour = marked ? accent : wireColour;
    painter.setPen(QPen(colour, marked ? 2 : 1.25));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(wire.path);
    const QPointF tip = wire.path.currentPosition();
    const bool down = wire.to == wire.from + 1;
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawPolygon(down ? QPolygonF{{tip, tip + QPointF(-4, -7), tip + QPointF(4, -7)}}
                             : QPolygonF{{tip, tip + QPointF(7, -4), tip + QPointF(7, 4)}});
  }
  const QFont bold = theme_.font(9, true), plain = theme_.font(8);
  for (std::size_t i = 0; i < boxes_.size(); ++i) {
    const QRectF& box = boxes_[i];
    if (!box.adjusted(-3, -3, 3, 3).intersects(shown)) continue;
    const Layer& layer = network_->layers[i];
    const QColor kind = theme_.kind(kindOf(layer));
    const bool current = static_cast<int>(i) == current_;
    painter.setPen(QPen(current ? accent : theme_.border(), current ? 2 : 1));
    painter.setBrush(theme_.colour(&Palette::panel));
    painter.drawRoundedRect(box, 4, 4);
    painter.setPen(Qt::NoPen);
    painter.setBrush(kind);
    painter.drawRect(QRectF(box.left() + 1, box.top() + 4, 4, box.height() - 8));
    const QRectF text = box.adjusted(12, 4, -8, -4);
    const bool hasShare = i < shares_.size() && shares_[i] >= 0;
    if (hasShare) paintShare(painter, box, shares_[i]);
    painter.setPen(theme_.colour(&Palette::text));
    painter.setFont(bold);
    painter.drawText(text, Qt::AlignLeft | Qt::AlignTop,
                     QFontMetricsF(bold, viewport())
                         .elidedText(QString::fromStdString(layer.name), Qt::ElideMiddle,
                                     text.width() - (hasShare ? 48 : 0)));
    painter.setPen(theme_.colour(layer.foreign ? &Palette::warning : &Palette::mutedText));
    painter.setFont(plain);
    const QString detail = QString::fromStdString(layer.operatorName) + QStringLiteral("  ") +
                           extentsText(network_->tensor(layer.output).shape);
    painter.drawText(text, Qt::AlignLeft | Qt::AlignBottom,
                     QFontMetricsF(plain, viewport()).elidedText(detail, Qt::ElideRight, text.width()));
  }
}

int NetworkGraphView::layerAt(const QPointF& viewportPosition) const {
  const QPointF p = viewportPosition - origin();
  for (std::size_t i = 0; i < boxes_.size(); ++i) {
    if (boxes_[i].contains(p)) return static_cast<int>(i);
  }
  return -1;
}

void NetworkGraphView::mousePressEvent(QMouseEvent* event) {
  const int layer = layerAt(event->position());
  if (layer >= 0 && event->button() == Qt::LeftButton) Q_EMIT layerActivated(layer);
}

void NetworkGraphView::keyPressEvent(QKeyEvent* event) {
  const int step = event->key() == Qt::Key_Down ? 1 : event->key() == Qt::Key_Up ? -1 : 0;
  const int next = current_ + step;
  if (step == 0 || next < 0 || next >= static_cast<int>(boxes_.size())) {
    QAbstractScrollArea::keyPressEvent(event);
    return;
  }
  Q_EMIT layerActivated(next);
}

bool NetworkGraphView::viewportEvent(QEvent* event) {
  if (event->type() == QEvent::ToolTip && network_) {
    const auto* help = static_cast<QHelpEvent*>(event);
    const int at = layerAt(help->pos());
    QString text;
    if (at >= 0) {
      const Layer& layer = network_->layers[static_cast<std::size_t>(at)];
      text = QStringLiteral("<b>%1</b><br>%2")
                 .arg(QString::fromStdString(layer.name).toHtmlEscaped(),
                      QString::fromStdString(layer.operatorName).toHtmlEscaped());
      for (const TensorId id : layer.inputs) {
        const Tensor& t = network_->tensor(id);
        text += tr("<br>reads %1, %2, %3 bit")
                    .arg(QString::fromStdString(t.name).toHtmlEscaped(), extentsText(t.shape))
                    .arg(t.bits);
      }
      const Tensor& t = network_->tensor(layer.output);
      text += tr("<br>writes %1, %2, %3 bit")
                  .arg(QString::fromStdString(t.name).toHtmlEscaped(), extentsText(t.shape))
                  .arg(t.bits);
      if (layer.macs > 0) text += tr("<br>%1 multiply-accumulates").arg(grouped(layer.macs));
    }
    QToolTip::showText(help->globalPos(), text, viewport());
    return true;
  }
  return QAbstractScrollArea::viewportEvent(event);
}

void NetworkGraphView::setCurrentLayer(int layer) {
  current_ = layer;
  if (layer >= 0 && layer < static_cast<int>(boxes_.size())) {
    const QRectF& box = boxes_[static_cast<std::size_t>(layer)];
    const int top = static_cast<int>(box.top() - margin), bottom = static_cast<int>(box.bottom() + margin);
    QScrollBar* bar = verticalScrollBar();
    if (top < bar->value()) bar->setValue(top);
    if (bottom > bar->value() + viewport()->height()) bar->setValue(bottom - viewport()->height());
  }
  viewport()->update();
}

QString NetworkGraphView::dump() const {
  QString text;
  for (std::size_t i = 0; i < boxes_.size(); ++i) {
    const QRectF& b = boxes_[i];
    text += QStringLiteral("%1 (%2 %3 %4x%5)\n")
                .arg(QString::fromStdString(network_->layers[i].name))
                .arg(b.x())
                .arg(b.y())
                .arg(b.width())
                .arg(b.height());
    if (i < shares_.size() && shares_[i] >= 0) {
      text.chop(1);
      text += QStringLiteral(" share %1\n").arg(shares_[i], 0, 'f', 4);
    }
  }
  for (const Wire& wire : wires_) {
    text += QStringLiteral("%1 -> %2\n")
                .arg(QString::fromStdString(network_->layers[static_cast<std::size_t>(wire.from)].name),
                     QString::fromStdString(network_->layers[static_cast<std::size_t>(wire.to)].name));
  }
  return text;
}

}  // namespace taktwerk
