// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "tests/studies/panels.h"

namespace taktwerk::studies {
namespace {

constexpr double cellHeight = 25, leftRoom = 42, rightRoom = 14, topRoom = 26, bottomRoom = 40;

/// Black or white, whatever reads better on this.
Colour inkOn(Colour ground) {
  const int grey = (ground.red * 11 + ground.green * 16 + ground.blue * 5) / 32;
  constexpr int half = 130;
  return grey > half ? Colour{0x14, 0x17, 0x1A} : Colour{0xFF, 0xFF, 0xFF};
}

double shadeOf(double value, const std::pair<double, double>& range) {
  if (range.second <= range.first) return 0.5;
  if (range.first <= 0) return (value - range.first) / (range.second - range.first);
  return std::log(value / range.first) / std::log(range.second / range.first);
}

class HeatPanel {
 public:
  HeatPanel(Picture& picture, const SweptSpace& space, const PictureWish& wish, const Panel& panel)
      : picture_(picture),
        space_(space),
        wish_(wish),
        panel_(panel),
        width_((panel.box.width - leftRoom - rightRoom) / static_cast<double>(panel.map.xs.size())) {}

  void draw() const {
    for (std::size_t y = 0; y < panel_.map.ys.size(); ++y) {
      for (std::size_t x = 0; x < panel_.map.xs.size(); ++x) drawCell(x, y);
    }
    frameBest();
    drawLabels();
  }

 private:
  [[nodiscard]] Picture::Box cell(std::size_t x, std::size_t y) const {
    const auto up = static_cast<double>(panel_.map.ys.size() - 1 - y);
    return {panel_.box.left + leftRoom + width_ * static_cast<double>(x),
            panel_.box.top + topRoom + cellHeight * up, width_, cellHeight};
  }

  void drawCell(std::size_t x, std::size_t y) const {
    const HeatCell& cell = panel_.map.at(x, y);
    const Picture::Box box = this->cell(x, y);
    if (cell.rows == 0) return picture_.hatch(box);
    const Colour colour = heatColour(shadeOf(cell.value, panel_.range));
    picture_.fill({box.left, box.top, box.width - 1, box.height - 1}, colour);
    const std::string text = (space_.rows[cell.best].complete ? "" : "≥ ") + shortNumber(cell.value);
    picture_.text({box.left + (box.width - 1) / 2, box.top + 16}, text,
                  {inkOn(colour), 10, Picture::Anchor::Middle, false});
  }

  void frameBest() const {
    const bool more =
        space_.table.columns()[columnNamed(space_, wish_.figure)].better == Figure::Better::More;
    const HeatCell* best = nullptr;
    Picture::Box box;
    for (std::size_t y = 0; y < panel_.map.ys.size(); ++y) {
      for (std::size_t x = 0; x < panel_.map.xs.size(); ++x) {
        const HeatCell& cell = panel_.map.at(x, y);
        if (cell.rows == 0 || (best && (more ? cell.value <= best->value : cell.value >= best->value)))
          continue;
        best = &cell;
        box = this->cell(x, y);
      }
    }
    if (best)
      picture_.frame({box.left + 1, box.top + 1, box.width - 3, box.height - 3}, lightPalette().critical, 2);
  }

  void drawLabels() const {
    const Palette& palette = lightPalette();
    const HeatMap& map = panel_.map;
    const std::size_t xColumn = columnNamed(space_, wish_.x), yColumn = columnNamed(space_, wish_.y);
    const double bottom = panel_.box.top + topRoom + cellHeight * static_cast<double>(map.ys.size());
    for (std::size_t x = 0; x < map.xs.size(); ++x) {
      picture_.text({cell(x, 0).left + width_ / 2, bottom + 13}, valueLabel(space_, xColumn, map.xs[x]),
                    {palette.mutedText, 10, Picture::Anchor::Middle, false});
    }
    for (std::size_t y = 0; y < map.ys.size(); ++y) {
      picture_.text({panel_.box.left + leftRoom - 5, cell(0, y).top + 16},
                    valueLabel(space_, yColumn, map.ys[y]),
                    {palette.mutedText, 10, Picture::Anchor::End, false});
    }
    const double middle = panel_.box.left + leftRoom + width_ * static_cast<double>(map.xs.size()) / 2;
    picture_.text({middle, bottom + 28}, shortName(wish_.x) + " →",
                  {palette.text, 10.5, Picture::Anchor::Middle, false});
    picture_.text({panel_.box.left, panel_.box.top + topRoom - 8}, shortName(wish_.y) + " ↑",
                  {palette.text, 10.5});
    picture_.text({middle, panel_.box.top + topRoom - 8}, panel_.title,
                  {palette.text, 12, Picture::Anchor::Middle, true});
  }

  Picture& picture_;
  const SweptSpace& space_;
  const PictureWish& wish_;
  const Panel& panel_;
  double width_;
};

}  // namespace

std::string heatPicture(const SweptSpace& space, const PictureWish& wish) {
  std::size_t lines = 0;
  for (const Panel& panel : panelsOf(space, wish, 0)) lines = std::max(lines, panel.map.ys.size());
  const auto panels = panelsOf(space, wish, cellHeight * static_cast<double>(lines) + topRoom + bottomRoom);
  Picture picture;
  for (const Panel& panel : panels) HeatPanel(picture, space, wish, panel).draw();
  const Palette& palette = lightPalette();
  constexpr double scaleWidth = 110, right = Picture::width - 60;
  const bool shared = wish.shared || panels.size() == 1;
  picture.scale({right - scaleWidth, 20, scaleWidth, 10});
  picture.text(
      {right - scaleWidth - 6, 29},
      shared ? shortName(wish.figure) + "  " + shortNumber(panels.front().range.first) : "least of the panel",
      {palette.text, 10.5, Picture::Anchor::End, false});
  picture.text({right + 6, 29}, shared ? shortNumber(panels.front().range.second) : "most",
               {palette.text, 10.5});
  return picture.finish(bottomOf(panels), wish.title, wish.subtitle, notesOf(space, wish));
}

}  // namespace taktwerk::studies
