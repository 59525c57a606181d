// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/graph/graph_painter.h"

#include <QCoreApplication>
#include <QPainter>
#include <QPainterPath>
#include <unordered_set>

#include "widgets/graph/graph_marks.h"
#include "widgets/theme/bounded_text.h"

namespace taktwerk {

std::optional<std::uint32_t> GraphScale::laneAt(const GraphInTime& layout, double y) const {
  std::uint32_t low = 0, high = layout.lanes();
  while (low < high) {  // the first lane that begins below
    const std::uint32_t middle = (low + high) / 2;
    (yOf(layout, middle) <= y ? low : high) = yOf(layout, middle) <= y ? middle + 1 : middle;
  }
  return low == 0 ? std::nullopt : std::optional(low - 1);
}

namespace {

// Beyond that many lines, dashes and smooth edges cost more than they tell.
constexpr std::size_t fineLines = 400;
constexpr double textWidth = 7, textHeight = 11;

class Painting {
 public:
  Painting(QPainter& painter, const QSizeF& size, const LayerGraph& graph, GraphRows rows,
           const GraphScale& scale, const GraphLook& look, const GraphColours& colours)
      : painter_(painter),
        size_(size),
        graph_(graph),
        layout_(graph.layout(rows)),
        rows_(rows),
        scale_(scale),
        look_(look),
        colours_(colours),
        rowsArea_(GraphScale::gutter, GraphScale::axis, size.width() - GraphScale::gutter,
                  size.height() - GraphScale::axis) {}

  GraphPainted paint() {
    painter_.fillRect(QRectF(QPointF(), size_), colours_.canvas);
    if (layout_.lanes() == 0) return painted_;
    firstLane_ = scale_.laneAt(layout_, GraphScale::axis).value_or(0);
    endLane_ = scale_.laneAt(layout_, size_.height()).value_or(0) + 1;
    painter_.save();
    painter_.setClipRect(rowsArea_);
    grid();
    bars();
    lines();
    if (look_.critical) critical();
    outlines();
    painter_.restore();
    gutter();
    axis();
    return painted_;
  }

 private:
  [[nodiscard]] Cycles step() const {
    Cycles step = 1;
    for (int i = 0; static_cast<double>(step) * scale_.perCycle < 64 && step < (Cycles{1} << 58); ++i) {
      step = i % 3 == 1 ? step / 2 * 5 : step * 2;  // 1, 2, 5, 10, …
    }
    return step;
  }
  template <class Draw>
  void eachTick(const Draw& draw) const {
    const Cycles every = step();
    const double from = scale_.cycleAt(GraphScale::gutter);
    auto cycle = static_cast<Cycles>(std::ceil(from / static_cast<double>(every))) * every;
    for (double x = scale_.xOf(static_cast<double>(cycle)); x < size_.width(); cycle += every) {
      if (cycle >= 0) draw(cycle, x);
      x = scale_.xOf(static_cast<double>(cycle + every));
    }
  }

  void grid() {
    painter_.setPen(colours_.grid);
    eachTick([&](Cycles, double x) { painter_.drawLine(QLineF(x, GraphScale::axis, x, size_.height())); });
    if (scale_.laneHeight < 5) return;
    for (std::uint32_t b = layout_.bandOfLane[firstLane_]; b < layout_.bands.size(); ++b) {
      const double y = scale_.yOf(layout_, layout_.bands[b].firstLane) - scale_.gap() / 2;
      if (y > size_.height()) break;
      painter_.drawLine(QLineF(GraphScale::gutter, y, size_.width(), y));
    }
  }

  [[nodiscard]] QRectF rectOf(Cycles enter, Cycles leave, std::uint32_t lane) const {
    const double x = scale_.xOf(static_cast<double>(enter));
    const double width = std::max(static_cast<double>(leave - enter) * scale_.perCycle, 1.0);
    const double height = std::max(1.0, scale_.laneHeight - (scale_.laneHeight >= 6 ? 2 : 0));
    return {x, scale_.yOf(layout_, lane), std::max(width, scale_.perCycle >= 4 ? 3.0 : 1.0), height};
  }
  [[nodiscard]] QRectF rectOf(std::uint32_t node) const {
    const GraphBar& bar = layout_.bars[node];
    return rectOf(bar.enter, bar.leave, bar.lane);
  }
  [[nodiscard]] bool isFaint(const GraphPiece& piece) const {
    if (!layout_.bars[piece.bar].inside) return true;
    return look_.critical && piece.count == 1 && !graph_.onPath[piece.bar];
  }

  void bars() {
    std::vector<GraphPiece> pieces;
    const double from = scale_.cycleAt(GraphScale::gutter), to = scale_.cycleAt(size_.width());
    painter_.setFont(colours_.small);
    for (std::uint32_t lane = firstLane_; lane < endLane_; ++lane) {
      piecesOf(layout_, lane, from, to, 1 / scale_.perCycle, pieces);
      for (const GraphPiece& piece : pieces) bar(piece, lane);
      painted_.bars += static_cast<int>(pieces.size());
    }
  }

  void bar(const GraphPiece& piece, std::uint32_t lane) {
    const GraphBar& shown = layout_.bars[piece.bar];
    const QRectF rect = rectOf(piece.enter, piece.leave, lane);
    const GraphColours::Bar& colours = colours_.bar(shown.kind, isFaint(piece));
    const bool holds = shown.node == NodeKind::Stage || shown.node == NodeKind::Buffer;
    const bool fine = rect.width() >= 4 && rect.height() >= 5;
    if (!holds || !fine) {
      painter_.fillRect(rect, colours.solid);
    } else {
      painter_.fillRect(rect, colours.border);
      painter_.fillRect(rect.adjusted(1, 1, -1, -1), colours.body);
    }
    if (rect.height() < textHeight || rect.width() < 3 * textWidth || piece.count > 1) return;
    label(rect, piece.bar, holds ? colours.bodyText : colours.solidText);
  }

  /// What a row does not say: in rows of instructions the object, in those of objects the instruction.
  void label(const QRectF& rect, std::uint32_t node, const QColor& colour) {
    const GraphNode& shown = graph_.window.graph.nodes[node];
    const QRectF seen = rect & rowsArea_;
    const auto fits = static_cast<qsizetype>((seen.width() - 5) / textWidth);
    if (fits < 2) return;
    QString text = rows_ == GraphRows::Objects
                       ? QString::number(shown.instruction)
                       : QString::fromStdString(graph_.window.machine->objectNames[shown.object]);
    if (shown.kind == NodeKind::Buffer && rows_ == GraphRows::Instructions) text += QStringLiteral(" buffer");
    if (text.size() > fits) {
      if (rows_ == GraphRows::Objects) return;  // part of a number is another number
      text = text.left(fits - 1) + QChar(0x2026);
    }
    painter_.setPen(colour);
    painter_.drawText(QPointF(seen.left() + 3, rect.top() + (rect.height() + textHeight) / 2 - 2), text);
  }

  /// Lines keep to the lower border of bars, below what is written there.
  [[nodiscard]] double lineHeight(std::uint32_t lane) const {
    return scale_.yOf(layout_, lane) +
           (scale_.laneHeight >= 6 ? scale_.laneHeight - 2.5 : scale_.laneHeight / 2);
  }
  [[nodiscard]] QLineF lineOf(std::uint32_t edge) const {
    const GraphLine& line = layout_.lines[edge];
    return {scale_.xOf(static_cast<double>(line.over)), lineHeight(line.fromLane),
            scale_.xOf(static_cast<double>(line.enters)), lineHeight(line.toLane)};
  }
  [[nodiscard]] bool inSight(const QLineF& line) const {
    return std::max(line.x1(), line.x2()) >= rowsArea_.left() &&
           std::min(line.x1(), line.x2()) <= rowsArea_.right() &&
           std::max(line.y1(), line.y2()) >= rowsArea_.top() &&
           std::min(line.y1(), line.y2()) <= rowsArea_.bottom();
  }

  /// Which edges are drawn besides the critical path; lines that would cover each other are one.
  [[nodiscard]] std::vector<std::uint32_t> shownEdges() const {
    std::vector<std::uint32_t> edges;
    std::unordered_set<std::uint64_t> seen;
    const std::vector<GraphEdge>& all = graph_.window.graph.edges;
    const auto consider = [&](std::uint32_t e) {
      if (!look_.kinds[static_cast<std::size_t>(all[e].kind)]) return;
      if (look_.critical && all[e].critical) return;
      const QLineF line = lineOf(e);
      if (!inSight(line)) return;
      const double dx = line.dx(), dy = line.dy();
      if (dx * dx + dy * dy < 1) return;
      if (look_.allEdges) {
        const auto cell = [](double at) {
          return static_cast<std::uint64_t>(static_cast<std::int64_t>(at) / 2 + 8192);
        };
        const std::uint64_t key = (cell(line.x1()) & 0x3FFF) | (cell(line.y1()) & 0x3FFF) << 14 |
                                  (cell(line.x2()) & 0x3FFF) << 28 | (cell(line.y2()) & 0x3FFF) << 42 |
                                  static_cast<std::uint64_t>(all[e].kind) << 56;
        if (!seen.insert(key).second) return;
      }
      edges.push_back(e);
    };
    if (look_.allEdges) {
      for (std::uint32_t e = 0; e < all.size(); ++e) consider(e);
    } else {
      for (const std::uint32_t e : look_.near.edges) consider(e);
    }
    return edges;
  }

  void lines() {
    const std::vector<std::uint32_t> edges = shownEdges();
    const bool fine = edges.size() <= fineLines;
    painter_.setRenderHint(QPainter::Antialiasing, fine);
    std::array<QList<QLineF>, 4> byKind;
    for (const std::uint32_t e : edges) {
      byKind[static_cast<std::size_t>(graph_.window.graph.edges[e].kind)] << lineOf(e);
    }
    for (std::size_t kind = 0; kind < byKind.size(); ++kind) {
      QPen pen = colours_.pen(static_cast<GraphEdgeKind>(kind));
      if (fine) {
        pen.setWidthF(1.4);
      } else {
        pen.setWidth(0);
        pen.setStyle(Qt::SolidLine);
      }
      painter_.setPen(pen);
      painter_.drawLines(byKind[kind]);
    }
    if (fine) {
      for (const std::uint32_t e : edges) {
        ends(lineOf(e), colours_.pen(graph_.window.graph.edges[e].kind).color(), layout_.lines[e].carried);
      }
    }
    painter_.setRenderHint(QPainter::Antialiasing, false);
    painted_.lines = static_cast<int>(edges.size());
  }

  /// The tip of an arrow, and the round arrow of what a loop carries.
  void ends(const QLineF& line, const QColor& colour, bool carried) {
    const double length = line.length();
    if (length < 10) return;
    const QPointF along(line.dx() / length, line.dy() / length);
    drawArrowTip(painter_, line.p2(), along, 7, 3, colour);
    if (carried && length >= 26) drawRoundArrow(painter_, line.p2() - along * 16, colour, colours_.canvas);
  }

  /// Along the bars and straight across to the next, as what decides is over when the next is entered: a line
  /// without gaps from the beginning to the end, of upright and level pieces.
  void critical() {
    const std::vector<GraphEdge>& edges = graph_.window.graph.edges;
    std::vector<std::pair<QLineF, bool>> pieces;
    for (std::uint32_t e = 0; e < edges.size(); ++e) {
      if (!edges[e].critical) continue;
      const GraphLine& line = layout_.lines[e];
      const QLineF across = lineOf(e);
      const QLineF along(QPointF(scale_.xOf(static_cast<double>(line.begins)), across.y1()), across.p1());
      const bool seen = inSight(across) || inSight(along);
      if (!seen) continue;
      pieces.emplace_back(along, false);
      pieces.emplace_back(across, line.carried);
      ++painted_.critical;
    }
    constexpr double half = 1.5;
    for (const auto& [line, carried] : pieces) {
      const QRectF rect = QRectF(line.p1(), line.p2()).normalized().adjusted(-half, -half, half, half);
      painter_.fillRect(rect & rowsArea_, colours_.critical);
    }
    if (painted_.critical > static_cast<int>(fineLines)) return;
    painter_.setRenderHint(QPainter::Antialiasing, true);
    for (const auto& [line, carried] : pieces) tick(line, carried);
    painter_.setRenderHint(QPainter::Antialiasing, false);
  }

  /// Which way it goes, on what is long enough.
  void tick(const QLineF& line, bool carried) {
    const double length = line.length();
    if (length < 18) return;
    const QPointF along(line.dx() / length, line.dy() / length);
    // Apart from that of the way back.
    drawArrowTip(painter_, line.pointAt(0.6) + along * 4, along, 8, 5, colours_.critical);
    if (carried && length >= 44)
      drawRoundArrow(painter_, line.p2() - along * 12, colours_.critical, colours_.canvas);
  }

  /// What is selected, near it, found, or in a selected block; each by a shape of its own.
  void outlines() {
    const std::vector<GraphNode>& nodes = graph_.window.graph.nodes;
    const auto inRows = [&](std::uint32_t n) {
      const std::uint32_t lane = layout_.bars[n].lane;
      return lane >= firstLane_ && lane < endLane_;
    };
    painter_.setBrush(Qt::NoBrush);
    const bool any = std::find(look_.marked.begin(), look_.marked.end(), true) != look_.marked.end();
    const double low = std::max(1.0, std::min(3.0, scale_.laneHeight / 4));
    for (std::uint32_t n = 0; n < nodes.size() && (any || !look_.found.empty()); ++n) {
      const bool isMarked = any && nodes[n].object < look_.marked.size() && look_.marked[nodes[n].object];
      const bool isFound = !look_.found.empty() && look_.found[n];
      if ((!isMarked && !isFound) || !inRows(n)) continue;
      const QRectF rect = rectOf(n);
      if (!rect.intersects(rowsArea_)) continue;
      if (isMarked)
        painter_.fillRect(QRectF(rect.left(), rect.bottom() - low + 1, rect.width(), low), colours_.accent);
      if (isFound) {
        painter_.setPen(QPen(colours_.text, 1, Qt::DashLine));
        painter_.drawRect(rect.adjusted(-1, -1, 0, 0));
      }
    }
    if (!look_.selected) return;
    painter_.setPen(QPen(colours_.accent, 1));
    for (const std::uint32_t n : look_.near.nodes) {
      if (inRows(n)) painter_.drawRect(rectOf(n).adjusted(-1, -1, 0, 0));
    }
    painter_.setPen(QPen(colours_.accent, 2));
    painter_.drawRect(rectOf(*look_.selected).adjusted(-2, -2, 2, 2));
  }

  void gutter() {
    const QRectF area(0, GraphScale::axis, GraphScale::gutter, size_.height() - GraphScale::axis);
    painter_.save();
    painter_.setClipRect(area);
    painter_.fillRect(area, colours_.panel);
    double free = GraphScale::axis - 100;
    for (std::uint32_t b = layout_.bandOfLane[firstLane_]; b < layout_.bands.size(); ++b) {
      const GraphBand& band = layout_.bands[b];
      const double y = scale_.yOf(layout_, band.firstLane);
      if (y > size_.height()) break;
      const double row = std::max(y, GraphScale::axis);
      if (row < free) continue;  // where rows are lower than a line, some are named
      free = row + textHeight + 2;
      const bool objects = rows_ == GraphRows::Objects;
      const auto object = static_cast<std::size_t>(band.key);
      const QString name = objects ? QString::fromStdString(graph_.window.machine->objectNames[object])
                                   : QString::fromStdString(instructionInWords(graph_.window, band.key));
      const bool marked = objects && object < look_.marked.size() && look_.marked[object];
      const bool selected = look_.selected && layout_.bandOfLane[layout_.bars[*look_.selected].lane] == b;
      painter_.setFont(selected ? colours_.strong : colours_.label);
      painter_.setPen(marked ? colours_.accent : band.inside ? colours_.text : colours_.muted);
      const QString text = shortened((marked ? QStringLiteral("● ") : QString()) + name, 20);
      painter_.drawText(QPointF(10, row + textHeight - 0.5), text);
    }
    painter_.restore();
  }

  void axis() {
    painter_.fillRect(QRectF(0, 0, size_.width(), GraphScale::axis), colours_.panel);
    painter_.setPen(colours_.border);
    painter_.drawLine(QLineF(0, GraphScale::axis - 0.5, size_.width(), GraphScale::axis - 0.5));
    painter_.drawLine(QLineF(GraphScale::gutter - 0.5, 0, GraphScale::gutter - 0.5, size_.height()));
    painter_.setFont(colours_.small);
    painter_.setPen(colours_.muted);
    painter_.drawText(QPointF(10, 16), QCoreApplication::translate("taktwerk::GraphCanvas", "Cycle"));
    painter_.setClipRect(QRectF(GraphScale::gutter, 0, rowsArea_.width(), GraphScale::axis));
    eachTick([&](Cycles cycle, double x) { painter_.drawText(QPointF(x + 3, 16), grouped(cycle)); });
    eachTick(
        [&](Cycles, double x) { painter_.drawLine(QLineF(x, GraphScale::axis - 6, x, GraphScale::axis)); });
    painter_.setClipping(false);
  }

  QPainter& painter_;
  QSizeF size_;
  const LayerGraph& graph_;
  const GraphInTime& layout_;
  GraphRows rows_;
  const GraphScale& scale_;
  const GraphLook& look_;
  const GraphColours& colours_;
  QRectF rowsArea_;
  std::uint32_t firstLane_ = 0, endLane_ = 0;
  GraphPainted painted_;
};

}  // namespace

GraphPainted paintGraph(QPainter& painter, const QSizeF& size, const LayerGraph& graph, GraphRows rows,
                        const GraphScale& scale, const GraphLook& look, const GraphColours& colours) {
  return Painting(painter, size, graph, rows, scale, look, colours).paint();
}

}  // namespace taktwerk
