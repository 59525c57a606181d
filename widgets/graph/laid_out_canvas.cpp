// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/graph/laid_out_canvas.h"

#include <QPainter>
#include <QScrollBar>
#include <algorithm>
#include <cmath>
#include <utility>

#include "core/report/folded_graph_files.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {

constexpr double highestZoom = 4, readableZoom = 0.75;

}  // namespace

LaidOutCanvas::LaidOutCanvas(const Theme& theme, QWidget* parent)
    : QAbstractScrollArea(parent), theme_(theme), colours_(theme) {
  setAccessibleName(tr("Dependency graph, laid out"));
  setFocusPolicy(Qt::StrongFocus);
  setFrameShape(QFrame::NoFrame);
  viewport()->setMouseTracking(true);
  connect(&theme_, &Theme::changed, this, [this] {
    colours_ = GraphColours(theme_);
    viewport()->update();
  });
}

void LaidOutCanvas::setGraph(std::shared_ptr<const LaidOutGraph> graph) {
  std::optional<std::uint32_t> node;
  QPointF stays;
  const bool same = graph_ && graph && graph_->graph == graph->graph && graph_->fold.by == graph->fold.by;
  if (same && look_.selected) {
    const std::uint32_t box = *look_.selected;
    node = graph_->folded.boxes[box].nodes.front();
    stays = sight_.toSight(graph_->boxes[box].rect.topLeft());
  }
  graph_ = std::move(graph);
  look_.found.clear();
  look_.marked.clear();
  placed_ = placed_ && same;
  select(node ? std::optional(graph_->folded.boxOf[*node]) : std::nullopt);
  if (node && placed_ && !fitted_) {
    sight_.corner = graph_->boxes[*look_.selected].rect.topLeft() - stays / sight_.zoom;
  } else if (graph_ && (!placed_ || fitted_)) {
    showBeginning();
  }
  arrangeBars();
  viewport()->update();
}

void LaidOutCanvas::setShown(const EdgeKinds& kinds, bool critical) {
  look_.critical = critical;
  if (std::exchange(look_.kinds, kinds) != kinds) findNear();
  viewport()->update();
}

void LaidOutCanvas::setMarked(std::vector<bool> boxes) {
  look_.marked = std::move(boxes);
  viewport()->update();
}

void LaidOutCanvas::setFound(std::vector<bool> boxes) {
  look_.found = std::move(boxes);
  viewport()->update();
}

void LaidOutCanvas::select(std::optional<std::uint32_t> box) {
  look_.selected = box;
  back_ = ahead_ = 1;
  mostSteps_ = 3;
  QString words;
  if (box) {
    for (const std::string& line : boxInWords(graph_->graph->window, graph_->folded.boxes[*box])) {
      words += QString::fromStdString(line) + QLatin1Char('\n');
    }
  }
  setAccessibleDescription(words.trimmed());
  findNear();
}

void LaidOutCanvas::findNear() {
  look_.near = {};
  if (graph_ && look_.selected) {
    look_.near = graph_->neighbours->around({*look_.selected}, back_, ahead_, look_.kinds);
  }
  viewport()->update();
  Q_EMIT neighboursChanged();
}

void LaidOutCanvas::addSteps(int back, int ahead) {
  if (!look_.selected) return;
  back_ = std::clamp(back_ + back, 0, mostSteps_);
  ahead_ = std::clamp(ahead_ + ahead, 0, mostSteps_);
  findNear();
}

void LaidOutCanvas::showMore() {
  mostSteps_ += 3;
  addSteps(1, 1);
}

bool LaidOutCanvas::hasMore() const {
  return look_.selected && look_.near.more && (back_ == mostSteps_ || ahead_ == mostSteps_);
}

double LaidOutCanvas::lowestZoom() const {
  const QSizeF size = viewport()->size(), all = graph_->bounds.size();
  return std::min({0.2, size.width() / all.width(), size.height() / all.height()}) / 2;
}

void LaidOutCanvas::fit() {
  if (!graph_) return;
  const QSizeF size = viewport()->size(), all = graph_->bounds.size();
  sight_.zoom = std::min({1.0, size.width() / all.width(), size.height() / all.height()});
  sight_.corner = graph_->bounds.center() - QPointF(size.width(), size.height()) / 2 / sight_.zoom;
  placed_ = isVisible();
  fitted_ = true;
  arrangeBars();
  viewport()->update();
}

/// All of it where that can be read, else its first box and what is about it.
void LaidOutCanvas::showBeginning() {
  fit();
  if (sight_.zoom >= LaidOutSight::textFrom) return;
  const QSizeF size = viewport()->size();
  sight_.zoom = readableZoom;
  sight_.corner = {graph_->bounds.left(),
                   graph_->boxes.front().rect.center().y() - size.height() / 2 / sight_.zoom};
  arrangeBars();
}

void LaidOutCanvas::zoomBy(double factor, const QPointF& at) {
  if (!graph_) return;
  const QPointF stays = sight_.toPicture(at);
  sight_.zoom = std::clamp(sight_.zoom * factor, lowestZoom(), highestZoom);
  sight_.corner = stays - at / sight_.zoom;
  fitted_ = false;
  arrangeBars();
  viewport()->update();
}

void LaidOutCanvas::bringIntoSight(std::uint32_t box) {
  if (!graph_ || box >= graph_->boxes.size()) return;
  if (sight_.zoom < LaidOutSight::textFrom) {
    zoomBy(readableZoom / sight_.zoom, sight_.toSight(graph_->boxes[box].rect.center()));
  }
  constexpr double margin = 16;
  const QRectF there(sight_.toSight(graph_->boxes[box].rect));
  const QRectF room = QRectF(viewport()->rect()).adjusted(margin, margin, -margin, -margin);
  if (!room.contains(there)) {
    const QPointF middle(viewport()->width() / 2.0, viewport()->height() / 2.0);
    sight_.corner = graph_->boxes[box].rect.center() - middle / sight_.zoom;
    fitted_ = false;
  }
  arrangeBars();
  viewport()->update();
}

/// Keeps what is in sight within the graph, and tells the scroll bars. What is smaller than the sight stands
/// in its middle.
void LaidOutCanvas::arrangeBars() {
  arranging_ = true;
  const auto set = [this](QScrollBar* bar, double from, double all, double seen, qreal& corner) {
    const double most = std::max(0.0, all - seen);
    corner = most > 0 ? std::clamp(corner, from, from + most) : from + (all - seen) / 2;
    bar->setRange(0, static_cast<int>(std::ceil(most * sight_.zoom)));
    bar->setPageStep(static_cast<int>(seen * sight_.zoom));
    bar->setSingleStep(24);
    bar->setValue(static_cast<int>(std::max(0.0, corner - from) * sight_.zoom));
  };
  if (!graph_) {
    horizontalScrollBar()->setRange(0, 0);
    verticalScrollBar()->setRange(0, 0);
  } else {
    const QSizeF seen = QSizeF(viewport()->size()) / sight_.zoom;
    const QRectF& all = graph_->bounds;
    set(horizontalScrollBar(), all.left(), all.width(), seen.width(), sight_.corner.rx());
    set(verticalScrollBar(), all.top(), all.height(), seen.height(), sight_.corner.ry());
  }
  arranging_ = false;
}

void LaidOutCanvas::scrollContentsBy(int, int) {
  if (arranging_ || !graph_) return;
  fitted_ = false;
  if (horizontalScrollBar()->maximum() > 0)
    sight_.corner.setX(graph_->bounds.left() + horizontalScrollBar()->value() / sight_.zoom);
  if (verticalScrollBar()->maximum() > 0)
    sight_.corner.setY(graph_->bounds.top() + verticalScrollBar()->value() / sight_.zoom);
  viewport()->update();
}

void LaidOutCanvas::resizeEvent(QResizeEvent*) {
  if (graph_ && (!placed_ || fitted_)) showBeginning();
  arrangeBars();
}

void LaidOutCanvas::paintEvent(QPaintEvent*) {
  QPainter painter(viewport());
  if (!graph_) return painter.fillRect(viewport()->rect(), colours_.canvas);
  painted_ = paintLaidOut(painter, viewport()->size(), *graph_, sight_, look_, colours_);
  if (!hasFocus()) return;
  painter.setPen(QPen(colours_.accent, 1, Qt::DotLine));
  painter.drawRect(viewport()->rect().adjusted(0, 0, -1, -1));
}

QSizeF LaidOutCanvas::pictureSize() const {
  return graph_ ? graph_->bounds.size() : QSizeF(1, 1);
}

void LaidOutCanvas::paintOn(QPainter& painter, const QRectF& page) const {
  if (!graph_) return;
  painter.translate(page.topLeft());
  painter.scale(page.width() / graph_->bounds.width(), page.height() / graph_->bounds.height());
  paintLaidOut(painter, graph_->bounds.size(), *graph_, {1, graph_->bounds.topLeft()}, look_, colours_);
}

std::optional<std::uint32_t> LaidOutCanvas::boxAt(const QPointF& position) const {
  if (!graph_) return std::nullopt;
  const QPointF at = sight_.toPicture(position);
  for (std::uint32_t b = 0; b < graph_->boxes.size(); ++b) {
    if (graph_->boxes[b].rect.contains(at)) return b;
  }
  return std::nullopt;
}

QPointF LaidOutCanvas::placeOf(std::uint32_t box) const {
  return sight_.toSight(graph_->boxes[box].rect.center());
}

}  // namespace taktwerk
