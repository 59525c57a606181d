// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/graph/laid_out_painter.h"

#include <QFontMetricsF>
#include <QPainter>
#include <algorithm>

#include "widgets/graph/graph_marks.h"
#include "widgets/theme/bounded_text.h"

namespace taktwerk {

namespace {

// Beyond that many arrows, dashes, curves and smooth edges cost more than they tell.
constexpr std::size_t fineArrows = 250, countedArrows = 120;
constexpr double countsFrom = 0.6, contentFrom = 0.65;  // zoom
constexpr double faintOpacity = 0.35;

class Painting {
 public:
  Painting(QPainter& painter, const QSizeF& size, const LaidOutGraph& graph, const LaidOutSight& sight,
           const LaidOutLook& look, const GraphColours& colours)
      : painter_(painter),
        graph_(graph),
        sight_(sight),
        look_(look),
        colours_(colours),
        canvas_(QPointF(), size),
        inSight_(sight.toPicture(QPointF()), size / sight.zoom) {}

  LaidOutPainted paint() {
    painter_.fillRect(canvas_, colours_.canvas);
    painter_.save();
    painter_.setClipRect(canvas_);
    nearBoxes_.assign(graph_.boxes.size(), false);
    for (const std::uint32_t b : look_.near.nodes) nearBoxes_[b] = true;
    arrows();
    boxes();
    painter_.restore();
    return painted_;
  }

 private:
  [[nodiscard]] bool isCritical(std::uint32_t arrow) const {
    return look_.critical && graph_.folded.edges[arrow].critical;
  }

  /// Those of the critical path stand apart, to be drawn last.
  void arrows() {
    std::vector<bool> near(graph_.arrows.size(), false);
    for (const std::uint32_t e : look_.near.edges) near[e] = true;
    std::vector<std::uint32_t> plain, faint, critical;
    for (std::uint32_t e = 0; e < graph_.arrows.size(); ++e) {
      if (!graph_.arrows[e].bounds.intersects(inSight_)) continue;
      if (isCritical(e)) {
        critical.push_back(e);
      } else if (look_.kinds[static_cast<std::size_t>(graph_.folded.edges[e].kind)]) {
        (look_.selected && !near[e] ? faint : plain).push_back(e);
      }
    }
    const bool fine =
        plain.size() + faint.size() + critical.size() <= fineArrows && sight_.zoom >= LaidOutSight::flatBelow;
    painter_.setRenderHint(QPainter::Antialiasing, fine);
    painter_.setOpacity(faintOpacity);
    for (const std::uint32_t e : faint) arrow(e, fine, false);
    painter_.setOpacity(1);
    for (const std::uint32_t e : plain) arrow(e, fine, false);
    for (const std::uint32_t e : critical) arrow(e, fine, true);
    if (fine && sight_.zoom >= countsFrom && plain.size() + critical.size() <= countedArrows) {
      for (const auto* list : {&plain, &critical}) {
        for (const std::uint32_t e : *list) count(e);
      }
    }
    painter_.setRenderHint(QPainter::Antialiasing, false);
    painted_.arrows = static_cast<int>(plain.size() + faint.size());
    painted_.critical = static_cast<int>(critical.size());
  }

  void arrow(std::uint32_t e, bool fine, bool critical) {
    const FoldedEdge& edge = graph_.folded.edges[e];
    const LaidOutArrow& drawn = graph_.arrows[e];
    QPen pen = colours_.pen(edge.kind);
    // As thick as leaves arrows of several kinds apart.
    const double thick = std::clamp(3 * sight_.zoom, 1.5, 3.0);
    if (critical) pen = QPen(colours_.critical, thick, Qt::SolidLine, Qt::FlatCap);
    if (!fine) {
      pen.setStyle(Qt::SolidLine);
      pen.setWidth(critical ? 2 : 0);
    } else if (!critical) {
      pen.setWidthF(1.4);
    }
    pen.setCosmetic(true);
    painter_.setPen(pen);
    if (!fine) {
      line_.resize(drawn.line.size());
      for (qsizetype i = 0; i < drawn.line.size(); ++i) line_[i] = sight_.toSight(drawn.line[i]);
      painter_.drawPolyline(line_);
    } else {
      const QTransform before = painter_.transform();
      painter_.scale(sight_.zoom, sight_.zoom);
      painter_.translate(-sight_.corner);
      painter_.drawPath(drawn.curve);
      painter_.setTransform(before);
    }
    if (fine) ends(drawn, pen.color(), edge.carried > 0, critical);
  }

  /// The tip, and the round arrow of what is carried to another iteration.
  void ends(const LaidOutArrow& drawn, const QColor& colour, bool carried, bool critical) {
    if (drawn.line.size() < 2) return;
    const QPointF tip = sight_.toSight(drawn.line.back());
    const QPointF before = sight_.toSight(drawn.line[drawn.line.size() - 2]);
    const QLineF last(before, tip);
    if (last.length() < 0.5) return;
    const QPointF along(last.dx() / last.length(), last.dy() / last.length());
    const double scale = std::clamp(sight_.zoom, 0.4, 1.0);
    drawArrowTip(painter_, tip, along, (critical ? 10 : 8) * scale, (critical ? 5 : 3.5) * scale, colour);
    if (!carried) return;
    ++painted_.carried;
    if (sight_.zoom >= LaidOutSight::textFrom)
      drawRoundArrow(painter_, tip - along * 18, colour, colours_.canvas);
  }

  /// How many edges an arrow stands for, near the middle of it.
  void count(std::uint32_t e) {
    const FoldedEdge& edge = graph_.folded.edges[e];
    if (edge.count < 2) return;
    const QPolygonF& line = graph_.arrows[e].line;
    // Those of several kinds between two boxes not above each other.
    const QPointF middle = sight_.toSight(line[line.size() * (2 + static_cast<int>(edge.kind)) / 7]);
    const QString text = QStringLiteral("×") + grouped(edge.count);
    painter_.setFont(colours_.small);
    const QRectF place(middle.x() - 3.5 * static_cast<double>(text.size()), middle.y() - 7,
                       7.0 * static_cast<double>(text.size()), 13);
    painter_.fillRect(place, colours_.canvas);
    painter_.setPen(isCritical(e) ? colours_.critical : colours_.pen(edge.kind).color());
    painter_.drawText(place, Qt::AlignCenter, text);
  }

  [[nodiscard]] GraphColours::Bar colourOf(std::uint32_t b, bool faint) const {
    const LaidOutBox& box = graph_.boxes[b];
    if (box.kind) return colours_.bar(*box.kind, faint);
    // What holds more than one block's doing has no colour of a block.
    const QColor& text = faint ? colours_.muted : colours_.text;
    return {colours_.border, colours_.panel, faint ? colours_.border : colours_.muted, text, text};
  }

  void boxes() {
    for (std::uint32_t b = 0; b < graph_.boxes.size(); ++b) {
      if (!graph_.boxes[b].rect.intersects(inSight_)) continue;
      const bool beside = look_.selected && !nearBoxes_[b] && *look_.selected != b;
      const bool faint = beside || (look_.critical && !graph_.folded.boxes[b].onPath);
      box(b, colourOf(b, faint), look_.critical && graph_.folded.boxes[b].onPath);
      ++painted_.boxes;
    }
  }

  void box(std::uint32_t b, const GraphColours::Bar& colours, bool critical) {
    const QRectF rect = sight_.toSight(graph_.boxes[b].rect);
    const FoldedBox& folded = graph_.folded.boxes[b];
    if (sight_.zoom < LaidOutSight::flatBelow) {
      painter_.fillRect(rect, critical ? colours_.critical : colours.solid);
      return outlines(b, rect);
    }
    const double border = std::max(1.0, 2 * std::min(1.0, sight_.zoom));
    painter_.fillRect(rect, critical ? colours_.critical : colours.border);
    const QRectF inner = rect.adjusted(border, border, -border, -border);
    painter_.fillRect(inner, colours.body);
    // The stripe of the kind; a sheet behind what is more than one.
    painter_.fillRect(QRectF(inner.left(), inner.top(), 5 * sight_.zoom, inner.height()), colours.solid);
    if (folded.canOpen() && sight_.zoom >= LaidOutSight::textFrom) tab(b, colours.bodyText);
    if (sight_.zoom >= LaidOutSight::textFrom) text(b, inner, colours.bodyText);
    if (folded.innerCarried > 0 && sight_.zoom >= LaidOutSight::textFrom) {
      painter_.setRenderHint(QPainter::Antialiasing, true);
      drawRoundArrow(painter_, rect.topRight() + QPointF(-10, 0),
                     critical ? colours_.critical : colours.border, colours_.canvas);
      painter_.setRenderHint(QPainter::Antialiasing, false);
      ++painted_.carried;
    }
    outlines(b, rect);
  }

  void tab(std::uint32_t b, const QColor& colour) {
    const QRectF place = sight_.toSight(openingTab(graph_.boxes[b]));
    const QPointF middle = place.center();
    const double half = 4 * sight_.zoom;
    painter_.setRenderHint(QPainter::Antialiasing, true);
    drawArrowTip(painter_, middle + QPointF(half, 0), {1, 0}, 2 * half, half, colour);
    painter_.setRenderHint(QPainter::Antialiasing, false);
  }

  void text(std::uint32_t b, const QRectF& inner, const QColor& colour) {
    const LaidOutBox& drawn = graph_.boxes[b];
    const double zoom = sight_.zoom;
    const QRectF place = inner.adjusted(9 * zoom, 2 * zoom, -14 * zoom, -2 * zoom);
    const bool both = zoom >= contentFrom;
    const QRectF upper(place.left(), place.top(), place.width(), place.height() / (both ? 2 : 1));
    const QRectF lower(place.left(), place.center().y(), place.width(), place.height() / 2);
    line(upper, drawn.title, colours_.strong, colour);
    if (both) line(lower, drawn.content, colours_.small, colour);
    ++painted_.texts;
  }
  /// Text as large as the picture is, up to its usual size.
  void line(const QRectF& place, const QString& text, QFont font, const QColor& colour) {
    if (text.isEmpty()) return;
    font.setPointSizeF(std::max(5.5, font.pointSizeF() * std::min(1.4, sight_.zoom)));
    painter_.setFont(font);
    painter_.setPen(colour);
    const QString fitting = QFontMetricsF(font).elidedText(text, Qt::ElideRight, place.width());
    painter_.drawText(place, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, fitting);
  }

  /// What is selected, near it, found, or of a selected block; each by a shape of its own.
  void outlines(std::uint32_t b, const QRectF& rect) {
    painter_.setBrush(Qt::NoBrush);
    if (b < look_.marked.size() && look_.marked[b]) {
      const double low = std::max(1.0, 4 * std::min(1.0, sight_.zoom));
      painter_.fillRect(QRectF(rect.left(), rect.bottom() - low + 1, rect.width(), low), colours_.accent);
    }
    if (b < look_.found.size() && look_.found[b]) {
      painter_.setPen(QPen(colours_.text, 1, Qt::DashLine));
      painter_.drawRect(rect.adjusted(-3, -3, 2, 2));
    }
    if (look_.selected == b) {
      painter_.setPen(QPen(colours_.accent, 2));
      painter_.drawRect(rect.adjusted(-3, -3, 3, 3));
    } else if (nearBoxes_[b]) {
      painter_.setPen(QPen(colours_.accent, 1));
      painter_.drawRect(rect.adjusted(-2, -2, 1, 1));
    }
  }

  QPainter& painter_;
  const LaidOutGraph& graph_;
  const LaidOutSight& sight_;
  const LaidOutLook& look_;
  const GraphColours& colours_;
  QRectF canvas_, inSight_;
  std::vector<bool> nearBoxes_;
  QPolygonF line_;
  LaidOutPainted painted_;
};

}  // namespace

QRectF openingTab(const LaidOutBox& box) {
  constexpr double wide = 16;
  return {box.rect.right() - wide, box.rect.top(), wide, box.rect.height()};
}

LaidOutPainted paintLaidOut(QPainter& painter, const QSizeF& size, const LaidOutGraph& graph,
                            const LaidOutSight& sight, const LaidOutLook& look, const GraphColours& colours) {
  return Painting(painter, size, graph, sight, look, colours).paint();
}

}  // namespace taktwerk
