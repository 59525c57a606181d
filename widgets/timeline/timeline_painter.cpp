// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/timeline/timeline_painter.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

#include "widgets/theme/bounded_text.h"
#include "widgets/timeline/timeline_painting.h"

namespace taktwerk {

namespace {

constexpr double textWidth = 6.6, textHeight = 11;

QString tr(const char* text) {
  return QCoreApplication::translate("taktwerk::TimelineCanvas", text);
}

QString variableOf(const LayerTime& time, std::uint32_t loop) {
  const Program::Loop& source = time.program.program->loops[loop];
  return source.variable.empty() ? QStringLiteral("i%1").arg(source.depth)
                                 : QString::fromStdString(source.variable);
}

}  // namespace

QString blockInWords(const LayerTime& time, const TimelineBlock& block) {
  const QString variable = variableOf(time, block.loop);
  const Cycles cycles = block.end - block.begin;
  if (block.iterations == 1) {
    return tr("%1 = %2, %3 cycles").arg(variable, grouped(block.iteration), grouped(cycles));
  }
  const QString which =
      tr("%1 = %2 … %3")
          .arg(variable, grouped(block.iteration), grouped(block.iteration + block.iterations - 1));
  if (cycles % block.iterations == 0) {
    return tr("%1, %2 cycles each").arg(which, grouped(cycles / block.iterations));
  }
  const double each = static_cast<double>(cycles) / static_cast<double>(block.iterations);
  return tr("%1, %2 cycles each on average").arg(which, QString::number(each, 'f', each < 100 ? 2 : 0));
}

QRectF barRect(const TimelineScale& scale, double laneTop, const PlacedBar& bar, std::size_t row,
               std::size_t rows) {
  const double all = scale.rowHeight - 8;
  const double each = all / static_cast<double>(std::max<std::size_t>(1, rows));
  const double x = scale.xOf(static_cast<double>(bar.begin));
  const double width = std::max(1.0, static_cast<double>(bar.end - bar.begin) * scale.perCycle);
  return {x, laneTop + 2 + static_cast<double>(row) * each, width, std::max(1.0, each - (each >= 5 ? 1 : 0))};
}

TimelinePainting::TimelinePainting(QPainter& painter, const QSizeF& size, const TimelinePicture& picture,
                                   const TimelineScale& scale, const TimelineLook& look,
                                   const TimelineColours& colours)
    : painter_(painter),
      size_(size),
      picture_(picture),
      scale_(scale),
      look_(look),
      colours_(colours),
      rowsArea_(TimelineScale::gutter, scale.rowsTop(), std::max(0.0, size.width() - TimelineScale::gutter),
                std::max(0.0, size.height() - scale.rowsTop())),
      from_(scale.cycleAt(TimelineScale::gutter)),
      to_(scale.cycleAt(size.width())) {}

TimelinePainted TimelinePainting::paint() {
  painter_.fillRect(QRectF(QPointF(), size_), colours_.canvas);
  painter_.save();
  painter_.setClipRect(QRectF(TimelineScale::gutter, TimelineScale::axis, rowsArea_.width(),
                              size_.height() - TimelineScale::axis));
  grid();
  loops();
  painter_.setClipRect(rowsArea_);
  painter_.setFont(colours_.small);
  if (look_.rows == TimelineRows::Blocks) {
    lanes();
  } else if (look_.single && picture_.fine) {
    instructions();
  } else {
    staircase();
  }
  arrows();
  painter_.restore();
  gutter();
  axis();
  marks();
  return painted_;
}

int TimelinePainting::pixelOf(double cycle) const {
  const double x = scale_.xOf(cycle);
  return static_cast<int>(std::floor(std::clamp(x, TimelineScale::gutter - 4, size_.width() + 4)));
}

Cycles TimelinePainting::tickStep() const {
  Cycles step = 1;
  for (int i = 0; static_cast<double>(step) * scale_.perCycle < 84 && step < (Cycles{1} << 58); ++i) {
    step = i % 3 == 1 ? step / 2 * 5 : step * 2;  // 1, 2, 5, 10, …
  }
  return step;
}

template <class Draw>
void TimelinePainting::eachTick(const Draw& draw) const {
  const Cycles every = tickStep();
  auto cycle = static_cast<Cycles>(std::ceil(from_ / static_cast<double>(every))) * every;
  for (; static_cast<double>(cycle) <= to_; cycle += every) {
    if (cycle >= 0) draw(cycle, scale_.xOf(static_cast<double>(cycle)));
  }
}

void TimelinePainting::grid() {
  painter_.setPen(colours_.grid);
  eachTick([&](Cycles, double x) { painter_.drawLine(QLineF(x, TimelineScale::axis, x, size_.height())); });
  const double end = scale_.xOf(static_cast<double>(picture_.time->cycles()));
  if (end < size_.width()) {
    painter_.fillRect(QRectF(end, TimelineScale::axis, size_.width() - end, size_.height()), colours_.panel);
  }
}

void TimelinePainting::text(const QRectF& within, const QString& words, const QColor& colour) {
  const QRectF seen = within & QRectF(TimelineScale::gutter, 0, size_.width(), size_.height());
  const auto fits = static_cast<qsizetype>((seen.width() - 6) / textWidth);
  if (fits < 3 || within.height() < textHeight) return;
  painter_.setPen(colour);
  const QString shown = words.size() > fits ? words.left(fits - 1) + QChar(0x2026) : words;
  painter_.drawText(QPointF(seen.left() + 3, within.top() + (within.height() + textHeight) / 2 - 2), shown);
}

void TimelinePainting::loops() {
  if (scale_.loopRows == 0) return;
  painter_.setFont(colours_.small);
  if (picture_.slice) {
    for (const TimelineBlock& block : picture_.slice->blocks) {
      if (block.depth > 0 && block.depth <= scale_.loopRows) loopBlock(block);
    }
  }
  painter_.setPen(colours_.border);
  painter_.drawLine(QLineF(0, scale_.rowsTop() - 1.5, size_.width(), scale_.rowsTop() - 1.5));
}

void TimelinePainting::loopBlock(const TimelineBlock& block) {
  const int x0 = pixelOf(static_cast<double>(block.begin)), x1 = pixelOf(static_cast<double>(block.end));
  if (x1 < TimelineScale::gutter || x0 > size_.width() || block.end <= block.begin) return;
  const double y = TimelineScale::axis + 2 + (block.depth - 1) * TimelineScale::loopRow;
  const QRect rect(x0, static_cast<int>(y), std::max(1, x1 - x0),
                   static_cast<int>(TimelineScale::loopRow) - 2);
  const bool even = block.iteration % 2 == 0;
  painter_.fillRect(rect, even ? colours_.bandEven : colours_.band);
  // What comes again and again is cut like a ruler, as far as that can be seen.
  if (block.iterations > 1 && rect.width() >= 6) {
    painter_.fillRect(QRect(rect.left(), rect.bottom() - 1, rect.width(), 2), colours_.muted);
  }
  if (rect.width() >= 3) painter_.fillRect(QRect(rect.left(), rect.top(), 1, rect.height()), colours_.canvas);
  ++painted_.blocks;
  if (rect.width() < 24) return;
  QString words = blockInWords(*picture_.time, block);
  const QString name = variableOf(*picture_.time, block.loop);
  const double fits = (rect.width() - 6) / textWidth;
  if (block.iterations == 1 && static_cast<double>(words.size()) > fits) {
    words = tr("%1 = %2").arg(name, grouped(block.iteration));
    if (static_cast<double>(words.size()) > fits) words = grouped(block.iteration);
    if (static_cast<double>(words.size()) > fits) return;  // part of a number is another number
  } else if (static_cast<double>(words.size()) > fits) {
    words = tr("%1 × %2").arg(name, grouped(block.iterations));
    if (static_cast<double>(words.size()) > fits) return;
  }
  text(rect, words, colours_.text);
}

void TimelinePainting::axis() {
  painter_.fillRect(QRectF(0, 0, size_.width(), TimelineScale::axis), colours_.panel);
  painter_.setPen(colours_.border);
  painter_.drawLine(QLineF(0, TimelineScale::axis - 0.5, size_.width(), TimelineScale::axis - 0.5));
  painter_.drawLine(QLineF(TimelineScale::gutter - 0.5, 0, TimelineScale::gutter - 0.5, size_.height()));
  painter_.setFont(colours_.small);
  painter_.setPen(colours_.muted);
  painter_.drawText(QPointF(10, 16), tr("Cycle"));
  painter_.setClipRect(QRectF(TimelineScale::gutter, 0, rowsArea_.width(), TimelineScale::axis));
  eachTick([&](Cycles cycle, double x) {
    painter_.drawText(QPointF(x + 3, 16), grouped(cycle));
    painter_.drawLine(QLineF(x, TimelineScale::axis - 6, x, TimelineScale::axis));
  });
  painter_.setClipping(false);
}

void TimelinePainting::loopNames() {
  const std::vector<Program::Loop>& all = picture_.time->program.program->loops;
  for (std::uint32_t depth = 1; depth <= scale_.loopRows; ++depth) {
    QStringList names;
    for (std::uint32_t loop = 1; loop < all.size(); ++loop) {
      if (all[loop].depth != depth) continue;
      const QString name = variableOf(*picture_.time, loop);
      if (!names.contains(name)) names << name;
      if (names.size() > 4) break;
    }
    const double y = TimelineScale::axis + (depth - 1) * TimelineScale::loopRow;
    painter_.drawText(QPointF(10, y + 13),
                      shortened(tr("loop %1").arg(names.join(QStringLiteral(", "))), 24));
  }
}

void TimelinePainting::gutter() {
  const QRectF area(0, TimelineScale::axis, TimelineScale::gutter, size_.height() - TimelineScale::axis);
  painter_.save();
  painter_.setClipRect(area);
  painter_.fillRect(area, colours_.panel);
  painter_.setFont(colours_.small);
  painter_.setPen(colours_.muted);
  loopNames();
  painter_.setClipRect(QRectF(0, scale_.rowsTop(), TimelineScale::gutter, rowsArea_.height()));
  if (look_.rows == TimelineRows::Blocks) {
    for (std::size_t i = 0; i < look_.lanes.size(); ++i) {
      const double top = scale_.rowsTop() - scale_.top + static_cast<double>(i) * scale_.rowHeight;
      if (top + scale_.rowHeight < scale_.rowsTop() || top > size_.height()) continue;
      laneName(look_.lanes[i], top);
    }
  } else if (look_.single && picture_.fine) {
    const auto& all = picture_.fine->timeline().instructions;
    const std::size_t first = picture_.fine->firstAt(from_);
    double free = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const double place = static_cast<double>(i) - static_cast<double>(first);
      const double top = scale_.rowsTop() - scale_.top + place * scale_.rowHeight;
      if (top + scale_.rowHeight < scale_.rowsTop() || top < free) continue;
      if (top > size_.height()) break;
      instructionName(all[i], top);
      free = top + textHeight + 1;
    }
  }
  painter_.restore();
}

void TimelinePainting::marks() {
  painter_.save();
  painter_.setClipRect(QRectF(TimelineScale::gutter, 0, rowsArea_.width(), size_.height()));
  if (look_.measured) {
    const double x0 = scale_.xOf(static_cast<double>(look_.measured->first));
    const double x1 = scale_.xOf(static_cast<double>(look_.measured->second));
    painter_.fillRect(QRectF(x0, 0, std::max(1.0, x1 - x0), size_.height()), colours_.measured);
    painter_.setPen(QPen(colours_.accent, 1));
    for (const double x : {x0, x1}) painter_.drawLine(QLineF(x, 0, x, size_.height()));
  }
  painter_.setRenderHint(QPainter::Antialiasing, true);
  for (const TimelineBookmark& bookmark : look_.bookmarks) {
    const double x = scale_.xOf(static_cast<double>(bookmark.cycle));
    if (x < TimelineScale::gutter || x > size_.width()) continue;
    painter_.setPen(Qt::NoPen);
    painter_.setBrush(colours_.accent);
    painter_.drawPolygon(QPolygonF{{{x - 4, 0}, {x + 4, 0}, {x + 4, 11}, {x, 7}, {x - 4, 11}}});
  }
  painter_.restore();
}

TimelinePainted paintTimeline(QPainter& painter, const QSizeF& size, const TimelinePicture& picture,
                              const TimelineScale& scale, const TimelineLook& look,
                              const TimelineColours& colours) {
  return TimelinePainting(painter, size, picture, scale, look, colours).paint();
}

}  // namespace taktwerk
