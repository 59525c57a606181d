// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/drawing/palette.h"

namespace taktwerk::studies {

/// A picture as SVG, drawn on a light card of its own, so that it reads on a white page and on a black one.
/// Lengths are in pixels from the top left corner; what is drawn later covers what was drawn before. Equal
/// calls give equal bytes.
class Picture {
 public:
  static constexpr double width = 880, margin = 16, noteSize = 10.5;

  enum class Anchor : std::uint8_t { Start, Middle, End };
  struct Ink {
    Colour colour = lightPalette().text;
    double size = 11;
    Anchor anchor = Anchor::Start;
    bool bold = false;
  };
  struct Point {
    double x = 0, y = 0;
  };
  struct Box {
    double left = 0, top = 0, width = 0, height = 0;
  };

  void text(Point baseline, const std::string& words, const Ink& ink);
  void fill(const Box& box, Colour colour);
  /// Diagonal lines: there is nothing here.
  void hatch(const Box& box);
  void frame(const Box& box, Colour colour, double thickness);
  void line(Point from, Point to, Colour colour, double thickness = 1);
  void path(const std::vector<Point>& points, Colour colour, double thickness);
  /// One of six shapes, so that series are told apart without colours, too.
  void mark(Point at, std::size_t shape, Colour colour);
  /// The colours of quantities from least to most.
  void scale(const Box& box);

  /// The file: a title and a line below it, what was drawn, and the notes below `height`.
  [[nodiscard]] std::string finish(double height, const std::string& title, const std::string& subtitle,
                                   const std::vector<std::string>& notes) const;

 private:
  std::string body_;
};

/// Where the drawing begins, below title and line.
inline constexpr double pictureTop = 64;

/// A colour of the n-th series, told apart in all kinds of colour vision.
[[nodiscard]] Colour seriesColour(std::size_t series);
/// "28.7 k", "1.23 M": a number of at most three digits for cells and axes.
[[nodiscard]] std::string shortNumber(double value);
/// A text in lines of at most so many characters, broken between words.
[[nodiscard]] std::vector<std::string> wrapped(const std::string& text, std::size_t characters);

}  // namespace taktwerk::studies
