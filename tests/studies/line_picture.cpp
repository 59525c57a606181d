// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <numeric>

#include "tests/studies/panels.h"

namespace taktwerk::studies {
namespace {

constexpr double panelHeight = 300, leftRoom = 50, rightRoom = 52, topRoom = 30, bottomRoom = 42;

/// From the first to the last value of an axis by logarithms: equal ratios are equally far apart.
double byLogarithm(double value, double first, double last) {
  return last > first ? std::log(value / first) / std::log(last / first) : 0.5;
}

class LinePanel {
 public:
  LinePanel(Picture& picture, const SweptSpace& space, const PictureWish& wish, const Panel& panel)
      : picture_(picture),
        space_(space),
        wish_(wish),
        panel_(panel),
        inner_{panel.box.left + leftRoom, panel.box.top + topRoom, panel.box.width - leftRoom - rightRoom,
               panel.box.height - topRoom - bottomRoom},
        scale_(axisScale(columnNamed(space, wish.figure), panel.range.first, panel.range.second)) {}

  void draw() const {
    drawAxes();
    for (std::size_t series = 0; series < panel_.map.ys.size(); ++series) drawSeries(series);
    nameSeries();
  }

 private:
  [[nodiscard]] double xOf(double value) const {
    const auto& xs = panel_.map.xs;
    return inner_.left + inner_.width * byLogarithm(value, xs.front(), xs.back());
  }
  [[nodiscard]] double yOf(double value) const {
    return inner_.top + inner_.height * (1 - scale_.placeOf(value));
  }

  void drawAxes() const {
    const Palette& palette = lightPalette();
    constexpr std::size_t mostTicks = 10;
    for (const AxisTick& tick : ticksOf(space_.table, scale_, mostTicks)) {
      const double y = inner_.top + inner_.height * (1 - tick.place);
      picture_.line({inner_.left, y}, {inner_.left + inner_.width, y}, palette.grid);
      picture_.text({inner_.left - 6, y + 3.5}, shortNumber(scale_.valueAt(tick.place)),
                    {palette.mutedText, 10, Picture::Anchor::End, false});
    }
    const double bottom = inner_.top + inner_.height;
    const std::size_t column = columnNamed(space_, wish_.x);
    for (const double x : panel_.map.xs) {
      picture_.line({xOf(x), bottom}, {xOf(x), bottom + 4}, palette.mutedText);
      picture_.text({xOf(x), bottom + 16}, valueLabel(space_, column, x),
                    {palette.mutedText, 10, Picture::Anchor::Middle, false});
    }
    picture_.line({inner_.left, bottom}, {inner_.left + inner_.width, bottom}, palette.mutedText);
    const double middle = inner_.left + inner_.width / 2;
    picture_.text({middle, bottom + 32}, shortName(wish_.x) + " →",
                  {palette.text, 10.5, Picture::Anchor::Middle, false});
    picture_.text({panel_.box.left, panel_.box.top + 16}, shortName(wish_.figure) + ofScale(scale_) + " ↑",
                  {palette.text, 10.5});
    picture_.text({middle, panel_.box.top + 16}, panel_.title,
                  {palette.text, 12, Picture::Anchor::Middle, true});
  }

  void drawSeries(std::size_t series) const {
    std::vector<Picture::Point> points;
    for (std::size_t x = 0; x < panel_.map.xs.size(); ++x) {
      const HeatCell& cell = panel_.map.at(x, series);
      if (cell.rows > 0) points.push_back({xOf(panel_.map.xs[x]), yOf(cell.value)});
    }
    if (points.empty()) return;
    picture_.path(points, seriesColour(series), 1.6);
    for (const Picture::Point& point : points) picture_.mark(point, series, seriesColour(series));
  }

  /// Behind the end of each line its value, moved apart where they would cover each other.
  void nameSeries() const {
    const HeatMap& map = panel_.map;
    std::vector<std::size_t> order(map.ys.size());
    std::iota(order.begin(), order.end(), 0U);
    std::vector<double> ends(map.ys.size(), inner_.top);
    for (const std::size_t series : order) {
      for (std::size_t x = 0; x < map.xs.size(); ++x) {
        if (map.at(x, series).rows > 0) ends[series] = yOf(map.at(x, series).value);
      }
    }
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return ends[a] < ends[b]; });
    constexpr double least = 13;
    const double bottom = inner_.top + inner_.height + 8;
    const double needed = least * static_cast<double>(order.size());
    double y = std::min(inner_.top, bottom - needed);
    const std::size_t column = columnNamed(space_, wish_.y);
    for (std::size_t i = 0; i < order.size(); ++i) {
      const std::size_t series = order[i];
      const double room = bottom - least * static_cast<double>(order.size() - i);
      y = std::min(std::max(y, ends[series]), room + least);
      const double x = inner_.left + inner_.width + 14;
      picture_.mark({x, y - 0.5}, series, seriesColour(series));
      picture_.text({x + 9, y + 3}, valueLabel(space_, column, map.ys[series]), {lightPalette().text, 10});
      y += least;
    }
    picture_.text({panel_.box.left + panel_.box.width - 16, panel_.box.top + 16}, shortName(wish_.y),
                  {lightPalette().mutedText, 10, Picture::Anchor::End, false});
  }

  Picture& picture_;
  const SweptSpace& space_;
  const PictureWish& wish_;
  const Panel& panel_;
  Picture::Box inner_;
  ColumnScale scale_;
};

}  // namespace

std::string linePicture(const SweptSpace& space, const PictureWish& wish) {
  const auto panels = panelsOf(space, wish, panelHeight);
  Picture picture;
  for (const Panel& panel : panels) LinePanel(picture, space, wish, panel).draw();
  return picture.finish(bottomOf(panels), wish.title, wish.subtitle, notesOf(space, wish));
}

}  // namespace taktwerk::studies
