// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

#include "tests/studies/panels.h"

namespace taktwerk::studies {
namespace {

constexpr Picture::Box inner{72, pictureTop + 24, Picture::width - 72 - 40, 300};

/// An axis over the values of a figure, with a little room at both ends.
struct Axis {
  std::size_t column = 0;
  ColumnScale scale;

  Axis(const SweptSpace& space, const std::string& name, const std::vector<std::uint32_t>& rows)
      : column(columnNamed(space, name)) {
    bool any = false;
    for (const std::uint32_t row : rows) {
      const double value = space.table.number(column, row);
      if (std::isnan(value) || value <= 0) continue;
      scale.least = any ? std::min(scale.least, value) : value;
      scale.most = any ? std::max(scale.most, value) : value;
      any = true;
    }
    if (!any) throw std::runtime_error(space.file + ": no row has a " + name);
    scale = axisScale(column, scale.least, scale.most);
  }
  [[nodiscard]] double place(const SweptSpace& space, std::uint32_t row) const {
    return scale.placeOf(space.table.number(column, row));
  }
};

std::string titleOf(const SweptSpace& space, const std::string& name) {
  const RowColumn& column = space.table.columns()[columnNamed(space, name)];
  return column.unit.empty() || column.unit == name ? name : name + ", " + column.unit;
}

class FrontDrawing {
 public:
  FrontDrawing(Picture& picture, const SweptSpace& space, const PictureWish& wish)
      : picture_(picture),
        space_(space),
        wish_(wish),
        rows_(doneRows()),
        x_(space, wish.x, rows_),
        y_(space, wish.y, rows_) {}

  void draw() const {
    drawAxes();
    const Palette& palette = lightPalette();
    const std::vector<std::uint32_t> front = frontOf(space_, rows_);
    for (const std::uint32_t row : rows_) picture_.mark(pointOf(row), 0, palette.stall);
    std::vector<Picture::Point> steps;
    std::vector<Picture::Point> ends;
    ends.reserve(front.size());
    for (const std::uint32_t row : front) ends.push_back(pointOf(row));
    std::sort(ends.begin(), ends.end(), [](const auto& a, const auto& b) { return a.x < b.x; });
    for (const Picture::Point& end : ends) {
      if (!steps.empty()) steps.push_back({end.x, steps.back().y});
      steps.push_back(end);
    }
    if (steps.size() > 1) picture_.path(steps, palette.critical, 1.4);
    for (std::size_t i = 0; i < front.size(); ++i) {
      const Picture::Point at = pointOf(front[i]);
      picture_.mark(at, 3, palette.critical);
      picture_.text({at.x + 6, at.y - 6}, frontLetter(i), {palette.text, 11, Picture::Anchor::Start, true});
    }
  }

 private:
  [[nodiscard]] std::vector<std::uint32_t> doneRows() const {
    std::vector<std::uint32_t> rows;
    for (const std::uint32_t row : rowsWhere(space_, wish_.condition)) {
      if (space_.rows[row].state == PointState::Done) rows.push_back(row);
    }
    return rows;
  }

  [[nodiscard]] Picture::Point pointOf(std::uint32_t row) const {
    return {inner.left + inner.width * x_.place(space_, row),
            inner.top + inner.height * (1 - y_.place(space_, row))};
  }

  void drawAxes() const {
    const Palette& palette = lightPalette();
    constexpr std::size_t mostTicks = 8;
    const double bottom = inner.top + inner.height;
    for (const AxisTick& tick : ticksOf(space_.table, y_.scale, mostTicks)) {
      const double y = bottom - inner.height * tick.place;
      picture_.line({inner.left, y}, {inner.left + inner.width, y}, palette.grid);
      picture_.text({inner.left - 6, y + 3.5}, shortNumber(y_.scale.valueAt(tick.place)),
                    {palette.mutedText, 10, Picture::Anchor::End, false});
    }
    for (const AxisTick& tick : ticksOf(space_.table, x_.scale, mostTicks)) {
      const double x = inner.left + inner.width * tick.place;
      picture_.line({x, inner.top}, {x, bottom}, palette.grid);
      picture_.text({x, bottom + 16}, shortNumber(x_.scale.valueAt(tick.place)),
                    {palette.mutedText, 10, Picture::Anchor::Middle, false});
    }
    picture_.line({inner.left, bottom}, {inner.left + inner.width, bottom}, palette.mutedText);
    picture_.line({inner.left, inner.top}, {inner.left, bottom}, palette.mutedText);
    picture_.text({inner.left + inner.width / 2, bottom + 33},
                  titleOf(space_, wish_.x) + ofScale(x_.scale) + " →",
                  {palette.text, 10.5, Picture::Anchor::Middle, false});
    picture_.text({Picture::margin, inner.top - 8}, titleOf(space_, wish_.y) + ofScale(y_.scale) + " ↑",
                  {palette.text, 10.5});
  }

  Picture& picture_;
  const SweptSpace& space_;
  const PictureWish& wish_;
  std::vector<std::uint32_t> rows_;
  Axis x_, y_;
};

}  // namespace

std::string frontLetter(std::size_t place) {
  constexpr std::size_t letters = 26;
  const char last = static_cast<char>('A' + place % letters);
  return place < letters ? std::string(1, last) : frontLetter(place / letters - 1) + last;
}

std::string frontPicture(const SweptSpace& space, const PictureWish& wish) {
  Picture picture;
  FrontDrawing(picture, space, wish).draw();
  return picture.finish(inner.top + inner.height + 42, wish.title, wish.subtitle, notesOf(space, wish));
}

}  // namespace taktwerk::studies
