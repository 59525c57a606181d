// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/studies/picture.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <sstream>
#include <string_view>

#include "core/report/svg_text.h"

namespace taktwerk::studies {
namespace {

/// A length with one decimal at most.
std::string px(double length) {
  std::array<char, 32> text{};
  const double rounded = std::round(length * 10) / 10;
  std::snprintf(text.data(), text.size(), "%.10g", rounded == 0 ? 0.0 : rounded);
  return text.data();
}

std::string pointsOf(const std::vector<Picture::Point>& points) {
  std::string text;
  for (const Picture::Point& point : points)
    text += (text.empty() ? "" : " ") + px(point.x) + ',' + px(point.y);
  return text;
}

std::string boxText(const Picture::Box& box) {
  return "<rect x=\"" + px(box.left) + "\" y=\"" + px(box.top) + "\" width=\"" + px(box.width) +
         "\" height=\"" + px(box.height) + '"';
}

std::size_t charactersIn(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80; }));
}

}  // namespace

void Picture::text(Point baseline, const std::string& words, const Ink& ink) {
  const std::string anchor = ink.anchor == Anchor::Start    ? ""
                             : ink.anchor == Anchor::Middle ? " text-anchor=\"middle\""
                                                            : " text-anchor=\"end\"";
  body_ += "<text x=\"" + px(baseline.x) + "\" y=\"" + px(baseline.y) + "\" font-size=\"" + px(ink.size) +
           "\" fill=\"" + toHex(ink.colour) + '"' + anchor + (ink.bold ? " font-weight=\"bold\"" : "") + '>' +
           svgEscaped(words) + "</text>\n";
}

void Picture::fill(const Box& box, Colour colour) {
  body_ += boxText(box) + " fill=\"" + toHex(colour) + "\"/>\n";
}

void Picture::hatch(const Box& box) {
  body_ += boxText(box) + " fill=\"url(#nothing)\"/>\n";
}

void Picture::frame(const Box& box, Colour colour, double thickness) {
  body_ += boxText(box) + " fill=\"none\" stroke=\"" + toHex(colour) + "\" stroke-width=\"" + px(thickness) +
           "\"/>\n";
}

void Picture::line(Point from, Point to, Colour colour, double thickness) {
  path({from, to}, colour, thickness);
}

void Picture::path(const std::vector<Point>& points, Colour colour, double thickness) {
  body_ += "<polyline points=\"" + pointsOf(points) + "\" fill=\"none\" stroke=\"" + toHex(colour) +
           "\" stroke-width=\"" + px(thickness) + "\"/>\n";
}

void Picture::mark(Point at, std::size_t shape, Colour colour) {
  const auto polygon = [&](const std::vector<Point>& offsets) {
    std::vector<Point> points;
    points.reserve(offsets.size());
    for (const Point& offset : offsets) points.push_back({at.x + offset.x, at.y + offset.y});
    body_ += "<polygon points=\"" + pointsOf(points) + "\" fill=\"" + toHex(colour) + "\"/>\n";
  };
  switch (shape % 6) {
    case 0:
      body_ += "<circle cx=\"" + px(at.x) + "\" cy=\"" + px(at.y) + "\" r=\"3.5\" fill=\"" + toHex(colour) +
               "\"/>\n";
      return;
    case 1:
      return polygon({{-3.2, -3.2}, {3.2, -3.2}, {3.2, 3.2}, {-3.2, 3.2}});
    case 2:
      return polygon({{0, -4.4}, {4, 3}, {-4, 3}});
    case 3:
      return polygon({{0, -4.6}, {4.6, 0}, {0, 4.6}, {-4.6, 0}});
    case 4:
      return polygon({{-4, -3}, {4, -3}, {0, 4.4}});
    default:
      return polygon({{-4, -1.4}, {4, -1.4}, {4, 1.4}, {-4, 1.4}});
  }
}

void Picture::scale(const Box& box) {
  constexpr int steps = 24;
  for (int i = 0; i < steps; ++i) {
    const double step = box.width / steps;
    fill({box.left + step * i, box.top, step + 0.3, box.height}, heatColour((i + 0.5) / steps));
  }
}

std::string Picture::finish(double height, const std::string& title, const std::string& subtitle,
                            const std::vector<std::string>& notes) const {
  const Palette& palette = lightPalette();
  Picture words;
  words.text({margin, 28}, title, {palette.text, 15, Anchor::Start, true});
  words.text({margin, 47}, subtitle, {palette.mutedText, 11.5});
  constexpr double lineHeight = 15;
  constexpr std::size_t charactersInLine = 150;
  double y = height + lineHeight;
  for (const std::string& note : notes) {
    for (const std::string& line : wrapped(note, charactersInLine)) {
      words.text({margin, y}, line, {palette.mutedText, noteSize});
      y += lineHeight;
    }
  }
  const std::string hatching =
      body_.find("url(#nothing)") == std::string::npos
          ? ""
          : "<defs><pattern id=\"nothing\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\">"
            "<path d=\"M0 6L6 0\" stroke=\"" +
                toHex(palette.mutedText) + "\" stroke-width=\"0.7\"/></pattern></defs>\n";
  const std::string all = px(y - lineHeight + margin), wide = px(width);
  return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + wide + "\" height=\"" + all +
         "\" viewBox=\"0 0 " + wide + ' ' + all + "\" font-family=\"sans-serif\" role=\"img\">\n<title>" +
         svgEscaped(title) + "</title>\n" + hatching + "<rect x=\"0.5\" y=\"0.5\" width=\"" + px(width - 1) +
         "\" height=\"" + px(y - lineHeight + margin - 1) + "\" rx=\"6\" fill=\"" + toHex(palette.canvas) +
         "\" stroke=\"" + toHex(palette.grid) + "\"/>\n" + words.body_ + body_ + "</svg>\n";
}

Colour seriesColour(std::size_t series) {
  constexpr std::array kinds{BlockKind::Compute,      BlockKind::OffChipMemory, BlockKind::OnChipMemory,
                             BlockKind::MemoryAccess, BlockKind::Control,       BlockKind::RegisterFile};
  return lightPalette().kind(kinds[series % kinds.size()]);
}

std::string shortNumber(double value) {
  constexpr std::array<std::pair<double, const char*>, 3> prefixes{{{1e9, " G"}, {1e6, " M"}, {1e3, " k"}}};
  std::array<char, 40> text{};
  for (const auto& [unit, prefix] : prefixes) {
    if (std::abs(value) < unit * 0.9995) continue;
    const double share = value / unit;
    std::snprintf(text.data(), text.size(),
                  share < 9.995   ? "%.2f%s"
                  : share < 99.95 ? "%.1f%s"
                                  : "%.0f%s",
                  share, prefix);
    return text.data();
  }
  std::snprintf(text.data(), text.size(), "%.3g", value);
  return text.data();
}

std::vector<std::string> wrapped(const std::string& text, std::size_t characters) {
  std::vector<std::string> lines;
  std::istringstream words(text);
  std::string line;
  for (std::string word; words >> word;) {
    if (!line.empty() && charactersIn(line) + 1 + charactersIn(word) > characters) {
      lines.push_back(line);
      line.clear();
    }
    line += (line.empty() ? "" : " ") + word;
  }
  if (!line.empty()) lines.push_back(line);
  return lines;
}

}  // namespace taktwerk::studies
